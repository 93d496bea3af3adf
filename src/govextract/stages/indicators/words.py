"""Words of a text with their place, and the signs that are trimmed from them."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

Segment = Callable[[str], list[str]]

SPACES = " 　\t\n:：、，,"
BLANKS = SPACES + '“”"'
_LAST_TIMES = frozenset({"上年", "去年", "上月", "上季", "上季度", "上年末", "去年末"})
_COMPARED = frozenset({"比", "同比", "环比", "相比", "占比"})


class Words(NamedTuple):
    """Some words of the text with the offset of the first."""

    words: list[str]
    start: int

    @property
    def text(self) -> str:
        """The words joined, without blanks and without half a pair of quotes at the ends."""
        text = "".join(self.words).strip(SPACES)
        if ("“" in text or "”" in text) and text.count("“") != text.count("”"):
            text = text.strip(BLANKS)
        return text

    def behind(self, at: int) -> Words:
        """The words from place ``at`` on."""
        if not at:
            return self
        return Words(self.words[at:], self.start + sum(map(len, self.words[:at])))


def read_words(text: str, start: int, end: int, segment: Segment) -> Words:
    """Return the words between two offsets."""
    piece = text[start:end]
    return Words(_part_comparison(segment(piece)) if piece else [], start)


def _part_comparison(words: list[str]) -> list[str]:
    """Part 比 from the word that the dictionary joins it to: 居民消费 价格比 上年."""
    parted = []
    for word, behind in zip(words, [*words[1:], ""], strict=True):
        if behind in _LAST_TIMES and word.endswith("比") and word not in _COMPARED:
            parted += [word[:-1], "比"]
        else:
            parted.append(word)
    return parted

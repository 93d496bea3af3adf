"""Words of a text with their place, and the signs that are trimmed from them."""

from __future__ import annotations

import re
from collections.abc import Callable

Segment = Callable[[str], list[str]]

# A blank beside a single character stands inside a word (出 口, 比 上年).
_STRAY_BLANK = re.compile(
    r"(?<=[^\u4e00-\u9fff][\u4e00-\u9fff]) (?=[\u4e00-\u9fff])"
    r"|(?<=^[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])"
    r"|(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff](?![\u4e00-\u9fff]))"
)
SPACES = " 　\t\n:：、，,"
BLANKS = SPACES + '“”"'
BLANK_WORDS = frozenset(BLANKS)
"""Each sign is a word of its own to the segmenter; a set tells them faster than stripping."""
WHITE_WORDS = frozenset({"\r\n", *filter(str.isspace, map(chr, range(0x3001)))})
"""Blanks and line ends, as the segmenter gives them."""
LAST_TIMES = frozenset({"上年", "去年", "上月", "上季", "上季度", "上年末", "去年末"})
_COMPARED = frozenset({"比", "同比", "环比", "相比", "占比"})


class Words:
    """Some words of the text with the offset of the first; never changed once made.

    A plain class with slots, as its text is asked for many times and joined once.
    """

    __slots__ = ("_text", "start", "words")

    def __init__(self, words: list[str], start: int) -> None:
        self.words = words
        self.start = start
        self._text: str | None = None

    @property
    def text(self) -> str:
        """The words joined, without blanks and without half a pair of quotes at the ends."""
        if self._text is None:
            text = "".join(self.words).strip(SPACES)
            if ("“" in text or "”" in text) and text.count("“") != text.count("”"):
                text = text.strip(BLANKS)
            self._text = text
        return self._text

    def behind(self, at: int) -> Words:
        """The words from place ``at`` on."""
        if not at:
            return self
        return Words(self.words[at:], self.start + sum(map(len, self.words[:at])))


def read_words(piece: str, segment: Segment) -> list[str]:
    """Return the words of a piece of text."""
    if not piece:
        return []
    if " " in piece:
        piece = _STRAY_BLANK.sub("", piece)
    words = segment(piece)
    return _part_comparison(words) if "比" in piece else words


def _part_comparison(words: list[str]) -> list[str]:
    """Part 比 from the word that the dictionary joins it to: 居民消费 价格比 上年."""
    parted = []
    for word, behind in zip(words, [*words[1:], ""], strict=True):
        if behind in LAST_TIMES and word.endswith("比") and word not in _COMPARED:
            parted += [word[:-1], "比"]
        else:
            parted.append(word)
    return parted

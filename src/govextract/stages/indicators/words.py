"""Words of a text with their place, and the signs that are trimmed from them."""

from __future__ import annotations

import re
from collections.abc import Callable

from govextract.lexicon.phrases import BLANKS, SPACES

Segment = Callable[[str], list[str]]

# A single character beside a blank is a part of a word (出 口, 比 上年).
_LONE_END = re.compile(r"(?:^|[^\u4e00-\u9fff])[\u4e00-\u9fff]$")
_LONE_START = re.compile(r"^[\u4e00-\u9fff](?![\u4e00-\u9fff])")
_HAN_BLANK = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
LAST_TIMES = frozenset(
    {"上年", "去年", "上月", "上季", "上季度", "上年末", "去年末", "常年", "常年同期"}
)
# The mark of a note behind a name: 地区生产总值[2], 增加值②.
NOTE_MARK = re.compile(r"(?:[\[［【〔]\d{1,2}[\]］】〕]|[①-⑳⁰¹²³⁴-⁹]{1,2})$")
NOTE_ENDS = frozenset("]］】〕①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳⁰¹²³⁴⁵⁶⁷⁸⁹")
# 县（市、区）
BRACKETED = re.compile(r"[(（][^()（）]*[)）]")
_COMPARED = frozenset({"比", "同比", "环比", "相比", "占比"})


class Words:
    """Some words of the text with the offset of the first; never changed once made.

    ``text`` is the words joined, without blanks and without half a pair of quotes at the ends.
    """

    __slots__ = ("start", "text", "words")

    def __init__(self, words: list[str], start: int) -> None:
        self.words = words
        self.start = start
        text = "".join(words).strip(SPACES)
        halves = text.count("“") - text.count("”") if "“" in text or "”" in text else 0
        if halves or text.count('"') == 1:
            text = text.strip(BLANKS)
        self.text = text

    def behind(self, at: int) -> Words:
        """The words from place ``at`` on."""
        if not at:
            return self
        return Words(self.words[at:], self.start + len("".join(self.words[:at])))


NO_WORDS = Words([], 0)


def read_words(piece: str, segment: Segment) -> list[str]:
    """Return the words of a piece of text."""
    if not piece:
        return []
    words = _read_torn(piece, segment) if " " in piece else segment(piece)
    return _part_comparison(words) if "比" in piece else words


def _read_torn(piece: str, segment: Segment) -> list[str]:
    """Return the words of a piece with blanks; one that stands inside a word is left out.

    Text that was taken from a PDF has one at each line end: 比 重, 地区生 产总值.
    """
    first, *others = _join_lone(_HAN_BLANK.split(piece), segment)
    words, before = segment(first), first
    for part in others:
        following = segment(part)
        tail, head = words[-2:], following[:2]
        whole: list[str] = []
        if 1 in (len(tail[-1]), len(head[0])):
            whole = segment("".join(tail + head))
        if _spans(whole, sum(map(len, tail))):
            words = words[: -len(tail)] + whole + following[len(head) :]
        elif _LONE_END.search(before) or _LONE_START.search(part):
            words = words + following
        else:
            words = [*words, " ", *following]
        before = part
    return words


def _join_lone(parts: list[str], segment: Segment) -> list[str]:
    """Join a character that stands between blanks to the part behind it, where that is a word."""
    joined = parts[:1]
    for part in parts[1:]:
        if len(joined[-1]) == 1 and _spans(segment(joined[-1] + part), 1):
            joined[-1] += part
        else:
            joined.append(part)
    return joined


def _spans(words: list[str], at: int) -> bool:
    """Tell whether a word stands across the place ``at``."""
    for word in words:
        if at <= 0:
            break
        at -= len(word)
    return at < 0


def _part_comparison(words: list[str]) -> list[str]:
    """Part 比 from the word that the dictionary joins it to: 居民消费 价格比 上年."""
    parted = []
    for word, behind in zip(words, [*words[1:], ""], strict=True):
        if behind in LAST_TIMES and word.endswith("比") and word not in _COMPARED:
            parted += [word[:-1], "比"]
        else:
            parted.append(word)
    return parted

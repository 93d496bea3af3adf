"""The text as it is read: widths folded, damage left out, with the way back to its offsets."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from govextract.model import Exclusion, Quantity

_WIDE = re.compile(r"[０-９．％Ａ-Ｚａ-ｚ＋－～／　\u00a0\u2002\u2003\u2009\u202f﹪﹣−–﹢〇]")


class Reading(NamedTuple):
    """``text`` is what the grammar reads; ``offset(i)`` of it is the place in the report."""

    text: str
    exclusions: tuple[Exclusion, ...] = ()
    starts: tuple[int, ...] = ()
    shifts: tuple[int, ...] = ()

    def offset(self, at: int) -> int:
        """Return where the character ``at`` of the reading stands in the report's text."""
        if not self.starts:
            return at
        return at + self.shifts[bisect_right(self.starts, at) - 1]

    def inside(self, start: int, end: int) -> tuple[int, int]:
        """Return the stretch of the reading for a stretch of the report's text."""
        return start, end

    def place_quantity(self, item: Quantity, text: str) -> Quantity:
        """Return ``item`` with offsets into the report's text and the text found there."""
        start, end = self.offset(item.start), self.offset(item.end - 1) + 1
        return item._replace(start=start, end=end, text=text[start:end])

    def place_exclusion(self, item: Exclusion) -> Exclusion:
        """Return ``item`` with offsets into the report's text."""
        return Exclusion(self.offset(item.start), self.offset(item.end - 1) + 1, item.rule)

    def place_problem(self, item: tuple[str, int, int, str]) -> tuple[str, int, int, str]:
        """Return ``item`` with offsets into the report's text."""
        code, start, end, message = item
        return code, self.offset(start), self.offset(end - 1) + 1, message


def read_through(text: str) -> Reading:
    """Return the reading of ``text``: digits, letters and signs of numbers in ASCII width."""
    from govextract.text import fold

    if _WIDE.search(text) is None:
        return Reading(text)
    return Reading(_WIDE.sub(lambda match: fold(match.group()), text))

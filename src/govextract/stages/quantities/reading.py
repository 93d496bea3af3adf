"""The text as it is read: widths folded, damage left out, with the way back to its offsets."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from govextract.model import Exclusion
from govextract.text import fold

# Widths and look-alikes of the characters that numbers and units are written with; the signs of
# sentences (，：；（）) are left as they are, so that most texts need no folding at all.
_WIDE = re.compile(r"[０-９．％Ａ-Ｚａ-ｚ＋－～／　₀-₉\u00a0\u2002\u2003\u2009\u202f﹪﹣−–﹢〇○]")
_ASCII = {ord("₀") + digit: str(digit) for digit in range(10)} | {ord("○"): "零"}
_ASCII |= {ord(char): fold(char) for char in "　\u00a0\u2002\u2003\u2009\u202f﹪﹣−–﹢〇"}
_ASCII |= {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}


class Reading(NamedTuple):
    """``text`` is what the grammar reads; ``span`` leads back to the report's text."""

    text: str
    exclusions: tuple[Exclusion, ...] = ()
    starts: tuple[int, ...] = ()
    shifts: tuple[int, ...] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch of the reading stands in the report's text."""
        if not self.shifts:
            return start, end
        return self._offset(start), self._offset(end - 1) + 1

    def inside(self, start: int, end: int) -> tuple[int, int]:
        """Return the stretch of the reading for a stretch of the report's text."""
        return start, end

    def _offset(self, at: int) -> int:
        return at + self.shifts[bisect_right(self.starts, at) - 1]


def read_through(text: str) -> Reading:
    """Return the reading of ``text``: digits, letters and signs of numbers in ASCII width."""
    if _WIDE.search(text) is None:
        return Reading(text)
    return Reading(_WIDE.sub(lambda match: match.group().translate(_ASCII), text))

"""The text as it is read: widths folded, damage left out, with the way back to its offsets.

What is left out: page markers and footnote marks in the flow of a sentence, line ends inside a
paragraph, blanks between all characters of a line (as some PDF text has them) and blanks inside a
number. The report's text is never changed: a mention that runs over damage holds it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from govextract.model import Exclusion
from govextract.text import fold

# The zeros of scripts with digits of their own, which are read as wide digits are.
_ZEROS = (
    "\u0660\u06f0\u07c0\u0966\u09e6\u0a66\u0ae6\u0b66\u0be6\u0c66\u0ce6\u0d66\u0de6\u0e50\u0ed0\u0f20\u1040\u1090"
    "\u17e0\u1810\u1946\u19d0\u1a80\u1a90\u1b50\u1bb0\u1c40\u1c50\ua620\ua8d0\ua900\ua9d0\ua9f0\uaa50\uabf0"
)
# Widths and look-alikes of the characters that numbers and units are written with; the signs of
# sentences (，：；（) are left as they are, so that most texts need no folding at all.
_WIDE = re.compile(
    r"[０-９．％Ａ-Ｚａ-ｚ＋－～／　₀-₉\u00a0\u2002\u2003\u2009\u202f﹪﹣−–﹢〇○"
    + "".join(f"{zero}-{chr(ord(zero) + 9)}" for zero in _ZEROS)
    + "\U00010000-\U0001ffff]"  # digits of formulas (𝟏𝟐) among others that stay as they are
)
_ASCII = {ord("₀") + digit: str(digit) for digit in range(10)} | {ord("○"): "零"}
_ASCII |= {ord(char): fold(char) for char in "　\u00a0\u2002\u2003\u2009\u202f﹪﹣−–﹢〇"}
_ASCII |= {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}

_HAN = r"\u4e00-\u9fff"
# Each kind begins with one of four characters: what opens with a class is looked for quickly.
_DAMAGE = re.compile(
    r"[\n—\[ ](?:"
    r"(?P<page>(?<=—)—{0,3} ?\d{1,3} ?—{1,4})"
    r"|(?P<note>(?<=\[)\d{1,2}\](?=\S))"
    # A line end inside a paragraph; the next line is no heading, no caption and no bullet.
    rf"|(?P<line>(?<=[{_HAN}\d%，、]\n) ?(?=[{_HAN}\d%‰])"
    r"(?![一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]|\d{1,2}[.、．]\D|[图表注附]|其中：))"
    # A blank behind the point of a number (6. 1%, 1147. 76亿元), or before it (5504 .83).
    rf"|(?P<point>(?<=[{_HAN} \d]\d\. )(?=\d{{1,2}} ?[%‰])|(?<=\d\d\. )(?=\d{{1,2}} ?[万亿])"
    r"|(?<=\d )(?=\.\d)))"
)
_LINE_LENGTH = 15
_SPACED = re.compile(rf" (?<=[{_HAN}] )(?=[{_HAN}\d])(?:[{_HAN}] (?=[{_HAN}\d])){{4}}")
_SPACED_SHARE = 0.7
# Lines of prose from a PDF: blanks between Han and digits, and one at each line end of the page.
_APART = re.compile(rf" (?<=[{_HAN}] )(?=\d)")
_TOGETHER = re.compile(rf"[{_HAN}](?=\d)")
_INSIDE = re.compile(rf" (?<=[{_HAN}] )(?=[{_HAN}])")
_FEWEST_APART = 5


@dataclass(frozen=True, slots=True)
class Reading:
    """``text`` is what the grammar reads; ``span`` leads back to the report's text."""

    text: str
    exclusions: tuple[Exclusion, ...] = ()
    starts: tuple[int, ...] = ()
    """Where in ``text`` each stretch begins behind which something was left out."""
    shifts: tuple[int, ...] = ()
    """How many characters of the report's text were left out before it."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch of the reading stands in the report's text."""
        starts, shifts = self.starts, self.shifts
        if not shifts:
            return start, end
        found = bisect_right(starts, start)
        shift = shifts[found - 1] if found else 0
        if found < len(starts) and starts[found] < end:
            return start + shift, self._offset(end - 1) + 1
        return start + shift, end + shift

    def inside(self, start: int, end: int) -> tuple[int, int]:
        """Return the stretch of the reading for a stretch of the report's text."""
        if not self.shifts:
            return start, end
        return self._position(start), self._position(end)

    def _offset(self, at: int) -> int:
        found = bisect_right(self.starts, at) - 1
        return at if found < 0 else at + self.shifts[found]

    def _position(self, offset: int) -> int:
        """Return the place in the reading of an offset; of what was left out, the place behind."""
        found = bisect_right(
            range(len(self.starts)), offset, key=lambda at: self.starts[at] + self.shifts[at]
        )
        if not found:
            return min(offset, self.starts[0])
        limit = self.starts[found] if found < len(self.starts) else len(self.text)
        return min(offset - self.shifts[found - 1], limit)


def read_through(text: str) -> Reading:
    """Return the reading of ``text``; of a text without damage it is the text, widths folded."""
    folded = text
    if _WIDE.search(text) is not None:
        folded = _WIDE.sub(_narrow, text)
    cuts = [*_find_damage(folded), *_find_spaced_lines(folded), *_find_torn_lines(folded)]
    if not cuts:
        return Reading(folded)
    return _leave_out(folded, sorted(cuts))


def _narrow(wide: re.Match[str]) -> str:
    char = wide.group()
    return str(int(char)) if char.isdecimal() else char.translate(_ASCII)


def _find_damage(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield what to leave out: start, end, and the rule that explains a number in it."""
    for match in _DAMAGE.finditer(text):
        start, end = match.span()
        if match.lastgroup == "page":
            yield *_with_blanks(text, start, end), "exclude/page_marker"
        elif match.lastgroup == "note":
            yield start, end, "exclude/bracket_number"
        elif match.lastgroup == "point" or _is_prose_line(text, start):
            yield start, end, ""


def _find_spaced_lines(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the blanks of the lines in which a blank stands between all characters."""
    done = 0
    for match in _SPACED.finditer(text):
        if match.start() < done:
            continue
        start = text.rfind("\n", done, match.start()) + 1 or done
        end = text.find("\n", match.end())
        done = len(text) if end < 0 else end
        tokens = text[start:done].split(" ")
        if sum(len(token) == 1 for token in tokens) >= _SPACED_SHARE * len(tokens):
            yield from _single_blanks(tokens, start)


def _find_torn_lines(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the blanks between Han of the lines in which blanks stand before most numbers."""
    done = 0
    for match in _APART.finditer(text):
        if match.start() < done:
            continue
        start = text.rfind("\n", done, match.start()) + 1 or done
        end = text.find("\n", match.end())
        done = len(text) if end < 0 else end
        apart = sum(1 for _ in _APART.finditer(text, start, done))
        together = sum(1 for _ in _TOGETHER.finditer(text, start, done))
        if apart >= max(_FEWEST_APART, together):
            yield from ((*m.span(), "") for m in _INSIDE.finditer(text, start, done))


def _single_blanks(tokens: list[str], start: int) -> Iterator[tuple[int, int, str]]:
    """Yield each blank between two tokens, but not one between two whole numbers."""
    at = start
    for token, following in pairwise(tokens):
        at += len(token) + 1
        whole = len(token) > 1 and len(following) > 1
        if token and following and not (whole and token[-1].isdigit() and following[0].isdigit()):
            yield at - 1, at, ""


def _with_blanks(text: str, start: int, end: int) -> tuple[int, int]:
    while start and text[start - 1] in " \n":
        start -= 1
    while end < len(text) and text[end] in " \n":
        end += 1
    return start, end


def _is_prose_line(text: str, end: int) -> bool:
    """Return whether the line that ends at ``end`` is a long one with a sign of a sentence."""
    start = text.rfind("\n", max(0, end - 400), end) + 1
    line = text[start:end]
    return len(line) >= _LINE_LENGTH and any(sign in line for sign in "，。；、")


def _leave_out(text: str, cuts: list[tuple[int, int, str]]) -> Reading:
    parts: list[str] = []
    starts: list[int] = []
    shifts: list[int] = []
    exclusions: list[Exclusion] = []
    at = length = 0
    for start, end, rule in cuts:
        parts.append(text[at:start])
        length += start - at
        starts.append(length)
        shifts.append(end - length)
        at = end
        if rule:
            exclusions.append(Exclusion(start, end, rule))
    parts.append(text[at:])
    return Reading("".join(parts), tuple(exclusions), tuple(starts), tuple(shifts))

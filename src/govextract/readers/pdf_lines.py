"""The lines of a PDF page with their places, built from its glyphs.

PDFium's own line ends and blanks are guesses: a blank stands between Han and digits, a raised
figure (``m³``) starts a line, a hanging quotation mark loses one. Here the glyphs are put into
lines by where they stand; lengths are in points, and y runs upwards as in PDF.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from govextract.readers.joining import is_cjk
from govextract.readers.pdf_glyphs import Glyph

# Share of the lower glyph's height that must lie beside the line for it to be of that line.
_SAME_LINE_OVERLAP = 0.4
# A gap below this many ems next to a Han character is type-setting, not a blank.
_CLOSED_GAP = 0.9
# Between two Han characters with a blank, a wider gap than this is one (``第一部分 概况``).
_HAN_GAP = 0.4
# Between Latin letters or digits a blank is at least this wide.
_WORD_GAP = 0.1
# A gap above this many ems is a tabulator: it stays a blank even in a letter-spaced line.
_TAB_GAP = 2.5
# The type size of a line is that of its first characters.
_ENOUGH = 12
# Soft hyphen, PDFium's mark of a hyphen at a line end, and the noncharacter older versions give.
_HYPHENS = dict.fromkeys(map(ord, "\x02\u00ad\ufffe"), "-")
# A line may not end in what opens, nor begin with what closes.
_FIRST_WORD = re.compile(
    r"[（《“‘「『(]*(?:[0-9A-Za-z.,+\-−]+|.)[%‰℃％，。、；：！？）》」』”’,.;:!?)]*", re.DOTALL
)
_LONGEST_WORD = 32
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


class Line(NamedTuple):
    """One line of a page; ``em`` is the width of a Han character in it.

    Without any (``cjk`` false) it is the height of the line, which is only near it. ``opening`` is
    the width of what begins the line and cannot be parted: a word, a number with its unit sign.
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float
    em: float
    cjk: bool = True
    opening: float = 0.0


def find_lines(glyphs: Iterable[Glyph]) -> Iterator[Line]:
    """Yield the lines that the glyphs make, in the order of the content."""
    line: list[Glyph] = []
    bottom = top = 0.0
    for glyph in glyphs:
        if line and _continues(line[-1], bottom, top, glyph):
            bottom = min(bottom, glyph.bottom)
            top = max(top, glyph.top)
        else:
            if line:
                yield _line(line, bottom, top)
            line = []
            bottom, top = glyph.bottom, glyph.top
        line.append(glyph)
    if line:
        yield _line(line, bottom, top)


def _continues(last: Glyph, bottom: float, top: float, glyph: Glyph) -> bool:
    if glyph.top == last.top and glyph.bottom == last.bottom:
        return glyph.left >= last.left
    overlap = min(top, glyph.top) - max(bottom, glyph.bottom)
    low = min(top - bottom, glyph.top - glyph.bottom)
    # Punctuation is set half as wide as its box: the next box may begin in the middle of it.
    return overlap >= _SAME_LINE_OVERLAP * low and glyph.left >= last.left


def _line(glyphs: Sequence[Glyph], bottom: float, top: float) -> Line:
    em = _em(glyphs[:_ENOUGH])
    text = _text(glyphs, em or top - bottom or 1.0)
    return Line(
        text,
        glyphs[0].left,
        bottom,
        glyphs[-1].right,
        top,
        em or top - bottom or 1.0,
        em > 0,
        _opening(glyphs),
    )


def _em(glyphs: Sequence[Glyph]) -> float:
    """Return the width of a Han character, 0 where there is none.

    Fonts with vertical forms give boxes far too wide, drawn fonts give boxes as high as the ink:
    the step from one Han character to the next is never too small (behind a comma it may be).
    """
    widths = [glyph.right - glyph.left for glyph in glyphs if is_cjk(glyph.text)]
    steps = [
        glyph.left - before.left
        for before, glyph in pairwise(glyphs)
        if _HAN.match(before.text) and _HAN.match(glyph.text) and glyph.left > before.left
    ]
    if steps:
        return min(median(widths), median(steps))
    heights = [glyph.top - glyph.bottom for glyph in glyphs if is_cjk(glyph.text)]
    return min(median(widths), median(heights)) if widths else 0.0


def _opening(glyphs: Sequence[Glyph]) -> float:
    """Return the width of the first word with the signs that may not be parted from it."""
    signs = "".join(glyph.text if len(glyph.text) == 1 else "?" for glyph in glyphs[:_LONGEST_WORD])
    word = _FIRST_WORD.match(signs)
    return glyphs[max(word.end(), 1) - 1].right - glyphs[0].left if word else 0.0


def _text(glyphs: Sequence[Glyph], em: float) -> str:
    spaced = _is_letter_spaced(glyphs)
    parts = [glyphs[0].text]
    for before, glyph in pairwise(glyphs):
        gap = (glyph.left - before.right) / em
        if (glyph.blank or gap > _CLOSED_GAP) and _is_blank(before, glyph, gap, spaced):
            parts.append(" ")
        parts.append(glyph.text)
    return "".join(parts).translate(_HYPHENS)


def _is_blank(before: Glyph, glyph: Glyph, gap: float, spaced: bool) -> bool:
    """Say whether a gap (in ems), wide or marked as a blank, is one of the text."""
    if not (is_cjk(before.text) or is_cjk(glyph.text)):
        return gap > _WORD_GAP
    if spaced:
        return gap > _TAB_GAP
    if glyph.blank and _HAN.match(before.text) and _HAN.match(glyph.text):
        return gap > _HAN_GAP
    return gap > _CLOSED_GAP


def _is_letter_spaced(glyphs: Sequence[Glyph]) -> bool:
    """Say whether all characters of a Chinese line stand apart (``目 录``, ``号 ， 邮 编``)."""
    apart = sum(glyph.blank for glyph in glyphs[1:])
    cjk = sum(is_cjk(glyph.text) for glyph in glyphs)
    return apart >= 0.6 * (len(glyphs) - 1) > 0 and cjk >= 0.5 * len(glyphs)

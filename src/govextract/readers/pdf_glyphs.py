"""The characters of a PDF page, each with its box, as PDFium gives them. Lengths are in points."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from functools import cache
from typing import Any, NamedTuple

from govextract.readers.pdfium import bindings

# No type of a report is higher than this many points.
_TALLEST = 60.0
# Characters that are asked for how they are turned.
_SAMPLE = 12
# Radicals that fonts give for the character itself and that Unicode does not fold (⻓ for 长).
_RADICALS = dict(
    zip(
        "⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
        "母民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟",
        strict=True,
    )
)


class Glyph(NamedTuple):
    """One visible character and its box; ``blank`` where a blank stood before it."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    blank: bool = False


def read_glyphs(page: Any) -> tuple[list[Glyph], int]:
    """Return the visible characters in the order of the content, and their quarter turns."""
    pdfium = bindings()
    text_page = page.get_textpage()
    # The bare handle: a call with the helper object costs half as much again, and there are many.
    handle = text_page.raw
    read_code, read_box = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox
    box = pdfium.FS_RECTF()
    reference = ctypes.byref(box)
    characters = _characters()
    glyphs: list[Glyph] = []
    blank = False
    count = pdfium.FPDFText_CountChars(handle)
    for index in range(count):
        text = characters[read_code(handle, index)]
        if text == " ":
            blank = True
            continue
        read_box(handle, index, reference)
        left, bottom, right, top = box.left, box.bottom, box.right, box.top
        if top - bottom > _TALLEST:
            left, bottom, right, top = _tight_box(handle, index)
        glyphs.append(Glyph(text, left, bottom, right, top, blank))
        blank = False
    turns = _quarter_turns(handle, count)
    text_page.close()
    return glyphs, turns


def _tight_box(handle: Any, index: int) -> tuple[float, float, float, float]:
    """Return the box of a character's ink: fonts for vertical setting give absurd loose ones."""
    pdfium = bindings()
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(handle, index, left, right, bottom, top)
    return left.value, bottom.value, right.value, top.value


def _quarter_turns(handle: Any, count: int) -> int:
    """Return by how many quarters most of some characters are turned, clockwise."""
    read_angle = bindings().FPDFText_GetCharAngle
    some = range(0, count, max(1, count // _SAMPLE))
    # A negative angle says that PDFium knows none: of blanks that it has put in itself.
    known = (angle for index in some if (angle := read_angle(handle, index)) >= 0)
    angles = Counter(round(angle / (math.pi / 2)) % 4 for angle in known)
    return angles.most_common(1)[0][0] if angles else 0


class _Characters(dict[int, str]):
    """The character of each code that PDFium gives; a blank for what is none or not seen."""

    def __missing__(self, code: int) -> str:
        text = chr(code) if code and not 0xD800 <= code < 0xE000 else " "
        if text.isspace() or text in "\u200b\ufeff":
            text = " "
        self[code] = text
        return text


@cache
def _characters() -> _Characters:
    """Return the characters, with those that fonts use in place of Han characters folded."""
    characters = _Characters({ord(sign): plain for sign, plain in _RADICALS.items()})
    for code in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFB00)):
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1:
            characters[code] = plain
    return characters

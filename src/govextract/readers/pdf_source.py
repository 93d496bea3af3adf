"""What PDFium says of a page: its characters and its straight strokes, each with its place.

The only module that calls PDFium's own functions (by pypdfium2's raw bindings). Lengths are in
points; y runs upwards, as in PDF.
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import import_module
from itertools import pairwise
from typing import Any, NamedTuple

# No type of a report is higher than this many points.
_TALLEST = 60.0
# A shorter stroke is a sign or an ornament, not a border.
_SHORTEST = 4.0
# Fewer drawn paths than this rule no table; more segments than that are a drawing.
_FEWEST_PATHS = 3
_MOST_SEGMENTS = 6_000
# A filled box is a border up to this thickness.
_THICKEST = 3.0
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


class Segment(NamedTuple):
    """A horizontal or vertical stroke: ``at`` on its own axis, from ``low`` to ``high``."""

    horizontal: bool
    at: float
    low: float
    high: float


def read_glyphs(page: Any) -> list[Glyph]:
    """Return the visible characters of a pypdfium2 page in the order of its content."""
    pdfium = _bindings()
    text_page = page.get_textpage()
    # The bare handle: a call with the helper object costs half as much again, and there are many.
    handle = text_page.raw
    read_code, read_box = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox
    box = pdfium.FS_RECTF()
    reference = ctypes.byref(box)
    characters = _characters()
    glyphs: list[Glyph] = []
    blank = False
    for index in range(pdfium.FPDFText_CountChars(handle)):
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
    text_page.close()
    return glyphs


def _tight_box(handle: Any, index: int) -> tuple[float, float, float, float]:
    """Return the box of a character's ink: fonts for vertical setting give absurd loose ones."""
    pdfium = _bindings()
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(handle, index, left, right, bottom, top)
    return left.value, bottom.value, right.value, top.value


def read_segments(page: Any) -> list[Segment]:
    """Return the straight strokes of a pypdfium2 page, none where it draws next to nothing."""
    pdfium = _bindings()
    handle, read_object, read_type = page.raw, pdfium.FPDFPage_GetObject, pdfium.FPDFPageObj_GetType
    objects = [read_object(handle, at) for at in range(pdfium.FPDFPage_CountObjects(handle))]
    paths = [item for item in objects if read_type(item) == pdfium.FPDF_PAGEOBJ_PATH]
    if len(paths) < _FEWEST_PATHS:
        return []
    segments: list[Segment] = []
    for path in paths:
        outlined = _is_outlined(path)
        segments.extend(_strokes(run for run in _corners(path) if outlined or _is_thin(run)))
        if len(segments) > _MOST_SEGMENTS:
            return []
    return segments


def _corners(path: Any) -> Iterator[list[tuple[float, float]]]:
    """Yield the runs of points that a path joins by straight strokes, in page coordinates."""
    pdfium = _bindings()
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(path, matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    run: list[tuple[float, float]] = []
    for index in range(min(pdfium.FPDFPath_CountSegments(path), _MOST_SEGMENTS)):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind != pdfium.FPDF_SEGMENT_LINETO:
            yield run
            run = []
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        run.append(
            (
                matrix.a * x.value + matrix.c * y.value + matrix.e,
                matrix.b * x.value + matrix.d * y.value + matrix.f,
            )
        )
        if pdfium.FPDFPathSegment_GetClose(segment):
            run.append(run[0])
    yield run


def _is_outlined(path: Any) -> bool:
    """Say whether a path is drawn along its edge; a filled one is a border only where it is thin.

    (Word gives each line of prose a filled white box.)
    """
    pdfium = _bindings()
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    return bool(stroke.value)


def _is_thin(run: Sequence[tuple[float, float]]) -> bool:
    xs, ys = [x for x, _ in run], [y for _, y in run]
    return bool(run) and min(max(xs) - min(xs), max(ys) - min(ys)) <= _THICKEST


def _strokes(runs: Iterable[Sequence[tuple[float, float]]]) -> Iterator[Segment]:
    for run in runs:
        for (x0, y0), (x1, y1) in pairwise(run):
            width, height = abs(x1 - x0), abs(y1 - y0)
            if width >= _SHORTEST and height < 1:
                yield Segment(True, (y0 + y1) / 2, min(x0, x1), max(x0, x1))
            elif height >= _SHORTEST and width < 1:
                yield Segment(False, (x0 + x1) / 2, min(y0, y1), max(y0, y1))


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


@cache
def _bindings() -> Any:
    return import_module("pypdfium2.raw")

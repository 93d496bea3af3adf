"""What a PDF page shows, upright: a page or a table that is set sideways is turned.

Lengths are in points; y runs upwards, as in PDF.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from govextract.readers.pdf_glyphs import Glyph, read_glyphs
from govextract.readers.pdf_strokes import Objects, Segment


class Source(NamedTuple):
    """The size of a page, its characters and strokes, and whether it has a picture."""

    width: float
    height: float
    glyphs: list[Glyph]
    segments: list[Segment]
    picture: bool


def read_source(page: Any) -> Source:
    """Return what a pypdfium2 page shows; a table that is set sideways is turned upright."""
    objects = Objects()
    objects.read(page.raw)
    glyphs, turns = read_glyphs(page)
    left, bottom, right, top = page.get_bbox()
    size = right - left, top - bottom
    if not turns:
        return Source(*size, glyphs, objects.segments(), objects.picture)
    turned = [_turn_glyph(glyph, turns, *size) for glyph in glyphs]
    segments = [_turn_segment(segment, turns, *size) for segment in objects.segments()]
    return Source(*(size[::-1] if turns % 2 else size), turned, segments, objects.picture)


def _turn(x: float, y: float, turns: int, width: float, height: float) -> tuple[float, float]:
    """Return where a point of a page is when the page is turned back by quarters.

    >>> _turn(100, 300, 3, 595, 842)
    (300, 495)
    """
    return ((x, y), (height - y, x), (width - x, height - y), (y, width - x))[turns]


def _turn_glyph(glyph: Glyph, turns: int, width: float, height: float) -> Glyph:
    ends = [
        _turn(glyph.left, glyph.bottom, turns, width, height),
        _turn(glyph.right, glyph.top, turns, width, height),
    ]
    (left, right), (bottom, top) = (sorted(axis) for axis in zip(*ends, strict=True))
    return glyph._replace(left=left, bottom=bottom, right=right, top=top)


def _turn_segment(segment: Segment, turns: int, width: float, height: float) -> Segment:
    at, low, high = segment.at, segment.low, segment.high
    corners = ((low, at), (high, at)) if segment.horizontal else ((at, low), (at, high))
    ends = [_turn(x, y, turns, width, height) for x, y in corners]
    (left, right), (bottom, top) = (sorted(axis) for axis in zip(*ends, strict=True))
    if segment.horizontal == (turns % 2 == 0):
        return Segment(True, bottom, left, right)
    return Segment(False, left, bottom, top)

"""The straight strokes that a PDF page draws, as PDFium gives them. Lengths are in points."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from govextract.readers.pdfium import bindings

# A shorter stroke is a sign or an ornament, not a border.
_SHORTEST = 4.0
# Fewer drawn paths than this rule no table; more segments than that are a drawing.
_FEWEST_PATHS = 3
_MOST_SEGMENTS = 6_000
# A filled box is a border up to this thickness.
_THICKEST = 3.0
_DEEPEST_FORM = 8


Matrix = tuple[float, float, float, float, float, float]
"""a b c d e f of PDF: x' = ax + cy + e, y' = bx + dy + f."""


class Segment(NamedTuple):
    """A horizontal or vertical stroke: ``at`` on its own axis, from ``low`` to ``high``."""

    horizontal: bool
    at: float
    low: float
    high: float


class Objects:
    """The paths and pictures of a page, also those inside forms, with their place on it."""

    def __init__(self) -> None:
        self.picture = False
        self._paths: list[tuple[Any, Matrix | None]] = []

    def read(self, page: Any) -> None:
        """Take the objects of a page, by its bare handle."""
        pdfium = bindings()
        self._read(page, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject)

    def _read(
        self, parent: Any, count: Any, get: Any, matrix: Matrix | None = None, depth: int = 0
    ) -> None:
        pdfium = bindings()
        read_type = pdfium.FPDFPageObj_GetType
        for item in [get(parent, index) for index in range(count(parent))]:
            kind = read_type(item)
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                self._paths.append((item, matrix))
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                self.picture = True
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
                inner = _multiply(_matrix_of(item), matrix)
                inside = pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject
                self._read(item, *inside, inner, depth + 1)

    def segments(self) -> list[Segment]:
        """Return the straight strokes, none where next to nothing or a drawing is drawn."""
        if len(self._paths) < _FEWEST_PATHS:
            return []
        found: list[Segment] = []
        for path, matrix in self._paths:
            outlined = _is_outlined(path)
            runs = _corners(path, _multiply(_matrix_of(path), matrix))
            found.extend(_strokes(run for run in runs if outlined or _is_thin(run)))
            if len(found) > _MOST_SEGMENTS:
                return []
        return found


def _matrix_of(item: Any) -> Matrix:
    matrix = bindings().FS_MATRIX()
    bindings().FPDFPageObj_GetMatrix(item, matrix)
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _multiply(inner: Matrix, outer: Matrix | None) -> Matrix:
    """Return the matrix that does first ``inner``, then ``outer``."""
    if outer is None:
        return inner
    a, b, c, d, e, f = inner
    oa, ob, oc, od, oe, of = outer
    return (
        a * oa + b * oc, a * ob + b * od,
        c * oa + d * oc, c * ob + d * od,
        e * oa + f * oc + oe, e * ob + f * od + of,
    )  # fmt: skip


def _corners(path: Any, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
    """Yield the runs of points that a path joins by straight strokes, in page coordinates."""
    pdfium = bindings()
    a, b, c, d, e, f = matrix
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
                a * x.value + c * y.value + e,
                b * x.value + d * y.value + f,
            )
        )
        if pdfium.FPDFPathSegment_GetClose(segment):
            run.append(run[0])
    yield run


def _is_outlined(path: Any) -> bool:
    """Say whether a path is drawn along its edge; a filled one is a border only where it is thin.

    (Word gives each line of prose a filled white box.)
    """
    pdfium = bindings()
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

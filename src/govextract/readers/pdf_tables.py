"""Ruled tables of a PDF: glyphs into cells, tables that run over a page end joined, rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from govextract.readers.joining import join_lines
from govextract.readers.layout import GridCell
from govextract.readers.pdf_glyphs import Glyph
from govextract.readers.pdf_lines import find_lines
from govextract.readers.pdf_rows import Box, FilledCell, split_rows
from govextract.readers.pdf_rulings import Frame, cluster, nearest

# Two parts of a table have the same outer borders, within this many points.
_SAME_BORDER = 6.0
_FIGURE = re.compile(r"[-+]?\d[\d,.]*[%％]?|[-－—/]+")
_ENUMERATOR = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]")


class RuledTable(NamedTuple):
    """A table of a page, or of several that it runs over: ``breaks`` are the y of page ends."""

    page: int
    boxes: tuple[Box, ...]
    breaks: tuple[float, ...] = ()

    @property
    def sides(self) -> tuple[float, float]:
        """The x of the left and of the right border."""
        return min(box.left for box in self.boxes), max(box.right for box in self.boxes)


def find_cell(frames: Sequence[Frame], glyph: Glyph) -> tuple[int, int | None]:
    """Return the index of the frame that a glyph stands in and its cell there, or -1 and None."""
    x, y = (glyph.left + glyph.right) / 2, (glyph.bottom + glyph.top) / 2
    for index, frame in enumerate(frames):
        cell = frame.cell_at(x, y)
        if cell is not None:
            return index, cell
    return -1, None


def fill_frame(frame: Frame, inside: Mapping[int, Sequence[Glyph]], page: int) -> RuledTable:
    """Return the table of a frame with the glyphs that stand in each of its cells."""
    squares: dict[int, list[tuple[int, int]]] = {}
    for square, cell in frame.cell_of.items():
        squares.setdefault(cell, []).append(square)
    cells = [_filled(frame, squares[cell], inside.get(cell, ())) for cell in squares]
    return RuledTable(page, tuple(split_rows(cells)))


def continues(table: RuledTable, following: RuledTable) -> bool:
    """Say whether ``following``, first on its page, is the rest of ``table``."""
    return all(
        abs(here - there) <= _SAME_BORDER
        for here, there in zip(table.sides, following.sides, strict=True)
    )


def join_tables(table: RuledTable, rest: RuledTable) -> RuledTable:
    """Return both as one: the header that is printed again is dropped, cut cells are made whole."""
    below = _drop_repeated_header(table.boxes, rest.boxes)
    end = max(box.bottom for box in table.boxes)
    offset = end - min(box.top for box in below)
    moved = [box._replace(top=box.top + offset, bottom=box.bottom + offset) for box in below]
    return RuledTable(table.page, _mend_cut_cells(table.boxes, moved), (*table.breaks, end))


class Rows(NamedTuple):
    """The rows of a table, each cell where it begins, and the indexes of rows that begin a page."""

    rows: list[list[GridCell]]
    breaks: list[int]


def rows_of(table: RuledTable) -> Rows:
    """Return the grid of a table."""
    xs = cluster([box.left for box in table.boxes] + [box.right for box in table.boxes])
    ys = cluster([box.top for box in table.boxes] + [box.bottom for box in table.boxes])
    rows: list[list[tuple[int, GridCell]]] = [[] for _ in ys[1:]]
    for box in table.boxes:
        left, right = nearest(xs, box.left), nearest(xs, box.right)
        top, bottom = nearest(ys, box.top), nearest(ys, box.bottom)
        if left < right and top < bottom:
            rows[top].append((left, GridCell(box.text, bottom - top, right - left)))
    ordered = [[cell for _, cell in sorted(row, key=lambda item: item[0])] for row in rows]
    return Rows(ordered, [nearest(ys, end) for end in table.breaks])


def _filled(
    frame: Frame, squares: Sequence[tuple[int, int]], glyphs: Iterable[Glyph]
) -> FilledCell:
    columns, rows = [column for column, _ in squares], [row for _, row in squares]
    return FilledCell(
        left=frame.xs[min(columns)],
        top=-frame.ys[max(rows) + 1],
        right=frame.xs[max(columns) + 1],
        bottom=-frame.ys[min(rows)],
        lines=tuple(find_lines(glyphs)),
    )


def _drop_repeated_header(above: Sequence[Box], below: Sequence[Box]) -> Sequence[Box]:
    """Leave out the first rows of ``below`` as far as they are the first rows of ``above``."""
    end = None
    for (_, row), (bottom, repeated) in zip(_rows(above), _rows(below), strict=False):
        if row != repeated or not any(text for _, text in row):
            break
        end = bottom
    if end is None:
        return below
    return [box for box in below if box.top >= end - 1] or below


def _rows(boxes: Sequence[Box]) -> list[tuple[float, list[tuple[int, str]]]]:
    """Return for each row where its lowest cell ends, and its cells' places and texts."""
    tops = sorted({box.top for box in boxes})
    rows = [[box for box in boxes if box.top == top] for top in tops]
    return [
        (max(box.bottom for box in row), sorted((round(box.left), box.text) for box in row))
        for row in rows
    ]


def _mend_cut_cells(above: Sequence[Box], below: Sequence[Box]) -> tuple[Box, ...]:
    """Join the merged cells that the page end has cut in two."""
    end = max(box.bottom for box in above)
    first = sorted(box for box in below if abs(box.top - end) <= 1)
    last = [box for box in above if abs(box.bottom - end) <= 1]
    row_is_cut = _is_rest_of_row(first, last)
    rests = {box.left: box for box in (first if row_is_cut else _stubs(first))}
    mended: list[Box] = []
    for box in above:
        rest = rests.get(_nearest_left(rests, box.left))
        if rest is not None and abs(box.bottom - end) <= 1 and (row_is_cut or _is_cut(box, rest)):
            del rests[rest.left]
            joined = join_lines((box.text, rest.text))
            mended.append(box._replace(bottom=rest.bottom, text=joined))
            below = [other for other in below if other is not rest]
        else:
            mended.append(box)
    return (*mended, *below)


def _is_rest_of_row(row: Sequence[Box], above: Sequence[Box]) -> bool:
    """Say whether a row only goes on with texts of the row above: a page end cut through both.

    Where it is blank the row above has a number, mostly, and none of its texts begins an item.
    """
    texts = {round(box.left): box.text for box in above}
    low = min((box.bottom for box in row), default=0.0)
    own = [box for box in row if box.bottom <= low + 1]
    written = [box for box in own if box.text]
    numbers = [
        box for box in own if not box.text and _FIGURE.fullmatch(texts.get(round(box.left), ""))
    ]
    return (
        2 * len(numbers) >= len(own) > len(numbers)
        and bool(written)
        and all(texts.get(round(box.left)) for box in own)
        and not any(_ENUMERATOR.match(box.text) for box in written)
    )


def _stubs(row: Sequence[Box]) -> Iterator[Box]:
    """Yield the cells of a row that may be the rest of one above: what its other cells hang on."""
    low = min((box.bottom for box in row), default=0.0)
    for box in row:
        if box.text and box.bottom <= low + 1:
            return
        yield box


def _nearest_left(rests: Iterable[float], left: float) -> float:
    return min(rests, key=lambda other: abs(other - left), default=left)


def _is_cut(box: Box, rest: Box) -> bool:
    same = abs(box.left - rest.left) <= _SAME_BORDER and abs(box.right - rest.right) <= _SAME_BORDER
    whole = bool(rest.text) and (_ENUMERATOR.match(rest.text) or not _ENUMERATOR.match(box.text))
    return same and bool(box.text) and not whole

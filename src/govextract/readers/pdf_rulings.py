"""Ruled tables of a PDF page: from the lines that are drawn to the cells that they enclose.

The drawn segments that touch one another make a frame; its distinct x and y make a grid of unit
squares; squares that no line parts make a cell. Side borders that are not drawn count as drawn, as
in the open tables of bulletins. Lengths are points; y runs upwards.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from govextract.readers.pdf_strokes import Segment

# Lines nearer than this are one line (borders are drawn as thin boxes or twice).
_SNAP = 3.0


class Frame(NamedTuple):
    """The grid of one table: the x of its columns' and the y of its rows' borders, ascending.

    ``cell_of`` gives for each unit square, by (column, row) from the lower left, its cell's number.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cell_of: dict[tuple[int, int], int]

    def cell_at(self, x: float, y: float) -> int | None:
        """Return the number of the cell that holds a point, None outside the frame."""
        square = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        return self.cell_of.get(square)


def find_frames(segments: Sequence[Segment]) -> list[Frame]:
    """Return the grids of at least two cells that the segments rule, from the top down."""
    frames = [_frame(group) for group in _touching(segments)]
    tables = [frame for frame in frames if len(set(frame.cell_of.values())) > 1]
    return sorted(tables, key=lambda frame: -frame.ys[-1])


def cluster(values: Iterable[float], tolerance: float = _SNAP) -> tuple[float, ...]:
    """Return the values with those that lie within ``tolerance`` of the one before as one.

    >>> cluster([10.0, 10.5, 30.0])
    (10.0, 30.0)
    """
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > tolerance:
            kept.append(value)
    return tuple(kept)


def nearest(values: Sequence[float], value: float) -> int:
    """Return the index of the one of the ascending ``values`` that is nearest."""
    at = bisect_right(values, value)
    if at == 0:
        return 0
    if at == len(values) or value - values[at - 1] <= values[at] - value:
        return at - 1
    return at


def _touching(segments: Sequence[Segment]) -> list[list[Segment]]:
    """Group the segments that touch, cross or go on one another, directly or through others.

    (A browser draws a border for each cell: that under a merged cell touches only the next ones.)
    """
    parent = list(range(len(segments)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    rows = sorted((s.at, i) for i, s in enumerate(segments) if s.horizontal)
    heights = [at for at, _ in rows]
    for index, column in enumerate(segments):
        if column.horizontal:
            continue
        low = bisect_right(heights, column.low - _SNAP)
        high = bisect_right(heights, column.high + _SNAP)
        for _, other in rows[low:high]:
            row = segments[other]
            if row.low - _SNAP <= column.at <= row.high + _SNAP:
                parent[root(other)] = root(index)
    for before, after in _going_on(segments):
        parent[root(before)] = root(after)
    groups: dict[int, list[Segment]] = {}
    for index, segment in enumerate(segments):
        groups.setdefault(root(index), []).append(segment)
    return [group for group in groups.values() if len(group) > 3]


def _going_on(segments: Sequence[Segment]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of segments on one line of which the second begins where the first ends."""
    for horizontal in (True, False):
        along = [i for i, segment in enumerate(segments) if segment.horizontal == horizontal]
        lines = cluster(segments[i].at for i in along)
        ordered = sorted((nearest(lines, segments[i].at), segments[i].low, i) for i in along)
        for (line, _, before), (next_line, low, after) in pairwise(ordered):
            if line == next_line and low <= segments[before].high + _SNAP:
                yield before, after


def _frame(segments: Sequence[Segment]) -> Frame:
    level = [segment for segment in segments if segment.horizontal]
    upright = [segment for segment in segments if not segment.horizontal]
    xs = cluster([s.at for s in upright] + [s.low for s in level] + [s.high for s in level])
    ys = cluster([s.at for s in level] + [s.low for s in upright] + [s.high for s in upright])
    walls = {(nearest(xs, s.at), row) for s in upright for row in _covered(ys, s)}
    floors = {(column, nearest(ys, s.at)) for s in level for column in _covered(xs, s)}
    return Frame(xs, ys, _join_squares(len(xs) - 1, len(ys) - 1, walls, floors))


def _covered(borders: Sequence[float], segment: Segment) -> range:
    return range(nearest(borders, segment.low), nearest(borders, segment.high))


def _join_squares(
    columns: int, rows: int, walls: set[tuple[int, int]], floors: set[tuple[int, int]]
) -> dict[tuple[int, int], int]:
    """Number the cells: squares flow together where no wall (left) or floor (below) parts them."""
    cell_of: dict[tuple[int, int], int] = {}
    number = 0
    for start in ((c, r) for r in reversed(range(rows)) for c in range(columns)):
        if start in cell_of:
            continue
        cell_of[start] = number
        open_squares = [start]
        while open_squares:
            column, row = open_squares.pop()
            ways = (
                ((column - 1, row), (column, row) in walls),
                ((column + 1, row), (column + 1, row) in walls),
                ((column, row - 1), (column, row) in floors),
                ((column, row + 1), (column, row + 1) in floors),
            )
            for square, parted in ways:
                inside = 0 <= square[0] < columns and 0 <= square[1] < rows
                if inside and not parted and square not in cell_of:
                    cell_of[square] = number
                    open_squares.append(square)
        number += 1
    return cell_of

"""Rows of a table that no line parts: told by the numbers, which stand one in each row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from govextract.readers.joining import join_lines
from govextract.readers.pdf_lines import Line

_NUMBER = re.compile(r"[-+－−]?\d[\d.,，]*[%％‰]?|[-—/…]{1,2}")


class Box(NamedTuple):
    """A cell where it stands: y runs downwards here, so that pages can follow one another."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


class FilledCell(NamedTuple):
    """A cell with the lines that stand in it."""

    left: float
    top: float
    right: float
    bottom: float
    lines: tuple[Line, ...]

    def box(self) -> Box:
        """Return the cell with its lines as one text."""
        text = join_lines(line.text for line in self.lines)
        return Box(self.left, self.top, self.right, self.bottom, text)


def split_rows(cells: Sequence[FilledCell]) -> Iterator[Box]:
    """Yield the cells; a row that holds several rows of numbers is parted between them."""
    bands: dict[tuple[float, float], list[FilledCell]] = {}
    for cell in cells:
        bands.setdefault((cell.top, cell.bottom), []).append(cell)
    for band in bands.values():
        heights = _number_heights(band)
        for cell in band:
            # One line beside many rows is a label for all of them.
            if len(heights) < 2 or (len(cell.lines) == 1 and cell.left == band[0].left):
                yield cell.box()
            else:
                yield from _part(cell, heights)


def _number_heights(band: Sequence[FilledCell]) -> list[float]:
    """Return the heights of the rows: of the lines of the column with the most numbers."""
    labelled = max((len(cell.lines) for cell in band if not _holds_numbers(cell)), default=0)
    numbers = [cell for cell in band if _holds_numbers(cell) and len(cell.lines) <= labelled]
    longest = max(numbers, key=lambda cell: len(cell.lines), default=None)
    return sorted(_height(line) for line in longest.lines) if longest else []


def _holds_numbers(cell: FilledCell) -> bool:
    return len(cell.lines) > 1 and all(_NUMBER.fullmatch(line.text) for line in cell.lines)


def _height(line: Line) -> float:
    return -(line.bottom + line.top) / 2


def _part(cell: FilledCell, heights: Sequence[float]) -> Iterator[Box]:
    """Yield one cell a row; each line belongs to the nearest row (labels may run over lines)."""
    middles = [(above + below) / 2 for above, below in pairwise(heights)]
    borders = [cell.top, *middles, cell.bottom]
    for row, height in enumerate(heights):
        lines = [
            line
            for line in cell.lines
            if min(heights, key=lambda other: abs(other - _height(line))) == height
        ]
        text = join_lines(line.text for line in lines)
        yield Box(cell.left, borders[row], cell.right, borders[row + 1], text)

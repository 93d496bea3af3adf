"""The shape of a table: which rows are headers, which columns are labels, what each cell is under.

A table is read from the top: a row of one cell alone opens a section, rows of words without numbers
are a header, which holds until the next header; all others are data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from govextract.lexicon.tables import squeeze
from govextract.model import Cell, Table
from govextract.stages.table_units import TableReader

_YEAR = re.compile(r"(?:19|20)\d\d年?")
# Spans come from the file: a table that would be larger than this is cut.
_MOST_CELLS = 200_000


class Row(NamedTuple):
    """A row of data: what it is under, and its cells by column."""

    number: int
    section: str
    header: tuple[int, ...]
    """The rows that head its columns."""
    cells: Mapping[int, Cell]


class Grid(NamedTuple):
    """A table with each cell at all the places that it covers, and what its columns are."""

    cells: Mapping[tuple[int, int], Cell]
    rows: tuple[Row, ...]
    columns: int

    def header_texts(self, row: Row, column: int) -> tuple[str, ...]:
        """Return the texts above a column, the outermost first, each merged cell once."""
        found: list[Cell] = []
        for number in row.header:
            cell = self.cells.get((number, column))
            if cell is not None and cell.text and cell not in found:
                found.append(cell)
        return tuple(cell.text for cell in found)


def read_grid(table: Table, reader: TableReader) -> Grid:
    """Return the shape of ``table``."""
    cells = dict(_spread(table.cells))
    height = max((row for row, _ in cells), default=0)
    width = max((column for _, column in cells), default=0)
    rows = [
        {column: cells[row, column] for column in range(1, width + 1) if (row, column) in cells}
        for row in range(1, height + 1)
    ]
    return Grid(cells, tuple(_data_rows(rows, width, reader)), width)


def _spread(cells: Sequence[Cell]) -> Iterator[tuple[tuple[int, int], Cell]]:
    """Yield each cell at all its places (bounded: spans come from the file)."""
    count = 0
    for cell in cells:
        for row in range(cell.row, cell.row + cell.rowspan):
            for column in range(cell.column, cell.column + cell.colspan):
                count += 1
                if count > _MOST_CELLS:
                    return
                yield (row, column), cell


def _data_rows(
    rows: Sequence[Mapping[int, Cell]], width: int, reader: TableReader
) -> Iterator[Row]:
    section = ""
    header: list[int] = []
    open_header = True
    for number, cells in enumerate(rows, start=1):
        filled = {cell: None for cell in cells.values() if cell.text}
        if not filled:
            continue
        if len(filled) == 1 and _is_section(next(iter(filled)), cells, width, reader):
            lone = next(iter(filled)).text
            section = lone if reader.words.is_section(lone) else section
            open_header = False
        elif _is_header(cells, rows[number:], reader, first=not header):
            header = [*header, number] if open_header else [number]
            open_header = True
        else:
            open_header = False
            yield Row(number, section, tuple(header), cells)


def _is_section(cell: Cell, cells: Mapping[int, Cell], width: int, reader: TableReader) -> bool:
    """Say whether the only text of a row names the rows below it: it has the row to itself."""
    alone = len({id(other) for other in cells.values()}) == 1
    named = cell.column == 1 and squeeze(cell.text).endswith(":")
    return width > 1 and reader.read_number(cell.text) is None and (alone or named)


def _is_header(
    cells: Mapping[int, Cell],
    below: Sequence[Mapping[int, Cell]],
    reader: TableReader,
    *,
    first: bool,
) -> bool:
    """Say whether a row of words without numbers heads columns of numbers."""
    texts = [cell.text for cell in dict.fromkeys(cells.values()) if cell.text]
    if all(cell.header for cell in cells.values()) and _are_years(texts, reader):
        return True
    if first and _are_years(texts, reader) and any(_numbers(row, reader) for row in below):
        return True
    if any(reader.read_number(text) for text in texts):
        return False
    if first:
        return True
    columns = next(filter(None, (_numbers(row, reader) for row in below)), set())
    headed = [column for column in columns if column in cells]
    return bool(headed) and all(not reader.words.is_blank(cells[column].text) for column in headed)


def _are_years(texts: Sequence[str], reader: TableReader) -> bool:
    """Say whether all numbers among the texts, if any, are years."""
    return all(is_year(text) or reader.read_number(text) is None for text in texts)


def is_year(text: str) -> bool:
    """Say whether a text is a year.

    >>> is_year("2024"), is_year("2024年"), is_year("2124")
    (True, True, False)
    """
    return bool(_YEAR.fullmatch(squeeze(text)))


def _numbers(cells: Mapping[int, Cell], reader: TableReader) -> set[int]:
    return {column for column, cell in cells.items() if reader.read_number(cell.text)}

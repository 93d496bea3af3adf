"""Tables to values: each number of a table with what its row, column and caption say of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from govextract.lexicon import Lexicon
from govextract.lexicon.tables import KindWords, squeeze
from govextract.model import Cell, Kind, Report, Table, make
from govextract.numerals import plain
from govextract.stages.table_grid import Grid, Row, is_year, read_grid
from govextract.stages.table_labels import Panel, clean, clean_label, row_paths
from govextract.stages.table_units import Number, TableReader, Unit, load_table_reader

_IN_TABLE_UNIT = re.compile(r"\(?(?:计量)?单位:")
_RATES = frozenset({"%", "‰", "百分点"})
_PATH_SIGN = " > "


class TableValue(NamedTuple):
    """A number of a table, with the labels that it stands under.

    ``value`` and ``unit`` are in the base unit, ``number`` and ``number_unit`` as written.
    ``origin`` is ``table:N/rR/cC``; rows and columns count from 1.
    """

    table: int
    title: str
    row: int
    column: int
    row_path: str
    column_path: str
    value: Decimal
    unit: str
    number: str
    number_unit: str
    kind: Kind
    start: int
    end: int
    text: str
    origin: str


class _Column(NamedTuple):
    """What a column is in a block of rows under one header, and the words of that header."""

    role: str
    headers: tuple[str, ...]


def find_table_facts(report: Report, lexicon: Lexicon) -> tuple[TableValue, ...]:
    """Return the values of all tables of ``report``, in the order of the text."""
    reader = load_table_reader(lexicon)
    return tuple(
        value for table in report.tables for value in _table_values(table, report.text, reader)
    )


def _table_values(table: Table, text: str, reader: TableReader) -> Iterator[TableValue]:
    grid = read_grid(table, reader)
    for _, group in groupby(grid.rows, key=lambda row: (row.header, row.section)):
        rows = list(group)
        columns = _read_columns(grid, rows, reader)
        for panel in _panels(columns):
            yield from _panel_values(table, text, rows, columns, panel, reader)


def _read_columns(grid: Grid, rows: Sequence[Row], reader: TableReader) -> dict[int, _Column]:
    """Say of each column what it is: by the words of its header, else by what stands in it."""
    columns: dict[int, _Column] = {}
    for column in range(1, grid.columns + 1):
        headers = grid.header_texts(rows[0], column)
        role = reader.words.role_of(headers[-1]) if headers else ""
        may_be_years = column == 1 or not headers
        role = role or _role_by_content(column, rows, reader, may_be_years)
        columns[column] = _Column(role, headers)
    first = columns.get(1)
    if first and first.role == "value" and _counts_up(rows) and columns[2].role == "label":
        columns[1] = _Column("code", first.headers)
    return columns


def _role_by_content(
    column: int, rows: Sequence[Row], reader: TableReader, may_be_years: bool
) -> str:
    cells = [row.cells[column] for row in rows if column in row.cells]
    texts = [cell.text for cell in cells if not reader.words.is_blank(cell.text)]
    if may_be_years and texts and all(is_year(text) for text in texts):
        return "label"
    numbers = sum(reader.read_number(text) is not None for text in texts)
    return "label" if len(texts) - numbers > numbers else "value"


def _counts_up(rows: Sequence[Row]) -> bool:
    """Say whether the first column only counts the rows: 1, 2, 3."""
    numbers = [row.cells[1].text.strip() for row in rows if 1 in row.cells]
    return len(numbers) > 1 and numbers == [str(n) for n in range(1, len(numbers) + 1)]


def _panels(columns: Mapping[int, _Column]) -> Iterator[Panel]:
    """Yield the label columns and the value columns of each panel that stands beside another.

    A second panel begins with a column of labels that is headed as the first panel's is; other
    columns of text behind numbers are remarks.
    """
    labels: list[int] = []
    values: list[int] = []
    for number, column in columns.items():
        if column.role == "label" and values and _is_repeated(column, columns, labels):
            yield Panel(labels, values)
            labels, values = [number], []
        elif column.role == "label" and not values:
            labels.append(number)
        elif column.role == "value":
            values.append(number)
    if values:
        yield Panel(labels, values)


def _is_repeated(column: _Column, columns: Mapping[int, _Column], labels: Sequence[int]) -> bool:
    """Say whether a header ends as one of the first panel's labels: 收入项目 and 支出项目."""
    return any(_ending(column) == _ending(columns[label]) for label in labels)


def _ending(column: _Column) -> str:
    return squeeze(column.headers[-1])[-2:] if column.headers else ""


class _Head(NamedTuple):
    """What the headers of a column say of all its numbers."""

    headers: tuple[str, ...]
    path: str
    kind: Kind | None
    """By the words of the headers; that of row or title counts only for rates without."""
    has_unit: bool
    unit: Unit | None


def _head(headers: tuple[str, ...], reader: TableReader) -> _Head:
    path = _PATH_SIGN.join(map(clean, headers))
    kind = _named_kind(reader.kind_in(reversed(headers)))
    return _Head(headers, path, kind, *reader.column_unit(headers))


def _named_kind(words: KindWords | None) -> Kind | None:
    return words.kind if words else None


def _panel_values(
    table: Table,
    text: str,
    rows: Sequence[Row],
    columns: Mapping[int, _Column],
    panel: Panel,
    reader: TableReader,
) -> Iterator[TableValue]:
    caption = _caption_units(table, reader)
    heads = {column: _head(columns[column].headers, reader) for column in panel.values}
    all_have_units = all(head.has_unit for head in heads.values())
    for row, labels in zip(rows, row_paths(rows, text, panel, reader), strict=True):
        path = [*filter(None, [clean_label(row.section, reader).rstrip("：:")]), *labels]
        row_path = _PATH_SIGN.join(path)
        of_row = None if all_have_units else reader.row_unit(path, caption)
        unit_cell = next((row.cells[n] for n in row.cells if columns[n].role == "unit"), None)
        for column, head in heads.items():
            cell = row.cells.get(column)
            if cell is None or (cell.row, cell.column) != (row.number, column):
                continue
            number = reader.read_number(cell.text)
            if number is None:
                continue
            own = number.unit or (_unit_of(unit_cell, head.headers, reader) if unit_cell else None)
            unit = own or (head.unit if head.has_unit else of_row)
            kind = head.kind
            if kind is None and (unit is None or unit.name in _RATES):
                kind = _named_kind(reader.kind_in((*labels[-1:], table.title)))
            yield _value(table, cell, number, unit, row_path, head, kind)


def _value(
    table: Table,
    cell: Cell,
    number: Number,
    unit: Unit | None,
    row_path: str,
    head: _Head,
    kind: Kind | None,
) -> TableValue:
    row, column = cell.row, cell.column
    return make(
        TableValue, (
            table.number, table.title, row, column, row_path, head.path,
            plain(number.value * unit.scale if unit else number.value),
            unit.name if unit else "", number.written, unit.written if unit else "",
            _kind(kind, unit), cell.start, cell.end, cell.text,
            f"table:{table.number}/r{row}/c{column}",
        )
    )  # fmt: skip


def _kind(named: Kind | None, unit: Unit | None) -> Kind:
    """Return the kind by the words of the header where they fit the unit, else by the unit."""
    if named == "change" or (named == "ratio" and unit and unit.name in ("%", "‰")):
        return named
    if named == "score" and unit is None:
        return named
    return (unit.kind if unit else None) or "count"


def _caption_units(table: Table, reader: TableReader) -> list[Unit]:
    if table.unit:
        return reader.stated_units(table.unit)
    lone = (cell.text for cell in table.cells if _IN_TABLE_UNIT.match(squeeze(cell.text)))
    stated = next((unit for text in lone if (unit := reader.unit_in(text))), None)
    unit = stated or reader.unit_in(table.title)
    return [unit] if unit else []


def _unit_of(cell: Cell, headers: Sequence[str], reader: TableReader) -> Unit | None:
    """Return the unit that a row's own unit cell gives, but for a column of shares or changes."""
    words = reader.kind_in(reversed(headers))
    if words is not None and words.percent:
        return None
    return None if reader.words.is_blank(cell.text) else reader.read_unit(cell.text, stated=True)

"""XLSX: a sheet a table, typed cells, a frozen head with filters, links from facts to documents.

Sheets are written row by row (``constant_memory``); a table longer than a sheet goes on in the
next (``facts 2``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path
from typing import Any

from govextract.errors import MissingExtraError
from govextract.table import SCHEMAS, TABLE_NAMES_ZH, Column, Headers, Row, heads
from govextract.writers import Tables
from govextract.writers.arrow import parse_date
from govextract.writers.csv import defuse
from govextract.writers.files import replacing

Sheets = Mapping[str, tuple[tuple[Column, ...], Iterable[Row]]]
"""Columns and rows by the name of their sheet."""

# Limits of the file format: https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3
_ROWS_A_SHEET = 1_048_575
_LINKS_A_SHEET = 65_530
_CHARACTERS_A_CELL = 32_767
_MADE = datetime(2000, 1, 1)
"""The time that a workbook says it was made at: the same rows give the same bytes."""
_WIDE = {"sentence": 60, "title": 36, "indicator": 28, "document": 36, "message": 60}


def write_xlsx(folder: Path, tables: Tables, headers: Headers = "en") -> list[Path]:
    """Write ``tables.xlsx`` and return its path. Raises MissingExtraError without xlsxwriter."""
    path = folder / "tables.xlsx"
    with replacing(path) as part:
        write_workbook(part, {name: (SCHEMAS[name], tables[name]) for name in tables}, headers)
    return [path]


def write_workbook(path: Path, sheets: Sheets, headers: Headers = "en") -> None:
    """Write a workbook with a sheet for each entry of ``sheets``: its columns and its rows."""
    try:
        import xlsxwriter
    except ImportError as error:
        raise MissingExtraError("xlsxwriter", "xlsx") from error
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as workbook:
        workbook.set_properties({"created": _MADE})
        sheet_writer = _SheetWriter(workbook, headers)
        for name, (columns, rows) in sheets.items():
            links = _document_rows(sheets) if name in ("facts", "sections", "problems") else {}
            sheet_writer.write(name, columns, rows, links)


def _document_rows(sheets: Sheets) -> dict[str, int]:
    """Return the row of each document in the sheet of documents (the head is row 1)."""
    if "documents" not in sheets:
        return {}
    rows = islice(sheets["documents"][1], _ROWS_A_SHEET)
    return {str(row[0]): number for number, row in enumerate(rows, start=2)}


class _SheetWriter:
    """Writes tables into one workbook, all with the same cell formats."""

    def __init__(self, workbook: Any, headers: Headers) -> None:
        self._workbook = workbook
        self._headers = headers
        self._head = workbook.add_format({"bold": True, "bg_color": "#DDE7F0", "bottom": 1})
        self._plain = workbook.add_format({"num_format": "0"})
        self._whole = workbook.add_format({"num_format": "#,##0"})
        self._broken = workbook.add_format({"num_format": "#,##0.0#########"})
        self._date = workbook.add_format({"num_format": "yyyy-mm-dd"})
        # The sign by which Excel itself marks a text that looks like a formula.
        self._quoted = workbook.add_format({"quote_prefix": True})

    def write(
        self,
        name: str,
        columns: tuple[Column, ...],
        rows: Iterable[Row],
        links: Mapping[str, int],
    ) -> None:
        """Write one table; at least one sheet, even where there are no rows."""
        source = iter(rows)
        self._write_sheet(self._title(name), columns, islice(source, _ROWS_A_SHEET), links)
        for number, first in enumerate(source, start=2):
            rest = chain([first], islice(source, _ROWS_A_SHEET - 1))
            self._write_sheet(f"{self._title(name)} {number}", columns, rest, links)

    def _title(self, name: str) -> str:
        return TABLE_NAMES_ZH.get(name, name) if self._headers == "zh" else name

    def _write_sheet(
        self,
        title: str,
        columns: tuple[Column, ...],
        rows: Iterable[Row],
        links: Mapping[str, int],
    ) -> None:
        sheet = self._workbook.add_worksheet(title)
        sheet.freeze_panes(1, 0)
        for at, column in enumerate(columns):
            sheet.set_column(at, at, _WIDE.get(column.name, 12))
        for at, head in enumerate(heads(columns, self._headers)):
            sheet.write_string(0, at, head, self._head)
        linked = heads(columns).index("document") if links else -1
        last = 0
        for last, row in enumerate(rows, start=1):
            for at, (column, cell) in enumerate(zip(columns, row, strict=True)):
                if at == linked and last <= _LINKS_A_SHEET and cell in links:
                    target = f"internal:'{self._title('documents')}'!A{links[str(cell)]}"
                    sheet.write_url(last, at, target, string=str(cell))
                else:
                    self._write_cell(sheet, last, at, column, cell)
        sheet.autofilter(0, 0, last, len(columns) - 1)

    def _write_cell(self, sheet: Any, row: int, at: int, column: Column, cell: object) -> None:
        if cell is None or cell == "":
            return
        if isinstance(cell, (int, float, Decimal)):
            # Years and places in the text are no amounts: 2023, not 2,023.
            shown = self._whole if cell == int(cell) else self._broken
            form = self._plain if column.type == "integer" else shown
            sheet.write_number(row, at, float(cell), form)
            return
        text = str(cell)
        day = parse_date(text) if column.type == "date" else None
        if day is not None:
            sheet.write_datetime(row, at, _midnight(day), self._date)
        else:
            runs = defuse(text) != text
            sheet.write_string(row, at, text[:_CHARACTERS_A_CELL], self._quoted if runs else None)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)

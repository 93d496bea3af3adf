"""CSV: UTF-8 with a byte-order mark (Excel reads it as Chinese), newline line ends."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TextIO

from govextract.table import SCHEMAS, Column, Headers, Row, heads
from govextract.writers import Tables
from govextract.writers.datapackage import write_datapackage
from govextract.writers.files import replacing

# A cell that opens with one of these is run as a formula by spreadsheets (OWASP, CSV injection).
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def write_csv(folder: Path, tables: Tables, headers: Headers = "en") -> list[Path]:
    """Write each table as ``<name>.csv``, and ``datapackage.json``, and return the paths."""
    paths = []
    for name, rows in tables.items():
        write_csv_file(folder / f"{name}.csv", SCHEMAS[name], rows, headers)
        paths.append(folder / f"{name}.csv")
    return [*paths, write_datapackage(folder, headers)]


def write_csv_file(
    path: Path, columns: Sequence[Column], rows: Iterable[Row], headers: Headers = "en"
) -> int:
    """Write ``rows`` to ``path`` and return how many."""
    with replacing(path) as part, part.open("w", encoding="utf-8-sig", newline="") as file:
        return write_csv_stream(file, columns, rows, headers)


def write_csv_stream(
    stream: TextIO, columns: Sequence[Column], rows: Iterable[Row], headers: Headers = "en"
) -> int:
    """Write ``rows`` to an open text stream and return how many."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(heads(columns, headers))
    count = 0
    for row in rows:
        writer.writerow([format_cell(cell) for cell in row])
        count += 1
    return count


def format_cell(cell: object) -> str:
    """Return the text of a cell: plain decimals, empty for unknown, formulas defused.

    >>> format_cell(Decimal("1E+3")), format_cell(None), format_cell("=1+1"), format_cell(-5)
    ('1000', '', "'=1+1", '-5')
    """
    if cell is None:
        return ""
    if isinstance(cell, str):
        return defuse(cell)
    if isinstance(cell, Decimal):
        return format_decimal(cell)
    return str(cell)


def defuse(cell: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would run as a formula.

    A plain number (``-5``, ``+3.2%``) and a lone ``=`` (a comparator) are harmless and stay.
    """
    if not cell.startswith(_FORMULA_SIGNS) or cell == "=":
        return cell
    number = cell[1:].rstrip("%‰")
    if cell[0] in "+-" and number.replace(".", "", 1).replace(",", "").isdecimal():
        return cell
    return "'" + cell


def restore(cell: str) -> str:
    """Return the text that :func:`defuse` was given.

    >>> restore(defuse("=1+1")), restore("-5")
    ('=1+1', '-5')
    """
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(_FORMULA_SIGNS) else cell


def format_decimal(value: Decimal) -> str:
    """Return ``value`` without exponent and without trailing zeros behind the point."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text

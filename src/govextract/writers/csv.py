"""CSV: UTF-8 with a byte-order mark (Excel reads it as Chinese), newline line ends."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from govextract.table import SCHEMAS, Column, Headers, Row, heads
from govextract.writers import Tables
from govextract.writers.arrow import ArrowRows, one_ahead
from govextract.writers.datapackage import write_datapackage
from govextract.writers.files import replacing

if TYPE_CHECKING:
    import pyarrow as pa

# A cell that opens with one of these is run as a formula by spreadsheets (OWASP, CSV injection).
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_PERHAPS_FORMULA = r"^([+\-@\t\r]|(?s:=.))"


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
    with replacing(path) as part:
        if isinstance(rows, ArrowRows):
            return _write_arrow(part, columns, rows, headers)
        with part.open("w", encoding="utf-8-sig", newline="") as file:
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


def _write_arrow(path: Path, columns: Sequence[Column], rows: ArrowRows, headers: Headers) -> int:
    """Write rows that are stored as Arrow tables: the same bytes, many times as fast."""
    count = 0
    with path.open("wb") as file:
        file.write(codecs.BOM_UTF8 + ",".join(heads(columns, headers)).encode() + b"\n")
        for table in one_ahead(rows.tables()):
            for batch in table.to_batches():
                file.write(_lines(columns, batch))
            count += table.num_rows
    return count


def _lines(columns: Sequence[Column], batch: pa.RecordBatch) -> memoryview:
    """Return the lines of a batch, joined."""
    import pyarrow as pa
    import pyarrow.compute as pc

    cells: list[Any] = [
        cells.cast(pa.string()) if column.type in ("integer", "number") else _quote(_defuse(cells))
        for column, cells in zip(columns, batch.columns, strict=True)
    ]
    rows = pc.binary_join_element_wise(*cells, ",", null_handling="replace", null_replacement="")
    lines = pc.binary_join_element_wise(rows, "", "\n")
    # The texts of an Arrow array stand one behind the other in its last buffer.
    return memoryview(lines.buffers()[2])[: pc.sum(pc.binary_length(lines)).as_py()]


def _defuse(cells: Any) -> Any:
    """Return the array ``cells`` with each one defused."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if not pc.any(pc.match_substring_regex(cells, _PERHAPS_FORMULA)).as_py():
        return cells
    return pa.array([cell and defuse(cell) for cell in cells.to_pylist()], cells.type)


def _quote(cells: Any) -> Any:
    """Return the array ``cells`` with quotes around those that hold a comma, quote or line end."""
    import pyarrow.compute as pc

    special = pc.match_substring_regex(cells, '[",\r\n]')
    if not pc.any(special).as_py():
        return cells
    doubled = pc.replace_substring(cells, '"', '""')
    return pc.if_else(special, pc.binary_join_element_wise('"', doubled, '"', ""), cells)


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

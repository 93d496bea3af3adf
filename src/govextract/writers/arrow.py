"""Rows as Arrow batches: the typed form behind Parquet and DuckDB.

Unknown is null. Numbers are doubles: the figures of reports have at most 15 digits, which a
double gives back exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING

from govextract.table import Column, Headers, Row, heads

if TYPE_CHECKING:
    import pyarrow as pa

_ROWS_A_BATCH = 20_000


def arrow_schema(columns: Sequence[Column], headers: Headers = "en") -> pa.Schema:
    """Return the Arrow schema of ``columns``; what stands in each is in the field's metadata."""
    import pyarrow as pa

    types: dict[str, pa.DataType] = {
        "string": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "date": pa.date32(),
    }
    fields = []
    for column, head in zip(columns, heads(columns, headers), strict=True):
        about = {"name": column.name, "zh": column.zh, "description": column.description}
        fields.append(pa.field(head, types[column.type], metadata=about))
    return pa.schema(fields)


def arrow_batches(
    columns: Sequence[Column], rows: Iterable[Row], headers: Headers = "en"
) -> Iterator[pa.RecordBatch]:
    """Yield ``rows`` as record batches of at most 20,000 rows."""
    import pyarrow as pa

    schema = arrow_schema(columns, headers)
    source = iter(rows)
    while batch := list(islice(source, _ROWS_A_BATCH)):
        arrays = [
            pa.array([typed_cell(column, row[at]) for row in batch], type=schema.types[at])
            for at, column in enumerate(columns)
        ]
        yield pa.RecordBatch.from_arrays(arrays, schema=schema)


def typed_cell(column: Column, cell: object) -> object:
    """Return ``cell`` as its column's type; ``None`` where it is empty (or is no date)."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, Decimal):
        return float(cell)
    if column.type == "date":
        return parse_date(str(cell))
    return cell


def parse_date(text: str) -> date | None:
    """Return an ISO date, or ``None`` where ``text`` is none.

    >>> parse_date("2024-03-05"), parse_date("2024")
    (datetime.date(2024, 3, 5), None)
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None

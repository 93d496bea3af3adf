"""Rows as Arrow batches: the typed form behind Parquet and DuckDB.

Unknown is null. Numbers are doubles: the figures of reports have at most 15 digits, which a
double gives back exactly.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Protocol, TypeVar, runtime_checkable

from govextract.table import Column, Headers, Row, heads

if TYPE_CHECKING:
    import pyarrow as pa

_Item = TypeVar("_Item")

_ROWS_A_BATCH = 10_000


class _NoPandas:
    """A finder of modules that says of pandas that there is none."""

    @staticmethod
    def find_spec(name: str, _path: object = None, _target: object = None) -> None:
        """Return nothing for other modules, as if this were not here."""
        if name == "pandas":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


def leave_pandas_out() -> None:
    """Let Arrow find no pandas in this process: with its first column it would load it, 45 MB.

    Only for a process that does nothing but fill tables: from there on Arrow makes no frames in it.
    """
    import pyarrow as pa

    if "pandas" in sys.modules:
        return
    sys.meta_path.insert(0, _NoPandas)
    try:
        pa.array([""])  # it looks once, and remembers
    finally:
        sys.meta_path.remove(_NoPandas)


@runtime_checkable
class ArrowRows(Protocol):
    """Rows that are stored as Arrow tables, with numbers and dates as text: no need to unpack."""

    def tables(self) -> Iterator[pa.Table]:
        """Yield the rows, in order."""
        ...


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
    """Yield ``rows`` as record batches of 10,000 rows, the last one of fewer.

    The batches do not depend on how the rows are stored: the same rows make the same file.
    """
    import pyarrow as pa

    schema = arrow_schema(columns, headers)
    if isinstance(rows, ArrowRows):
        typed = (typed_table(columns, table, schema) for table in _even(rows.tables()))
        for table in one_ahead(typed):
            yield from table.to_batches()
        return
    source = iter(rows)
    while batch := list(islice(source, _ROWS_A_BATCH)):
        arrays = [
            pa.array([typed_cell(column, row[at]) for row in batch], type=schema.types[at])
            for at, column in enumerate(columns)
        ]
        yield pa.RecordBatch.from_arrays(arrays, schema=schema)


def one_ahead(items: Iterator[_Item]) -> Iterator[_Item]:
    """Yield ``items``, each made by a thread while the one before is used; none is ``None``.

    Arrow lets go of the interpreter as it reads and as it writes.
    """
    with ThreadPoolExecutor(1) as thread:
        coming = thread.submit(next, items, None)
        while (item := coming.result()) is not None:
            coming = thread.submit(next, items, None)
            yield item


def typed_table(columns: Sequence[Column], table: pa.Table, schema: pa.Schema) -> pa.Table:
    """Return ``table``, whose numbers and dates are text, with the types of ``schema``."""
    import pyarrow as pa

    arrays = []
    for column, field, stored in zip(columns, schema, table.columns, strict=True):
        if column.type == "date":  # of a few reports: each is read once
            coded = stored.combine_chunks().dictionary_encode()
            cells = [typed_cell(column, cell) for cell in coded.dictionary.to_pylist()]
            arrays.append(pa.array(cells, type=field.type).take(coded.indices))
        else:
            arrays.append(stored.cast(field.type))
    return pa.Table.from_arrays(arrays, schema=schema).combine_chunks()


def _even(tables: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """Yield the rows of ``tables`` in tables of even length."""
    import pyarrow as pa

    held: list[pa.Table] = []
    count = 0
    for table in tables:
        held.append(table)
        count += table.num_rows
        if count >= _ROWS_A_BATCH:
            joined = pa.concat_tables(held)
            whole = count - count % _ROWS_A_BATCH
            for start in range(0, whole, _ROWS_A_BATCH):
                yield joined.slice(start, _ROWS_A_BATCH)
            held, count = [joined.slice(whole)], count - whole
    if count:
        yield pa.concat_tables(held)


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

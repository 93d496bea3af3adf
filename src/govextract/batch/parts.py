"""Parts: the rows of some documents, one Parquet file a table, and their entry in the manifest.

A part is written once and never changed. Cells keep what was extracted: numbers are stored as
their decimal digits, dates as their text; an empty cell is null.
"""

from __future__ import annotations

import io
import json
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from govextract.batch.storage import Storage
from govextract.errors import DamagedPartError
from govextract.table import TABLES, Column, Row
from govextract.writers.csv import format_decimal

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

_ROWS_A_GROUP = 2_000
"""So many rows are held as Python objects before they are packed, and unpacked at a time."""


class DocumentEntry(NamedTuple):
    """What the manifest keeps of a document; without a hash it is tried again in each run."""

    document: str
    content_hash: str
    reader: str
    facts: int
    problems: int


class PartEntry(NamedTuple):
    """What the manifest keeps of a part: its name, the rules' version, and its documents."""

    part: str
    version: str
    documents: tuple[DocumentEntry, ...]

    def to_json(self) -> bytes:
        """Return the entry as it is stored."""
        return json.dumps(self, ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def from_json(cls, data: bytes) -> PartEntry | None:
        """Return the entry in ``data``; ``None`` where it is broken."""
        try:
            part, version, documents = json.loads(data)
            return cls(part, version, tuple(DocumentEntry(*item) for item in documents))
        except (ValueError, TypeError):
            return None


def part_files(part: str) -> dict[str, str]:
    """Return the names of the files of a part, by table."""
    return {table: f"parts/{part}.{table}.parquet" for table in TABLES}


class PartWriter:
    """Packs rows as they come and writes them as one part; documents come in their order.

    A table is a Parquet file in memory with a row group for each batch of rows.
    """

    def __init__(self) -> None:
        self._rows: dict[str, list[Row]] = {table: [] for table in TABLES}
        self._files = {table: _PackedTable(table) for table in TABLES}

    def add(self, rows: Mapping[str, Sequence[Row]]) -> None:
        """Take the rows of one document."""
        for table, items in rows.items():
            self._rows[table].extend(items)
            if len(self._rows[table]) >= _ROWS_A_GROUP:
                self._pack(table)

    def write(self, storage: Storage, part: str) -> None:
        """Write all rows as the files of ``part``; raises OSError."""
        for table, name in part_files(part).items():
            self._pack(table)
            storage.write(name, self._files[table].close())

    def _pack(self, table: str) -> None:
        self._files[table].add(self._rows[table])
        self._rows[table] = []


class _PackedTable:
    """One table of a part as it is made."""

    def __init__(self, table: str) -> None:
        import pyarrow.parquet as pq

        self._table = table
        self._bytes = io.BytesIO()
        self._writer = pq.ParquetWriter(
            self._bytes, part_schema(table), compression="zstd", write_page_checksum=True
        )

    def add(self, rows: Sequence[Row]) -> None:
        if rows:
            self._writer.write_batch(pack_rows(self._table, rows))

    def close(self) -> bytes:
        self._writer.close()
        return self._bytes.getvalue()


def part_schema(table: str) -> pa.Schema:
    """Return the schema of a table in a part: whole numbers, and text for everything else."""
    import pyarrow as pa

    return pa.schema(
        pa.field(column.name, pa.int64() if column.type == "integer" else pa.string())
        for column in TABLES[table]
    )


def pack_rows(table: str, rows: Sequence[Row]) -> pa.RecordBatch:
    """Return ``rows`` as a record batch of a part."""
    import pyarrow as pa

    schema = part_schema(table)
    if not rows:
        return pa.RecordBatch.from_pylist([], schema=schema)
    cells = zip(*rows, strict=True)
    arrays = [
        pa.array(map(_packer(column), values), type=field.type, size=len(rows))
        for column, field, values in zip(TABLES[table], schema, cells, strict=True)
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def unpack_rows(table: str, batch: pa.RecordBatch | pa.Table) -> Iterator[Row]:
    """Yield the rows of a record batch as they were extracted."""
    columns = [
        map(_unpacker(column), batch.column(at).to_pylist())
        for at, column in enumerate(TABLES[table])
    ]
    return zip(*columns, strict=True)


def _packer(column: Column) -> Callable[[Any], object]:
    if column.type == "number":
        return _digits
    return _identity if column.type == "integer" else _text_or_none


def _unpacker(column: Column) -> Callable[[Any], object]:
    if column.type == "number":
        return _number
    return _identity if column.type == "integer" else _text


def _identity(cell: Any) -> object:
    return cell


def _digits(cell: Decimal | float | None) -> str | None:
    if cell is None:
        return None
    return format_decimal(cell if isinstance(cell, Decimal) else Decimal(repr(cell)))


def _number(cell: str | None) -> Decimal | None:
    return None if cell is None else Decimal(cell)


def _text_or_none(cell: str) -> str | None:
    return cell or None


def _text(cell: str | None) -> str:
    return cell or ""


class PartRows:
    """The rows of one table over all parts, in the order of documents; can be walked again.

    ``homes`` says in which part each live document stands. Parts are sorted within. Of each one,
    only the rows of its live documents are taken; it is held open from its first to its last.
    """

    def __init__(self, storage: Storage, table: str, homes: Mapping[str, str]) -> None:
        self._storage = storage
        self._table = table
        self._homes = homes

    def __iter__(self) -> Iterator[Row]:
        for table in self.tables():
            yield from unpack_rows(self._table, table)

    def tables(self) -> Iterator[pa.Table]:
        """Yield the rows as Arrow tables with the schema of parts."""
        order = sorted(self._homes)
        last = {self._homes[document]: document for document in order}
        opened: dict[str, _OpenPart] = {}
        for part, group in groupby(order, key=self._homes.__getitem__):
            documents = list(group)
            if part not in opened:
                opened[part] = _OpenPart(self._storage, self._table, part)
            yield from opened[part].slices(documents)
            if last[part] == documents[-1]:
                del opened[part]


class _OpenPart:
    """One table of one part, and where the rows of each document stand in it.

    Of its row groups only the last one asked for is in memory: rows are asked for in order.
    """

    def __init__(self, storage: Storage, table: str, part: str) -> None:
        self._part = part
        with _damage_told(part):
            self._file = _open_file(storage, part_files(part)[table])
            documents = self._read(range(self._file.num_row_groups), ["document"])
        self._starts = [0]
        for at in range(self._file.num_row_groups):
            self._starts.append(self._starts[at] + self._file.metadata.row_group(at).num_rows)
        self._places: dict[str, tuple[int, int]] = {}
        start = 0
        for document, rows in groupby(map(str, documents.column("document").to_pylist())):
            count = sum(1 for _ in rows)
            self._places[document] = (start, start + count)
            start += count
        self._held: tuple[int, pa.Table] | None = None

    def slices(self, documents: Iterable[str]) -> Iterator[pa.Table]:
        """Yield the rows of ``documents``, as few slices as may be."""
        begin = end = 0
        for document in documents:
            start, stop = self._places.get(document, (end, end))
            if start != end:
                yield from self._slice(begin, end)
                begin = start
            end = stop
        yield from self._slice(begin, end)

    def _slice(self, start: int, end: int) -> Iterator[pa.Table]:
        group = bisect_right(self._starts, start) - 1
        while start < end:
            stop = min(end, self._starts[group + 1])
            yield self._group(group).slice(start - self._starts[group], stop - start)
            start, group = stop, group + 1

    def _group(self, number: int) -> pa.Table:
        if self._held is None or self._held[0] != number:
            self._held = None
            with _damage_told(self._part):
                self._held = number, self._read([number])
        return self._held[1]

    def _read(self, groups: Iterable[int], columns: list[str] | None = None) -> pa.Table:
        # Threads of Arrow gain nothing on files this small, and one that still runs when the
        # program ends makes it crash.
        return self._file.read_row_groups(list(groups), columns, use_threads=False)


def _open_file(storage: Storage, name: str) -> pq.ParquetFile:
    import pyarrow.parquet as pq

    return pq.ParquetFile(io.BytesIO(storage.read(name)), page_checksum_verification=True)


@contextmanager
def _damage_told(part: str) -> Iterator[None]:
    """Raise DamagedPartError where a file of ``part`` is not what was written."""
    try:
        yield
    except FileNotFoundError as error:
        raise DamagedPartError(part, "a file is gone") from error
    except (ValueError, OSError) as error:  # what Arrow raises, on bytes that are in memory
        raise DamagedPartError(part, str(error).partition("\n")[0]) from error

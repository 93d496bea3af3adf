"""The tables of a run, read back row by row, from Parquet or from CSV.

Rows come as they were written: numbers as ``Decimal``, unknown as ``None`` or an empty text.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from govextract.errors import UsageError
from govextract.model import Fact
from govextract.table import FACTS, SCHEMAS, Column, Headers, Row
from govextract.writers.csv import restore


class StoredRows:
    """The rows of one stored table; each walk over them reads the file anew."""

    def __init__(self, path: Path, columns: tuple[Column, ...]) -> None:
        self._path = path
        self._columns = columns

    def __iter__(self) -> Iterator[Row]:
        read = _read_parquet if self._path.suffix == ".parquet" else _read_csv
        return read(self._path, self._columns)


def open_tables(folder: Path) -> dict[str, StoredRows]:
    """Return the tables that stand in the folder of a run, by name.

    Raises UsageError where there is no table of facts.
    """
    tables = {name: StoredRows(path, SCHEMAS[name]) for name, path in _table_files(folder)}
    if "facts" not in tables:
        raise UsageError(
            "holds no facts.parquet and no facts.csv",
            place=str(folder),
            remedy="give the folder that `govextract run` wrote",
        )
    return tables


def read_facts(folder: Path) -> Iterator[Fact]:
    """Yield the facts of a run, in their order. Raises UsageError where there are none."""
    return map(_fact, open_tables(folder)["facts"])


def find_formats(folder: Path) -> list[str]:
    """Return the formats in which the facts of a run are stored."""
    files = {
        "csv": "facts.csv",
        "parquet": "facts.parquet",
        "xlsx": "tables.xlsx",
        "sqlite": "tables.sqlite",
        "duckdb": "tables.duckdb",
        "sdmx": "facts.sdmx.csv",
    }
    return [name for name, file in files.items() if (folder / file).exists()]


def _fact(row: Row) -> Fact:
    fact = Fact._make(row)
    return fact._replace(confidence=float(fact.confidence))


def _table_files(folder: Path) -> Iterator[tuple[str, Path]]:
    for name in SCHEMAS:
        for suffix in (".parquet", ".csv"):
            path = folder / f"{name}{suffix}"
            if path.exists():
                yield name, path
                break


def _read_csv(path: Path, columns: tuple[Column, ...]) -> Iterator[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file)
        places = _places(next(rows, []), columns, path)
        parsers = [_PARSERS[column.type] for column in columns]
        for row in rows:
            yield tuple(
                parse(row[at] if at is not None else "")
                for parse, at in zip(parsers, places, strict=True)
            )


def _places(names: list[str], columns: tuple[Column, ...], path: Path) -> list[int | None]:
    """Return where each column stands; its head may be English or Chinese, or be missing."""
    places = [
        names.index(column.name)
        if column.name in names
        else names.index(column.zh)
        if column.zh in names
        else None
        for column in columns
    ]
    if places[0] is None:
        raise UsageError(
            f"has no column {columns[0].name!r}",
            place=str(path),
            remedy="give a table that `govextract run` wrote",
        )
    return places


def _read_parquet(path: Path, columns: tuple[Column, ...]) -> Iterator[Row]:
    import pyarrow.parquet as pq

    file = pq.ParquetFile(path)
    places = _places(file.schema_arrow.names, columns, path)
    for batch in file.iter_batches():
        cells = [
            [_from_arrow(cell) for cell in batch.column(at).to_pylist()]
            if at is not None
            else [_from_arrow(None)] * batch.num_rows
            for at in places
        ]
        numbers = [column.type in ("integer", "number") for column in columns]
        for row in zip(*cells, strict=True):
            yield tuple(
                "" if cell is None and not number else cell
                for cell, number in zip(row, numbers, strict=True)
            )


def _from_arrow(cell: Any) -> object:
    if isinstance(cell, float):
        return Decimal(repr(cell))
    return cell.isoformat() if isinstance(cell, date) else cell


def _integer(cell: str) -> int | None:
    return int(cell) if cell else None


def _number(cell: str) -> Decimal | None:
    try:
        return Decimal(cell) if cell else None
    except InvalidOperation:
        return None


_PARSERS: dict[str, Callable[[str], object]] = {
    "string": restore,
    "date": restore,
    "integer": _integer,
    "number": _number,
}


def stored_headers(folder: Path) -> Headers:
    """Return the language of the heads of the facts that are stored in ``folder``."""
    for name, path in _table_files(folder):
        if name == "facts":
            return "zh" if FACTS[0].zh in _heads(path) else "en"
    return "en"


def _heads(path: Path) -> list[str]:
    if path.suffix == ".parquet":
        import pyarrow.parquet as pq

        return list(pq.read_schema(path).names)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return next(csv.reader(file), [])

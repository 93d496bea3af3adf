"""DuckDB: all tables in ``tables.duckdb``, with indexes and views."""

from __future__ import annotations

from pathlib import Path

from govextract.errors import MissingExtraError
from govextract.table import SCHEMAS, ColumnType, Headers
from govextract.writers import Tables
from govextract.writers.arrow import arrow_batches
from govextract.writers.files import replacing
from govextract.writers.sql import table_sql, views_sql

_TYPES: dict[ColumnType, str] = {
    "string": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "date": "DATE",
}


def write_duckdb(folder: Path, tables: Tables, headers: Headers = "en") -> list[Path]:
    """Write ``tables.duckdb`` and return its path. Raises MissingExtraError without duckdb."""
    try:
        import duckdb
    except ImportError as error:
        raise MissingExtraError("duckdb", "duckdb") from error
    path = folder / "tables.duckdb"
    with replacing(path) as part, duckdb.connect(str(part)) as connection:
        for name, rows in tables.items():
            connection.execute(table_sql(name, _TYPES))
            for batch in arrow_batches(SCHEMAS[name], rows):
                connection.register("batch", batch)
                connection.execute(f'INSERT INTO "{name}" SELECT * FROM batch')
                connection.unregister("batch")
        for statement in views_sql(tables.keys(), headers):
            connection.execute(statement)
    return [path]

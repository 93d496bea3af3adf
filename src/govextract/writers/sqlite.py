"""SQLite: all tables in ``tables.sqlite``, with indexes and views."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

from govextract.table import SCHEMAS, Column, ColumnType, Headers
from govextract.writers import Tables
from govextract.writers.arrow import typed_cell
from govextract.writers.files import replacing
from govextract.writers.sql import insert_sql, table_sql, views_sql

_TYPES: dict[ColumnType, str] = {
    "string": "TEXT",
    "integer": "INTEGER",
    "number": "REAL",
    "date": "TEXT",
}


def write_sqlite(folder: Path, tables: Tables, headers: Headers = "en") -> list[Path]:
    """Write ``tables.sqlite`` and return its path."""
    path = folder / "tables.sqlite"
    with replacing(path) as part, closing(sqlite3.connect(part)) as connection, connection:
        # The file is new and is renamed when whole: no journal is needed to undo anything.
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        for name, rows in tables.items():
            columns = SCHEMAS[name]
            connection.execute(table_sql(name, _TYPES))
            cells = (tuple(map(_cell, columns, row)) for row in rows)
            connection.executemany(insert_sql(name), cells)
        for statement in views_sql(tables.keys(), headers):
            connection.execute(statement)
    return [path]


def _cell(column: Column, cell: object) -> object:
    typed = typed_cell(column, cell)
    return typed.isoformat() if isinstance(typed, date) else typed

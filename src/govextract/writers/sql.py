"""The SQL that SQLite and DuckDB share: tables, indexes, views.

Columns keep their English names, on which the queries and the views rest; Chinese heads are given
by one more view a table, named in Chinese.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from importlib.resources import files

from govextract.table import SCHEMAS, TABLE_NAMES_ZH, ColumnType, Headers


def table_sql(name: str, types: Mapping[ColumnType, str]) -> str:
    """Return the statement that makes an empty table."""
    columns = ", ".join(f'"{column.name}" {types[column.type]}' for column in SCHEMAS[name])
    return f'CREATE TABLE "{name}" ({columns})'


def insert_sql(name: str) -> str:
    """Return the statement that puts in one row, with a parameter for each cell."""
    marks = ", ".join("?" for _ in SCHEMAS[name])
    return f'INSERT INTO "{name}" VALUES ({marks})'


def views_sql(names: Collection[str], headers: Headers) -> Iterator[str]:
    """Yield the statements for indexes and views over the tables ``names``."""
    if "facts" in names:
        script = (files("govextract") / "data" / "views.sql").read_text(encoding="utf-8")
        lines = [line for line in script.splitlines() if not line.startswith("--")]
        yield from (part.strip() for part in "\n".join(lines).split(";") if part.strip())
    if headers == "zh":
        yield from map(_chinese_view, names)


def _chinese_view(name: str) -> str:
    columns = ", ".join(f'"{column.name}" AS "{column.zh}"' for column in SCHEMAS[name])
    return f'CREATE VIEW "{TABLE_NAMES_ZH[name]}" AS SELECT {columns} FROM "{name}"'

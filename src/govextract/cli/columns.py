"""``govextract columns``: the schema of the tables."""

from __future__ import annotations

from typing import Annotated

import typer


def columns(
    table: Annotated[str, typer.Argument(help="facts, documents, sections or problems.")] = "facts",
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Print the columns of a table: name, type, head in Chinese, what stands in it."""
    from govextract.cli.tables import print_table
    from govextract.errors import UsageError
    from govextract.table import TABLES

    if table not in TABLES:
        raise UsageError(f"there is no table {table!r}", remedy="use one of " + ", ".join(TABLES))
    rows = [[c.name, c.type, c.zh, c.description] for c in TABLES[table]]
    print_table(["column", "type", "中文", "what"], rows, json=json)

"""Tables for the terminal: fitted to its width there, tab-separated where piped, or JSON."""

from __future__ import annotations

import json as json_module
import sys
from collections.abc import Sequence

import typer


def print_table(heads: Sequence[str], rows: Sequence[Sequence[str]], *, json: bool = False) -> None:
    """Print rows of text under their heads."""
    if json:
        records = [dict(zip(heads, row, strict=True)) for row in rows]
        typer.echo(json_module.dumps(records, ensure_ascii=False, indent=2))
    elif sys.stdout.isatty():
        from rich.console import Console
        from rich.table import Table

        table = Table(*heads, header_style="bold", box=None, pad_edge=False)
        for row in rows:
            table.add_row(*row)
        Console().print(table)
    else:
        typer.echo("\t".join(heads))
        for row in rows:
            typer.echo("\t".join(cell.replace("\n", " ") for cell in row))

"""Tables for the terminal: fitted to its width there, tab-separated where piped, or JSON."""

from __future__ import annotations

import json as json_module
import sys
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from rich.console import JustifyMethod

Cells = Sequence[Sequence[object]]
"""Rows of text, numbers and ``None`` (unknown)."""

_SHORT = 16
"""A column of no wider cells is not folded: there is nothing to gain."""


def print_table(heads: Sequence[str], rows: Cells, *, json: bool = False) -> None:
    """Print rows under their heads; in JSON, numbers are numbers and unknown ones are null."""
    if json:
        records = [dict(zip(heads, map(_json_cell, row), strict=True)) for row in rows]
        typer.echo(json_module.dumps(records, ensure_ascii=False, indent=2))
    elif sys.stdout.isatty():
        _print_fitted(heads, rows)
    else:
        typer.echo("\t".join(heads))
        for row in rows:
            typer.echo("\t".join(" ".join(format_text(cell).split()) for cell in row))


def format_text(cell: object) -> str:
    """Return a cell as text: plain decimals, empty for unknown.

    >>> format_text(Decimal("1E+3")), format_text(None), format_text("件")
    ('1000', '', '件')
    """
    from govextract.writers.csv import format_decimal

    if isinstance(cell, Decimal):
        return format_decimal(cell)
    return "" if cell is None else str(cell)


def _print_fitted(heads: Sequence[str], rows: Cells) -> None:
    """Print a table as wide as the terminal; rich counts a Chinese character as two columns."""
    from rich.cells import cell_len
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for at, head in enumerate(heads):
        number = all(_is_number(row[at]) for row in rows)
        short = max((cell_len(format_text(row[at])) for row in rows), default=0) <= _SHORT
        justify: JustifyMethod = "right" if number else "left"
        table.add_column(Text(head), justify=justify, no_wrap=short, overflow="fold")
    for row in rows:
        # As Text, so that a bracket in a report is no markup.
        table.add_row(*(Text(" ".join(format_text(cell).split())) for cell in row))
    Console().print(table)


def _is_number(cell: object) -> bool:
    return cell is None or cell == "" or isinstance(cell, (Decimal, int, float))


def _json_cell(cell: object) -> object:
    if not isinstance(cell, Decimal):
        return cell
    return int(cell) if cell == cell.to_integral_value() else float(cell)

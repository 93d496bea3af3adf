"""Tables for the terminal: fitted to its width there, tab-separated where piped, or JSON."""

from __future__ import annotations

import json as json_module
import sys
from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from rich.console import Console

Cells = Sequence[Sequence[object]]
"""Rows of text, numbers and ``None`` (unknown)."""

_NARROWEST = 8
"""A column of words is made no narrower than this; numbers are never cut or folded."""

_GAP = 2
_INDENT = "  "


def print_table(
    heads: Sequence[str], rows: Cells, *, json: bool = False, right: Collection[str] = ()
) -> None:
    """Print rows under their heads; in JSON, numbers are numbers and unknown ones are null.

    Columns of numbers, and those called in ``right``, are set to the right and kept whole.
    """
    if json:
        print_json([dict(zip(heads, map(_json_cell, row), strict=True)) for row in rows])
    elif sys.stdout.isatty():
        _print_fitted(heads, rows, right)
    else:
        typer.echo("\t".join(heads))
        for row in rows:
            typer.echo("\t".join(map(_one_line, row)))


def print_json(content: object) -> None:
    """Print JSON for people and programs: indented, Chinese as it is."""
    typer.echo(json_module.dumps(content, ensure_ascii=False, indent=2))


def format_text(cell: object) -> str:
    """Return a cell as text: plain decimals, empty for unknown.

    >>> format_text(Decimal("1E+3")), format_text(None), format_text("件")
    ('1000', '', '件')
    """
    from govextract.writers.csv import format_decimal

    if isinstance(cell, Decimal):
        return format_decimal(cell)
    return "" if cell is None else str(cell)


def _print_fitted(heads: Sequence[str], rows: Cells, right: Collection[str]) -> None:
    """Print a table as wide as the terminal, or a block for each row where that is too narrow."""
    from rich.console import Console

    console = Console(highlight=False)
    texts = [[_one_line(cell) for cell in row] for row in rows]
    # What stands empty throughout is left out where room is scarce.
    said = [at for at in range(len(heads)) if any(row[at] for row in texts)]
    whole = [
        head in right or all(_is_number(row[at]) for row in rows) for at, head in enumerate(heads)
    ]
    for kept in (range(len(heads)), said):
        chosen = [heads[at] for at in kept]
        cells = [[row[at] for at in kept] for row in texts]
        keep = [whole[at] for at in kept]
        widths = _fit_widths(chosen, cells, keep, console.width)
        if widths is not None:
            _print_columns(console, chosen, cells, keep, widths)
            return
    _print_blocks(console, heads, texts)


def _fit_widths(
    heads: Sequence[str], rows: Sequence[Sequence[str]], whole: Sequence[bool], width: int
) -> list[int] | None:
    """Return how wide each column is printed, or ``None`` if they cannot all stand in ``width``.

    Heads are cut first, then the widest columns of words are folded; nothing of a cell is lost.
    """
    from rich.cells import cell_len

    natural = [max((cell_len(row[at]) for row in rows), default=0) for at in range(len(heads))]
    widest = [max(cells, cell_len(head)) for cells, head in zip(natural, heads, strict=True)]
    # A head that is cut keeps three letters, so that one can still tell the columns apart.
    least = [
        max(cells if keep else min(cells, _NARROWEST), min(cell_len(head), 4))
        for cells, head, keep in zip(natural, heads, whole, strict=True)
    ]
    room = width - _GAP * (len(heads) - 1)
    if sum(least) > room:
        return None
    while sum(widest) > room:
        over_head = [at for at in range(len(heads)) if widest[at] > max(natural[at], least[at])]
        able = over_head or [at for at in range(len(heads)) if widest[at] > least[at]]
        widest[max(able, key=lambda at: widest[at])] -= 1
    return widest


def _print_columns(
    console: Console,
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    whole: Sequence[bool],
    widths: Sequence[int],
) -> None:
    """Print columns of ``widths``; rich counts a Chinese character as two."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for head, keep, width in zip(heads, whole, widths, strict=True):
        name = Text(head)
        name.truncate(width, overflow="ellipsis")
        table.add_column(
            name, justify="right" if keep else "left", width=width, overflow="fold", no_wrap=keep
        )
    for row in rows:
        # As Text, so that a bracket in a report is no markup.
        table.add_row(*map(Text, row))
    console.print(table)


def _print_blocks(console: Console, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print each row as a block: its first cell, and below it the others behind their heads."""
    from rich.cells import cell_len
    from rich.text import Text

    for row in rows:
        console.print(Text(row[0], style="bold"), overflow="fold")
        line = Text(_INDENT)
        for head, cell in zip(heads[1:], row[1:], strict=True):
            pair = Text(f"{head} ", style="dim").append(Text(cell, style="not dim"))
            begun = cell_len(line.plain) > len(_INDENT)
            if cell and begun and cell_len(line.plain) + _GAP + pair.cell_len > console.width:
                console.print(line, overflow="fold")
                line, begun = Text(_INDENT), False
            if cell:
                line.append(" " * _GAP if begun else "").append(pair)
        console.print(line, overflow="fold")


def _one_line(cell: object) -> str:
    return " ".join(format_text(cell).split())


def _is_number(cell: object) -> bool:
    return cell is None or cell == "" or isinstance(cell, (Decimal, int, float))


def _json_cell(cell: object) -> object:
    if not isinstance(cell, Decimal):
        return cell
    return int(cell) if cell == cell.to_integral_value() else float(cell)

"""``govextract show``: a report with its facts marked in the text."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from govextract.model import Extraction, Fact


def show(
    file: Annotated[Path, typer.Argument(help="A report.")],
    table: Annotated[bool, typer.Option("--table", help="Print the facts as a table.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the facts as JSON.")] = False,
    html: Annotated[
        Path | None, typer.Option(help="Write a displaCy page of the report instead.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite what is there.")] = False,
) -> None:
    """Print a report with its facts marked, each followed by what it says."""
    from govextract.pipeline import extract
    from govextract.readers import read

    extraction = extract(read(file))
    if html:
        from govextract.spacy import render
        from govextract.writers.files import write_new

        write_new(html.parent, {html.name: render(extraction)}, force=force)
        typer.echo(html)
    elif table or json:
        _print_facts(extraction, json=json)
    elif sys.stdout.isatty():
        from rich.console import Console

        Console(highlight=False).print(_marked(extraction, "[bold cyan]", "[/] [dim]", "[/]"))
    else:
        typer.echo(_marked(extraction, "【", "】{", "}", escape=False))


def _print_facts(extraction: Extraction, *, json: bool) -> None:
    from govextract.cli.tables import print_table
    from govextract.table import FACTS, heads

    shown = ["text", "indicator", "comparator", "value", "unit", "kind", "period", "status", "area"]
    columns = heads(FACTS) if json else shown
    rows = [[getattr(fact, column) for column in columns] for fact in extraction.facts]
    print_table(columns, rows, json=json)


def _marked(
    extraction: Extraction, before: str, between: str, after: str, *, escape: bool = True
) -> str:
    """Return the text with each text fact marked and followed by its summary."""
    from rich.markup import escape as escape_markup

    def plain(text: str) -> str:
        return escape_markup(text) if escape else text

    text = extraction.report.text
    pieces: list[str] = []
    at = 0
    for fact in extraction.facts:
        if fact.origin != "text" or fact.start < at:
            continue
        pieces += [plain(text[at : fact.start]), before, plain(fact.text), between]
        pieces += [plain(summary(fact)), after]
        at = fact.end
    pieces.append(plain(text[at:]))
    return "".join(pieces)


def summary(fact: Fact) -> str:
    """Return one line that says what a fact says: indicator, value, unit, period."""
    from govextract.writers.csv import format_cell

    value = format_cell(fact.value)
    if fact.value_max is not None:
        value += "-" + format_cell(fact.value_max)
    sign = "" if fact.comparator == "=" else fact.comparator
    parts = [fact.indicator or "?", f"{sign}{value}{fact.unit}", fact.kind, fact.period]
    if fact.status != "actual":
        parts.append(fact.status)
    return " ".join(part for part in parts if part)

"""``govextract diff``: gains and losses between two runs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def diff(
    old: Annotated[Path, typer.Argument(help="Output folder (or facts.csv) of the run before.")],
    new: Annotated[Path, typer.Argument(help="Output folder (or facts.csv) of the run after.")],
    gold: Annotated[
        Path | None, typer.Option(help="Gold folder: show gains and losses against it.")
    ] = None,
    limit: Annotated[int, typer.Option(min=0, help="Show so many of each type.")] = 20,
    json: Annotated[bool, typer.Option("--json", help="Print all differences as JSON.")] = False,
) -> None:
    """Show the facts that came, went or changed; with --gold, what turned right or wrong."""
    from govextract.evaluation.diff import (
        diff_against_gold,
        diff_runs,
        format_differences,
        to_json,
    )
    from govextract.evaluation.mentions import load_mentions

    if gold:
        differences = diff_against_gold(gold, load_mentions(old), load_mentions(new))
    else:
        differences = diff_runs(load_mentions(old, tables=True), load_mentions(new, tables=True))
    if json:
        typer.echo(to_json(differences))
    else:
        for line in format_differences(differences, limit):
            typer.echo(line)

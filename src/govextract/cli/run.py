"""``govextract run``: a folder of reports to tables."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from govextract.batch import RunSummary
    from govextract.lexicon import Lexicon


def run(
    folder: Annotated[Path, typer.Argument(help="Folder of reports (or one file).")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for the tables.")],
    lexicon: Annotated[
        list[Path] | None, typer.Option(help="TOML file with rules of your own; may be repeated.")
    ] = None,
    strict: Annotated[bool, typer.Option(help="Exit with 1 where there are problems.")] = False,
) -> None:
    """Read all reports below FOLDER and write facts.csv and the tables beside it."""
    from govextract.batch import run as run_batch
    from govextract.lexicon import load_lexicon

    rules = load_lexicon(*(lexicon or []))
    if sys.stdout.isatty():
        summary = _with_bar(folder, out, rules)
    else:
        summary = run_batch(folder, out, lexicon=rules, progress=_print_line)
    _print_summary(summary, out)
    if summary.reports == 0:
        raise typer.Exit(2)
    if strict and summary.problems:
        raise typer.Exit(1)


def _with_bar(folder: Path, out: Path, rules: Lexicon) -> RunSummary:
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    from govextract.batch import run as run_batch

    bar = Progress(
        BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}")
    )
    with bar:
        task = bar.add_task("", total=None)
        return run_batch(
            folder,
            out,
            lexicon=rules,
            progress=lambda done, total, name: bar.update(
                task, completed=done, total=total, description=name
            ),
        )


def _print_line(done: int, total: int, name: str) -> None:
    typer.echo(f"{done}/{total} {name}", err=True)


def _print_summary(summary: RunSummary, out: Path) -> None:
    typer.echo(
        f"{summary.reports} reports, {summary.facts} facts, {summary.problems} problems"
        f"{f', {summary.unread} files not read' if summary.unread else ''}"
        f" in {summary.seconds:.1f} s: {out / 'facts.csv'}"
    )
    if summary.problems:
        typer.echo(f"What went wrong, and what to do: {out / 'problems.csv'}", err=True)

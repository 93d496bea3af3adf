"""``govextract run``: a folder of reports to tables."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Callable

    from govextract.batch import RunSummary


def run(
    folder: Annotated[Path, typer.Argument(help="Folder of reports (or one file).")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for the tables.")],
    lexicon: Annotated[
        list[Path] | None, typer.Option(help="TOML file with rules of your own; may be repeated.")
    ] = None,
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            "-f",
            help="csv (default), xlsx, parquet, sqlite, duckdb, sdmx; several with commas.",
        ),
    ] = None,
    headers: Annotated[str, typer.Option(help="Language of the column heads: en or zh.")] = "en",
    strict: Annotated[bool, typer.Option(help="Exit with 1 where there are problems.")] = False,
) -> None:
    """Read all reports below FOLDER and write the table of facts and those beside it."""
    from govextract.batch import run as run_batch
    from govextract.lexicon import load_lexicon
    from govextract.writers import parse_formats, parse_headers

    work = partial(
        run_batch,
        folder,
        out,
        lexicon=load_lexicon(*(lexicon or [])),
        formats=parse_formats(formats or ["csv"]),
        headers=parse_headers(headers),
    )
    summary = _with_bar(work) if sys.stdout.isatty() else work(progress=_print_line)
    _print_summary(summary, out)
    if summary.reports == 0:
        raise typer.Exit(2)
    if strict and summary.problems:
        raise typer.Exit(1)


def _with_bar(work: Callable[..., RunSummary]) -> RunSummary:
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    bar = Progress(
        BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}")
    )
    with bar:
        task = bar.add_task("", total=None)
        return work(
            progress=lambda done, total, name: bar.update(
                task, completed=done, total=total, description=name
            )
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

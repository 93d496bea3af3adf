"""``govextract run``: reports to tables."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from govextract.errors import UsageError

if TYPE_CHECKING:
    from govextract.batch import RunSummary
    from govextract.batch.work import Engine


def run(
    out: Annotated[str, typer.Option("--out", "-o", help="Folder (or address) for the tables.")],
    inputs: Annotated[
        list[str] | None,
        typer.Argument(
            help="Folders, files, globs (in quotes) or addresses (s3://…) of reports.",
            show_default=False,
        ),
    ] = None,
    files_from: Annotated[
        Path | None, typer.Option(help="Text file with a path or address a line.")
    ] = None,
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
    workers: Annotated[int, typer.Option("--workers", "-j", min=1, help="Processes.")] = 1,
    timeout: Annotated[
        float, typer.Option(min=0.001, help="Seconds for one report; a slower one is a problem.")
    ] = 300,
    max_size: Annotated[
        float, typer.Option(min=0, help="Megabytes of one file; a larger one is a problem.")
    ] = 100,
    engine: Annotated[str, typer.Option(help="Where to run: local or dask.")] = "local",
    scheduler: Annotated[
        str | None, typer.Option(help="Address of a Dask scheduler: tcp://host:8786.")
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite files that no run has written.")
    ] = False,
    audit: Annotated[
        bool, typer.Option("--audit", help="Then check the figures against each other.")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 1 where there are problems.")
    ] = False,
) -> None:
    """Read all reports and write the table of facts and those beside it.

    A second run into the same folder does only what is new or has changed.
    """
    from govextract.batch import Limits
    from govextract.batch import run as run_batch
    from govextract.cli.progress import showing_progress
    from govextract.lexicon import load_lexicon
    from govextract.writers import parse_formats, parse_headers
    from govextract.writers.arrow import leave_pandas_out

    # Arrow's own allocator keeps what it is given back: 20 MB a process. Workers inherit this.
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    if not inputs and files_from is None:
        raise UsageError("nothing to read", remedy="give a folder of reports, or --files-from")
    leave_pandas_out()
    with showing_progress() as progress:
        summary = run_batch(
            inputs or [],
            out,
            lexicon=load_lexicon(*(lexicon or [])),
            progress=progress,
            formats=parse_formats(formats or ["csv"]),
            headers=parse_headers(headers),
            files_from=files_from,
            engine=_engine(engine, workers, scheduler),
            limits=Limits(timeout, int(max_size * 1_000_000)),
            force=force,
        )
    _print_summary(summary, out)
    if audit and summary.reports:
        _audit(out)
    if summary.reports == 0:
        raise typer.Exit(2)
    if strict and summary.problems:
        raise typer.Exit(1)


def _engine(name: str, workers: int, scheduler: str | None) -> Engine:
    """Return the engine called ``name``.

    One worker is a process of its own too: a report that ends it does not end the run.
    """
    if name == "dask":
        from govextract.engines.dask import DaskCluster

        return DaskCluster(scheduler, workers)
    if name != "local":
        raise UsageError(f"there is no engine {name!r}", remedy="use local or dask")
    if scheduler:
        raise UsageError("--scheduler is for Dask", remedy="add --engine dask")
    from govextract.engines.local import LocalProcesses

    return LocalProcesses(workers)


def _audit(out: str) -> None:
    from govextract.audit import audit
    from govextract.cli.audit import print_summary

    print_summary(audit(Path(out)))


def _print_summary(summary: RunSummary, out: str) -> None:
    unread = f", {summary.unread} files not read" if summary.unread else ""
    typer.echo(
        f"{summary.reports} reports, {summary.facts} facts, {summary.problems} problems{unread}"
        f" in {summary.seconds:.1f} s: {out}"
    )
    if summary.changed or summary.unchanged or summary.removed:
        rules = f" ({summary.reruled} as the rules have changed)" if summary.reruled else ""
        typer.echo(
            f"Since the last run: {summary.new} new, {summary.changed} done again{rules},"
            f" {summary.unchanged} unchanged, {summary.removed} removed"
        )
    if summary.problems:
        typer.echo(f"What went wrong, and what to do: the table problems in {out}", err=True)

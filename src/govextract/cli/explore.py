"""``govextract explore``: a page to look at a run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def explore(
    run: Annotated[Path, typer.Argument(help="Folder that `govextract run` wrote.")],
    html: Annotated[Path | None, typer.Option(help="Write one file that holds all.")] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="Write a folder: texts load when they are opened."),
    ] = None,
    reports: Annotated[
        Path | None, typer.Option("--input", help="Folder of the reports, if it was moved since.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite what is no such page.")] = False,
) -> None:
    """Write an offline page of a run: reports with their facts marked, table, charts, problems."""
    from govextract.errors import UsageError
    from govextract.explore import write_folder, write_page
    from govextract.explore.page import is_page
    from govextract.explore.texts import Reports
    from govextract.writers.files import refuse_existing

    if html and out:
        raise UsageError("one of --html and --out is enough", remedy="give --html page.html")
    source = Reports.of_run(run, reports)
    target = out / "index.html" if out else html or run / "explore.html"
    if not is_page(target):
        refuse_existing([target], force=force)
    written = write_folder(run, out, source) if out else write_page(run, target, source)
    typer.echo(f"{written.with_text + written.without_text} reports: {written.path}")
    if written.without_text:
        typer.echo(
            f"{written.without_text} reports without their text, since their files are gone or "
            "have changed since the run; --input says where they are now",
            err=True,
        )

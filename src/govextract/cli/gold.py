"""``govextract gold``: check gold files, compare two labellers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="Check gold files and compare two labellers.", no_args_is_help=True)


@app.command()
def lint(
    folder: Annotated[Path, typer.Argument(help="Folder with *.gold.jsonl (or one such file).")],
) -> None:
    """Check slices, order, types, units, kinds, periods and part_of; exit with 1 on findings."""
    from govextract.evaluation.gold import find_gold_files
    from govextract.evaluation.lint import lint_folder

    findings = lint_folder(folder, _known_units())
    for finding in findings:
        typer.echo(str(finding))
    typer.echo(f"{len(find_gold_files(folder))} gold files, {len(findings)} findings")
    raise typer.Exit(1 if findings else 0)


def _known_units() -> frozenset[str] | None:
    """Return the base units of the lexicon."""
    return None

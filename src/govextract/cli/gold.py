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


@app.command()
def agreement(
    one: Annotated[Path, typer.Argument(help="Gold folder of the first labeller.")],
    other: Annotated[Path, typer.Argument(help="Gold folder of the second, of the same texts.")],
    limit: Annotated[int, typer.Option(min=0, help="Show so many disagreements a field.")] = 20,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show how far two labellers agree, and where they do not."""
    from govextract.evaluation.agreement import compare_folders, format_agreement, to_json

    compared = compare_folders(one, other)
    if json:
        typer.echo(to_json(compared))
    else:
        for line in format_agreement(compared, limit):
            typer.echo(line)


@app.command()
def docbin(
    folder: Annotated[Path, typer.Argument(help="Gold folder (or one gold file).")],
    out: Annotated[Path, typer.Argument(help="File to write: train.spacy.")],
    force: Annotated[bool, typer.Option("--force", help="Overwrite what is there.")] = False,
) -> None:
    """Write the gold as training data for spaCy: a Doc a paragraph, kinds as labels."""
    from govextract.spacy import to_docbin
    from govextract.writers.files import refuse_existing, replacing

    refuse_existing([out], force=force)
    docs = to_docbin(folder)
    with replacing(out) as part:
        docs.to_disk(part)
    typer.echo(f"{len(docs)} paragraphs: {out}")


def _known_units() -> frozenset[str]:
    """Return the names of the lexicon's units."""
    from govextract.lexicon import default_lexicon
    from govextract.lexicon.units import load_units

    return frozenset(unit.name for unit in load_units(default_lexicon()).by_form.values())

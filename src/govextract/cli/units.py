"""``govextract units``: the units that are known, and words that may be missing among them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from govextract.model import Region

app = typer.Typer(help="Units, and measure words that are not known yet.", no_args_is_help=True)


@app.command("suggest")
def suggest(
    folder: Annotated[Path, typer.Argument(help="Folder of reports (or one file).")],
    lexicon: Annotated[
        list[Path] | None, typer.Option(help="TOML file with rules of your own; may be repeated.")
    ] = None,
    limit: Annotated[int, typer.Option(min=0, help="How many words to list.")] = 50,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List words behind numbers that are no known unit.

    Each has its count and some sentences. Add those that are units to a TOML file of your own and
    give it with --lexicon.
    """
    from govextract.cli.tables import print_json
    from govextract.lexicon import load_lexicon
    from govextract.stages.quantities import suggest_units

    found = suggest_units(_texts(folder), load_lexicon(*(lexicon or [])))[:limit]
    if json:
        print_json([item._asdict() for item in found])
        return
    for item in found:
        typer.echo(f"{item.word}\t{item.times}")
        for sentence in item.sentences:
            typer.echo(f"\t{' '.join(sentence.split())}")


@app.command("list")
def list_units(
    lexicon: Annotated[
        list[Path] | None, typer.Option(help="TOML file with rules of your own; may be repeated.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List all units with their base units and written forms."""
    from govextract.cli.tables import print_table
    from govextract.lexicon import load_lexicon
    from govextract.lexicon.units import load_units

    units = load_units(load_lexicon(*(lexicon or []))).by_form.values()
    heads = ["id", "name", "dimension", "factor", "base", "ucum", "forms"]
    rows = [
        [u.id, u.name, u.dimension, u.factor, u.base, u.ucum, " ".join(u.forms)]
        for u in {unit.id: unit for unit in units}.values()
    ]
    print_table(heads, rows, json=json)


def _texts(folder: Path) -> Iterator[tuple[str, tuple[Region, ...]]]:
    from govextract.errors import ReadError, UsageError
    from govextract.readers import read

    if not folder.exists():
        raise UsageError("does not exist", place=str(folder), remedy="give a folder of reports")
    paths = sorted(folder.rglob("*")) if folder.is_dir() else [folder]
    for path in paths:
        if not path.is_file() or path.name.startswith("."):
            continue
        try:
            report = read(path)
        except ReadError as error:
            typer.echo(str(error), err=True)
            continue
        yield report.text, report.regions

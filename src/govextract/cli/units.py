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
    limit: Annotated[int, typer.Option(help="How many words to list.")] = 50,
) -> None:
    """List the words behind numbers that are no known unit, with counts and sentences.

    Add those that are units to a TOML file of your own and give it with --lexicon.
    """
    from govextract.lexicon import load_lexicon
    from govextract.stages.quantities import suggest_units

    found = suggest_units(_texts(folder), load_lexicon(*(lexicon or [])))
    for item in found[:limit]:
        typer.echo(f"{item.word}\t{item.times}")
        for sentence in item.sentences:
            typer.echo(f"\t{' '.join(sentence.split())}")


@app.command("list")
def list_units(
    lexicon: Annotated[
        list[Path] | None, typer.Option(help="TOML file with rules of your own; may be repeated.")
    ] = None,
) -> None:
    """List all units: name, dimension, base unit and factor, UCUM code, written forms."""
    from govextract.lexicon import load_lexicon
    from govextract.lexicon.units import load_units

    units = load_units(load_lexicon(*(lexicon or []))).by_form.values()
    for unit in {unit.id: unit for unit in units}.values():
        forms = " ".join(unit.forms)
        typer.echo(
            f"{unit.id}\t{unit.name}\t{unit.dimension}\t{unit.factor} {unit.base}\t"
            f"{unit.ucum}\t{forms}"
        )


def _texts(folder: Path) -> Iterator[tuple[str, tuple[Region, ...]]]:
    from govextract.errors import ReadError
    from govextract.readers import read

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

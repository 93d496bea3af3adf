"""``govextract explain``: why a number is a fact, or is none."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def explain(
    file: Annotated[Path, typer.Argument(help="A report.")],
    at: Annotated[int | None, typer.Option(help="Offset into the text, in code points.")] = None,
    number: Annotated[str | None, typer.Option(help="The number as it stands: 247件.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the derivations as JSON.")] = False,
) -> None:
    """Tell which rules made a fact, or why a number is none.

    Give the number (--number) or its place (--at).
    """
    from govextract.cli.tables import print_json
    from govextract.errors import UsageError
    from govextract.explanation import derive_at, explain_at, find_offsets
    from govextract.pipeline import extract
    from govextract.readers import read

    if (at is None) == (number is None):
        raise UsageError("one of --at and --number is needed", remedy="give --number 247件")
    extraction = extract(read(file))
    offsets = [at] if at is not None else find_offsets(extraction.report.text, number or "")
    if not offsets:
        raise UsageError(
            f"{number!r} does not stand in the text",
            place=str(file),
            remedy="write it as it stands there, with its unit; see: govextract text FILE",
        )
    if json:
        print_json([derive_at(extraction, offset) for offset in offsets])
        return
    for place, offset in enumerate(offsets):
        if place:
            typer.echo("")
        for line in explain_at(extraction, offset):
            typer.echo(line)

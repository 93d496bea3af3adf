"""``govextract explain``: why a number is a fact, or is none."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def explain(
    file: Annotated[Path, typer.Argument(help="A report.")],
    at: Annotated[int | None, typer.Option(help="Offset into the text, in code points.")] = None,
    number: Annotated[str | None, typer.Option(help="The number as it stands: 247件.")] = None,
) -> None:
    """Tell which rules made a fact, or why a number is none; give --at or --number."""
    from govextract.errors import UsageError
    from govextract.explanation import explain_at, find_offsets
    from govextract.pipeline import extract
    from govextract.readers import read

    if (at is None) == (number is None):
        raise UsageError("one of --at and --number is needed", remedy="give --number 247件")
    extraction = extract(read(file))
    offsets = [at] if at is not None else find_offsets(extraction.report.text, number or "")
    if not offsets:
        raise UsageError(f"{number!r} does not stand in the text", place=str(file))
    for place, offset in enumerate(offsets):
        if place:
            typer.echo("")
        for line in explain_at(extraction, offset):
            typer.echo(line)

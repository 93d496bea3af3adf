"""``govextract text``: what was read of a file: its text, tables and metadata."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from govextract.cli.printing import visible

if TYPE_CHECKING:
    from govextract.model import Report


def text(
    file: Annotated[Path, typer.Argument(help="A report: text, HTML, PDF, DOCX or DOC.")],
    json: Annotated[bool, typer.Option("--json", help="Print all of it as JSON.")] = False,
    offsets: Annotated[
        bool, typer.Option("--offsets", help="Begin each line with its offset, as in `start`.")
    ] = False,
) -> None:
    """Show what was read of a file; the offsets of facts point into this text."""
    from govextract.readers import read

    report = read(file)
    if json:
        import json as json_module

        typer.echo(json_module.dumps(_to_dict(report), ensure_ascii=False, indent=1))
        return
    for line in (*_summary(report), "", *_lines(report, offsets)):
        typer.echo(line)


def _summary(report: Report) -> Iterator[str]:
    """What is known beside the text, a line each; what is unknown is left out."""
    yield f"document: {visible(report.document)}"
    yield f"reader: {report.reader}" + (f" ({report.encoding})" if report.encoding else "")
    for field, value in report.metadata._asdict().items():
        if value:
            yield f"{field}: {value}"
    for table in report.tables:
        rows = max(cell.row for cell in table.cells)
        unit = f", {table.unit}" if table.unit else ""
        place = f"{table.start}-{table.end}" + (f", page {table.page}" if table.page else "")
        yield f"table {table.number}: {table.title or '(no title)'} ({rows} rows{unit}; {place})"
    for problem in report.problems:
        yield f"problem: {problem.code}: {problem.message}; {problem.remedy}"


def _lines(report: Report, offsets: bool) -> Iterator[str]:
    start = 0
    for line in report.text.split("\n"):
        yield f"{start:>7} {line}" if offsets else line
        start += len(line) + 1


def _to_dict(report: Report) -> dict[str, Any]:
    return report._asdict() | {
        "metadata": report.metadata._asdict(),
        "regions": [region._asdict() for region in report.regions],
        "tables": [
            table._asdict() | {"cells": [cell._asdict() for cell in table.cells]}
            for table in report.tables
        ],
        "problems": [problem._asdict() for problem in report.problems],
    }

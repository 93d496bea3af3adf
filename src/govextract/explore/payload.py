"""The tables of a run in the compact form that the page reads.

Numbers are sent as the text that stands in ``facts.csv``, so that what is downloaded from the page
is what the run has written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from govextract.model import Report, Table
from govextract.table import DOCUMENTS, FACTS, FINDINGS, PROBLEMS, Row
from govextract.writers.csv import format_decimal

_MOST_DISTINCT = 0.9
"""A column with a smaller share of distinct cells is sent as a list of those, and places in it."""

_HIGHEST_BASIC = "\uffff"

_BETWEEN_CELLS = "| \n\u3000"


class RunData(NamedTuple):
    """What the page shows, but for the texts, ready to be written as JSON."""

    facts: dict[str, Any]
    documents: list[dict[str, Any]]
    problems: list[dict[str, Any]]
    findings: list[dict[str, Any]]
    comparisons: list[dict[str, Any]]


def pack_facts(rows: Sequence[Row]) -> dict[str, Any]:
    """Return the facts by column: ``{"count": n, "columns": {name: packed}}``."""
    columns = {
        column.name: pack_column([send_cell(row[at]) for row in rows])
        for at, column in enumerate(FACTS)
    }
    return {"count": len(rows), "columns": columns}


def pack_column(cells: Sequence[Any]) -> dict[str, Any]:
    """Return a column as its cells, or as its distinct cells and the place of each row in them.

    >>> pack_column(["件", "件", "元", "件"])
    {'values': ['件', '元'], 'at': [0, 0, 1, 0]}
    >>> pack_column([3, 7])
    {'cells': [3, 7]}
    """
    places: dict[Any, int] = {}
    at = [places.setdefault(cell, len(places)) for cell in cells]
    if len(places) > _MOST_DISTINCT * len(cells):
        return {"cells": list(cells)}
    return {"values": list(places), "at": at}


def pack_documents(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """Return the reports as records."""
    return _records([column.name for column in DOCUMENTS], rows)


def pack_problems(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """Return the problems as records."""
    return _records([column.name for column in PROBLEMS], rows)


def pack_findings(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """Return the findings of an audit as records."""
    return _records([column.name for column in FINDINGS], rows)


def pack_text(report: Report, sections: Iterable[Row]) -> dict[str, Any]:
    """Return what the page needs to show a report; ``sections`` are its rows of ``sections``.

    ``wide`` are the offsets of characters that JavaScript counts as two, so that the page can find
    an offset in code points; ``grids`` are the tables as ``[start, end, cells]``.
    """
    text = report.text
    return {
        "text": text,
        "wide": [at for at, sign in enumerate(text) if sign > _HIGHEST_BASIC],
        "regions": [[region.kind, region.start, region.end] for region in report.regions],
        "grids": [_grid(table) for table in report.tables if _is_covered(text, table)],
        "sections": [[row[2], row[3], row[4], row[1], row[5], row[6]] for row in sections],
    }


def _grid(table: Table) -> list[Any]:
    cells = sorted(table.cells, key=lambda cell: (cell.row, cell.column))
    return [
        table.start,
        table.end,
        [[c.row, c.column, c.rowspan, c.colspan, c.start, c.end, int(c.header)] for c in cells],
    ]


def _is_covered(text: str, table: Table) -> bool:
    """Tell whether all that a table says stands in its cells, so that these can be shown alone."""
    at = table.start
    for cell in sorted(table.cells, key=lambda cell: (cell.start, cell.end)):
        if cell.start < at or text[at : cell.start].strip(_BETWEEN_CELLS):
            return False
        at = cell.end
    return bool(table.cells) and not text[at : table.end].strip(_BETWEEN_CELLS)


def send_cell(cell: object) -> object:
    """Return a cell as it is sent: whole numbers, ``None`` and text."""
    return format_decimal(cell) if isinstance(cell, Decimal) else cell


def group_by_document(rows: Iterable[Row], at: int = 0) -> Mapping[str, list[Row]]:
    """Return ``rows`` by the document that stands in their column ``at``."""
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        grouped.setdefault(str(row[at]), []).append(row)
    return grouped


def _records(names: Sequence[str], rows: Iterable[Row]) -> list[dict[str, Any]]:
    return [dict(zip(names, map(send_cell, row), strict=True)) for row in rows]

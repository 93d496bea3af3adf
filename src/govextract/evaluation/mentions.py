"""What a program found, as the scorer sees it: from Fact records or from ``facts.csv``.

Gold labels the prose alone, so that facts of tables are left out unless they are asked for.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, NamedTuple

from govextract.errors import UsageError
from govextract.model import Fact, Span

NEEDED = ("document", "start", "end", "value", "unit", "indicator")
"""Columns without which nothing can be scored; all others count as empty where absent."""

_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


class Mention(NamedTuple):
    """One fact of a program: the columns of the facts table that are scored or shown."""

    document: str
    start: int
    end: int
    text: str
    value: Decimal | None
    value_max: Decimal | None
    unit: str
    indicator: str
    comparator: str = "="
    kind: str = ""
    period: str = ""
    status: str = "actual"
    part_of: str = ""
    fact_id: str = ""
    sentence: str = ""
    rules: str = ""
    confidence: float = 1.0

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)


def mentions_of(facts: Iterable[Fact]) -> list[Mention]:
    """Return the text facts among ``facts`` (not those of tables) as mentions."""
    return [
        Mention(*(getattr(fact, name) for name in Mention._fields))
        for fact in facts
        if fact.origin == "text"
    ]


def load_mentions(path: Path, *, tables: bool = False) -> list[Mention]:
    """Return the text facts of a ``facts.csv``, or of the one in the output folder ``path``.

    With ``tables`` the facts of tables too.

    Raises UsageError where the file is absent, lacks a column or holds a broken number.
    """
    file = path / "facts.csv" if path.is_dir() else path
    if not file.is_file():
        raise UsageError("no facts.csv here", place=str(path), remedy="give a run's output folder")
    with file.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        absent = [name for name in NEEDED if name not in (reader.fieldnames or ())]
        if absent:
            raise UsageError(f"lacks the columns {', '.join(absent)}", place=str(file))
        return [
            _parse_row(row, f"{file}:{number}")
            for number, row in enumerate(reader, start=2)
            if tables or (row.get("origin") or "text") == "text"
        ]


def by_document(mentions: Iterable[Mention]) -> dict[str, list[Mention]]:
    """Return the mentions of each document, by the document's name."""
    grouped: dict[str, list[Mention]] = {}
    for mention in mentions:
        grouped.setdefault(mention.document, []).append(mention)
    return grouped


def _parse_row(row: Mapping[str, Any], place: str) -> Mention:
    cells = {name: _undefuse(row.get(name) or "") for name in Mention._fields}
    try:
        return Mention(
            **cells
            | {
                "start": int(cells["start"]),
                "end": int(cells["end"]),
                "value": _number(cells["value"]),
                "value_max": _number(cells["value_max"]),
                "comparator": cells["comparator"] or "=",
                "status": cells["status"] or "actual",
                "confidence": float(cells["confidence"] or 1),
            }  # type: ignore[arg-type]
        )
    except (ValueError, InvalidOperation) as error:
        raise UsageError(f"holds a broken number ({error!r})", place=place) from error


def _number(cell: str) -> Decimal | None:
    if not cell:
        return None
    number = Decimal(cell)
    if not number.is_finite():
        raise ValueError(f"{cell} is no value")
    return number


def _undefuse(cell: str) -> str:
    """Take off the apostrophe with which writers keep a spreadsheet from running a cell."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA_SIGNS) else cell

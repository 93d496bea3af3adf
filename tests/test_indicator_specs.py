"""Run the tables of ``tests/specs/indicators``: a text, and what each of its numbers measures.

A row's second column lists ``span → indicator``, several divided by ``；``. Rows of
``known_failures.md`` must fail.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from govextract.model import Report
from govextract.pipeline import extract

SPECS = Path(__file__).parent / "specs" / "indicators"
FLOOR = 50


def rows(path: Path) -> Iterator[tuple[str, str]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.startswith("|") and len(cells) == 2 and "→" in cells[1]:
            yield cells[0], cells[1]


def cases() -> Iterator[object]:
    for path in sorted(SPECS.glob("*.md")):
        marks = [pytest.mark.xfail(strict=True)] if path.stem == "known_failures" else []
        for text, wanted in rows(path):
            yield pytest.param(text, wanted, id=f"{path.stem}: {text}", marks=marks)


@pytest.mark.parametrize(("text", "wanted"), list(cases()))
def test_each_number_measures_what_the_table_says(text: str, wanted: str) -> None:
    facts = extract(Report("report.txt", text)).facts
    assert " ； ".join(f"{fact.text} → {fact.indicator}" for fact in facts) == wanted


def test_there_are_enough_specs() -> None:
    assert sum(1 for path in SPECS.glob("*.md") for _ in rows(path)) >= FLOOR

"""Run the tables of ``tests/specs``: a text, the quantities in it, the rules that explain others.

A row's second column lists ``span → comparator value unit kind``, several divided by ``；``; a
range is ``low~high``, a unit that is empty ``·``, and 无 is none. The third column names exclusion
rules (without ``exclude/``) that must apply. ⏎ in a text stands for a line end. Rows of
``known_failures.md`` must fail.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from govextract.lexicon import default_lexicon
from govextract.model import Quantity
from govextract.stages.quantities import find_quantities

SPECS = Path(__file__).parent / "specs"
FLOOR = 600


def rows(path: Path) -> Iterator[tuple[str, str, str]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.startswith("|") and len(cells) == 3 and not set(cells[0]) <= {"-"}:
            text, wanted, rules = cells
            if text != "文本":
                yield text.replace("⏎", "\n"), wanted, rules


def show(item: Quantity) -> str:
    value = f"{item.value}" if item.value_max is None else f"{item.value}~{item.value_max}"
    span = item.text.replace("\n", "⏎")
    return f"{span} → {item.comparator} {value} {item.unit or '·'} {item.kind}"


def cases() -> Iterator[object]:
    for path in sorted(SPECS.glob("*.md")):
        marks = [pytest.mark.xfail(strict=True)] if path.stem == "known_failures" else []
        for text, wanted, rules in rows(path):
            yield pytest.param(text, wanted, rules, id=f"{path.stem}: {text}", marks=marks)


@pytest.mark.parametrize(("text", "wanted", "rules"), list(cases()))
def test_spec(text: str, wanted: str, rules: str) -> None:
    found = find_quantities(text, default_lexicon())
    assert (" ； ".join(map(show, found.quantities)) or "无") == wanted
    applied = {item.rule.removeprefix("exclude/") for item in found.exclusions}
    assert set(rules.split()) <= applied
    for item in found.quantities:
        assert text[item.start : item.end] == item.text


def test_there_are_enough_specs() -> None:
    assert sum(1 for path in SPECS.glob("*.md") for _ in rows(path)) >= FLOOR

"""Indicators across areas and years for the charts, as `govextract compare` chooses the figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from govextract.compare.comparison import Comparison, compare_concept, read_statements
from govextract.compare.request import Request
from govextract.lexicon import default_lexicon
from govextract.lexicon.indicators import load_indicators
from govextract.model import Fact
from govextract.writers.csv import format_decimal

_FEWEST_FIGURES = 2


def find_comparisons(run: Path, fact_ids: Sequence[str]) -> list[dict[str, Any]]:
    """Return the concepts that at least two areas or years state, the most stated first.

    A concept is there once for its level and once for its growth. Each figure is ``[area, year,
    value, row, rows]``: ``row`` is its fact's place in ``fact_ids``, ``rows`` are those of the
    facts that say something else of the same area and year.
    """
    rules = default_lexicon()
    concepts = load_indicators(rules).concepts
    statements = read_statements(run)
    compared = [
        compare_concept(concepts[name], Request(name, kind), statements, rules)
        for name in statements.by_concept
        if name in concepts
        for kind in ("", "change")
    ]
    # Where only changes are stated, both are the same.
    unique = {(item.concept.id, item.kind): item for item in compared}
    found = [item for item in unique.values() if len(item.figures) >= _FEWEST_FIGURES]
    found.sort(key=lambda item: (-len(item.figures), item.concept.id, item.kind))
    rows = {fact_id: row for row, fact_id in enumerate(fact_ids)}
    return [_pack(item, rows) for item in found]


def _pack(comparison: Comparison, rows: Mapping[str, int]) -> dict[str, Any]:
    def row(fact: Fact) -> int:
        return rows[fact.fact_id]

    return {
        "id": f"{comparison.concept.id} {comparison.kind}",
        "name": comparison.concept.name,
        "name_en": comparison.concept.name_en,
        "kind": comparison.kind,
        "unit": comparison.unit,
        "figures": [
            [
                figure.key.area,
                figure.key.year,
                format_decimal(figure.value),
                row(figure.fact),
                [row(other.candidate.fact) for other in figure.conflicts],
            ]
            for figure in sorted(comparison.figures, key=lambda item: item.key)
        ],
    }

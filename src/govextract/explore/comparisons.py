"""Indicators that several areas or years state, for the charts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from govextract.model import Fact
from govextract.writers.csv import format_decimal

_WHOLE_YEAR = re.compile(r"(?:\d{4}-01/|/)?(\d{4})(?:-12)?")
_MOST = 400


def find_comparisons(facts: Iterable[Fact]) -> list[dict[str, Any]]:
    """Return the indicators that at least two places or years state, the most stated first.

    A figure is the most certain fact of its area and year; ``row`` is its place among ``facts``.
    """
    best: dict[tuple[str, str, str], dict[tuple[str, int], tuple[float, int, Fact]]]
    best = defaultdict(dict)
    for row, fact in enumerate(facts):
        year = whole_year(fact.period)
        if year is None or fact.value is None or fact.status != "actual" or not fact.area:
            continue
        group = best[fact.indicator_id or fact.indicator, fact.kind, fact.unit]
        key = (fact.area, year)
        if key not in group or fact.confidence > group[key][0]:
            group[key] = (fact.confidence, row, fact)
    found = [(key, group) for key, group in best.items() if key[0] and len(group) > 1]
    found.sort(key=lambda item: (-len(item[1]), item[0]))
    return [_comparison(key, group) for key, group in found[:_MOST]]


def whole_year(period: str) -> int | None:
    """Return the year of a period that is one year, or of a stock at its end.

    >>> whole_year("2024"), whole_year("2024-01/2024-12"), whole_year("/2024-12")
    (2024, 2024, 2024)
    >>> whole_year("2024-05"), whole_year("2020/2024")
    (None, None)
    """
    match = _WHOLE_YEAR.fullmatch(period)
    if match is None or (period[:4].isdecimal() and period[:4] != match[1]):
        return None
    return int(match[1])


def _comparison(
    key: tuple[str, str, str], group: dict[tuple[str, int], tuple[float, int, Fact]]
) -> dict[str, Any]:
    first = next(iter(group.values()))[2]
    return {
        "id": "|".join(key),
        "name": first.indicator_name or first.indicator,
        "kind": key[1],
        "unit": key[2],
        "figures": [
            [area, year, format_decimal(fact.value or Decimal(0)), row]
            for (area, year), (_, row, fact) in sorted(group.items())
        ],
    }

"""One report against the others: the year before's report, the same place's years, other places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from statistics import median
from typing import NamedTuple

from govextract.audit.outcome import Outcome, has_slip, is_exact_level, judge, likely_cause
from govextract.figures import rounding, year_of
from govextract.lexicon.comparison import ComparisonRules
from govextract.model import Fact
from govextract.writers.csv import format_decimal

_FEWEST_AREAS = 5
_OTHER_AREAS = 1000
_OTHER_YEARS = 50
_ROUGH = Decimal(1)
"""Percentage points by which growth may differ: figures are revised, coverage changes."""


class Place(NamedTuple):
    """What is compared: a concept in one kind and unit, of one area."""

    concept: str
    kind: str
    unit: str
    area_code: str


class Series:
    """The own figures of reports: the first statements by place and year, and stated growth."""

    def __init__(self) -> None:
        self.levels: dict[Place, dict[int, Fact]] = defaultdict(dict)
        self.growth: dict[tuple[str, str, int], Fact] = {}
        self.priors: list[Fact] = []

    def add(self, facts: Iterable[Fact]) -> None:
        """Keep what is linked, of a whole year and of the text; parts of a whole are left out."""
        for fact in facts:
            year = year_of(fact.period)
            linked = fact.indicator_id and fact.origin == "text" and not fact.part_of
            if linked and year is not None and year[1]:
                self._keep(fact, year[0])

    def _keep(self, fact: Fact, year: int) -> None:
        place = Place(fact.indicator_id, fact.kind, fact.unit, fact.area_code)
        if is_exact_level(fact) and fact.status == "actual" and fact.year == year:
            self.levels[place].setdefault(year, fact)
        elif is_exact_level(fact) and fact.status == "prior":
            self.priors.append(fact)
        elif fact.kind == "change" and fact.unit == "%" and fact.basis in ("", "yoy"):
            self.growth.setdefault((fact.indicator_id, fact.area_code, year), fact)


def check_last_year(series: Series, rules: ComparisonRules) -> Iterator[Outcome]:
    """Check stated growth against this and the last year's reports (``change/last-year``).

    Concepts whose growth is at constant prices are left out. A difference is told only where the
    growth is off by more than a point, for figures of the last year are revised.
    """
    for place, years in series.levels.items():
        for year, fact in years.items():
            before = years.get(year - 1)
            rate = series.growth.get((place.concept, place.area_code, year))
            if before is None or rate is None or rules.has_constant_prices(place.concept):
                continue
            yield from _check_growth(rate, fact, before)


def _check_growth(rate: Fact, fact: Fact, before: Fact) -> Iterator[Outcome]:
    now, then = Decimal(fact.value or 0), Decimal(before.value or 0)
    if then <= 0:
        return
    growth = round((now / then - 1) * 100, 2)
    shift = (rounding(fact) + rounding(before) * now / then) / then * 100 + rounding(rate)
    written = f"{format_decimal(now)} / {format_decimal(then)} - 1 = {growth}%"
    outcome = judge("change/last-year", [rate, fact, before], growth, shift, written)
    if outcome is None or (not outcome.passed and abs(growth - Decimal(rate.value or 0)) < _ROUGH):
        return
    yield outcome


def check_priors(series: Series) -> Iterator[Outcome]:
    """Check the earlier figures that a report gives against the earlier report (``prior/report``).

    Revised figures differ: a difference is told only where a slip explains it.
    """
    for fact in series.priors:
        year = year_of(fact.period)
        place = Place(fact.indicator_id, fact.kind, fact.unit, fact.area_code)
        then = series.levels.get(place, {}).get(year[0]) if year else None
        if then is None or then.document == fact.document:
            continue
        value = Decimal(then.value or 0)
        tolerance = rounding(fact) + rounding(then)
        outcome = judge("prior/report", [fact, then], value, tolerance, format_decimal(value))
        if outcome is not None and (outcome.passed or has_slip(fact, value)):
            yield outcome


def check_outliers(series: Series) -> Iterator[Outcome]:
    """Find figures out of line by orders of magnitude (``outlier/years``, ``outlier/areas``)."""
    peers: dict[tuple[str, str, str, str], list[Fact]] = defaultdict(list)
    for place, years in series.levels.items():
        facts = [fact for fact in years.values() if fact.value]
        yield from _outliers("outlier/years", facts, 3, _OTHER_YEARS)
        if facts:
            rank = _level_of(place.area_code)
            peers[place.concept, place.kind, place.unit, rank].append(facts[-1])
    for group in peers.values():
        yield from _outliers("outlier/areas", group, _FEWEST_AREAS, _OTHER_AREAS)


def _outliers(check: str, facts: Sequence[Fact], fewest: int, factor: int) -> Iterator[Outcome]:
    if len(facts) < fewest:
        return
    middle = Decimal(str(median(abs(Decimal(fact.value or 0)) for fact in facts)))
    for fact in facts:
        value = abs(Decimal(fact.value or 0))
        if middle and value and not 1 / Decimal(factor) < value / middle < factor:
            others = tuple(item for item in facts if item is not fact)
            cause = (
                likely_cause(fact, middle) or "a scale (万, 亿) or a unit was misread or misprinted"
            )
            written = f"median of {len(facts)}: {format_decimal(middle)}; {format_decimal(value)}"
            yield Outcome(check, (fact, *others), False, middle, written, cause)


def _level_of(area_code: str) -> str:
    """Return the rank of an area by its code: province, city or county."""
    if area_code.endswith("0000"):
        return "province"
    return "city" if area_code.endswith("00") else "county"

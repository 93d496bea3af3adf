"""The statements of one concept, by area and year, in one unit."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from govextract.compare.request import is_change
from govextract.figures import year_of
from govextract.lexicon import Lexicon
from govextract.lexicon.units import load_units
from govextract.model import Fact


class Document(NamedTuple):
    """What choosing needs to know of a report."""

    area_code: str
    area: str
    province: str
    year: int | None
    genre: str


_PERCENT = "%"
NO_DOCUMENT = Document("", "", "", None, "")


class Key(NamedTuple):
    """The area and the year that a figure is of."""

    area_code: str
    area: str
    year: int


class Candidate(NamedTuple):
    """One statement of a figure: its value in the common unit where that can be had."""

    fact: Fact
    document: Document
    value: Decimal
    unit: str
    whole_year: bool


def group_candidates(
    facts: Iterable[Fact],
    documents: Mapping[str, Document],
    kind: str,
    lexicon: Lexicon,
) -> dict[Key, list[Candidate]]:
    """Return the statements of a kind by area and year, in the order of the facts.

    Units are made equal: what can be converted is, counts of one concept are one unit. Targets,
    ranges, upper bounds (3%以内), and figures without an area or a year are left out.
    """
    found: dict[Key, list[Candidate]] = defaultdict(list)
    for fact in facts:
        place = year_of(fact.period)
        exact = fact.value is not None and fact.value_max is None and fact.comparator != "<="
        usable = exact and bool(fact.area_code)
        if fact.kind != kind or fact.status == "target" or place is None or not usable:
            continue
        document = documents.get(fact.document, NO_DOCUMENT)
        value, unit = _in_base(fact, lexicon)
        key = Key(fact.area_code, fact.area, place[0])
        found[key].append(Candidate(fact, document, value, unit, place[1]))
    return found


def common_unit(
    groups: Mapping[Key, Iterable[Candidate]], kind: str, usual: str
) -> tuple[str, str]:
    """Return the base unit of most areas and years, and the unit in which most state it.

    Of equal ones the ``usual`` one, else the first; a change is in percent where any is.
    """
    bases = Counter(
        unit for group in groups.values() for unit in dict.fromkeys(c.unit for c in group)
    )
    base = max(bases, key=lambda unit: (bases[unit], unit == usual), default="")
    if is_change(kind) and _PERCENT in bases:
        base = _PERCENT
    stated = Counter(c.fact.unit for group in groups.values() for c in group if c.unit == base)
    return base, stated.most_common(1)[0][0] if stated else ""


def in_unit(value: Decimal, unit: str, lexicon: Lexicon) -> Decimal:
    """Return a value that is given in the base unit of ``unit`` in ``unit`` itself."""
    known = load_units(lexicon).by_form.get(unit)
    return value if known is None else value / known.factor


def default_kind(facts: Iterable[Fact]) -> str:
    """Return the kind that most facts of a concept have: a level, if there is one at all."""
    kinds = Counter(fact.kind for fact in facts)
    levels = Counter({kind: n for kind, n in kinds.items() if not is_change(kind)})
    if sum(levels.values()) * 20 < sum(kinds.values()):
        levels = kinds  # a few stray levels of a concept that is stated as a change (prices)
    return levels.most_common(1)[0][0] if levels else ""


def _in_base(fact: Fact, lexicon: Lexicon) -> tuple[Decimal, str]:
    value = Decimal(fact.value or 0)
    unit = load_units(lexicon).by_form.get(fact.unit)
    if unit is None or is_change(fact.kind):
        return value, fact.unit
    # Counting words (件, 起, 宗) of one concept count the same things.
    return value * unit.factor, "" if fact.kind == "count" else unit.base

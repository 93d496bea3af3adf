"""A comparison: the figures, who does not state one, the ranks, and growth against the stated."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from govextract.compare.candidates import (
    Document,
    Key,
    common_unit,
    default_kind,
    group_candidates,
    in_unit,
)
from govextract.compare.choice import WEAK, Alternative, choose
from govextract.compare.request import Request, find_concept, is_change
from govextract.figures import rounding
from govextract.lexicon import Lexicon, default_lexicon
from govextract.lexicon.areas import Areas, load_areas
from govextract.lexicon.comparison import load_comparison
from govextract.lexicon.indicators import Concept, load_indicators
from govextract.model import Fact
from govextract.stored import open_tables, read_facts
from govextract.table import DOCUMENTS, Row

_AT = {column.name: place for place, column in enumerate(DOCUMENTS)}


class Growth(NamedTuple):
    """Growth on the year before, in percent: computed from two levels, and as stated."""

    computed: Decimal | None
    stated: Decimal | None
    agrees: bool | None
    """``None`` where one of both is missing, or where they need not agree (constant prices)."""


class Figure(NamedTuple):
    """The figure of one area and year, with where it stands and what else was stated."""

    key: Key
    value: Decimal
    unit: str
    fact: Fact
    alternatives: tuple[Alternative, ...]
    rank: int = 0
    growth: Growth = Growth(None, None, None)

    @property
    def conflicts(self) -> tuple[Alternative, ...]:
        """The alternatives that say something else without being told apart by what they are."""
        return tuple(a for a in self.alternatives if not a.agrees and a.rule in WEAK)


class Comparison(NamedTuple):
    """One concept across areas and years; figures are sorted by year and rank."""

    concept: Concept
    kind: str
    unit: str
    figures: tuple[Figure, ...]
    missing: tuple[Key, ...]
    """The areas that issued a report about a year and do not state the figure in it."""
    apart: Mapping[Key, Fact] = MappingProxyType({})
    """Those of them that state it in a unit that cannot be made equal (美元)."""


class Statements(NamedTuple):
    """What a run holds: the facts of the concepts that are asked for, and its documents."""

    by_concept: Mapping[str, Sequence[Fact]]
    documents: Mapping[str, Document]


def compare(folder: Path, request: Request, lexicon: Lexicon | None = None) -> Comparison:
    """Return one figure an area and year of the run in ``folder``.

    Raises UsageError where the folder holds no run or the indicator is unknown.
    """
    rules = lexicon or default_lexicon()
    concept = find_concept(request.indicator, rules)
    population = load_comparison(rules).population
    statements = read_statements(folder, {concept.id, population})
    return compare_concept(concept, request, statements, rules)


def read_statements(folder: Path, concepts: Iterable[str] | None = None) -> Statements:
    """Read the facts of ``concepts`` (of all linked facts where ``None``) and the documents."""
    wanted = None if concepts is None else frozenset(concepts)
    found: dict[str, list[Fact]] = defaultdict(list)
    for fact in read_facts(folder):
        if fact.indicator_id and (wanted is None or fact.indicator_id in wanted):
            found[fact.indicator_id].append(fact)
    return Statements(found, read_documents(folder))


def read_documents(folder: Path) -> dict[str, Document]:
    """Return what the run says of each report, by its path."""
    rows = open_tables(folder).get("documents", ())
    return {str(row[_AT["document"]]): _document(row, load_areas()) for row in rows}


def compare_concept(
    concept: Concept, request: Request, statements: Statements, lexicon: Lexicon
) -> Comparison:
    """Return one figure an area and year of a concept."""
    facts = [
        fact
        for fact in statements.by_concept.get(concept.id, ())
        if request.wants_area(fact.area_code, fact.area, fact.province)
    ]
    kind = request.kind or default_kind(facts)
    figures, unit, apart = _figures(concept, kind, facts, statements.documents, lexicon)
    if not is_change(kind):
        changes, *_ = _figures(concept, "change", facts, statements.documents, lexicon)
        figures = _with_growth(figures, changes, concept, lexicon)
    if request.per_capita:
        figures, unit = _per_capita(figures, unit, statements, lexicon)
    if request.years:
        figures = {key: figure for key, figure in figures.items() if key.year in request.years}
    ranked = tuple(_ranked(figures.values()))
    missing = _missing(concept, request, figures, statements)
    apart = {key: apart[key] for key in missing if key in apart}
    return Comparison(concept, kind, unit, ranked, missing, apart)


def _figures(
    concept: Concept,
    kind: str,
    facts: Sequence[Fact],
    documents: Mapping[str, Document],
    lexicon: Lexicon,
) -> tuple[dict[Key, Figure], str, dict[Key, Fact]]:
    """Return the figures, their unit, and the statements of a level in another unit."""
    groups = group_candidates(facts, documents, kind, lexicon)
    base, unit = common_unit(groups, kind, concept.unit)
    figures: dict[Key, Figure] = {}
    apart: dict[Key, Fact] = {}
    for key, candidates in groups.items():
        choice = choose(candidates, concept, base, lexicon)
        taken = choice.candidate
        if taken.unit == base and taken.whole_year:
            value = taken.value if is_change(kind) else in_unit(taken.value, unit, lexicon)
            figures[key] = Figure(key, value, unit, taken.fact, choice.alternatives)
        elif taken.whole_year and not is_change(kind):
            apart[key] = taken.fact
    return figures, unit, apart


def _with_growth(
    figures: Mapping[Key, Figure],
    changes: Mapping[Key, Figure],
    concept: Concept,
    lexicon: Lexicon,
) -> dict[Key, Figure]:
    real = load_comparison(lexicon).has_constant_prices(concept.id)
    found: dict[Key, Figure] = {}
    for key, figure in figures.items():
        before = figures.get(key._replace(year=key.year - 1))
        change = changes.get(key)
        stated = change.value if change is not None and change.unit == "%" else None
        computed, tolerance = _growth(before, figure) if before else (None, Decimal(0))
        agrees = None
        if computed is not None and stated is not None and change is not None and not real:
            agrees = abs(computed - stated) <= tolerance + Decimal("0.05")
        found[key] = figure._replace(growth=Growth(computed, stated, agrees))
    return found


def _growth(before: Figure, after: Figure) -> tuple[Decimal | None, Decimal]:
    """Return the growth in percent, and how far the rounding of both levels may shift it."""
    if before.value <= 0:
        return None, Decimal(0)
    growth = (after.value / before.value - 1) * 100
    shift = sum(_share_of_rounding(item) for item in (before, after))
    return round(growth, 2), Decimal(shift)


def _share_of_rounding(figure: Figure) -> Decimal:
    """Return how much of a figure rounding may have taken, in percent."""
    written = abs(Decimal(figure.fact.value or 0))
    return rounding(figure.fact) / written * 100 if written else Decimal(0)


def _per_capita(
    figures: Mapping[Key, Figure], unit: str, statements: Statements, lexicon: Lexicon
) -> tuple[dict[Key, Figure], str]:
    rules = load_comparison(lexicon)
    concept = load_indicators(lexicon).concepts[rules.population]
    facts = statements.by_concept.get(concept.id, ())
    people, *_ = _figures(concept, "count", facts, statements.documents, lexicon)
    shown = f"{unit}/{rules.population_unit}"
    found = {
        key: figure._replace(value=round(figure.value / people[key].value, 4), unit=shown)
        for key, figure in figures.items()
        if key in people and people[key].value > 0
    }
    return found, shown


def _ranked(figures: Iterable[Figure]) -> Iterator[Figure]:
    """Yield the figures by year, the highest first, each with its rank; equals share one."""
    ordered = sorted(figures, key=lambda item: (item.key.year, -item.value, item.key))
    for _, group in groupby(ordered, key=lambda item: item.key.year):
        rank, last = 0, None
        for place, figure in enumerate(group, start=1):
            if figure.value != last:
                rank, last = place, figure.value
            yield figure._replace(rank=rank)


def _missing(
    concept: Concept, request: Request, figures: Mapping[Key, Figure], statements: Statements
) -> tuple[Key, ...]:
    stated = {(key.area_code, key.year) for key in figures}
    asked = {
        Key(document.area_code, document.area, document.year)
        for document in statements.documents.values()
        if document.area_code
        and request.wants_area(document.area_code, document.area, document.province)
        and document.year is not None
        and (not concept.genres or document.genre in concept.genres)
        and (not request.years or document.year in request.years)
    }
    return tuple(sorted(key for key in asked if (key.area_code, key.year) not in stated))


def _document(row: Row, areas: Areas) -> Document:
    code, year = str(row[_AT["area_code"]]), row[_AT["year"]]
    place = areas.at(code, None)
    return Document(
        area_code=code,
        area=str(row[_AT["area"]]),
        province=place.province if place is not None else "",
        year=year if isinstance(year, int) else None,
        genre=str(row[_AT["genre"]]),
    )

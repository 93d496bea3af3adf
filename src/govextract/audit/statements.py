"""Statements of one figure in one report: text against text, text against table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from govextract.audit.outcome import Outcome, has_slip, is_exact_level, judge
from govextract.figures import rounding
from govextract.lexicon.audit import AuditRules
from govextract.model import Fact
from govextract.writers.csv import format_decimal


def check_statements(facts: Sequence[Fact], rules: AuditRules) -> Iterator[Outcome]:
    """Check repeated statements (``same/text``, ``same/table``).

    A table's cell that repeats a number of the text is known by ``same_as``. Others are told apart
    only where they have one wording, concept, place and period and differ by a slip: a report may
    say two things in nearly the same words.
    """
    by_id = {fact.fact_id: fact for fact in facts}
    groups: dict[tuple[str, ...], list[Fact]] = defaultdict(list)
    for fact in facts:
        text = by_id.get(fact.same_as)
        if text is not None:
            yield from _compare("same/table", text, fact)
        elif fact.indicator_id and is_exact_level(fact) and not fact.part_of:
            key = (fact.indicator_id, fact.indicator, fact.area_code, fact.period, fact.status)
            groups[*key, fact.unit].append(fact)
    for first, *others in groups.values():
        for other in others:
            check = "same/text" if other.origin == first.origin == "text" else "same/table"
            yield from _compare(check, first, other)


def _compare(check: str, one: Fact, other: Fact) -> Iterator[Outcome]:
    value = Decimal(other.value or 0)
    tolerance = max(rounding(one), rounding(other))
    outcome = judge(check, [one, other], value, tolerance, format_decimal(value))
    if outcome is not None and (outcome.passed or has_slip(one, value)):
        yield outcome

"""Growth that must agree: with the amounts beside it, and with the growth of the parts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from govextract.audit.outcome import Outcome, is_exact, is_exact_level, judge
from govextract.audit.sums import first_levels, place_of
from govextract.figures import rounding
from govextract.lexicon.audit import AuditRules, Identity
from govextract.model import Fact
from govextract.writers.csv import format_decimal


def check_changes(facts: Sequence[Fact], rules: AuditRules) -> Iterator[Outcome]:
    """Check growth rates against the amount of the change or the earlier figure beside them."""
    groups: dict[tuple[str, str, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.indicator and fact.origin == "text":
            groups[fact.indicator, fact.sentence, fact.area_code].append(fact)
    for group in groups.values():
        rates = [f for f in group if f.kind == "change" and f.unit == "%" and is_exact(f)]
        actual = [f for f in group if is_exact_level(f) and f.status == "actual"]
        if len(rates) == 1 and len(actual) == 1 and rates[0].basis in ("", "yoy"):
            yield from _check_growth(rates[0], actual[0], group)


def _check_growth(rate: Fact, level: Fact, group: Sequence[Fact]) -> Iterator[Outcome]:
    now = Decimal(level.value or 0)
    for fact in group:
        if fact.unit != level.unit or fact is level or not is_exact(fact):
            continue
        value = Decimal(fact.value or 0)
        if fact.kind == "change":
            check, before = "change/amount", now - value
        elif fact.status == "prior":
            check, before = "change/prior", value
        else:
            continue
        if before <= 0:
            continue
        growth = (now / before - 1) * 100
        shift = (rounding(level) + rounding(fact) * now / before) / before * 100
        written = f"{format_decimal(now)} / {format_decimal(before)} - 1 = {round(growth, 2)}%"
        facts = [rate, level, fact]
        outcome = judge(check, facts, round(growth, 2), shift + rounding(rate), written)
        if outcome is not None:
            yield outcome


def check_growth_of_parts(facts: Sequence[Fact], rules: AuditRules) -> Iterator[Outcome]:
    """Check the growth of a whole against its parts with their growth (``growth/parts``).

    The parts of the year before, reckoned back from their growth, sum to the whole of that year.
    At constant prices this holds only nearly, so that a difference there is no finding.
    """
    growth: dict[tuple[str, ...], dict[str, Fact]] = defaultdict(dict)
    for fact in facts:
        of_year = fact.unit == "%" and fact.kind == "change" and fact.basis in ("", "yoy")
        if fact.indicator_id and of_year and is_exact(fact) and fact.origin == "text":
            growth[place_of(fact)].setdefault(fact.indicator_id, fact)
    for place, levels in first_levels(facts).items():
        for identity in rules.identities:
            rates = growth.get(place, {})
            named = {*identity.left, *identity.right}
            if len(identity.left) == 1 and named <= levels.keys() and named <= rates.keys():
                yield from _check_parts(identity, levels, rates)


def _check_parts(
    identity: Identity, levels: Mapping[str, Fact], rates: Mapping[str, Fact]
) -> Iterator[Outcome]:
    now = before = shift = Decimal(0)
    for name in identity.right:
        level, rate = Decimal(levels[name].value or 0), Decimal(rates[name].value or 0)
        if rate <= -100:
            return
        then = level / (1 + rate / 100)
        now, before, shift = now + level, before + then, shift + rounding(rates[name]) * then
    if not before:
        return
    whole = rates[identity.left[0]]
    growth = (now / before - 1) * 100
    written = (
        f"{format_decimal(now)} / {format_decimal(round(before, 0))} - 1 = {round(growth, 2)}%"
    )
    parts = [fact for name in identity.right for fact in (levels[name], rates[name])]
    tolerance = shift / before + rounding(whole)
    outcome = judge("growth/parts", [whole, *parts], round(growth, 2), tolerance, written)
    if outcome is not None and (outcome.passed or not identity.constant_prices):
        yield outcome

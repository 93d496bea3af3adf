"""Quotients that must agree: rates of two counts, shares of a whole, structures, figures a head."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from govextract.audit.outcome import Outcome, is_exact, is_exact_level, judge, sum_of
from govextract.audit.sums import first_levels, place_of
from govextract.figures import rounding
from govextract.lexicon.audit import AuditRules, Quotient, Rate
from govextract.model import Fact
from govextract.writers.csv import format_decimal

_REACH = 6
_SHARE = "占"
_NEGATIONS = ("不", "未", "非")


def check_rates(facts: Sequence[Fact], rules: AuditRules) -> Iterator[Outcome]:
    """Check rates (审结率, 化解率, 整改率 …) against the counts that stand before them."""
    for at, fact in enumerate(facts):
        if not _is_exact_ratio(fact):
            continue
        for rate in rules.rates:
            if rate.is_stated_by(fact.indicator):
                yield from _check_rate(fact, facts[max(0, at - _REACH) : at], rate)
                break


def _check_rate(fact: Fact, before: Sequence[Fact], rate: Rate) -> Iterator[Outcome]:
    counts = [
        item
        for item in reversed(before)
        if is_exact_level(item) and item.section == fact.section and item.status == fact.status
    ]
    done = [item for item in counts if _says(item.indicator, rate.done)]
    whole = [item for item in counts if _says(item.indicator, rate.of) and item not in done]
    outcomes = [
        outcome
        for one in done
        for other in whole
        if one.unit == other.unit and Decimal(one.value or 0) <= Decimal(other.value or 0)
        if (outcome := _quotient(rate.id, fact, one, other)) is not None
    ]
    passed = next((outcome for outcome in outcomes if outcome.passed), None)
    if passed is not None:
        yield passed
        return
    near = [o for o in outcomes if all(item.sentence == fact.sentence for item in o.facts)]
    if near:
        yield min(near, key=lambda o: abs(o.computed - Decimal(fact.value or 0)))


def _says(indicator: str, words: Sequence[str]) -> bool:
    """Tell whether one of ``words`` stands in an indicator without a negation before it."""
    places = (indicator.find(word) for word in words)
    return any(at >= 0 and indicator[at - 1 : at] not in _NEGATIONS for at in places)


def check_shares(facts: Sequence[Fact], rules: AuditRules) -> Iterator[Outcome]:
    """Check shares (A 占 B 比重) against the figures of A and B (``share/part``)."""
    named: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        if is_exact_level(fact) and fact.origin == "text":
            named[fact.indicator, fact.area_code].append(fact)
    for at, fact in enumerate(facts):
        if not _is_exact_ratio(fact) or _SHARE not in fact.indicator:
            continue
        part = _numerator(fact, facts[max(0, at - _REACH) : at])
        name = fact.indicator.partition(_SHARE)[2].removesuffix("比重").removesuffix("比例")
        for whole in named.get((name, fact.area_code), ()):
            if part is not None and _may_hold(whole, part):
                outcome = _quotient("share/part", fact, part, whole)
                if outcome is not None:
                    yield outcome
                break


def _may_hold(whole: Fact, part: Fact) -> bool:
    return (
        (whole.unit, whole.period, whole.status) == (part.unit, part.period, part.status)
        and Decimal(whole.value or 0) > Decimal(part.value or 0)
    )  # fmt: skip


def _numerator(fact: Fact, before: Sequence[Fact]) -> Fact | None:
    """Return the nearest level before a share that has its name and stands in its sentence."""
    name = fact.indicator.partition(_SHARE)[0]
    for item in reversed(before):
        if item.sentence == fact.sentence and is_exact_level(item) and item.indicator == name:
            return item
    return None


def check_structures(facts: Sequence[Fact], rules: AuditRules) -> Iterator[Outcome]:
    """Check structures (三次产业结构 10:40:50) against the figures that they are the shares of."""
    groups: dict[tuple[str, ...], list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.kind == "ratio" and is_exact(fact) and fact.status == "actual":
            groups[fact.sentence, *place_of(fact)].append(fact)
    parts_of = first_levels(facts)
    for place, ratios in groups.items():
        for rule in rules.structures:
            # What stands before (民营经济三次产业结构) makes it another whole's.
            shares = [f for f in ratios if f.indicator.startswith(tuple(rule.words))]
            levels = parts_of.get(place[1:], {})
            parts = [levels[name] for name in rule.parts if name in levels]
            if len(shares) == len(parts) == len(rule.parts):
                yield from _check_structure(rule.id, shares, parts)


def _check_structure(
    check: str, shares: Sequence[Fact], parts: Sequence[Fact]
) -> Iterator[Outcome]:
    whole, tolerance, written = sum_of(parts)
    for share, part in zip(shares, parts, strict=True):
        computed = Decimal(part.value or 0) / whole * 100 if whole else Decimal(0)
        shift = (rounding(part) + tolerance * computed / 100) / whole * 100 if whole else Decimal(0)
        text = f"{format_decimal(Decimal(part.value or 0))} / ({written}) = {round(computed, 2)}%"
        facts = [share, part, *(item for item in parts if item is not part)]
        outcome = judge(check, facts, round(computed, 2), shift + rounding(share), text)
        if outcome is not None:
            yield outcome


def check_quotients(facts: Sequence[Fact], rules: AuditRules) -> Iterator[Outcome]:
    """Check concepts that are the quotient of two others (城镇化率, 人均地区生产总值)."""
    rates: dict[tuple[str, ...], dict[str, Fact]] = defaultdict(dict)
    for fact in facts:
        if fact.indicator_id and is_exact(fact) and fact.kind in ("ratio", "amount"):
            rates[place_of(fact)].setdefault(fact.indicator_id, fact)
    for place, group in first_levels(facts).items():
        for rule in rules.quotients:
            rate = rates[place].get(rule.quotient) if place in rates else None
            part, whole = group.get(rule.part), group.get(rule.whole)
            if rate is not None and part is not None and whole is not None and whole.value:
                yield from _check_quotient(rule, rate, part, whole)


def _check_quotient(rule: Quotient, rate: Fact, part: Fact, whole: Fact) -> Iterator[Outcome]:
    one, other = Decimal(part.value or 0), Decimal(whole.value or 0)
    computed = one / other * rule.times
    shift = (rounding(part) + rounding(whole) * one / other) / other * rule.times
    tolerance = shift + rounding(rate) + rule.slack * computed
    written = f"{format_decimal(one)} / {format_decimal(other)} = {round(computed, 2)}"
    outcome = judge(rule.id, [rate, part, whole], round(computed, 2), tolerance, written)
    if outcome is not None:
        yield outcome


def _quotient(check: str, fact: Fact, part: Fact, whole: Fact) -> Outcome | None:
    one, other = Decimal(part.value or 0), Decimal(whole.value or 0)
    if not other:
        return None
    share = one / other * 100
    shift = (rounding(part) + rounding(whole) * share / 100) / other * 100
    written = f"{format_decimal(one)} / {format_decimal(other)} = {round(share, 2)}%"
    return judge(check, [fact, part, whole], round(share, 2), shift + rounding(fact), written)


def _is_exact_ratio(fact: Fact) -> bool:
    return fact.kind == "ratio" and fact.unit == "%" and is_exact(fact)

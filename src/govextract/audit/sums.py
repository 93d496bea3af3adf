"""Parts that must sum to their whole: by 其中, by concepts, by the rows and columns of forms."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain, product

from govextract.audit.outcome import (
    SWAPPED,
    Outcome,
    count_digits,
    has_slip,
    is_exact_level,
    judge,
    likely_cause,
    sum_of,
)
from govextract.figures import rounding, year_of
from govextract.lexicon.audit import AuditRules, Identity
from govextract.model import Fact

_MANY_DIGITS = 5
_MOST_LEVELS = 3
OVERLAP = "parts overlap, or one is not of this whole"
_AMONG = "其中"
_CELL = re.compile(r"table:(\d+)/r(\d+)/c(\d+)")


def check_parts(facts: Sequence[Fact], rules: AuditRules) -> Iterator[Outcome]:
    """Check each whole against the sum of its parts (``sum/parts``).

    Parts may be only some of the whole: that they make less of it is said only where one slip (a
    digit, a scale) explains it.
    """
    by_id = {fact.fact_id: fact for fact in facts}
    parts: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        whole = by_id.get(fact.part_of)
        if whole is not None and is_exact_level(fact) and _same_quantity(fact, whole):
            parts[whole.fact_id].append(fact)
    for fact_id, members in parts.items():
        whole = by_id[fact_id]
        if is_exact_level(whole) and len(members) > 1:
            yield from _check_whole(whole, members)


def _same_quantity(part: Fact, whole: Fact) -> bool:
    return (part.unit, part.status, part.area_code) == (whole.unit, whole.status, whole.area_code)


def _check_whole(whole: Fact, parts: Sequence[Fact]) -> Iterator[Outcome]:
    outcome = _sum(whole, _without_nested(parts))
    if outcome is not None and outcome.passed:
        yield outcome
        return
    sure = _before_semicolon(whole, _without_nested(parts))
    outcome = _sum(whole, sure)
    if outcome is None or len(sure) < 2:
        return
    if outcome.computed < Decimal(whole.value or 0):
        # One wrong digit may as well be a part left out; digits that changed places hardly.
        if outcome.cause.startswith(SWAPPED) and count_digits(whole) >= _MANY_DIGITS:
            yield outcome
    elif not outcome.passed and _is_surely_too_much(whole, sure):
        cause = outcome.cause or _cause_in_parts(whole, sure, outcome.computed)
        # Of two parts, the second may have a whole of its own: only a slip makes it sure.
        if cause or len(sure) > 2:
            yield outcome._replace(cause=cause or OVERLAP)


def _before_semicolon(whole: Fact, parts: Sequence[Fact]) -> list[Fact]:
    """Return the parts up to the first semicolon behind the whole: 其中 seldom reaches farther."""
    kept: list[Fact] = []
    for part in parts:
        from_whole = part.sentence.find(whole.text) if part.sentence == whole.sentence else 0
        between = part.sentence[max(0, from_whole) : part.sentence.find(part.text)]
        if ";" in between or "；" in between:
            break
        kept.append(part)
    return kept


def _sum(whole: Fact, parts: Sequence[Fact]) -> Outcome | None:
    total, tolerance, written = sum_of(parts)
    return judge("sum/parts", [whole, *parts], total, tolerance + rounding(whole), written)


def _without_nested(parts: Sequence[Fact]) -> list[Fact]:
    """Leave out parts of parts: those behind a part that sum to it (公立 and 民营 behind 医院)."""
    kept: list[Fact] = []
    at = 0
    while at < len(parts):
        part = parts[at]
        kept.append(part)
        at += 1
        total = Decimal(0)
        for ahead in range(at, len(parts)):
            total += Decimal(parts[ahead].value or 0)
            if total == part.value and ahead > at:
                at = ahead + 1
                break
    return kept


def _is_surely_too_much(whole: Fact, parts: Sequence[Fact]) -> bool:
    """Tell whether parts make more than the whole, each of them less than it.

    They must stand in the whole's sentence, or in one that begins with 其中.

    Where all but one of them make the whole, that one is more likely no part of it.
    """
    value = Decimal(whole.value or 0)
    sentences = {part.sentence for part in parts}
    told_apart = sentences == {whole.sentence} or all(
        sentence.startswith(_AMONG) for sentence in sentences
    )
    if (
        not told_apart
        or len(sentences) > 1
        or any(Decimal(part.value or 0) >= value for part in parts)
    ):
        return False
    outcomes = (_sum(whole, [*parts[:at], *parts[at + 1 :]]) for at in range(len(parts)))
    return len(parts) == 2 or not any(outcome and outcome.passed for outcome in outcomes)


def _cause_in_parts(whole: Fact, parts: Sequence[Fact], total: Decimal) -> str:
    """Return by which slip in one part the sum would be right; empty where by none."""
    gap = Decimal(whole.value or 0) - total
    for part in parts:
        cause = likely_cause(part, Decimal(part.value or 0) + gap)
        if cause:
            return f"{part.indicator}: {cause}"
    return ""


def check_totals(facts: Sequence[Fact], rules: AuditRules) -> Iterator[Outcome]:
    """Check totals that end a sentence (收入总计) against the figures before them (``sum/total``).

    Nothing says that all of them are its parts: a difference is told only where a slip explains it.
    """
    wholes = {fact.part_of for fact in facts}
    before: list[Fact] = []
    for fact in facts:
        if not is_exact_level(fact) or fact.origin != "text":
            continue
        before = [item for item in before if item.sentence == fact.sentence]
        if not fact.indicator.endswith(rules.totals):
            before.append(fact)
            continue
        parts = [item for item in before if _same_quantity(item, fact)]
        if len(parts) > 1 and fact.fact_id not in wholes:
            outcomes = _equal("sum/total", [fact], parts)
            yield from (o for o in outcomes if o.passed or has_slip(fact, o.computed))
        before = []


def check_identities(facts: Sequence[Fact], rules: AuditRules) -> Iterator[Outcome]:
    """Check concepts whose figures sum to those of others, in one report.

    Where a report states several levels of a concept for an area and period (共办理659件 with what
    was carried in, 办结626件), it is enough that some of them agree; else the first statements do
    not. A concept without one leaves the identity unchecked.
    """
    for group in _all_levels(facts).values():
        for identity in rules.identities:
            names = (*identity.left, *identity.right)
            if not all(name in group for name in names):
                continue
            count = len(identity.left)
            tried = [
                list(_equal(identity.id, chosen[:count], chosen[count:]))
                for chosen in product(*(group[name] for name in names))
                if len({fact.unit for fact in chosen}) == 1
            ]
            agreeing = [found for found in tried if found and found[0].passed]
            if agreeing or all(tried):  # an empty one cannot be said to disagree
                yield from chain.from_iterable(agreeing[:1] or tried[:1])


def _all_levels(facts: Sequence[Fact]) -> Mapping[tuple[str, ...], Mapping[str, Sequence[Fact]]]:
    """Return the first different levels of each concept in the text, by area, year and status."""
    groups: dict[tuple[str, ...], dict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for fact in facts:
        if fact.indicator_id and fact.origin == "text" and is_exact_level(fact):
            stated = groups[place_of(fact)][fact.indicator_id]
            if len(stated) < _MOST_LEVELS and all(fact.value != item.value for item in stated):
                stated.append(fact)
    return groups


def first_levels(facts: Sequence[Fact]) -> Mapping[tuple[str, ...], Mapping[str, Fact]]:
    """Return the first level of each concept in the text, by area, year and status."""
    groups: dict[tuple[str, ...], dict[str, Fact]] = defaultdict(dict)
    for fact in facts:
        if fact.indicator_id and fact.origin == "text" and is_exact_level(fact):
            groups[place_of(fact)].setdefault(fact.indicator_id, fact)
    return groups


def place_of(fact: Fact) -> tuple[str, ...]:
    """Return what figures of one reckoning share: area, year and status."""
    return fact.area_code, str(year_of(fact.period)), fact.status


def _equal(check: str, left: Sequence[Fact], right: Sequence[Fact]) -> Iterator[Outcome]:
    """Yield whether two lists have one sum, as a check of the first fact of ``left``."""
    total, tolerance, written = sum_of(right)
    others, more, minus = sum_of(left[1:])
    if left[1:]:
        written = f"{written} - ({minus})" if len(left) > 2 else f"{written} - {others}"
    outcome = judge(
        check,
        [left[0], *left[1:], *right],
        total - others,
        tolerance + more + rounding(left[0]),
        written,
    )
    if outcome is not None:
        yield outcome


def check_forms(facts: Sequence[Fact], rules: AuditRules) -> Iterator[Outcome]:
    """Check the printed totals of tables: by row (``total/row``), and rows against rows (forms)."""
    tables: dict[str, dict[int, list[tuple[int, Fact]]]] = defaultdict(lambda: defaultdict(list))
    for fact in facts:
        cell = _CELL.fullmatch(fact.origin)
        if cell is not None and is_exact_level(fact):
            tables[cell[1]][int(cell[2])].append((int(cell[3]), fact))
    for rows in tables.values():
        for row in rows.values():
            yield from _check_row([fact for _, fact in sorted(row)], rules.totals)
        for form in rules.forms:
            yield from _check_columns(form, rows)


def _check_row(cells: Sequence[Fact], words: tuple[str, ...]) -> Iterator[Outcome]:
    """Check each total of a row against the cells since the total before it.

    A row that does not end with a total has cells outside its head, and says nothing.
    """
    if not cells or not cells[-1].indicator.endswith(words):
        return
    summed: list[Fact] = []
    for cell in cells:
        if not cell.indicator.endswith(words):
            summed.append(cell)
            continue
        if len(summed) > 1 and len({item.unit for item in (cell, *summed)}) == 1:
            yield from _equal("total/row", [cell], summed)
        summed = []


def _check_columns(form: Identity, rows: dict[int, list[tuple[int, Fact]]]) -> Iterator[Outcome]:
    by_label: dict[str, dict[int, Fact]] = {}
    for row in rows.values():
        for label in (*form.left, *form.right):
            if all(fact.indicator.startswith(label) for _, fact in row):
                by_label.setdefault(label, dict(row))
    if len(by_label) < len(form.left) + len(form.right):
        return
    columns = set.intersection(*(set(cells) for cells in by_label.values()))
    for column in sorted(columns):
        left = [by_label[label][column] for label in form.left]
        right = [by_label[label][column] for label in form.right]
        yield from _equal(form.id, left, right)

"""What a check finds: figures that agree or do not, the arithmetic, and the likely cause."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from govextract.figures import rounding
from govextract.model import Fact
from govextract.table import Row
from govextract.writers.csv import format_decimal

_LEVELS = frozenset({"count", "amount", "measure"})
_SCALES = {10: "ten times", 100: "a hundred times", 1000: "a thousand times"}
_FEWEST_DIGITS = 4
SWAPPED = "two digits changed places"


class Outcome(NamedTuple):
    """One check of one figure against others; ``facts`` begins with the checked one."""

    check: str
    facts: tuple[Fact, ...]
    passed: bool
    computed: Decimal
    arithmetic: str
    cause: str = ""


def judge(
    check: str,
    facts: Sequence[Fact],
    computed: Decimal,
    tolerance: Decimal,
    arithmetic: str,
) -> Outcome | None:
    """Return whether the first of ``facts`` is ``computed``; ``None`` where it cannot be said.

    Within ``tolerance`` (what rounding takes) it is; beyond twice that it is not.
    """
    fact = facts[0]
    gap = abs(Decimal(fact.value or 0) - computed)
    if tolerance < gap <= 2 * tolerance:
        return None
    passed = gap <= tolerance
    sign = "=" if passed else "≠"
    stated = format_decimal(Decimal(fact.value or 0))
    return Outcome(
        check, tuple(facts), passed, computed, f"{arithmetic} {sign} {stated}{fact.unit}",
        "" if passed else likely_cause(fact, computed),
    )  # fmt: skip


def is_exact(fact: Fact) -> bool:
    """Tell whether a fact has one exact value: no range, nothing about or at least."""
    return fact.value is not None and fact.value_max is None and fact.comparator == "="


def is_exact_level(fact: Fact) -> bool:
    """Tell whether a fact is a level (no change, no ratio) of one exact value."""
    return fact.kind in _LEVELS and is_exact(fact)


def likely_cause(fact: Fact, computed: Decimal) -> str:
    """Return what may have gone wrong where ``computed`` was expected; empty if nothing shows."""
    stated = Decimal(fact.value or 0)
    if scale := _scale_error(stated, computed):
        return scale
    one, two = _digits(fact, stated), _digits(fact, computed)
    if len(one) == len(two) and sum(map(str.isdigit, one)) >= _FEWEST_DIGITS - 1:
        differing = [at for at, (a, b) in enumerate(zip(one, two, strict=True)) if a != b]
        if len(differing) == 1:
            return f"one digit: {one} for {two}"
        if len(differing) == 2 and sorted(one) == sorted(two):
            return f"{SWAPPED}: {one} for {two}"
    return ""


def has_slip(fact: Fact, computed: Decimal) -> bool:
    """Tell whether ``computed`` differs by one slip of a pen: digits or a scale.

    Numbers of few digits differ in one by chance, so they never count as a slip.
    """
    return count_digits(fact) >= _FEWEST_DIGITS and bool(likely_cause(fact, computed))


def count_digits(fact: Fact) -> int:
    """Return how many significant digits a value was written with."""
    return sum(map(str.isdigit, _digits(fact, Decimal(fact.value or 0)).lstrip("0.")))


def sum_of(facts: Iterable[Fact]) -> tuple[Decimal, Decimal, str]:
    """Return a sum of levels, what rounding may have taken from it, and how it is written."""
    items = list(facts)
    total = sum((Decimal(item.value or 0) for item in items), Decimal(0))
    tolerance = sum((rounding(item) for item in items), Decimal(0))
    written = " + ".join(format_decimal(Decimal(item.value or 0)) for item in items)
    return total, tolerance, f"{written} = {format_decimal(total)}"


def finding_row(outcome: Outcome) -> Row:
    """Return the row of :data:`govextract.table.FINDINGS` for a check that did not pass."""
    fact = outcome.facts[0]
    ids = ";".join(item.fact_id for item in outcome.facts)
    key = hashlib.blake2b(f"{outcome.check}\0{ids}".encode(), digest_size=8).hexdigest()
    return (
        key,
        fact.document,
        outcome.check,
        f"{fact.indicator or fact.text} does not agree with {_names(outcome.facts[1:])}",
        outcome.arithmetic,
        outcome.cause,
        fact.value,
        outcome.computed,
        fact.unit,
        ids,
        fact.sentence,
    )


def _names(facts: Sequence[Fact]) -> str:
    return "、".join(dict.fromkeys(fact.indicator or fact.text for fact in facts))


def _scale_error(stated: Decimal, computed: Decimal) -> str:
    if not stated or not computed or stated * computed < 0:
        return ""
    ratio = max(stated / computed, computed / stated)
    for scale in (10**4, 10**8, *_SCALES):
        if abs(ratio / scale - 1) < Decimal("0.002"):
            much = "large" if abs(stated) > abs(computed) else "small"
            name = {10**4: "a 万", 10**8: "a 亿"}.get(scale, _SCALES.get(scale, ""))
            return f"{name} too {much}"
    return ""


def _digits(fact: Fact, value: Decimal) -> str:
    """Return a value in the scale and with the places in which the fact was written."""
    written = fact.number.replace(",", "").replace(" ", "").lstrip("+-")
    if not written.replace(".", "", 1).isdigit() or not Decimal(written):
        return format_decimal(abs(value))
    scale = abs(Decimal(fact.value or 0)) / Decimal(written)
    places = len(written.partition(".")[2])
    return f"{round(abs(value) / scale, places):f}" if scale else format_decimal(abs(value))

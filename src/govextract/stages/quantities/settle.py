"""From a number with its unit to a quantity: the words around it and the mentions before it."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from govextract.model import Comparator, Kind, Quantity
from govextract.stages.quantities.context import (
    Change,
    change_of,
    find_change,
    find_comparator_after,
    find_comparator_before,
)
from govextract.stages.quantities.grammar import Grammar
from govextract.stages.quantities.reading import Reading
from govextract.stages.quantities.values import arabic_value

SURE, LIKELY, UNSURE = 1.0, 0.8, 0.5
"""Confidence of a quantity with a known unit, without one, and with an unknown measure word."""

_LIST = re.compile(r" ?(?:[、和与及]|以及)? ?")
_LIST_LENGTH = 4


class Draft(NamedTuple):
    """A number on its way to a quantity; ``high`` is the high end of a range.

    Offsets are into the reading. ``more`` says that 余, 多 or 几 makes it a lower bound.
    """

    start: int
    end: int
    number: str
    scale: str
    value: Decimal
    more: bool = False
    high: Decimal | None = None
    unit: str = ""
    kind: Kind = "count"
    dimension: str = ""
    rules: tuple[str, ...] = ()
    confidence: float = SURE


class Settler:
    """Collects the quantities of one text, in order; remembers the change that a list shares."""

    def __init__(self, reading: Reading, report_text: str, grammar: Grammar) -> None:
        self.quantities: list[Quantity] = []
        self._reading = reading
        self._text = reading.text
        self._report_text = report_text
        self._comparators = grammar.comparators
        self._units = grammar.units
        self._last_end = -_LIST_LENGTH
        self._last_change: Change | None = None

    def settle(self, draft: Draft) -> None:
        """Let the words around a number say their part, and keep it."""
        start, end, number, scale, value, more, high, unit, kind, dimension, rules, sure = draft
        change = self._change(start, dimension) if kind != "rank" else None
        if change is not None:
            rules = (*rules, change.rule)
            if change.negative:
                value, high = -abs(value), None if high is None else -abs(high)
            if kind != "multiple":
                kind = "change"
        symbol, rule = self._comparator(start, end, more, dimension)
        if rule:
            rules = (*rules, rule)
        self._keep(
            Quantity(start, end, "", number, scale, value, high, unit, symbol, kind, sure, rules),
            change,
        )

    def settle_plain(self, match: re.Match[str], number: str, scale: str, form: str) -> None:
        """Settle the most frequent form, a number with its unit, in as few steps as can be."""
        start, end = match.span()
        unit = self._units.by_form[form]
        value = arabic_value(number, scale)
        kind, rules = unit.kind, unit.rules
        change = self._change(start, unit.dimension)
        if change is not None:
            rules = (*rules, change.rule)
            if change.negative:
                value = -value
            kind = "change" if kind != "multiple" else kind
        symbol, rule = self._comparator(start, end, False, unit.dimension)
        if rule:
            rules = (*rules, rule)
        written = scale + form
        self._last_change, self._last_end = change, end
        if self._reading.shifts:
            start, end = self._reading.span(start, end)
        self.quantities.append(
            Quantity(
                start, end, self._report_text[start:end], number, written, value, None,
                unit.name, symbol, kind, SURE, rules,
            )
        )  # fmt: skip

    def _keep(self, quantity: Quantity, change: Change | None) -> None:
        self._last_change, self._last_end = change, quantity.end
        start, end = self._reading.span(quantity.start, quantity.end)
        text = self._report_text[start:end]
        self.quantities.append(quantity._replace(start=start, end=end, text=text))

    def _change(self, start: int, dimension: str) -> Change | None:
        text, comparators = self._text, self._comparators
        pair = comparators.pairs.get(text[start - 2 : start]) if start > 1 else None
        if pair is not None and text[start - 3 : start - 2] not in pair[1]:
            return change_of(pair[0])
        if start and (text[start - 1] in comparators.last_characters or text[start - 1] == " "):
            change = find_change(text, start, dimension, comparators)
            if change is not None:
                return change
        if self._last_change is not None and start - self._last_end <= _LIST_LENGTH:
            gap = text[self._last_end : start]
            return self._last_change if _LIST.fullmatch(gap) else None
        return None

    def _comparator(
        self, start: int, end: int, more: bool, dimension: str
    ) -> tuple[Comparator, str]:
        words = self._comparators
        if self._text[end : end + 1] in words.first_characters:
            after = find_comparator_after(self._text, end, dimension, words)
            if after is not None:
                return after.symbol, after.id
        if more:
            return ">", "comparator/and_more"
        if start and self._text[start - 1] in words.last_characters:
            before = find_comparator_before(self._text, start, words)
            if before is not None:
                return before.symbol, before.id
        return "=", ""

"""From a number with its unit to a quantity: the words around it and the mentions before it."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from govextract.lexicon.units import Unit
from govextract.model import Comparator, Kind, Quantity, make
from govextract.stages.quantities.context import (
    Change,
    find_change,
    find_comparator_after,
    find_comparator_before,
    find_comparison,
)
from govextract.stages.quantities.grammar import Grammar
from govextract.stages.quantities.reading import Reading

SURE, LIKELY, UNSURE = 1.0, 0.8, 0.5
"""Confidence of a quantity with a known unit, without one, and with an unknown measure word."""

_LIST = re.compile(r" ?(?:[、和与及]|以及)? ?")
_LIST_LENGTH = 4
_SIGNS = frozenset("+＋-")
_SIGNED = Change("direction/signed", negative=False)
# Growth rates in a row, the verb said once: 集体企业增长5.1%，股份制企业7.9%. What ends as the
# names of shares and scores do (满意度, 覆盖面, 按期办结) is none: 投诉下降12%，满意度98%.
_CARRIED = re.compile(
    r"(?:左右|以上)?[，,、；;] ?(?:(?![占率比达为是到由从至]|份额|完成|实现|保持|控制)"
    r"[\u4e00-\u9fff（）“”、]){2,14}(?<![度例面评感意结标格盖过位])"
    r"|(?:左右|以上)?[，,](?:力争|争取|确保|努力)(?:达到|实现|完成)?"
)
_CARRY_LENGTH = 20
_NOUN_REACH = 10
_SHARED_REACH = 8


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
        self._has_damage = bool(reading.shifts)
        self._comparators = grammar.comparators
        self._changes = grammar.changes
        self._before_changes = grammar.comparators.last_of_changes.union(" )）", _SIGNS)
        self._last_end = -_LIST_LENGTH
        self._last_change: Change | None = None
        self._last_dimension = ""
        self._shared: tuple[Comparator, str] | None = None
        """The comparator that 分别 shares out over a list (分别超9亿、4亿和3亿元)."""

    def settle(self, draft: Draft) -> None:
        """Let the words around a number say their part, and keep it."""
        start, end, number, scale, value, more, high, unit, kind, dimension, rules, sure = draft
        change = self._change(start, dimension) if kind != "rank" else None
        if change is not None:
            rules = (*rules, change.rule)
            if change.negative:
                value, high = _negative(value, high)
            if kind != "multiple":
                kind = "change"
        if dimension == "time" and kind == "duration":
            kind = self._kind_by_noun(start)
        symbol, rule = self._comparator(start, end, more, dimension)
        if rule:
            rules = (*rules, rule)
        self._last_change, self._last_end = change, end
        self._last_dimension = dimension
        start, end = self._reading.span(start, end)
        self.quantities.append(
            Quantity(
                start, end, self._report_text[start:end], number, scale, value, high,
                unit, symbol, kind, sure, rules,
            )
        )  # fmt: skip

    def settle_unit(
        self,
        start: int,
        end: int,
        number: str,
        written: str,
        value: Decimal,
        unit: Unit,
        more: bool = False,
        high: Decimal | None = None,
    ) -> None:
        """Settle a number with its unit, the most frequent form, in as few steps as can be.

        ``written`` is the unit as written, with the scale before it.
        """
        text, words, dimension = self._text, self._comparators, unit.dimension
        kind, rules, before = unit.kind, unit.rules, text[start - 1 : start]
        # As _change looks first, without a step into it: so most changes are said.
        pair = self._changes.get(text[start - 2 : start]) if start > 1 else None
        if pair is not None and text[start - 3 : start - 2] not in pair[1]:
            change: Change | None = pair[0]
        elif before in self._before_changes or text[start] == "-" or dimension == "point":
            change = self._other_change(start, dimension)
        else:
            change = self._inherited(start, dimension) if self._last_change else None
        if change is not None:
            rules = (*rules, change.rule)
            kind = "change" if kind != "multiple" else kind
            if change.negative:
                value, high = _negative(value, high)
        elif dimension == "time" and kind == "duration":
            kind = self._kind_by_noun(start)
        symbol: Comparator = "="
        beside = before in words.last_characters or text[end : end + 1] in words.first_characters
        if beside or more or self._shared is not None:
            symbol, rule = self._comparator(start, end, more, dimension)
            rules = (*rules, rule) if rule else rules
        self._last_change, self._last_end, self._last_dimension = change, end, dimension
        if self._has_damage:
            start, end = self._reading.span(start, end)
        self.quantities.append(make(Quantity, (
            start, end, self._report_text[start:end], number, written, value, high,
            unit.name, symbol, kind, SURE, rules,
        )))  # fmt: skip

    def _change(self, start: int, dimension: str) -> Change | None:
        text = self._text
        pair = self._changes.get(text[start - 2 : start]) if start > 1 else None
        if pair is not None and text[start - 3 : start - 2] not in pair[1]:
            return pair[0]
        return self._other_change(start, dimension)

    def _other_change(self, start: int, dimension: str) -> Change | None:
        """Return the change that the words before a number give it in any other way."""
        text, comparators = self._text, self._comparators
        if start and (text[start - 1] in comparators.last_of_changes or text[start - 1] in " )）"):
            change = find_change(text, start, dimension, comparators)
            if change is not None:
                return change
        is_rate = dimension == "percent" and (
            text[start] == "-" or text[start - 1 : start] in _SIGNS
        )
        if is_rate and self._is_signed(start):
            return _SIGNED
        if dimension == "point":
            change = find_comparison(text, start, dimension, comparators)
            if change is not None:
                return change
        return self._inherited(start, dimension) if self._last_change is not None else None

    def _is_signed(self, start: int) -> bool:
        """Tell whether a rate stands in brackets with its sign: 1866亿元（+5.4%）, （-3.1%）."""
        sign = start if self._text[start] == "-" else start - 1
        opening = self._text[sign - 1 : sign]
        if sign < 1 or self._text[sign] not in "+＋-" or opening not in ("(", "（"):
            return False
        return self._text[sign] != "-" or sign - 1 - self._last_end <= 1

    def _inherited(self, start: int, dimension: str) -> Change | None:
        """Return the change of the mention before, where this one continues its list."""
        distance = start - self._last_end
        if distance > _CARRY_LENGTH:
            return None
        gap = self._text[self._last_end : start]
        if distance <= _LIST_LENGTH and _LIST.fullmatch(gap):
            return self._last_change
        if dimension == "percent" == self._last_dimension and _CARRIED.fullmatch(gap):
            return self._last_change
        return None

    def _kind_by_noun(self, start: int) -> Kind:
        before = self._text[max(0, start - _NOUN_REACH) : start].rstrip("为达到是共有 ")
        for length in range(2, _NOUN_REACH):
            noun = self._comparators.nouns.get(before[-length:])
            if noun is not None:
                return noun.kind
        return "duration"

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
                shared = "分别" in self._text[max(0, start - _SHARED_REACH) : start]
                self._shared = (before.symbol, before.id) if shared else None
                return before.symbol, before.id
        if self._shared is not None:
            if _LIST.fullmatch(self._text, self._last_end, start):
                return self._shared
            self._shared = None
        return "=", ""


def _negative(value: Decimal, high: Decimal | None) -> tuple[Decimal, Decimal | None]:
    """Return a decline: both ends negative, the low end first (下降3%-5% is -5 to -3)."""
    if high is None:
        return -abs(value), None
    return -abs(high), -abs(value)

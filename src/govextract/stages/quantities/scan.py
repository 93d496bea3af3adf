"""Find the quantities of a text: one pass of the grammar over the reading of its prose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from govextract.lexicon import Lexicon
from govextract.lexicon.units import Unit
from govextract.model import Exclusion, Quantity, Region, make
from govextract.numerals import parse_numeral, plain
from govextract.stages.quantities import values
from govextract.stages.quantities.bare import judge_bare
from govextract.stages.quantities.context import find_comparator_before
from govextract.stages.quantities.grammar import HALF_UNIT, POINTS, Grammar, load_grammar
from govextract.stages.quantities.reading import Reading, read_through
from govextract.stages.quantities.settle import Draft, Settler
from govextract.text import prose

_AND = re.compile(r" ?(?:[、和与及]|以及) ?(?=-?\d)")
_MINUS = re.compile(r"(?:(?<![A-Za-z\d)])-|(?<![减抱肩胜欠自])负|零下)$")
_MINUS_SIGNS = "-负下"
_RATIO_PART = re.compile(r"\d+(?:\.\d+)?")
_RATIO_WORD = re.compile(r"(?:比(?!赛)|结构)[^，。；\n]*\Z")
_RATIO_REACH = 24
_POINTS = re.compile(POINTS)
_FEW = 100
"""Below it a Chinese numeral before some units makes a phrase: 十分, 四面, 三方."""
_BARE_HEADS = frozenset({"百", "千", "万", "亿", "百万", "千万", "百亿", "千亿", "万亿"})

Problem = tuple[str, int, int, str]
"""Code, start, end, message."""


class Found(NamedTuple):
    """Quantities and exclusions of a text in order; problems as (code, start, end, message)."""

    quantities: tuple[Quantity, ...]
    exclusions: tuple[Exclusion, ...]
    problems: tuple[Problem, ...]


def find_quantities(text: str, lexicon: Lexicon, regions: Sequence[Region] = ()) -> Found:
    """Return the quantities of the prose of ``text``; offsets are into ``text``. Never raises.

    What lies in regions that are no prose (:data:`govextract.text.NOT_PROSE`) is left out.
    """
    reading = read_through(text)
    scan = _Scan(reading, text, load_grammar(lexicon))
    for span in prose(len(text), regions):
        scan.read(*reading.inside(span.start, span.end))
    return scan.found()


def parse_quantity(text: str, lexicon: Lexicon) -> Quantity | None:
    """Return the quantity that the whole of ``text`` is (blanks around it aside), or None."""
    found = find_quantities(text, lexicon).quantities
    return found[0] if len(found) == 1 and found[0].text == text.strip() else None


class _Scan:
    """One pass over one text."""

    def __init__(self, reading: Reading, text: str, grammar: Grammar) -> None:
        self.reading = reading
        self.text = reading.text
        self.grammar = grammar
        self.units = grammar.units
        self.settler = Settler(reading, text, grammar)
        self.settle = self.settler.settle
        self.exclusions: list[Exclusion] = []
        self.problems: list[Problem] = []
        self.done = 0
        """Where the last exclusion that reaches beyond its number ends."""
        self.pending: list[Draft] = []
        """Numbers of a list that wait for the unit behind its last one."""

    def read(self, start: int, end: int) -> None:
        """Read one stretch of prose."""
        grammar, by_form = self.grammar, self.units.by_form
        rules, plain_group, groups = grammar.rules, grammar.plain, grammar.plain_groups
        settle, value_of = self.settler.settle_unit, values.arabic_value
        for match in grammar.pattern.finditer(self.text, start, end):
            last = match.lastindex or 0
            first, stop = match.span()
            if first < self.done:
                continue
            if last == plain_group:
                number, scale, form = match.group(*groups)
                unit = by_form[form]
                if self.pending:
                    self._resolve_pending(first, scale, unit, form)
                settle(first, stop, number, scale + form, value_of(number, scale), unit)
            elif rules[last]:
                self._exclude(first, stop, rules[last])
            elif match["number"] is not None:
                self._arabic(match)
            elif match["numeral"] is not None:
                self._chinese(match)
            else:
                self._other(match)
        self._drop_pending()

    def found(self) -> Found:
        """Return all that was found, with offsets into the text as it was."""
        reading = self.reading
        problems = [
            (code, *reading.span(start, end), message)
            for code, start, end, message in self.problems
        ]
        return Found(
            tuple(self.settler.quantities),
            tuple(sorted((*self.exclusions, *reading.exclusions))),
            tuple(problems),
        )

    def _exclude(self, start: int, end: int, rule: str) -> None:
        """Keep what is no quantity; ``start`` and ``end`` are in the reading."""
        self.exclusions.append(make(Exclusion, (*self.reading.span(start, end), rule)))

    def _arabic(self, match: re.Match[str]) -> None:
        number, scale, more, scale2, form, half = match.group(
            "number", "scale", "more", "scale2", "unit", "and_half"
        )
        start, end = self._signed_start(match.start()), match.end()
        value = values.arabic_value(number, scale + scale2)
        if half or (form and form.startswith(HALF_UNIT)):
            value = values.with_half(value)
        if match["unit2"]:
            self._range(match, start, value)
            return
        draft = Draft(start, end, number, scale + scale2, value, bool(more))
        if form is None:
            trailing = len(match.group()) - len(match.group().rstrip())
            self._without_unit(match.start(), draft._replace(end=end - trailing))
        else:
            shared = form == "个" and _POINTS.match(self.text, end)
            self._add(draft, self.units.find("个百分点" if shared else form), form)

    def _range(self, match: re.Match[str], start: int, value: Decimal) -> None:
        scale = match["scale"] + match["scale2"]
        scale2 = match["scale3"] + match["scale4"]
        form, form2 = match["unit"], match["unit2"]
        high = values.arabic_value(match["number2"], scale2)
        if not scale and form is None and scale2:
            value = values.arabic_value(match["number"], scale2)
        more, unit2 = bool(match["more2"]), self.units.find(form2)
        if (form is None or self.units.find(form) == unit2) and value < high:
            number = self.text[start : match.end("number2")]
            self._add(Draft(start, match.end(), number, scale2, value, more, high), unit2, form2)
            return
        if form:
            first = Draft(start, match.end("unit"), match["number"], scale, value)
            self._add(first, self.units.find(form), form)
        else:
            end = match.end("scale2") if scale else match.end("number")
            self._without_unit(
                match.start(), Draft(start, end, match["number"], scale, value, bool(match["more"]))
            )
        start = match.start("number2")
        self._add(Draft(start, match.end(), match["number2"], scale2, high, more), unit2, form2)

    def _chinese(self, match: re.Match[str]) -> None:
        some, numeral, more, scale, form, half = match.group(
            "some", "numeral", "cmore", "cscale2", "cunit", "chalf"
        )
        value, high = values.chinese_range(numeral, match["chigh"], scale)
        if not value:
            return
        start, end = match.span()
        if form is None:
            self._bare(Draft(start, end, numeral, "", value, bool(some or more)), bool(value))
            return
        unit = self.units.find(form)
        if unit.arabic_only and value < _FEW and not (some or more):
            return
        if numeral in _BARE_HEADS and not (some or more):
            before = find_comparator_before(self.text, start, self.grammar.comparators)
            if self.text.startswith("上", max(0, start - 1)):
                start, some = start - 1, "上"
            elif before is None and not self.text.startswith("达", max(0, start - 1)):
                return
        if half or form.startswith(HALF_UNIT):
            value = values.with_half(value)
        number = self.text[start : match.start("cunit")]
        draft = Draft(start, end, number, "", value, bool(some or more), high)
        self._add(draft, unit, form)

    def _other(self, match: re.Match[str]) -> None:
        start, end = match.span()
        text = match.group()
        place = match["place"] or match["bare_place"]
        if place:
            value = parse_numeral(place)
            if value is not None:
                unit = match["place_unit"] or ""
                rules = ("kind/rank",)
                self.settle(Draft(start, end, text, unit, value, unit=unit, kind="rank",
                                  rules=rules))  # fmt: skip
        elif match["ratio"]:
            self._ratio(match)
        else:
            worth = values.share(match)
            if worth is not None:
                self.settle(
                    Draft(start, end, text, "", worth.value, worth.more, worth.high, worth.unit,
                          "ratio", "percent", ("numeral/share",))
                )  # fmt: skip

    def _ratio(self, match: re.Match[str]) -> None:
        """Settle each part of 25.7:26.8:47.5; of 1.9:1 and 1:12.5 only what is not the 1."""
        parts = list(_RATIO_PART.finditer(match.group()))
        if len(parts) == 2:
            before = self.text[max(0, match.start() - _RATIO_REACH) : match.start()]
            if not _RATIO_WORD.search(before):
                self._exclude(*match.span(), "exclude/two_parts")
                return
            base = parts.pop(0 if parts[0].group() == "1" != parts[1].group() else 1)
            start = match.start() + base.start()
            end = match.start() + base.end()
            self._exclude(start, end, "exclude/base_of_ratio")
        for part in parts:
            start, number = match.start() + part.start(), part.group()
            end, rules = start + len(number), ("kind/ratio_of_parts",)
            self.settle(Draft(start, end, number, "", Decimal(number), kind="ratio", rules=rules))

    def _add(self, draft: Draft, unit: Unit, form: str) -> None:
        """Settle a number with its unit, after the numbers of a list that wait for it."""
        start, end, number, scale, value, more, high = draft[:7]
        if self.pending:
            self._resolve_pending(start, scale, unit, form)
        if self.text[start] in "-负" or self.text.startswith("零下", start):
            value = -value
        if unit.factor != 1 and unit.kind == "amount":
            value = plain(value * unit.factor)
            high = None if high is None else plain(high * unit.factor)
        self.settler.settle_unit(start, end, number, scale + form, value, unit, more, high)

    def _signed_start(self, start: int) -> int:
        if start == 0 or self.text[start - 1] not in _MINUS_SIGNS:
            return start
        minus = _MINUS.search(self.text, max(0, start - 2), start)
        return minus.start() if minus else start

    def _without_unit(self, digits: int, draft: Draft) -> None:
        late = self.grammar.late.match(self.text, digits)
        if late:
            rule = self.grammar.late_rules[late.lastindex or 0]
            self.done = max(late.end(), draft.end)
            self._exclude(digits, self.done, rule)
        elif _AND.match(self.text, draft.end):
            self.pending.append(draft)
        else:
            self._drop_pending()
            self._bare(draft)

    def _bare(self, draft: Draft, scaled: bool = False) -> None:
        if self.text[draft.start] in "-负":
            draft = draft._replace(value=-draft.value)
        judged, problem = judge_bare(self.text, draft, scaled or bool(draft.scale))
        if judged is not None:
            self.settle(judged)
        if problem is not None:
            self.problems.append(problem)

    def _resolve_pending(self, start: int, scale: str, unit: Unit, form: str) -> None:
        """Give the numbers of a list that stands before its unit that unit."""
        waiting, self.pending = self.pending, []
        follows = _AND.match(self.text, waiting[-1].end)
        if follows is None or follows.end() != start:
            for draft in waiting:
                self._bare(draft)
            return
        for draft in waiting:
            value = draft.value if draft.scale else values.arabic_value(draft.number, scale)
            self._add(draft._replace(value=value), unit, form)

    def _drop_pending(self) -> None:
        waiting, self.pending = self.pending, []
        for draft in waiting:
            self._bare(draft)

"""Find the quantities of a text: one pass of the grammar, then chains and leftovers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from govextract.lexicon import Lexicon
from govextract.model import Comparator, Exclusion, Kind, Quantity, Region
from govextract.numerals import parse_numeral, plain
from govextract.stages.quantities import values
from govextract.stages.quantities.context import (
    Change,
    find_change,
    find_comparator_after,
    find_comparator_before,
)
from govextract.stages.quantities.grammar import Grammar, load_grammar
from govextract.stages.quantities.reading import Reading, read_through
from govextract.text import prose

_SKIPPED = frozenset({"header", "table", "contents", "navigation"})
_LIST = re.compile(r"\s?(?:[、和与及,，]|以及)?\s?")
_AND = re.compile(r"\s?(?:[、和与及]|以及)\s?(?=-?\d)")
_CLAUSE_STOP = re.compile(r"\s*(?:[，。；、,;.！？)）”’\n|]|$)")
_MINUS = re.compile(r"(?:(?<![A-Za-z\d)])-|(?<![减抱肩胜欠自])负)$")
_SCORE = re.compile(r"(?:指数|得分|评分|系数|分数|分值|指标值)[^，。；,;\n]{0,8}$")
_MONEY = re.compile(
    r"(?:[款薪资金额税费债值润入出]|投资|收入|支出|贷款|GDP|补贴)[^，。；,;\n\d]{0,4}$"
)
_RATIO_PART = re.compile(r"\d+(?:\.\d+)?")
_UNKNOWN = re.compile(r"[\u4e00-\u9fff]{1,2}")
_BARE_HEADS = frozenset({"百", "千", "万", "亿", "百万", "千万", "百亿", "千亿", "万亿"})
_SURE, _LIKELY, _UNSURE = 1.0, 0.8, 0.5


class Found(NamedTuple):
    """Quantities and exclusions of a text in order; problems as (code, start, end, message)."""

    quantities: tuple[Quantity, ...]
    exclusions: tuple[Exclusion, ...]
    problems: tuple[tuple[str, int, int, str], ...]


def find_quantities(text: str, lexicon: Lexicon, regions: Sequence[Region] = ()) -> Found:
    """Return the quantities of the prose of ``text``; offsets are into ``text``. Never raises.

    What lies in regions of kind header, table, contents or navigation is left out.
    """
    scan = _Scan(read_through(text), load_grammar(lexicon))
    skipped = [region for region in regions if region.kind in _SKIPPED]
    for span in prose(len(text), skipped):
        scan.read(*scan.reading.inside(span.start, span.end))
    return scan.found(text)


def parse_quantity(text: str, lexicon: Lexicon) -> Quantity | None:
    """Return the quantity that the whole of ``text`` is (blanks around it aside), or None."""
    found = find_quantities(text, lexicon).quantities
    whole = text.strip()
    if len(found) == 1 and found[0].text == whole:
        return found[0]
    return None


class Draft(NamedTuple):
    """A number on its way to a quantity; ``high`` is the high end of a range."""

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
    confidence: float = _SURE


class _Scan:
    """One pass over one text. Holds what earlier mentions say of the next one in a chain."""

    def __init__(self, reading: Reading, grammar: Grammar) -> None:
        self.reading = reading
        self.text = reading.text
        self.grammar = grammar
        self.quantities: list[Quantity] = []
        self.exclusions: list[Exclusion] = list(reading.exclusions)
        self.problems: list[tuple[str, int, int, str]] = []
        self.pending: list[Draft] = []
        self.last_end = -1
        self.last_change: Change | None = None

    def read(self, start: int, end: int) -> None:
        """Read one stretch of prose."""
        rules, groups = self.grammar.rules, self.grammar.groups
        for match in self.grammar.pattern.finditer(self.text, start, end):
            last = match.lastindex or 0
            if rules[last]:
                self.exclusions.append(Exclusion(match.start(), match.end(), rules[last]))
            elif match.group(groups.arabic) is not None:
                self._arabic(match)
            elif match.group(groups.chinese) is not None:
                self._chinese(match)
            else:
                self._other(match)

    def found(self, text: str) -> Found:
        """Return all that was found, with offsets into the text as it was."""
        self._drop_pending()
        reading = self.reading
        return Found(
            tuple(reading.place_quantity(item, text) for item in self.quantities),
            tuple(sorted(reading.place_exclusion(item) for item in self.exclusions)),
            tuple(reading.place_problem(item) for item in self.problems),
        )

    def _arabic(self, match: re.Match[str]) -> None:
        number, scale, more, scale2, form, half = match.group(
            "number", "scale", "more", "scale2", "unit", "and_half"
        )
        start, end = self._signed_start(match.start()), match.end()
        value = values.arabic_value(number, scale + scale2)
        if half:
            value = values.with_half(value)
        if match["unit2"]:
            self._range(match, start, value)
            return
        draft = Draft(start, end, number, scale + scale2, value, bool(more))
        if form is None:
            trailing = len(match.group()) - len(match.group().rstrip())
            self._without_unit(match, draft._replace(end=end - trailing))
        else:
            self._add(draft, form)

    def _range(self, match: re.Match[str], start: int, value: Decimal) -> None:
        scale = match["scale"] + match["scale2"]
        scale2 = match["scale3"] + match["scale4"]
        form, form2 = match["unit"], match["unit2"]
        high = values.arabic_value(match["number2"], scale2)
        if not scale and form is None and scale2:
            value = values.arabic_value(match["number"], scale2)
        by_form, more = self.grammar.units.by_form, bool(match["more2"])
        if (form is None or by_form[form] is by_form[form2]) and value < high:
            number = self.text[start : match.end("number2")]
            self._add(Draft(start, match.end(), number, scale2, value, more, high), form2)
            return
        if form:
            self._add(Draft(start, match.end("unit"), match["number"], scale, value), form)
        start = match.start("number2")
        self._add(Draft(start, match.end(), match["number2"], scale2, high, more), form2)

    def _chinese(self, match: re.Match[str]) -> None:
        some, numeral, more, scale, form, half = match.group(
            "some", "numeral", "cmore", "cscale2", "cunit", "chalf"
        )
        value = values.chinese_value(numeral, scale)
        if value is None or not numeral:
            return
        start, end = match.span()
        if numeral in _BARE_HEADS and not (some or more):
            before = find_comparator_before(self.text, start, self.grammar.comparators)
            if self.text.startswith("上", max(0, start - 1)):
                start, some = start - 1, "上"
            elif before is None and not self.text.startswith("达", max(0, start - 1)):
                return
        if half:
            value = values.with_half(value)
        number = self.text[start : match.start("cunit")]
        self._add(Draft(start, end, number, "", value, bool(some or more)), form)

    def _other(self, match: re.Match[str]) -> None:
        start, end = match.span()
        text = match.group()
        if match["rank"]:
            value = parse_numeral(match["place"] or match["bare_place"])
            if value is not None:
                unit = match["place_unit"] or ""
                self._settle(Draft(start, end, text, unit, value, unit=unit, kind="rank"))
        elif match["ratio"]:
            self._ratio(match)
        else:
            worth = self._worth(match)
            if worth is not None:
                self._settle(
                    Draft(start, end, text, "", worth.value, worth.more, None, worth.unit,
                          "ratio", "percent", ("numeral/share",))
                )  # fmt: skip

    def _worth(self, match: re.Match[str]) -> values.Worth | None:
        if match["fraction"]:
            top, bottom = (Decimal(part) for part in match.group().split("/"))
            return values.fraction_value(top, bottom) if 0 < top < bottom else None
        if match["half"]:
            return values.Worth(Decimal(50), "%", match.group() == "半")
        whole = match["whole"] or match["whole2"]
        if whole:
            return values.share_value(whole, match["part"] or match["part2"])
        return values.tenths_value(
            match["tenth"] or match["tenth2"], match["tenth_more"] or match["tenth_more2"] or ""
        )

    def _ratio(self, match: re.Match[str]) -> None:
        for part in _RATIO_PART.finditer(match.group()):
            start, number = match.start() + part.start(), part.group()
            end, rules = start + len(number), ("kind/ratio_of_parts",)
            self._settle(Draft(start, end, number, "", Decimal(number), kind="ratio", rules=rules))

    def _add(self, draft: Draft, form: str) -> None:
        """Settle a number with the unit that is written ``form``, after those that wait for it."""
        unit = self.grammar.units.by_form[form]
        if self.pending:
            self._resolve_pending(draft.start, draft.scale, form)
        value, high = draft.value, draft.high
        if self.text[draft.start] in "-负":
            value = -value
        if unit.factor != 1 and unit.dimension == "money":
            value = plain(value * unit.factor)
            high = None if high is None else plain(high * unit.factor)
        self._settle(
            Draft(draft.start, draft.end, draft.number, draft.scale + form, value, draft.more,
                  high, unit.name, unit.kind, unit.dimension, (unit.id,))
        )  # fmt: skip

    def _settle(self, draft: Draft) -> None:
        """Let the words around a number say their part, and keep it."""
        start, end, number, scale, value, more, high, unit, kind, dimension, rules, sure = draft
        change = self._change(start, dimension) if kind != "rank" else None
        if change is not None:
            rules = (*rules, change.rule)
            if change.negative:
                value, high = -abs(value), None if high is None else -abs(high)
            if kind != "multiple":
                kind = "change"
        symbol, rule = self._comparator(start, end, more)
        if rule:
            rules = (*rules, rule)
        self.last_change, self.last_end = change, end
        text = self.text[start:end]
        self.quantities.append(
            Quantity(start, end, text, number, scale, value, high, unit, symbol, kind, sure, rules)
        )

    def _change(self, start: int, dimension: str) -> Change | None:
        change = find_change(self.text, start, dimension, self.grammar.comparators)
        if change is None and self.last_change is not None and start - self.last_end <= 4:
            gap = self.text[self.last_end : start]
            if gap not in (",", "，") and _LIST.fullmatch(gap):
                return self.last_change
        return change

    def _comparator(self, start: int, end: int, more: bool) -> tuple[Comparator, str]:
        words = self.grammar.comparators
        after = find_comparator_after(self.text, end, words)
        if after is not None:
            return after.symbol, after.id
        if more:
            return ">", "comparator/and_more"
        before = find_comparator_before(self.text, start, words)
        return (before.symbol, before.id) if before is not None else ("=", "")

    def _signed_start(self, start: int) -> int:
        return start - 1 if _MINUS.search(self.text, max(0, start - 2), start) else start

    def _without_unit(self, match: re.Match[str], draft: Draft) -> None:
        text, end = self.text, draft.end
        late = self.grammar.late.match(text, match.start())
        if late:
            rule = self.grammar.late_rules[late.lastindex or 0]
            self.exclusions.append(Exclusion(match.start(), max(late.end(), end), rule))
        elif _AND.match(text, end):
            self.pending.append(draft)
        else:
            self._drop_pending()
            self._bare(draft)

    def _bare(self, draft: Draft) -> None:
        """Settle a number without a unit: a score, money, a count, or nothing that is known."""
        start, end, number, scale = draft[:4]
        before = self.text[max(0, start - 16) : start]
        value = -draft.value if self.text[start] in "-负" else draft.value
        kind: Kind = "count"
        unit, rule = "", "unit/none"
        if _SCORE.search(before):
            kind, rule = "score", "kind/score"
        elif scale and _MONEY.search(before):
            kind, unit, rule = "amount", "元", "unit/yuan_left_out"
        elif not scale and not self._stands_alone(start, end, number):
            self._unknown(draft)
            return
        self._settle(
            Draft(start, end, number, scale, value, draft.more, None, unit, kind, "", (rule,),
                  _LIKELY)
        )  # fmt: skip

    def _stands_alone(self, start: int, end: int, number: str) -> bool:
        return (
            len(number) > 1
            and _is_han(self.text[start - 1 : start])
            and _CLAUSE_STOP.match(self.text, end) is not None
        )

    def _unknown(self, draft: Draft) -> None:
        start, end = draft.start, draft.end
        word = _UNKNOWN.match(self.text, end)
        if word and len(draft.number) > 1 and _is_han(self.text[start - 1 : start]):
            message = f"no unit is known that begins {word.group()}"
            self.problems.append(("unknown-unit", start, word.end(), message))
            self._settle(draft._replace(rules=("unit/unknown",), confidence=_UNSURE))
        else:
            message = "no rule explains this number"
            self.problems.append(("unexplained-number", start, end, message))

    def _resolve_pending(self, start: int, scale: str, form: str) -> None:
        """Give the numbers of a list that stands before its unit that unit."""
        waiting, self.pending = self.pending, []
        follows = _AND.match(self.text, waiting[-1].end)
        if follows is None or follows.end() != start:
            for draft in waiting:
                self._bare(draft)
            return
        for draft in waiting:
            value = draft.value if draft.scale else values.arabic_value(draft.number, scale)
            self._add(draft._replace(value=value, scale=draft.scale), form)

    def _drop_pending(self) -> None:
        waiting, self.pending = self.pending, []
        for draft in waiting:
            self._bare(draft)


def _is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"

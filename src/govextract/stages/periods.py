"""When: the cues in a text, and the period of each quantity.

A cue governs the rest of its sentence, until a later one takes over; a quantity without one
inherits from its passage (a heading, a plan's opening), else from the report.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Literal

from govextract.lexicon import Lexicon
from govextract.lexicon.periods import Periods, load_periods
from govextract.model import Period, PeriodCue, Quantity, Report, Section
from govextract.stages.passages import Passages, Times, find_passages, find_times, resolve, year_of
from govextract.text import fold

BASE_RULE = "period/base"
FROM_RULE = "period/from"
TO_RULE = "period/to"

_PLACE = re.compile(r"\{(y2|m2|m|n|plan(?:\+4)?)\}")
_TITLES = re.compile(r"《[^》\n]{0,200}》")
_SENTENCE_END = re.compile(r"[。!?！？\n]")
_COMMA = re.compile(r"[,;，；]")
_BEFORE_BASE = 10
_MAX_ATTACHED = 14
# Words that make a figure behind a base a change from it: 比上年增加10件.
_CHANGE = re.compile(r"[增减升降涨跌提高低多少快慢扩缩翻压回落净平变]")
# A year that only qualifies the number behind it: 增加到2022年的51.6亿元.
_OF_NUMBER = re.compile(r"的(?:近|约|超过?)?\d")
_LISTED = re.compile(r"\s?[::、和及]\s?")
_FROM = re.compile(r"(?:由|从)(?:原来|原有|此前|最初|之前)?的?(?:近|约|不足|超过?)?$")
_TO = re.compile(
    r"[^,。;\n由从]{0,6}?(?:增|减|提|升|降|压|缩|扩|拓|调|延|精简|整合|发展|跃)[^,。;\n]{0,5}?[到至为]"
)
_YEARLY = re.compile(r"(?:年均|每年|平均每年)[^,。;\n\d]{0,8}$")
_CHINESE = "零一二三四五六七八九十"


def find_periods(text: str, lexicon: Lexicon) -> tuple[PeriodCue, ...]:
    """Return the period cues of ``text`` in order; none in titles (《…》) or names of documents."""
    return _find(fold(text), load_periods(lexicon))


def link_periods(
    report: Report, sections: Sequence[Section], quantities: Sequence[Quantity], lexicon: Lexicon
) -> tuple[Period, ...]:
    """Return the period of each quantity, in order; an empty value where nothing gives one."""
    folded = fold(report.text)
    cues = _find(folded, load_periods(lexicon))
    times = find_times(report, folded, cues)
    if times is None:
        times = Times(0, 0, "")
    passages = find_passages(folded, sections, cues, times, lexicon)
    linker = _Linker(folded, cues, quantities, passages, times)
    return tuple(linker.link(number) for number in range(len(quantities)))


def _find(folded: str, periods: Periods) -> tuple[PeriodCue, ...]:
    titles = [match.span() for match in _TITLES.finditer(folded)]
    starts = [start for start, _ in titles]
    found = []
    for match in periods.cue.finditer(folded):
        at = bisect_right(starts, match.start()) - 1
        if at >= 0 and match.start() < titles[at][1]:
            continue
        if periods.name.match(folded, match.end()):
            continue
        rule = periods.rules[periods.rule_of(match)]
        scope: Literal["sentence", "clause", "base"] = "base"
        before = folded[max(0, match.start() - _BEFORE_BASE) : match.start()]
        if rule.scope != "none" and not periods.base.search(before):
            scope = "clause" if _OF_NUMBER.match(folded, match.end()) else rule.scope
        found.append(
            PeriodCue(
                match.start(), match.end(), _value(match, rule.value, periods), rule.id, scope
            )
        )
    return tuple(found)


def _value(match: re.Match[str], template: str, periods: Periods) -> str:
    """Fill what the cue states into its template; anchors stay where it states no year."""
    year = periods.group(match, "y")
    number = _parse_number(periods.group(match, "n"))

    def fill(place: re.Match[str]) -> str:
        if place[1] == "y2":
            return periods.group(match, "y2") or "{0}"
        if place[1] in ("m", "m2"):
            return f"{_parse_number(periods.group(match, place[1])):02d}"
        first = 1951 + 5 * (10 + _parse_number(periods.group(match, "p")))
        return str(first + (4 if place[1] == "plan+4" else 0))

    value = _PLACE.sub(fill, template.replace("-n+1", f"-{number - 1}").replace("+n", f"+{number}"))
    if year:
        value = re.sub(r"\{0([+-]\d+)?\}", lambda at: str(int(year) + int(at[1] or 0)), value)
    return value


def _parse_number(numeral: str) -> int:
    """Return a number below 20, in digits or Chinese; 0 for an empty one."""
    if numeral.isdecimal():
        return int(numeral)
    if len(numeral) == 2 and numeral[0] == "十":
        return 10 + _CHINESE.find(numeral[1])
    return max(0, _CHINESE.find("二" if numeral == "两" else numeral)) if numeral else 0


class _Linker:
    """Links the quantities of one report, in order (a quantity may look at the one before)."""

    def __init__(
        self,
        folded: str,
        cues: Sequence[PeriodCue],
        quantities: Sequence[Quantity],
        passages: Passages,
        times: Times,
    ) -> None:
        self._text = folded
        self._cues = cues
        self._quantities = quantities
        self._passages = passages
        self._times = times
        self._cue_starts = [cue.start for cue in cues]
        self._stops = [match.end() for match in _SENTENCE_END.finditer(folded)]
        self._sentence = -1
        self._prior = self._latter = ""
        self._attached: PeriodCue | None = None

    def link(self, number: int) -> Period:
        """Return the period of the quantity ``number``."""
        quantity = self._quantities[number]
        at = bisect_right(self._stops, quantity.start)
        if at != self._sentence:
            self._sentence, self._attached = at, None
            self._prior = self._latter = ""
        start = self._stops[at - 1] if at else 0
        base = self._base_of(number, start)
        if base is not None:
            self._attached = base
            self._prior = self._resolve(base, quantity)
            return Period(self._prior, "stated", BASE_RULE, base.start, base.end)
        if self._opens_from_to(number):
            return Period(self._prior, "inherited" if self._prior else "", FROM_RULE)
        return self._compared(number, self._governed(number, start))

    def _compared(self, number: int, period: Period) -> Period:
        """Return the period of a later value or a change, where an earlier value was given."""
        if not self._prior:
            return period
        if self._quantities[number].kind == "change":
            first, last = self._prior, self._latter
            if first.isdecimal() and last.isdecimal() and int(first) + 1 < int(last):
                return period._replace(value=f"{int(first) + 1}/{last}")
        elif period.source == "stated":
            self._latter = period.value
        elif self._latter and number and self._opens_from_to(number - 1):
            return period._replace(value=self._latter, source="inherited", rule=TO_RULE)
        return period

    def _governed(self, number: int, start: int) -> Period:
        """Return the period by the sentence's cues, else by the passage, else the report's."""
        quantity = self._quantities[number]
        yearly = _YEARLY.search(self._text, max(start, quantity.start - 16), quantity.start)
        for cue in self._cues_before(start, quantity.start):
            if cue.scope == "base" or not self._reaches(cue, quantity.start):
                continue
            if yearly and "/" not in cue.value:
                continue
            cue = self._of_list(cue, number)  # noqa: PLW2901
            return Period(self._resolve(cue, quantity), "stated", cue.rule, cue.start, cue.end)
        passage = self._passages.at(quantity.start)
        if passage is not None and passage.period:
            span = (passage.cue.start, passage.cue.end) if passage.cue else (-1, -1)
            rule = passage.cue.rule if passage.cue else "period/plan"
            return Period(passage.period, "inherited", rule, *span)
        return Period(self._times.own, "report" if self._times.own else "", "period/report")

    def _cues_before(self, start: int, end: int) -> Iterator[PeriodCue]:
        """Yield the cues of the sentence before a quantity, the nearest first."""
        last = bisect_left(self._cue_starts, end)
        for number in range(last - 1, -1, -1):
            if self._cues[number].start < start:
                return
            yield self._cues[number]

    def _reaches(self, cue: PeriodCue, offset: int) -> bool:
        """True where nothing between ends the cue's scope: a comma, or its closing bracket."""
        if cue.scope == "clause":
            return not _COMMA.search(self._text, cue.end + 1, offset)
        between = self._text[cue.end : offset]
        return between.count(")") <= between.count("(")

    def _base_of(self, number: int, start: int) -> PeriodCue | None:
        """Return the cue that the quantity is given for comparison with: 较上年的13.8%."""
        quantity = self._quantities[number]
        before = self._quantities[number - 1] if number else None
        if before is not None and self._attached is not None:
            gap = self._text[before.end : quantity.start]
            if _LISTED.fullmatch(gap):
                return self._attached
        cue = next(self._cues_before(start, quantity.start), None)
        if cue is None or cue.scope != "base" or quantity.kind in ("change", "multiple"):
            return None
        if before is not None and before.start >= cue.end:
            return None
        gap = self._text[cue.end : quantity.start]
        if len(gap) > _MAX_ATTACHED or _COMMA.search(gap) or _CHANGE.search(gap):
            return None
        return cue

    def _opens_from_to(self, number: int) -> bool:
        """True for the first value of 由3件增加到5件."""
        quantity = self._quantities[number]
        left = max(0, quantity.start - 8)
        return bool(
            _FROM.search(self._text, left, quantity.start) and _TO.match(self._text, quantity.end)
        )

    def _of_list(self, cue: PeriodCue, number: int) -> PeriodCue:
        """Of cues in a list (一季度、上半年分别…) return the one that has the quantity's place."""
        last = bisect_left(self._cue_starts, cue.start)
        first = last
        while first and _LISTED.fullmatch(
            self._text, self._cues[first - 1].end, self._cues[first].start
        ):
            first -= 1
        if first == last:
            return cue
        place = 0
        while place < number and self._quantities[number - 1 - place].start > cue.end:
            place += 1
        return self._cues[min(first + place, last)]

    def _resolve(self, cue: PeriodCue, quantity: Quantity) -> str:
        passage = self._passages.at(quantity.start)
        inherited = passage.period if passage is not None else ""
        year = year_of(inherited, self._times.report)
        return resolve(cue.value, year, self._times) if year else ""

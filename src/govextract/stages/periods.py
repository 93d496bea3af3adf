"""When: the period of each quantity.

A cue governs the rest of its sentence, until a later one takes over; a quantity without one
inherits from its passage (a heading, a plan's opening), else from the report.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from govextract.model import Period, PeriodCue, Quantity, make
from govextract.stages.frames import is_further_part
from govextract.stages.passages import Passage, resolve, year_of
from govextract.stages.period_cues import LISTED, is_year_end, join_years, opens_from_to
from govextract.stages.timeline import Stand, Timeline, find_stands

BASE_RULE = "period/base"
FROM_RULE = "period/from"
TO_RULE = "period/to"
STOCK_RULE = "period/stock"
PLAN_RULE = "period/undated-plan"
REPORT_RULE = "period/report"

_COMMA = re.compile(r"[,;]")
_MAX_ATTACHED = 14
_YEARLY_REACH = 16
_SECTION_OPENING = 12
_PARAGRAPH = 2000
_YEAR_END = "period/year-end"
# Words that make a figure behind a base a change from it: 比上年增加10件.
_CHANGE = re.compile(r"[增减升降涨跌提高低多少快慢扩缩翻压回落净平变]")
_ONE_YEAR = re.compile(r"/?(\d{4})(?:-\d\d)?(?:/\1-\d\d)?")
_YEARS = re.compile(r"(\d{4})/(\d{4})")
_YEARLY = re.compile(r"(?:年均|每年|平均每年)[^,。;\n\d]{0,8}$")


def link_periods(
    timeline: Timeline, quantities: Sequence[Quantity], stands: Sequence[Stand] | None = None
) -> tuple[Period, ...]:
    """Return the period of each quantity, in order; an empty value where nothing gives one.

    ``stands`` are those of :func:`govextract.stages.timeline.find_stands`, where known already.
    """
    linker = _Linker(timeline, quantities, stands or find_stands(timeline, quantities))
    return tuple(linker.link(number) for number in range(len(quantities)))


class _Linker:
    """Links the quantities of one report, in order (a quantity may look at the one before)."""

    def __init__(
        self, timeline: Timeline, quantities: Sequence[Quantity], stands: Sequence[Stand]
    ) -> None:
        self._text = timeline.folded
        self._cues = timeline.cues
        self._times = timeline.times
        self._timeline = timeline
        self._quantities = quantities
        self._stands = stands
        self._passage: Passage | None = None
        self._cue_starts = [cue.start for cue in timeline.cues]
        own = timeline.times.own
        self._of_report = Period(own, "report" if own else "", REPORT_RULE)
        self._sentence = -1
        self._prior = self._latter = ""
        self._last = self._of_report
        self._attached: PeriodCue | None = None
        self._year_end: tuple[int, tuple[PeriodCue | None, bool]] = (-1, (None, False))
        self._resolved: tuple[PeriodCue | None, Passage | None, str] = (None, None, "")

    def link(self, number: int) -> Period:
        """Return the period of the quantity ``number``."""
        quantity = self._quantities[number]
        if quantity.kind == "ratio" and number:
            before = self._quantities[number - 1]
            if is_further_part(self._text, before, quantity):
                return self._last
        self._last = self._link(number, quantity)
        return self._last

    def _link(self, number: int, quantity: Quantity) -> Period:
        start, self._passage = self._stands[number]
        if start != self._sentence:
            self._sentence, self._attached = start, None
            self._prior = self._latter = ""
        cues = self._cues_before(start, quantity.start)
        is_compared = self._attached is not None or (cues and cues[0].scope == "base")
        base = self._base_of(number, cues) if is_compared else None
        if base is not None:
            earlier = self._resolve(base, quantity)
            if self._is_earlier(earlier, quantity):
                self._attached = base
                self._prior = earlier
                return Period(self._prior, "stated", BASE_RULE, base.start, base.end)
        self._attached = None
        if opens_from_to(self._text, quantity):
            return Period(self._prior, "inherited" if self._prior else "", FROM_RULE)
        period = self._governed(number, start, cues)
        return self._compared(number, period) if self._prior else period

    def _compared(self, number: int, period: Period) -> Period:
        """Return the period of a later value or a change, where an earlier value was given."""
        if self._quantities[number].kind == "change":
            first, last = self._prior, self._latter
            if first.isdecimal() and last.isdecimal() and int(first) + 1 < int(last):
                return period._replace(value=f"{int(first) + 1}/{last}")
        elif period.source == "stated":
            self._latter = period.value
        elif self._latter and number and opens_from_to(self._text, self._quantities[number - 1]):
            return period._replace(value=self._latter, source="inherited", rule=TO_RULE)
        return period

    def _governed(self, number: int, start: int, cues: Sequence[PeriodCue]) -> Period:
        """Return the period by the sentence's cues, else by the passage, else the report's."""
        quantity = self._quantities[number]
        for cue in cues:
            if cue.scope == "base" or not self._reaches(cue, quantity.start):
                continue
            if "/" not in cue.value and self._is_yearly(start, quantity):
                continue
            if quantity.kind == "multiple" and self._text[cue.end : cue.end + 1] == "的":
                continue
            cue = self._of_list(cue, number)  # noqa: PLW2901
            value = self._resolve(cue, quantity)
            return make(Period, (value, "stated", cue.rule, cue.start, cue.end))
        passage = self._passage
        stock = self._stock_cue(passage, start, quantity) or self._year_end_cue(start, quantity)
        if stock is not None:
            value = self._resolve(stock, quantity)
            return Period(value, "inherited", STOCK_RULE, stock.start, stock.end)
        if passage is not None and passage.period:
            span = (passage.cue.start, passage.cue.end) if passage.cue else (-1, -1)
            rule = passage.cue.rule if passage.cue else PLAN_RULE
            return Period(passage.period, "inherited", rule, *span)
        return self._of_report

    def _is_yearly(self, start: int, quantity: Quantity) -> bool:
        """True where the words before say that it is an average of years, which a year is not."""
        left = max(start, quantity.start - _YEARLY_REACH)
        return _YEARLY.search(self._text, left, quantity.start) is not None

    def _cues_before(self, start: int, end: int) -> Sequence[PeriodCue]:
        """Return the cues of the sentence before a quantity, the nearest first."""
        last = bisect_left(self._cue_starts, end)
        if not last or self._cue_starts[last - 1] < start:
            return ()
        first = bisect_left(self._cue_starts, start, 0, last)
        return self._cues[first:last][::-1]

    def _stock_cue(
        self, passage: Passage | None, start: int, quantity: Quantity
    ) -> PeriodCue | None:
        """Return the cut-off date that a section opens with, where the sentence is of a stock."""
        if passage is None:
            return None
        first = bisect_left(self._cue_starts, passage.body)
        cue = self._cues[first] if first < len(self._cues) else None
        if cue is None or cue.start > passage.body + _SECTION_OPENING:
            return None
        if not cue.value.startswith("/") or cue.start >= quantity.start:
            return None
        return cue if self._timeline.stock.search(self._text, start, quantity.end) else None

    def _year_end_cue(self, start: int, quantity: Quantity) -> PeriodCue | None:
        """Return the 年末 of an earlier sentence of the paragraph, where a clause is of a stock.

        A change is of the level before it, so its words are looked for one clause further back.
        """
        nearest, all_of_it = self._year_end_before(start)
        if nearest is None:
            return None
        signs = [match.end() for match in _COMMA.finditer(self._text, start, quantity.start)]
        back = 2 if quantity.kind in ("change", "ratio") else 1
        clause = signs[-back] if len(signs) >= back else start
        if self._timeline.year_end_stock.search(self._text, clause, quantity.start):
            return nearest
        if not all_of_it or quantity.kind == "multiple":
            return None
        flows = self._timeline.flow.search(self._text, start, quantity.start)
        return None if flows else nearest

    def _year_end_before(self, start: int) -> tuple[PeriodCue | None, bool]:
        """Return the last 年末 of the paragraph before the sentence at ``start``.

        With it whether all of the paragraph up to there is of it: it opens the paragraph, and no
        other cue stands between.
        """
        if start != self._year_end[0]:
            furthest = max(0, start - _PARAGRAPH)
            line = self._text.rfind("\n", furthest, start) + 1 or furthest
            earlier = [cue for cue in self._cues_before(line, start) if cue.scope == "sentence"]
            found = next(filter(is_year_end, earlier), None)
            opens = found is not None and found.start - line <= _SECTION_OPENING
            whole = opens and found is earlier[0] and earlier[0].rule == _YEAR_END
            self._year_end = start, (found, whole)
        return self._year_end[1]

    def _reaches(self, cue: PeriodCue, offset: int) -> bool:
        """True where nothing between ends the cue's scope: a comma, or its closing bracket."""
        if cue.scope == "clause":
            return not _COMMA.search(self._text, cue.end + 1, offset)
        if self._text.find(")", cue.end, offset) < 0:
            return True
        between = self._text[cue.end : offset]
        return between.count(")") <= between.count("(")

    def _base_of(self, number: int, cues: Sequence[PeriodCue]) -> PeriodCue | None:
        """Return the cue that the quantity is given for comparison with: 较上年的13.8%."""
        quantity = self._quantities[number]
        before = self._quantities[number - 1] if number else None
        if before is not None and self._attached is not None:
            gap = self._text[before.end : quantity.start]
            if LISTED.fullmatch(gap):
                return self._attached
        cue = cues[0] if cues else None
        if cue is None or cue.scope != "base" or quantity.kind in ("change", "multiple"):
            return None
        if before is not None and before.start >= cue.end:
            return None
        gap = self._text[cue.end : quantity.start]
        if len(gap) > _MAX_ATTACHED or _COMMA.search(gap) or _CHANGE.search(gap):
            return None
        return cue

    def _of_list(self, cue: PeriodCue, number: int) -> PeriodCue:
        """Of cues in a list (一季度、上半年分别…) return the one that has the quantity's place."""
        last = bisect_left(self._cue_starts, cue.start)
        first = last
        while first and LISTED.fullmatch(
            self._text, self._cues[first - 1].end, self._cues[first].start
        ):
            first -= 1
        if first == last:
            return self._of_years(cue, number)
        if "分别" not in self._text[cue.end : self._quantities[number].start]:
            return join_years(self._cues[first], cue)
        place = 0
        most = min(last - first, number)
        while place < most and self._quantities[number - 1 - place].start > cue.end:
            place += 1
        return self._cues[first + place]

    def _of_years(self, cue: PeriodCue, number: int) -> PeriodCue:
        """Return the year of a range that the quantity is of: 2018至2019年分别为5件和6件."""
        span = _YEARS.fullmatch(cue.value) if "/" in cue.value else None
        if not span or "分别" not in self._text[cue.end : self._quantities[number].start]:
            return cue
        years = int(span[2]) - int(span[1])
        first, last = number, number
        while first and number - first <= years and self._is_listed(first):
            first -= 1
        end = min(first + years + 2, len(self._quantities))
        while last + 1 < end and self._is_listed(last + 1):
            last += 1
        if last - first != years:
            return cue
        return replace(cue, value=str(int(span[1]) + number - first))

    def _is_listed(self, number: int) -> bool:
        """True where only 、 or 和 stands between a quantity and the one before."""
        start = self._quantities[number - 1].end
        return LISTED.fullmatch(self._text, start, self._quantities[number].start) is not None

    def _is_earlier(self, period: str, quantity: Quantity) -> bool:
        passage = self._passage
        own = passage.period if passage is not None and passage.period else self._times.own
        return not period or year_of(period, 0) < year_of(own, 9999)

    def _resolve(self, cue: PeriodCue, quantity: Quantity) -> str:
        if "{" not in cue.value:
            return resolve(cue.value, 0, self._times)
        passage = self._passage
        # The numbers of a sentence mostly have one cue: what it stands for is reckoned once.
        last_cue, last_passage, value = self._resolved
        if cue is last_cue and passage is last_passage:
            return value
        value = self._reckon(cue, passage)
        self._resolved = cue, passage, value
        return value

    def _reckon(self, cue: PeriodCue, passage: Passage | None) -> str:
        inherited = passage.period if passage is not None else ""
        # 今年 is said from the year that the report was given in, where no heading names another.
        spoken = "{Y" in cue.value
        year = year_of(inherited, self._times.given if spoken else self._times.report)
        stated = self._year_before(cue) if "{0" in cue.value else None
        return resolve(cue.value, year, self._times, stated) if year or stated else ""

    def _year_before(self, cue: PeriodCue) -> int | None:
        """Return the year that the sentence states before a cue without one: 2019年，…12月."""
        start = self._timeline.sentence_start(cue.start)
        for before in self._cues_before(start, cue.start):
            if before.scope == "sentence" and _ONE_YEAR.fullmatch(before.value):
                return year_of(before.value, 0)
        return None

"""The timeline of a report: its years, its period cues, and the passages that set time and mood.

A passage is a stretch that a heading or a statement governs:
``二、2015年工作安排`` makes its section a plan for 2015; ``2024年，将重点做好以下工作`` does so
for the rest of its section. Periods and status are inherited from the passage.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from govextract.lexicon import Lexicon
from govextract.lexicon.headings import load_headings
from govextract.lexicon.periods import load_periods
from govextract.lexicon.status import load_status
from govextract.model import PeriodCue, Report, Section
from govextract.stages.headings import find_notes
from govextract.stages.period_cues import find_folded
from govextract.stages.report_year import find_report_year, find_year_given
from govextract.text import fold

_ANCHOR = re.compile(r"\{([0YRSP])([+-]\d+)?\}")
_YEAR = re.compile(r"(?:19|20)\d\d")
# A full stop before 其中 ends no scope (the part is of the whole's time), nor does a line's end
# behind a comma (a wrapped line).
_SENTENCE_END = re.compile(r"[。!?\n](?:(?<!\n)(?![^\S\n]*其中)|(?<=\n)(?<![,、]\n))")
_OPENING = 1500
# A text without full stops is no sentence: cues are not looked for further back than this.
_LONGEST_SENTENCE = 1500
_PARTIAL = re.compile(r"(\d{4})-01/\1-(?:0[1-9]|1[01])")


class Times(NamedTuple):
    """The years that relative cues are counted from."""

    report: int
    """The year that the report is about."""
    given: int
    """The year it was given in: 今年 and 去年 are said from there."""
    own: str
    """The report's own period: the year, or 2018-01/2018-06 for a half-year report."""


class Passage(NamedTuple):
    """A stretch with the period and the mood of its heading; ``period`` is empty where none."""

    start: int
    end: int
    period: str
    plan: bool
    review: bool
    cue: PeriodCue | None
    body: int
    """Where its text starts, behind the heading."""


class Passages:
    """The passages of a report, which nest, asked by offset."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        self._starts: list[int] = []
        self._owners: list[Passage | None] = []
        open_ones: list[Passage] = []
        for passage in sorted(passages, key=lambda item: (item.start, -item.end)):
            self._close(open_ones, passage.start)
            open_ones.append(passage)
            self._starts.append(passage.start)
            self._owners.append(passage)
        self._close(open_ones, None)

    def _close(self, open_ones: list[Passage], until: int | None) -> None:
        while open_ones and (until is None or open_ones[-1].end <= until):
            self._starts.append(open_ones.pop().end)
            self._owners.append(open_ones[-1] if open_ones else None)

    def at(self, offset: int) -> Passage | None:
        """Return the innermost passage that holds ``offset``."""
        number = bisect_right(self._starts, offset) - 1
        return self._owners[number] if number >= 0 else None


class Timeline(NamedTuple):
    """What periods and status are read from; made once for a report."""

    folded: str
    cues: tuple[PeriodCue, ...]
    times: Times
    passages: Passages
    stops: list[int]
    """Where each sentence ends."""
    stock: re.Pattern[str]
    """Words of a stock (see ``data/periods.toml``)."""

    def sentence_start(self, offset: int) -> int:
        """Return where the sentence that holds ``offset`` starts, at most a long one before it."""
        at = bisect_right(self.stops, offset)
        start = self.stops[at - 1] if at else 0
        furthest = offset - _LONGEST_SENTENCE
        return start if start > furthest else furthest


def find_timeline(report: Report, sections: Sequence[Section], lexicon: Lexicon) -> Timeline:
    """Return the timeline of a report with its sections; content never raises."""
    folded = fold(report.text)
    periods = load_periods(lexicon)
    cues = find_folded(folded, periods)
    times = _find_times(report, folded, cues)
    passages = _find_passages(folded, sections, cues, times, lexicon)
    stops = [match.end() for match in _SENTENCE_END.finditer(folded)]
    return Timeline(folded, cues, times, passages, stops, periods.stock)


def _find_passages(
    folded: str,
    sections: Sequence[Section],
    cues: Sequence[PeriodCue],
    times: Times,
    lexicon: Lexicon,
) -> Passages:
    """Return the passages: sections, plans that a sentence opens, and notes.

    Notes belong to the report as a whole, whatever section they stand in.
    """
    found: list[Passage] = []
    open_ones: list[Passage] = []
    for section in sections:
        while open_ones and open_ones[-1].end <= section.start:
            open_ones.pop()
        above = open_ones[-1] if open_ones else None
        title = folded[section.start : section.body].strip().rstrip("。:")
        period, cue = _period_of_heading(title, section, cues, times, lexicon)
        in_review = above is not None and above.review
        plan = _is_plan(title, period, times, in_review, lexicon)
        if plan and not period:
            period = str(_year_ahead(times))
        passage = Passage(
            section.start, section.end, period, bool(plan), plan is False, cue, section.body
        )
        if above is not None:
            passage = _inheriting(passage, above, plan is None)
        open_ones.append(passage)
        found.append(passage)
    plans = _opened_plans(folded, Passages(found), cues, times, lexicon)
    notes = find_notes(folded, load_headings(lexicon))
    of_report = (Passage(start, end, "", False, False, None, start) for start, end in notes)
    return Passages([*found, *plans, *of_report])


def _inheriting(passage: Passage, above: Passage, mood: bool) -> Passage:
    """Return a passage with what its heading leaves open taken from the passage above it."""
    if not passage.period:
        passage = passage._replace(period=above.period, cue=above.cue)
    return passage._replace(plan=above.plan, review=above.review) if mood else passage


def _year_ahead(times: Times) -> int:
    """Return the year that an undated plan is for."""
    return times.given if times.given > times.report else times.report + 1


def _period_of_heading(
    title: str, section: Section, cues: Sequence[PeriodCue], times: Times, lexicon: Lexicon
) -> tuple[str, PeriodCue | None]:
    """Return the period that a title names; of several the first."""
    if not load_periods(lexicon).frame.search(title):
        return "", None
    first = bisect_left(cues, section.start, key=_start)
    last = bisect_left(cues, section.body, first, key=_start)
    named: list[tuple[str, PeriodCue | None]] = [
        (resolve(cue.value, times.report, times), cue)
        for cue in cues[first:last]
        if cue.scope == "sentence"
    ]
    return named[0] if named else ("", None)


def _is_plan(
    title: str, period: str, times: Times, in_review: bool, lexicon: Lexicon
) -> bool | None:
    """Whether a heading opens a plan (True), a review (False) or says nothing of it (None)."""
    cues = load_status(lexicon)
    if cues.review_heading.search(title):
        return False
    if load_periods(lexicon).frame.search(title):
        if cues.plan_heading.search(title):
            return True
        if cues.plan_word.search(title) and not in_review:
            return True
    if period and year_of(period, times.report) > times.report:
        return True
    return None


def _opened_plans(
    folded: str, passages: Passages, cues: Sequence[PeriodCue], times: Times, lexicon: Lexicon
) -> Iterator[Passage]:
    """Yield the plans that a sentence opens outside a plan's section, to that section's end."""
    for match in load_status(lexicon).plan_opening.finditer(folded):
        outer = passages.at(match.start())
        if outer is not None and outer.plan:
            continue
        at = bisect_left(cues, match.start(), key=_start)
        cue = cues[at] if at < len(cues) and cues[at].start == match.start() else None
        period = _period_of_plan(cue, times)
        if period <= str(times.report):
            continue
        end = outer.end if outer is not None else len(folded)
        yield Passage(match.start(), end, period, True, False, cue, match.end())


def _period_of_plan(cue: PeriodCue | None, times: Times) -> str:
    """Return the period that a plan's opening names; 今年 in a report on a year is the next."""
    on_part_of_year = times.own != str(times.report)
    if cue is not None and ("{" not in cue.value or on_part_of_year):
        return resolve(cue.value, times.report, times)
    return str(_year_ahead(times))


def _start(cue: PeriodCue) -> int:
    return cue.start


def resolve(value: str, year: int, times: Times, stated: int | None = None) -> str:
    """Return an ISO period: the anchors of a cue's value counted from the years they name.

    ``year`` is the year of the passage, ``stated`` one that the sentence states before the cue.
    """
    bases = {"0": stated or year, "Y": year, "R": times.report, "S": times.given}

    def fill(match: re.Match[str]) -> str:
        if match[1] == "P":
            return times.own
        return str(bases[match[1]] + int(match[2] or 0))

    first, slash, last = _ANCHOR.sub(fill, value).partition("/")
    return first if first == last else first + slash + last


def year_of(period: str, default: int) -> int:
    """Return the last year of an ISO period."""
    years = _YEAR.findall(period)
    return int(years[-1]) if years else default


def _find_times(report: Report, folded: str, cues: Sequence[PeriodCue]) -> Times:
    """Return the years that a report speaks from; zeros where no year is known."""
    year = report.metadata.year or find_report_year(report.metadata.title, report.text)
    if year is None:
        return Times(0, 0, "")
    given = find_year_given(report.text)
    spoken = given if given in (year, year + 1) else year
    return Times(year, spoken or year, _own_period(folded, cues, year, spoken or year))


def _own_period(folded: str, cues: Sequence[PeriodCue], year: int, given: int) -> str:
    """Return a part of ``year`` from January on, if the report's first paragraph opens with it."""
    times = Times(year, given, str(year))
    for cue in cues:
        if cue.start > _OPENING:
            break
        if cue.scope == "sentence" and _opens_paragraph(folded, cue.start):
            value = resolve(cue.value, year, times)
            if value.startswith(str(year)):
                return value if _PARTIAL.fullmatch(value) else str(year)
    return str(year)


def _opens_paragraph(folded: str, start: int) -> bool:
    line = folded.rfind("\n", 0, start) + 1
    return not folded[line:start].strip()

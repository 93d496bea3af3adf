"""Passages: the stretches of a report that a heading or a sentence sets in time and mood.

``二、2015年工作安排`` makes its section a plan for 2015; ``2024年，将重点做好以下工作`` does so
for the rest of its section; ``刚刚过去的2015年`` divides a review of several years.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from govextract.lexicon import Lexicon
from govextract.lexicon.headings import load_headings
from govextract.lexicon.periods import load_periods
from govextract.lexicon.status import load_status
from govextract.model import PeriodCue, Section
from govextract.stages.headings import find_notes

_ANCHOR = re.compile(r"\{([0YRSP])([+-]\d+)?\}")
_YEAR = re.compile(r"(?:19|20)\d\d")


class Times(NamedTuple):
    """The years that relative cues are counted from."""

    report: int
    """The year that the report is about."""
    given: int
    """The year it was given in: 今年 and 去年 are said from there."""
    own: str
    """The report's own period: the year, or 2018-01/2018-06 for a half-year report."""


@dataclass(slots=True)
class Passage:
    """A stretch with the period and the mood of its heading; ``period`` is empty where none."""

    start: int
    end: int
    period: str
    plan: bool
    review: bool
    cue: PeriodCue | None
    body: int
    """Where its text starts, behind the heading."""
    opened: bool = False
    """A paragraph of a review opened it; the next such paragraph closes it."""
    many: bool = False
    """Its heading names several years (“十四五”时期和2025年): paragraphs say which."""


class _Heading(NamedTuple):
    """What the heading of a section says by itself."""

    title: str
    frames: bool = False
    """It is one whose period governs its section."""
    period: str = ""
    cue: PeriodCue | None = None
    many: bool = False


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

    def changes(self) -> tuple[Sequence[int], Sequence[Passage | None]]:
        """Return the offsets at which another passage begins to hold, and these passages."""
        return self._starts, self._owners

    def at(self, offset: int) -> Passage | None:
        """Return the innermost passage that holds ``offset``."""
        number = bisect_right(self._starts, offset) - 1
        return self._owners[number] if number >= 0 else None


def find_passages(
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
    headings = [_read_heading(folded, section, cues, times, lexicon) for section in sections]
    openings = _openings(folded, any(heading.many for heading in headings), lexicon)
    for section, heading in zip(sections, headings, strict=True):
        _open_before(section.start, openings, open_ones, found, cues, times)
        passage = _of_section(section, heading, open_ones, times, lexicon)
        open_ones.append(passage)
        found.append(passage)
    _open_before(len(folded) + 1, openings, open_ones, found, cues, times)
    notes = find_notes(folded, load_headings(lexicon))
    of_report = (Passage(start, end, "", False, False, None, start) for start, end in notes)
    return Passages([*found, *of_report])


def _of_section(
    section: Section,
    heading: _Heading,
    open_ones: Sequence[Passage],
    times: Times,
    lexicon: Lexicon,
) -> Passage:
    """Return the passage of a section: what its heading says, the rest from the one above."""
    above = open_ones[-1] if open_ones else None
    period, cue, many = heading.period, heading.cue, heading.many
    plan = _is_plan(heading, times, above is not None and above.review, lexicon)
    review = plan is False
    if plan and not period:
        period = str(_year_ahead(times))
    if above is not None:
        if not period:
            period, cue, many = above.period, above.cue, above.many
        if plan is None:
            plan, review = above.plan, above.review
    start, end, body = section.start, section.end, section.body
    return Passage(start, end, period, bool(plan), review, cue, body, many=many)


def _year_ahead(times: Times) -> int:
    """Return the year that an undated plan is for."""
    return times.given if times.given > times.report else times.report + 1


def _read_heading(
    folded: str, section: Section, cues: Sequence[PeriodCue], times: Times, lexicon: Lexicon
) -> _Heading:
    """Return what a title says: of several periods the first, and whether any has many years.

    A review of many years says by its paragraphs which of them it is at (``_opened_review``).
    """
    title = folded[section.start : section.body].strip().rstrip("。:")
    if not load_periods(lexicon).frame.search(title):
        return _Heading(title)
    first = bisect_left(cues, section.start, key=_start)
    last = bisect_left(cues, section.body, first, key=_start)
    named: list[tuple[str, PeriodCue | None]] = [
        (resolve(cue.value, times.report, times), cue)
        for cue in cues[first:last]
        if cue.scope == "sentence"
    ]
    many = any(_of_years(period) for period, _ in named)
    return _Heading(title, True, *(named[0] if named else ("", None)), many)


def _of_years(period: str) -> bool:
    """Tell whether a period has both ends (2021/2025)."""
    return "/" in period.strip("/")


def _is_plan(heading: _Heading, times: Times, in_review: bool, lexicon: Lexicon) -> bool | None:
    """Whether a heading opens a plan (True), a review (False) or says nothing of it (None)."""
    cues, title = load_status(lexicon), heading.title
    if cues.review_heading.search(title):
        return False
    if heading.frames:
        if cues.plan_heading.search(title):
            return True
        if cues.plan_word.search(title) and not in_review:
            return True
    if heading.period and year_of(heading.period, times.report) > times.report:
        return True
    return None


def _openings(folded: str, many: bool, lexicon: Lexicon) -> list[tuple[re.Match[str], bool]]:
    """Return the sentences that open a plan (True) or a part of a review, the last first.

    Parts there are only where a heading names ``many`` years.
    """
    cues = load_status(lexicon)
    openings = [(match, True) for match in cues.plan_opening.finditer(folded)]
    if many:
        openings += [(match, False) for match in cues.review_opening.finditer(folded)]
    return sorted(openings, key=lambda opening: -opening[0].start())


def _open_before(
    start: int,
    openings: list[tuple[re.Match[str], bool]],
    open_ones: list[Passage],
    found: list[Passage],
    cues: Sequence[PeriodCue],
    times: Times,
) -> None:
    """Open the passages whose sentences stand before ``start``, and close what ends before it."""
    while openings and openings[-1][0].start() < start:
        match, is_plan = openings.pop()
        _close(open_ones, match.start())
        while not is_plan and open_ones and open_ones[-1].opened:
            open_ones.pop()
        outer = open_ones[-1] if open_ones else None
        opened = (_opened_plan if is_plan else _opened_review)(match, outer, cues, times)
        if opened is not None:
            open_ones.append(opened)
            found.append(opened)
    _close(open_ones, start)


def _close(open_ones: list[Passage], start: int) -> None:
    while open_ones and open_ones[-1].end <= start:
        open_ones.pop()


def _opened_plan(
    match: re.Match[str], outer: Passage | None, cues: Sequence[PeriodCue], times: Times
) -> Passage | None:
    """Return the plan that a sentence opens outside a plan's section, to that section's end."""
    if outer is not None and outer.plan:
        return None
    at = bisect_left(cues, match.start(), key=_start)
    cue = cues[at] if at < len(cues) and cues[at].start == match.start() else None
    period = _period_of_plan(cue, times)
    if period <= str(times.report):
        return None
    end = outer.end if outer is not None else len(match.string)
    return Passage(match.start(), end, period, True, False, cue, match.end())


def _opened_review(
    match: re.Match[str], outer: Passage | None, cues: Sequence[PeriodCue], times: Times
) -> Passage | None:
    """Return the part of a review of several years that a paragraph opens, to the review's end."""
    if outer is None or outer.plan or not outer.many:
        return None
    at = bisect_left(cues, match.start(), key=_start)
    cue = cues[at] if at < len(cues) and cues[at].start < match.end() else None
    if cue is None:
        return None
    period = resolve(cue.value, times.report, times)
    return Passage(match.start(), outer.end, period, False, True, cue, match.end(), True)


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
    if "{" not in value:
        first, slash, last = value.partition("/")
        return first if first == last else value
    bases = {"0": stated or year, "Y": year, "R": times.report, "S": times.given}

    def fill(match: re.Match[str]) -> str:
        if match[1] == "P":
            return times.own
        return str(bases[match[1]] + int(match[2] or 0))

    first, slash, last = _ANCHOR.sub(fill, value).partition("/")
    return first if first == last else first + slash + last


@lru_cache(maxsize=1 << 10)
def year_of(period: str, default: int) -> int:
    """Return the last year of an ISO period, ``default`` where it names none."""
    years = _YEAR.findall(period)
    return int(years[-1]) if years else default

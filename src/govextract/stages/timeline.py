"""The timeline of a report: its years, its period cues, and the passages that set time and mood.

Periods and status are looked up in it by offset, and inherited from the passage.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from govextract.lexicon import Lexicon
from govextract.lexicon.periods import load_periods
from govextract.model import PeriodCue, Quantity, Report, Section
from govextract.stages.passages import Passage, Passages, Times, find_passages, resolve
from govextract.stages.period_cues import find_folded
from govextract.stages.report_year import find_report_year, find_year_given
from govextract.text import fold_report

# A full stop before 其中 ends no scope (the part is of the whole's time), nor does a line's end
# behind a comma (a wrapped line).
_SENTENCE_END = re.compile(r"[。!?\n](?:(?<!\n)(?![^\S\n]*其中)|(?<=\n)(?<![,、]\n))")
_OPENING = 1500
# A text without full stops is no sentence: cues are not looked for further back than this.
_LONGEST_SENTENCE = 1500
_PARTIAL = re.compile(r"(\d{4})-01/\1-(?:0[1-9]|1[01])")


Stand = tuple[int, Passage | None]
"""Where the sentence of a quantity starts, and the innermost passage that holds it."""


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
    year_end_stock: re.Pattern[str]
    flow: re.Pattern[str]
    """Words of what happened in the course of a year."""

    def sentence_start(self, offset: int) -> int:
        """Return where the sentence that holds ``offset`` starts, at most a long one before it."""
        at = bisect_right(self.stops, offset)
        start = self.stops[at - 1] if at else 0
        furthest = offset - _LONGEST_SENTENCE
        return start if start > furthest else furthest


def find_stands(timeline: Timeline, quantities: Sequence[Quantity]) -> list[Stand]:
    """Return where each quantity stands, in order.

    As :meth:`Timeline.sentence_start` and :meth:`Passages.at` say, for all of them at once.
    """
    starts = [0, *timeline.stops]
    offsets, passages = timeline.passages.changes()
    sentence = passage = 0
    stands = []
    for quantity in quantities:
        offset = quantity.start
        sentence = bisect_right(starts, offset, sentence)
        passage = bisect_right(offsets, offset, passage)
        start = starts[sentence - 1]
        if offset - start > _LONGEST_SENTENCE:
            start = offset - _LONGEST_SENTENCE
        stands.append((start, passages[passage - 1] if passage else None))
    return stands


def find_timeline(report: Report, sections: Sequence[Section], lexicon: Lexicon) -> Timeline:
    """Return the timeline of a report with its sections; content never raises."""
    folded = fold_report(report.text)
    periods = load_periods(lexicon)
    cues = find_folded(folded, periods)
    times = _find_times(report, folded, cues)
    passages = find_passages(folded, sections, cues, times, lexicon)
    stops = [match.end() for match in _SENTENCE_END.finditer(folded)]
    return Timeline(
        folded,
        cues,
        times,
        passages,
        stops,
        periods.stock,
        periods.year_end_stock,
        periods.flow,
    )


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

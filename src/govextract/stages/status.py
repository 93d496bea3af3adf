"""How sure: whether a quantity is a fact, a target, or an earlier value given for comparison."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from govextract.lexicon import Lexicon
from govextract.lexicon.status import StatusCues, load_status
from govextract.model import Period, Quantity, Report, Section, Status
from govextract.stages.passages import Times, find_passages, find_times, year_of
from govextract.stages.periods import BASE_RULE, FROM_RULE, find_periods, link_periods
from govextract.text import fold

_SENTENCE_END = re.compile(r"[。!?！？\n]")


def link_status(
    report: Report,
    sections: Sequence[Section],
    quantities: Sequence[Quantity],
    lexicon: Lexicon,
    periods: Sequence[Period] | None = None,
) -> tuple[Status, ...]:
    """Return the status of each quantity, in order.

    ``periods`` are those of :func:`govextract.stages.periods.link_periods`, where they are known
    already. A value that something is compared with is ``prior``; a figure of a plan is a
    ``target`` unless its sentence says that it is done; elsewhere a target is said to be one.
    """
    folded = fold(report.text)
    cues = find_periods(report.text, lexicon)
    times = find_times(report, folded, cues) or Times(0, 0, "")
    passages = find_passages(folded, sections, cues, times, lexicon)
    if periods is None:
        periods = link_periods(report, sections, quantities, lexicon)
    stops = [match.end() for match in _SENTENCE_END.finditer(folded)]
    words = load_status(lexicon)
    found: list[Status] = []
    for quantity, period in zip(quantities, periods, strict=True):
        at = bisect_right(stops, quantity.start)
        start = stops[at - 1] if at else 0
        passage = passages.at(quantity.start)
        if period.rule in (BASE_RULE, FROM_RULE):
            found.append("prior")
        elif passage is not None and passage.plan:
            done = _is_done(folded, start, quantity, words) or _is_past(period, times)
            found.append("actual" if done else "target")
        else:
            aimed = _is_aimed_at(folded, start, quantity, words)
            found.append("target" if aimed else "actual")
    return tuple(found)


def _is_done(folded: str, start: int, quantity: Quantity, words: StatusCues) -> bool:
    """True where the sentence says before the quantity that it is a fact."""
    return bool(words.actual.search(folded, start, quantity.start))


def _is_past(period: Period, times: Times) -> bool:
    """True where the sentence itself states a time that is over."""
    return period.source == "stated" and year_of(period.value, times.given) <= times.report


def _is_aimed_at(folded: str, start: int, quantity: Quantity, words: StatusCues) -> bool:
    """True where the sentence says outside a plan that the quantity is a target."""
    if words.target_after.match(folded, quantity.end):
        return True
    aim = words.target.search(folded, start, quantity.start)
    return aim is not None and not words.actual.search(folded, aim.end(), quantity.start)

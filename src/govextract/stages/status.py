"""How sure: whether a quantity is a fact, a target, or an earlier value given for comparison."""

from __future__ import annotations

from collections.abc import Sequence

from govextract.lexicon import Lexicon
from govextract.lexicon.periods import load_periods
from govextract.lexicon.status import StatusCues, load_status
from govextract.model import Period, Quantity, Status
from govextract.stages.passages import Passage, year_of
from govextract.stages.periods import BASE_RULE, FROM_RULE
from govextract.stages.timeline import Stand, Timeline, find_stands


def link_status(
    timeline: Timeline,
    quantities: Sequence[Quantity],
    periods: Sequence[Period],
    lexicon: Lexicon,
    stands: Sequence[Stand] | None = None,
) -> tuple[Status, ...]:
    """Return the status of each quantity, in order; ``periods`` are those that were linked.

    A value that something is compared with is ``prior``; a figure of a plan is a ``target`` unless
    its sentence says that it is done; elsewhere a figure is one where the words before it say so.
    """
    words = load_status(lexicon)
    earlier = load_periods(lexicon).earlier | {BASE_RULE, FROM_RULE}
    folded, report_year = timeline.folded, timeline.times.report
    statuses: list[Status] = []
    for quantity, period, (start, passage) in zip(
        quantities, periods, stands or find_stands(timeline, quantities), strict=True
    ):
        year = year_of(period.value, 0)
        if year < report_year and period.rule in earlier:
            status: Status = "prior"
        elif passage is not None and passage.plan:
            done = words.actual.search(folded, start, quantity.start)
            status = "actual" if done or _is_past(period, passage) else "target"
        else:
            is_to_come = year > report_year > 0
            aimed = _is_aimed_at(folded, start, quantity, words) or (
                is_to_come and words.target_year.search(folded, start, quantity.start)
            )
            status = "target" if aimed else "actual"
        statuses.append(status)
    return tuple(statuses)


def _is_past(period: Period, plan: Passage) -> bool:
    """True where the sentence itself states a time that ends before the plan begins."""
    last = period.value.rpartition("/")[2]
    return period.source == "stated" and last < plan.period[: len(last)]


def _is_aimed_at(folded: str, start: int, quantity: Quantity, words: StatusCues) -> bool:
    """True where the sentence says outside a plan that the quantity is a target."""
    at, end = quantity[:2]
    if words.target_after.match(folded, end):
        return True
    aim = words.target.search(folded, start, at)
    return aim is not None and not words.actual.search(folded, aim.end(), at)

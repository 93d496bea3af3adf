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
    return tuple(
        _status(timeline, quantity, period, stand, words, earlier)
        for quantity, period, stand in zip(
            quantities, periods, stands or find_stands(timeline, quantities), strict=True
        )
    )


def _status(
    timeline: Timeline,
    quantity: Quantity,
    period: Period,
    stand: Stand,
    words: StatusCues,
    earlier: frozenset[str],
) -> Status:
    if period.rule in earlier and year_of(period.value, 0) < timeline.times.report:
        return "prior"
    start, passage = stand
    if passage is not None and passage.plan:
        done = words.actual.search(timeline.folded, start, quantity.start)
        return "actual" if done or _is_past(period, passage) else "target"
    aimed = _is_aimed_at(timeline.folded, start, quantity, words) or (
        year_of(period.value, 0) > timeline.times.report > 0
        and words.target_year.search(timeline.folded, start, quantity.start)
    )
    return "target" if aimed else "actual"


def _is_past(period: Period, plan: Passage) -> bool:
    """True where the sentence itself states a time that ends before the plan begins."""
    last = period.value.rpartition("/")[2]
    return period.source == "stated" and last < plan.period[: len(last)]


def _is_aimed_at(folded: str, start: int, quantity: Quantity, words: StatusCues) -> bool:
    """True where the sentence says outside a plan that the quantity is a target."""
    if words.target_after.match(folded, quantity.end):
        return True
    aim = words.target.search(folded, start, quantity.start)
    return aim is not None and not words.actual.search(folded, aim.end(), quantity.start)

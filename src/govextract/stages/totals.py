"""Totals of accounts: 支出748亿元…；加上上解支出82亿元、还本支出43亿元，支出总计889亿元."""

from __future__ import annotations

from collections.abc import MutableSequence, Sequence
from decimal import Decimal

from govextract.model import Indicator, Quantity
from govextract.stages.frames import Frame

_PLUS = ("加上", "加预计")  # A加预计B、C，收入总计D
_TOTALS = ("总计", "合计", "总收入", "总支出", "共计")
_REACH = 40  # amounts before 加上 that the account's own figure is looked for in


def link_totals(
    text: str,
    frames: Sequence[Frame],
    quantities: Sequence[Quantity],
    indicators: Sequence[Indicator],
    wholes: MutableSequence[int | None],
) -> None:
    """Add to ``wholes`` what 加上 adds to an account's figure, and the figure: parts of the total.

    The figure stands anywhere before: it is the one that makes the sum come true.
    """
    if not any(plus in text for plus in _PLUS):
        return
    amounts = [
        frame
        for frame in frames
        if quantities[frame.ordinal].kind == "amount" and not frame.bracket
    ]
    for at, frame in enumerate(amounts):
        lead = text[frame.lead.start : frame.lead.end]
        if not any(plus in lead for plus in _PLUS):
            continue
        stop = _total(amounts, at, indicators)
        if stop is None:
            continue
        total = amounts[stop].ordinal
        added = [item.ordinal for item in amounts[at:stop]]
        rest = quantities[total].value - sum((quantities[i].value for i in added), Decimal(0))
        before = (item.ordinal for item in reversed(amounts[max(0, at - _REACH) : at]))
        own = next((ordinal for ordinal in before if quantities[ordinal].value == rest), None)
        if own is None and (rest <= 0 or len(added) > 1):
            continue
        for ordinal in (*added, own):
            if ordinal is not None and wholes[ordinal] is None:
                wholes[ordinal] = total


def _total(amounts: Sequence[Frame], at: int, indicators: Sequence[Indicator]) -> int | None:
    """Return where the total of the sentence stands that 加上 opens at ``at``."""
    for place in range(at + 1, len(amounts)):
        if amounts[place].sentence != amounts[at].sentence:
            return None
        if indicators[amounts[place].ordinal].text.endswith(_TOTALS):
            return place
    return None

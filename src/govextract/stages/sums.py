"""Parts that a report does not announce but that sum: 5932件，刑事3691件，民事及行政2241件."""

from __future__ import annotations

from collections.abc import MutableSequence, Sequence
from decimal import Decimal

from govextract.model import Indicator, Quantity
from govextract.stages.frames import Frame

_LEVELS = frozenset({"count", "amount", "measure"})
_NOTHING = Decimal(0)
_REACH = 14  # parts: no list of the labelled reports is longer
_TOTALS = ("总计", "合计", "总收入", "总支出", "共计")
# Beyond one sentence a sum of small numbers is chance; this many parts or this large is not.
_RECEIVED = ("收到", "受理", "新收", "收案", "接收", "承办", "共收")
_CLOSED = ("审结", "审执结", "办结", "答复", "结案", "执结", "办理完毕", "尚有", "未结")
_SURE_PARTS = 3
_SURE_VALUE = 500


def link_sums(
    frames: Sequence[Frame],
    quantities: Sequence[Quantity],
    indicators: Sequence[Indicator],
    wholes: MutableSequence[int | None],
) -> None:
    """Add to ``wholes`` the parts that sum exactly to a number before or behind them."""
    by_unit: dict[str, list[Frame]] = {}
    for frame in frames:
        quantity = quantities[frame.ordinal]
        if quantity.kind in _LEVELS and not frame.bracket:
            by_unit.setdefault(quantity.unit, []).append(frame)
    for same in by_unit.values():
        for at, frame in enumerate(same):
            is_total = indicators[frame.ordinal].text.endswith(_TOTALS)
            if not is_total and _is_first_larger(same, at, quantities, wholes):
                continue
            parts = _before(same, at, quantities, wholes) if is_total else []
            if not parts:
                parts = _behind(same, at, quantities, wholes)
                if any(_is_other_side(indicators, part, frame) for part in parts):
                    continue
                its = indicators[frame.ordinal]
                if any(is_stage(indicators[part.ordinal], its) for part in parts):
                    continue
            for part in parts:
                if wholes[part.ordinal] is None and wholes[frame.ordinal] != part.ordinal:
                    wholes[part.ordinal] = frame.ordinal


def _is_first_larger(
    same: Sequence[Frame], at: int, quantities: Sequence[Quantity], wholes: Sequence[int | None]
) -> bool:
    """Tell at a glance that what follows sums to nothing, as mostly it does."""
    if at + 1 == len(same):
        return True
    following = same[at + 1].ordinal
    if wholes[following] is not None:
        return False
    return quantities[following].value > quantities[same[at].ordinal].value


def _is_other_side(indicators: Sequence[Indicator], part: Frame, whole: Frame) -> bool:
    """What is spent and what is left of an income sum to it, and are no parts of it."""
    mine, its = indicators[part.ordinal].text, indicators[whole.ordinal].text
    return "收入" in its and mine.endswith(("支出", "结余", "结转"))


def is_stage(part: Indicator, whole: Indicator) -> bool:
    """Tell whether cases closed or open are set against cases received: no parts of them."""
    return whole.action.startswith(_RECEIVED) and part.text.startswith(_CLOSED)


def _behind(
    same: Sequence[Frame],
    at: int,
    quantities: Sequence[Quantity],
    wholes: Sequence[int | None],
) -> list[Frame]:
    stop = min(at + 1 + _REACH, len(same))
    return _run(same, range(at + 1, stop), same[at], quantities, wholes)


def _before(
    same: Sequence[Frame],
    at: int,
    quantities: Sequence[Quantity],
    wholes: Sequence[int | None],
) -> list[Frame]:
    last = max(0, at - _REACH)
    return _run(same, range(at - 1, last - 1, -1), same[at], quantities, wholes)


def _run(
    same: Sequence[Frame],
    candidates: range,
    whole: Frame,
    quantities: Sequence[Quantity],
    wholes: Sequence[int | None],
) -> list[Frame]:
    """Return the first candidates that sum to ``target``; parts of other wholes are passed over."""
    target = quantities[whole.ordinal].value
    total = _NOTHING
    parts: list[Frame] = []
    for place in candidates:
        frame = same[place]
        ordinal = frame.ordinal
        if wholes[ordinal] is not None and wholes[ordinal] != whole.ordinal:
            continue
        total += quantities[ordinal].value
        if total > target:  # mostly the first one is larger
            return []
        parts.append(frame)
        if total == target and len(parts) > 1:
            near = all(part.sentence == whole.sentence for part in parts)
            sure = len(parts) >= _SURE_PARTS and target >= _SURE_VALUE
            return parts if near or sure else []
    return []

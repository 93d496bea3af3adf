"""What a share is a share of: 占受理案件的44%, 占比25%, 占支出809亿元的75%."""

from __future__ import annotations

from collections.abc import MutableSequence, Sequence

from govextract.model import Indicator, Quantity
from govextract.stages.frames import Frame
from govextract.stages.parts import LEVELS

_REACH = 40  # levels before a share that its denominator is looked for in
_TAIL = 6  # characters at the end of a name that tell a denominator
_FILLERS = "的全市省区县州约达到为近超过部总 "


def link_shares(
    text: str,
    frames: Sequence[Frame],
    quantities: Sequence[Quantity],
    indicators: Sequence[Indicator],
    wholes: MutableSequence[int | None],
) -> None:
    """Add to ``wholes`` the whole of each share, where the report gives its figure."""
    levels: list[Frame] = []
    share: int | None = None
    for frame in frames:
        quantity = quantities[frame.ordinal]
        lead = text[frame.lead.start : frame.lead.end]
        if quantity.kind in LEVELS:
            share = frame.ordinal if _holds_denominator(lead) else None
            if share is not None and levels and wholes[levels[-1].ordinal] is None:
                wholes[levels[-1].ordinal] = share
            levels.append(frame)
        elif quantity.kind == "ratio" and frame.joined and lead.strip() == "的":
            wholes[frame.ordinal] = share
        elif quantity.kind == "ratio" and ("占" in lead or "比重" in lead):
            share = _denominator(lead, frame, levels, indicators, wholes, share)
            wholes[frame.ordinal] = share


def _holds_denominator(lead: str) -> bool:
    return "占" in lead and "占地" not in lead


def _denominator(
    lead: str,
    frame: Frame,
    levels: Sequence[Frame],
    indicators: Sequence[Indicator],
    wholes: Sequence[int | None],
    before: int | None,
) -> int | None:
    """Return the whole of one share: named, that of the numerator, or the last share's."""
    numerator, sign, behind = lead.rpartition("占")
    name = behind.split("比重")[0].split("比例")[0].split("（")[0].strip(_FILLERS)
    if not sign:
        return before
    if name and not name.startswith("比"):
        return _named(name, levels, indicators)
    near = [old for old in levels[-3:] if old.sentence == frame.sentence]
    if not near:
        return None
    if numerator.strip("，,；; 其中"):
        return near[-1].ordinal
    return wholes[near[-1].ordinal]


def _named(name: str, levels: Sequence[Frame], indicators: Sequence[Indicator]) -> int | None:
    for old in reversed(levels[-_REACH:]):
        if indicators[old.ordinal].text.endswith(name[-_TAIL:]):
            return old.ordinal
    return None

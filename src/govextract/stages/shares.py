"""What a share is a share of: 占受理案件的44%, 占比25%, 占支出809亿元的75%."""

from __future__ import annotations

from collections.abc import MutableSequence, Sequence
from decimal import Decimal
from itertools import pairwise

from govextract.model import Indicator, Quantity
from govextract.stages.frames import Frame
from govextract.stages.parts import LEVELS
from govextract.stages.sums import is_stage

_REACH = 40  # levels before a share that its denominator is looked for in
# 支出809亿元的75%; 比重分别为12%、37%和51%.
_LISTED = frozenset({"的", "、", "和", "及", "与", "以及"})
_NEAR = 8  # levels that a share without decimals is tried on
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
        kind = quantities[frame.ordinal].kind
        start, end = frame.lead
        if kind in LEVELS:
            share = frame.ordinal if _holds_denominator(text, start, end) else None
            if share is not None and levels and wholes[levels[-1].ordinal] is None:
                wholes[levels[-1].ordinal] = share
            levels.append(frame)
        if kind != "ratio":
            continue
        lead = text[start:end]
        if frame.joined and lead.strip() in _LISTED:
            wholes[frame.ordinal] = share
        elif "占" in lead or "比重" in lead or "面" in lead:
            share = _denominator(lead, frame, levels, indicators, wholes, share)
            if share is None or "面" in lead:
                share = _computed(frame, levels, quantities, wholes)
            _link_numerator(frame, levels, quantities, indicators, wholes, share)
            wholes[frame.ordinal] = share
        else:
            share = None


def _link_numerator(
    frame: Frame,
    levels: Sequence[Frame],
    quantities: Sequence[Quantity],
    indicators: Sequence[Indicator],
    wholes: MutableSequence[int | None],
    share: int | None,
) -> None:
    """Make the level before a share a part of its whole too, where the share comes true."""
    if share is None or not levels or levels[-1].sentence != frame.sentence:
        return
    numerator = levels[-1].ordinal
    part, whole = quantities[numerator], quantities[share]
    if is_stage(indicators[numerator], indicators[share]):
        return
    if part.unit != whole.unit or not 0 < part.value < whole.value or wholes[numerator] is not None:
        return
    if abs(part.value / whole.value * 100 - quantities[frame.ordinal].value) <= 1:
        wholes[numerator] = share


def _holds_denominator(text: str, start: int, end: int) -> bool:
    return text.find("占", start, end) >= 0 > text.find("占地", start, end)


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
    near = [old for old in levels[-3:] if old.sentence == frame.sentence]
    own = numerator.strip("，,；; 其中")
    if name and not name.startswith("比"):
        above = near and not own  # the last level is the numerator: 税收收入125亿元，占收入62%
        return _named(name, levels[:-1] if above else levels, indicators)
    if not near:
        return None
    nearest = near[-1].ordinal
    if not own or own == indicators[nearest].text:
        return wholes[nearest]
    # A 占比 may be of what the report gives no figure of: 新能源汽车产量50万辆，优特钢占比70%.
    alike = "其中" in numerator or _have_in_common(own, indicators[nearest].text)
    return nearest if alike or not name else None


def _have_in_common(name: str, other: str) -> bool:
    """Tell whether two names share two characters in a row: 部门联合抽查, 随机抽查经营主体."""
    return any(first + second in other for first, second in pairwise(name))


def _computed(
    frame: Frame,
    levels: Sequence[Frame],
    quantities: Sequence[Quantity],
    wholes: MutableSequence[int | None],
) -> int | None:
    """Return the level before that makes the share come true: 403人 of 584人 are the stated 69%.

    The numerator, the last level of the sentence, becomes a part of it too. A share without
    decimals fits many numbers, so only near ones are tried.
    """
    share = quantities[frame.ordinal]
    if not levels or levels[-1].sentence != frame.sentence or share.unit != "%":
        return None
    numerator = levels[-1].ordinal
    part = quantities[numerator]
    exponent = share.value.as_tuple().exponent
    digits = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    slip = Decimal(5).scaleb(-1 - digits)
    for old in reversed(levels[-(_REACH if digits else _NEAR) : -1]):
        whole = quantities[old.ordinal]
        if old.paragraph != frame.paragraph:
            return None
        if whole.unit != part.unit or whole.value <= part.value or wholes[old.ordinal] == numerator:
            continue
        if abs(part.value / whole.value * 100 - share.value) <= slip:
            if wholes[numerator] is None:
                wholes[numerator] = old.ordinal
            return old.ordinal
    return None


def _named(name: str, levels: Sequence[Frame], indicators: Sequence[Indicator]) -> int | None:
    for old in reversed(levels[-_REACH:]):
        if indicators[old.ordinal].text.endswith(name[-_TAIL:]):
            return old.ordinal
    return None

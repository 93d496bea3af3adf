"""The worth of a match: number, scale and unit to value and base unit."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from govextract.numerals import (
    SCALES,
    parse_arabic,
    parse_chinese,
    parse_numeral,
    plain,
    scale_value,
)

_SHARE_UNITS = {"百": "%", "千": "‰"}
_ABOUT = re.compile(r"([一二两三四五六七八九])([二三四五六七八九])([十百千万亿]*)")
_HUNDRED = Decimal(100)
_HALF = Decimal("0.5")
_DIGITS_OF_A_SHARE = 12
_ZEROS = {char: str(worth)[1:] for char, worth in SCALES.items()}
"""The zeros that each scale stands for."""
_TWO_PLACES = Decimal("0.01")


class Worth(NamedTuple):
    """A value in ``unit``; ``more`` says that it is a lower bound, ``high`` ends a range."""

    value: Decimal
    unit: str
    more: bool = False
    high: Decimal | None = None


def arabic_value(number: str, scale: str) -> Decimal:
    """Return the value of an Arabic or mixed number times its scale characters.

    >>> arabic_value("3.5", "万"), arabic_value("2万5千", ""), arabic_value("542,62", "万")
    (Decimal('35000'), Decimal('25000'), Decimal('542620000'))
    """
    if scale in _ZEROS:
        whole, _, part = number.partition(".")
        digits, zeros = whole + part, _ZEROS[scale]
        if len(part) <= len(zeros) and digits.isdecimal():  # the point is but moved
            return Decimal(digits + zeros[len(part) :])
    if number.isascii():
        value = Decimal(number) if "," not in number else parse_arabic(number)
    else:
        value = parse_numeral(number) or parse_arabic(number)
    if scale:
        return plain(value * (SCALES.get(scale) or scale_value(scale)))
    return plain(value) if number.endswith("0") and "." in number else value


def chinese_range(
    numeral: str, high: str | None, scale: str
) -> tuple[Decimal | None, Decimal | None]:
    """Return the low and the high end of a Chinese numeral; the high one is None for no range.

    >>> chinese_range("三千零五十", None, ""), chinese_range("三", "五", "")
    ((Decimal('3050'), None), (Decimal('3'), Decimal('5')))
    >>> chinese_range("三四十", None, ""), chinese_range("三五", None, "")
    ((Decimal('30'), Decimal('40')), (None, None))
    """
    if high is not None:
        return parse_chinese(numeral), parse_chinese(high + scale)
    about = _ABOUT.fullmatch(numeral + scale)
    if about:
        low, top = parse_chinese(about[1]), parse_chinese(about[2])
        if low is None or top is None or top != low + 1:
            return None, None
        factor = scale_value(about[3])
        return low * factor, top * factor
    return parse_chinese(numeral + scale), None


def share(match: re.Match[str]) -> Worth | None:
    """Return what a match of one of the grammar's shares is worth: 1/4, 三分之二, 六成, 半数."""
    groups = match.groupdict("")
    if groups["fraction"]:
        top, bottom = (Decimal(part) for part in match.group().split("/"))
        return fraction_value(top, bottom) if 0 < top < bottom else None
    if groups["half"]:
        return Worth(Decimal(50), "%", match.group() == "半")
    whole = groups["whole"] or groups["whole2"]
    if whole:
        return share_value(whole, groups["part"] or groups["part2"])
    tenth = groups["tenth"] or groups["tenth2"]
    worth = tenths_value(tenth, groups["tenth_more"] or groups["tenth_more2"])
    high = tenths_value(groups["tenth_high"] or groups["tenth_high2"], "")
    return worth if worth is None or high is None else worth._replace(high=high.value)


def share_value(whole: str, part: str) -> Worth | None:
    """Return a share: 百分之 in %, 千分之 in ‰, others as a percentage rounded to two places.

    >>> share_value("三", "二")
    Worth(value=Decimal('66.67'), unit='%', more=False, high=None)
    """
    top = parse_numeral(part)
    if top is None:
        return None
    if whole in _SHARE_UNITS:
        return Worth(plain(top), _SHARE_UNITS[whole])
    bottom = parse_numeral(whole)
    return fraction_value(top, bottom) if bottom else None


def fraction_value(top: Decimal, bottom: Decimal) -> Worth | None:
    """Return a fraction as a percentage, rounded to two places (LABELLING: 三分之二 is 66.67).

    None where it is so large that it is no share: what runs on in a damaged text.
    """
    percent = top * _HUNDRED / bottom
    if percent.adjusted() >= _DIGITS_OF_A_SHARE:
        return None
    return Worth(plain(percent.quantize(_TWO_PLACES)), "%")


def tenths_value(tenth: str, rest: str) -> Worth | None:
    """Return 成 as a percentage: 六成 is 60, 八成五 85, 三成多 30 and more."""
    if not tenth:
        return None
    more = rest == "多"
    value = parse_numeral(tenth + "成" + ("" if more else rest))
    return None if value is None else Worth(plain(value * _HUNDRED), "%", more)


def with_half(value: Decimal) -> Decimal:
    """Return half a unit more (一年半)."""
    return value + _HALF

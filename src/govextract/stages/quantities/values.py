"""The worth of a match: number, scale and unit to value and base unit."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from govextract.lexicon.units import Unit
from govextract.numerals import (
    ARABIC,
    parse_arabic,
    parse_chinese,
    parse_numeral,
    plain,
    scale_value,
)

_PLAIN_ARABIC = re.compile(ARABIC)
_SCALES = "十百千万亿萬億"
_SHARE_UNITS = {"百": "%", "千": "‰"}
_HUNDRED = Decimal(100)
_HALF = Decimal("0.5")
_TWO_PLACES = Decimal("0.01")


class Worth(NamedTuple):
    """A value in ``unit``; ``written`` is the number as it stands, ``more`` says 余 or 多."""

    value: Decimal
    unit: str
    more: bool = False


def arabic_value(number: str, scale: str) -> Decimal:
    """Return the value of an Arabic or mixed number times its scale characters.

    >>> arabic_value("3.5", "万"), arabic_value("2万5千", ""), arabic_value("542,62", "万")
    (Decimal('35000'), Decimal('25000'), Decimal('542620000'))
    """
    if number.isascii():
        value = Decimal(number) if "," not in number else parse_arabic(number)
    elif _PLAIN_ARABIC.fullmatch(number):
        value = parse_arabic(number)
    else:
        value = parse_numeral(number) or Decimal(0)
    if scale:
        return plain(value * scale_value(scale))
    return plain(value) if "." in number else value


def chinese_value(numeral: str, scale: str) -> Decimal | None:
    """Return the value of a Chinese numeral; a bare scale counts once (千余 is 1000)."""
    return parse_chinese(numeral + scale) if numeral + scale else None


def share_value(whole: str, part: str) -> Worth | None:
    """Return a share: 百分之 in %, 千分之 in ‰, others as a percentage rounded to two places.

    >>> share_value("三", "二")
    Worth(value=Decimal('66.67'), unit='%', more=False)
    """
    top = parse_numeral(part)
    if top is None:
        return None
    if whole in _SHARE_UNITS:
        return Worth(plain(top), _SHARE_UNITS[whole])
    bottom = parse_numeral(whole)
    return fraction_value(top, bottom) if bottom else None


def fraction_value(top: Decimal, bottom: Decimal) -> Worth:
    """Return a fraction as a percentage, rounded to two places (LABELLING: 三分之二 is 66.67)."""
    return Worth(plain((top * _HUNDRED / bottom).quantize(_TWO_PLACES)), "%")


def tenths_value(tenth: str, rest: str) -> Worth | None:
    """Return 成 as a percentage: 六成 is 60, 八成五 85, 三成多 30 and more."""
    more = rest == "多"
    value = parse_numeral(tenth + "成" + ("" if more else rest))
    return None if value is None else Worth(plain(value * _HUNDRED), "%", more)


def with_half(value: Decimal) -> Decimal:
    """Return half a unit more (一年半)."""
    return value + _HALF


def base_value(value: Decimal, unit: Unit | None) -> Decimal:
    """Return ``value`` in the unit that is written in the table; money in 角 becomes 元."""
    if unit is None or unit.dimension != "money" or unit.factor == 1:
        return value
    return plain(value * unit.factor)

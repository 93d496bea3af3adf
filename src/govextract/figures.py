"""What a stated figure is worth: the year that it is of, and how far it is rounded."""

from __future__ import annotations

import re
from decimal import Decimal

from govextract.model import Fact

_WHOLE_YEAR = re.compile(r"(\d{4})|(\d{4})-01/\2-12|/(\d{4})(?:-12(?:-31)?)?")
_PART_OF_YEAR = re.compile(r"(?:\d{4}[-\d]*)?/?(\d{4})-\d{2}(?:-\d{2})?")


def year_of(period: str) -> tuple[int, bool] | None:
    """Return the year of a period, and whether it is the whole year (or the end of one).

    Periods of several years, and unknown ones, give ``None``.

    >>> year_of("2024"), year_of("/2024-12"), year_of("2024-01/2024-06"), year_of("2016/2020")
    ((2024, True), (2024, True), (2024, False), None)
    """
    whole = _WHOLE_YEAR.fullmatch(period)
    if whole is not None:
        return int(whole[1] or whole[2] or whole[3]), True
    part = _PART_OF_YEAR.fullmatch(period)
    if part is None or (period[:1].isdigit() and period[:4] != part[1]):
        return None
    return int(part[1]), False


def rounding(fact: Fact) -> Decimal:
    """Return half of the last place in which a value was written, in its base unit.

    3196.70亿元 is written to 0.01亿元: it is right within 500,000元. Chinese numerals, which tell
    no places, give 0.
    """
    digits = fact.number.replace(",", "").replace(" ", "").lstrip("+-")
    if not digits.replace(".", "", 1).isdigit() or not Decimal(digits):
        return Decimal(0)
    scale = abs(Decimal(fact.value or 0) / Decimal(digits))
    places = len(digits.partition(".")[2])
    return scale * Decimal(5).scaleb(-places - 1)

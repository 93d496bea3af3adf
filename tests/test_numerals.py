"""Numbers written in every notation are read back as what they are."""

from __future__ import annotations

import doctest
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import govextract.numerals
from govextract.lexicon import default_lexicon
from govextract.numerals import parse_numeral
from govextract.stages.quantities import find_quantities, parse_quantity

DIGITS = "零一二三四五六七八九"
FINANCIAL = "零壹贰叁肆伍陆柒捌玖"
WIDE = str.maketrans("0123456789.,", "０１２３４５６７８９．，")


def in_chinese(number: int, digits: str = DIGITS, tens: str = "十百千") -> str:
    """Write ``number`` (up to 10^12) in Chinese, as schools teach it."""
    for scale, char in ((10**8, "亿"), (10**4, "万")):
        if number >= scale:
            high, low = divmod(number, scale)
            zero = digits[0] if 0 < low < scale // 10 else ""
            rest = zero + in_chinese(low, digits, tens) if low else ""
            return in_chinese(high, digits, tens) + char + rest
    written, gap = "", False
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if digit:
            written += (digits[0] if gap and written else "") + digits[digit]
            written += tens[power - 1] if power else ""
        gap = not digit
    return written or digits[0]


def test_doctests() -> None:
    assert doctest.testmod(govextract.numerals).failed == 0


@given(st.integers(0, 10**12 - 1))
def test_chinese_numbers_are_read_back(number: int) -> None:
    assert parse_numeral(in_chinese(number)) == number
    assert parse_numeral(in_chinese(number, FINANCIAL, "拾佰仟")) == number


@given(st.integers(0, 10**15))
def test_groups_and_widths_are_read_back(number: int) -> None:
    assert parse_numeral(f"{number:,}") == number
    assert parse_numeral(str(number).translate(WIDE)) == number


@given(st.decimals(0, 10**7, places=2))
def test_decimals_are_exact(number: Decimal) -> None:
    assert parse_numeral(str(number)) == number
    assert parse_numeral(f"-{number}") == -number
    assert parse_numeral(f"{number}亿") == number * 10**8


@given(st.integers(1, 9), st.integers(1, 9))
def test_mixed_and_shares(high: int, low: int) -> None:
    assert parse_numeral(f"{high}万{low}千") == high * 10000 + low * 1000
    assert parse_numeral(f"{DIGITS[high]}成{DIGITS[low]}") == Decimal(10 * high + low) / 100
    assert parse_numeral(f"百分之{DIGITS[high]}") == Decimal(high) / 100


@pytest.mark.parametrize(
    "text", ["", "统一", "万一", "三心", "1,23", "一个", "12件", "。", "-", "亿元"]
)
def test_what_is_no_numeral(text: str) -> None:
    assert parse_numeral(text) is None


@settings(deadline=None)  # the first call compiles the grammar
@given(st.text(alphabet="0123456789一二十百千万亿零点分之成半,. ·/-", max_size=12))
def test_no_text_raises(text: str) -> None:
    parse_numeral(text)
    find_quantities(text, default_lexicon())


@settings(deadline=None)
@given(st.integers(1, 10**9), st.sampled_from(["件", "人次", "万元", "亿千瓦时", "平方米", "%"]))
def test_a_quantity_is_read_back(number: int, unit: str) -> None:
    scale = {"万": 10**4, "亿": 10**8}.get(unit[0], 1)
    base = unit[1:] if scale > 1 else unit
    for written in (str(number), f"{number:,}", str(number).translate(WIDE)):
        found = parse_quantity(written + unit, default_lexicon())
        assert found is not None
        assert (found.value, found.unit) == (number * scale, base)


@settings(deadline=None)
@given(st.integers(13, 10**8))
def test_a_chinese_quantity_is_read_back(number: int) -> None:
    found = parse_quantity(in_chinese(number) + "件", default_lexicon())
    assert found is not None
    assert found.value == number

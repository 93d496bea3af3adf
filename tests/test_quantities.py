"""The quantities stage: offsets, regions, chains, leftovers."""

from __future__ import annotations

from decimal import Decimal

import pytest

from govextract.lexicon import default_lexicon
from govextract.model import Region
from govextract.stages.quantities import find_quantities, parse_quantity

LEXICON = default_lexicon()


def values(text: str) -> list[tuple[str, Decimal, str, str]]:
    found = find_quantities(text, LEXICON).quantities
    assert all(text[item.start : item.end] == item.text for item in found)
    return [(item.text, item.value, item.unit, item.kind) for item in found]


def test_a_list_shares_its_unit_and_its_direction() -> None:
    assert values("比重分别回落2.1和3个百分点") == [
        ("2.1", Decimal("-2.1"), "百分点", "change"),
        ("3个百分点", Decimal(-3), "百分点", "change"),
    ]


def test_tables_are_left_out() -> None:
    text = "共办结12件。\n件数 | 30件\n"
    region = Region("table", 7, len(text))
    assert len(find_quantities(text, LEXICON).quantities) == 2
    assert len(find_quantities(text, LEXICON, [region]).quantities) == 1


@pytest.mark.parametrize("text", ["", "没有数字", "一二三", "%", "第", "1" * 500, "1," * 500])
def test_content_never_raises(text: str) -> None:
    find_quantities(text, LEXICON)


def test_parse_takes_the_whole_string_or_nothing() -> None:
    found = parse_quantity(" 1,346万元 ", LEXICON)
    assert found is not None
    assert (found.value, found.unit) == (Decimal(13460000), "元")
    assert parse_quantity("约1,346万元", LEXICON) is None

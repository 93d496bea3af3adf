"""The quantities stage: offsets, regions, chains, leftovers."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from govextract.cli.units import app
from govextract.lexicon import default_lexicon
from govextract.model import Region
from govextract.stages.quantities import (
    Suggestion,
    find_quantities,
    parse_quantity,
    suggest_units,
)
from govextract.stages.quantities.reading import read_through

LEXICON = default_lexicon()


def values(text: str) -> list[tuple[str, Decimal, str, str]]:
    found = find_quantities(text, LEXICON).quantities
    assert all(text[item.start : item.end] == item.text for item in found)
    return [(item.text, item.value, item.unit, item.kind) for item in found]


def test_digits_of_all_scripts_are_read() -> None:
    digits = [chr(code) for code in range(0x20000) if chr(code).isdecimal()]
    assert len(digits) > 600
    assert read_through("".join(digits)).text == "".join(str(int(digit)) for digit in digits)


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


def test_offsets_hold_over_damage() -> None:
    text = "全市实现地区生产总值稳步提升，同比增\n长 —7— 6. 1%，完成[2]12\n件。"
    found = find_quantities(text, LEXICON)
    assert [(item.text, item.value, item.kind) for item in found.quantities] == [
        ("6. 1%", Decimal("6.1"), "change"),
        ("12\n件", Decimal(12), "count"),
    ]
    assert all(text[item.start : item.end] == item.text for item in found.quantities)
    marks = {text[item.start : item.end].strip(): item.rule for item in found.exclusions}
    assert marks == {"—7—": "exclude/page_marker", "[2]": "exclude/bracket_number"}


def test_a_line_end_after_a_short_line_divides() -> None:
    assert values("共12\n件数统计") == [("12", Decimal(12), "", "count")]


@given(st.text(alphabet="增长 \n—8[1]．5%件，。十一二0123,.至、“”（）", max_size=40))
@settings(deadline=None)
def test_spans_are_exact_and_in_order(text: str) -> None:
    end = 0
    for item in find_quantities(text, LEXICON).quantities:
        assert text[item.start : item.end] == item.text
        assert item.start >= end
        end = item.end


@given(st.text(alphabet="增长 \n—8[1]5%件，。", max_size=40))
@settings(deadline=None)
def test_a_reading_leads_back_to_every_character(text: str) -> None:
    reading = read_through(text)
    for at, char in enumerate(reading.text):
        start, end = reading.span(at, at + 1)
        assert end == start + 1
        assert text[start] == char


def test_an_unknown_measure_word_is_a_quantity_and_a_problem() -> None:
    found = find_quantities("发放口罩300箩，", LEXICON)
    assert [(item.text, item.unit, item.confidence) for item in found.quantities] == [
        ("300箩", "箩", 0.5)
    ]
    assert [item[0] for item in found.problems] == ["unknown-unit"]


def test_unknown_measure_words_are_suggested_with_sentences() -> None:
    texts = [("发放口罩300箩，手套12件。送米20箩。", ()), ("购鱼15篓。", ())]
    assert suggest_units(texts, LEXICON) == [
        Suggestion("箩", 2, ("发放口罩300箩，手套12件。", "送米20箩。")),
        Suggestion("篓", 1, ("购鱼15篓。",)),
    ]


def test_measure_words_beyond_the_common_characters_are_suggested_too() -> None:
    assert [item.word for item in suggest_units([("购鱼15㧟，送米20𥹉。", ())], LEXICON)] == [
        "㧟",
        "𥹉",
    ]


def test_units_can_be_suggested_and_listed_from_the_command_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("发放口罩300箩，手套12件。\n", encoding="utf-8")
    suggested = CliRunner().invoke(app, ["suggest", str(tmp_path)])
    assert suggested.exit_code == 0
    assert suggested.output.splitlines()[0] == "箩\t1"
    listed = CliRunner().invoke(app, ["list"])
    assert "unit/ha\t公顷\tarea\t10000 平方米\thar" in listed.output

"""Prescribed tables that were copied as text, their cells divided or run together."""

from __future__ import annotations

import pytest

from govextract.lexicon import default_lexicon
from govextract.lexicon.forms import load_blocks, load_forms
from govextract.model import Report
from govextract.readers import read_bytes
from govextract.readers.form_tables import tell_apart
from govextract.stages.tables import find_table_facts
from table_maker import APPLICATIONS, NATIONAL_FORM, PROSE, REVIEWS, Rows

HEADING = "四、政府信息公开行政复议、行政诉讼情况"
FORMS = load_forms(default_lexicon())


def as_text(rows: Rows, divider: str, row_end: str) -> str:
    texts = [[item if isinstance(item, str) else item.text for item in row] for row in rows]
    return row_end.join(divider.join(row) for row in texts)


def read(divider: str, row_end: str) -> Report:
    applications, reviews = (as_text(rows, divider, row_end) for rows in (APPLICATIONS, REVIEWS))
    text = f"{PROSE}\n{applications}{row_end}{HEADING}{row_end}{reviews}\n五、主要问题\n{PROSE}\n"
    report = read_bytes(text.encode(), "a.txt", ".txt")
    assert report.text == text
    return report


def values(report: Report) -> set[tuple[str, str, str, str]]:
    found = find_table_facts(report, default_lexicon())
    assert all(report.text[v.start : v.end] == v.text for v in found)
    return {(v.title, v.row_path, v.column_path, v.number) for v in found}


EXPECTED = {
    (FORMS[int(table) - 2].title, row, column, number)
    for table, row, column, number, _ in NATIONAL_FORM
    if table in "23"
}


@pytest.mark.parametrize(("divider", "row_end"), [(" | ", "\n"), (" ", "\n"), (" ", " ")])
def test_divided_cells_are_found_whole(divider: str, row_end: str) -> None:
    assert values(read(divider, row_end)) == EXPECTED


def test_numbers_that_have_run_together_are_told_apart_or_left_out() -> None:
    report = read("", "")
    found = values(report)
    assert found <= EXPECTED
    assert len(found) > 0.7 * len(EXPECTED)
    tables = [region for region in report.regions if region.kind == "table"]
    assert [report.text[r.start : r.start + 5] for r in tables] == ["申请人情况", "行政复议行"]
    assert all("五、" not in report.text[r.start : r.end] for r in tables)


@pytest.mark.parametrize(
    ("digits", "numbers"),
    [
        ("0000000", ["0", "0", "0", "0", "0", "0", "0"]),
        ("100000010", ["10", "0", "0", "0", "0", "0", "10"]),
        ("12000214", None),
        ("640020470", ["64", "0", "0", "2", "0", "4", "70"]),
        ("1200011200125", None),
        ("00000001", None),
        ("123", None),
        ("1" * 60, None),
    ],
)
def test_a_run_of_digits_is_told_apart_only_where_one_way_fits(
    digits: str, numbers: list[str] | None
) -> None:
    spans = tell_apart(digits, FORMS[0])
    assert (spans and [digits[span.start : span.end] for span in spans]) == numbers


def test_run_together_tables_that_cannot_be_told_apart_are_no_prose() -> None:
    text = (
        "二、主动公开政府信息情况 第二十条第（一）项信息内容本年制发件数规章000行政规范性文件693665"
        "第二十条第（八）项信息内容本年收费金额（单位：万元）行政事业性收费24252.31三、其他情况\n"
    )
    report = read_bytes(text.encode(), "a.txt", ".txt")
    around = [region for region in report.regions if region.kind == "table"]
    table = "".join(report.text[region.start : region.end] for region in around)
    assert table.startswith("第二十条")
    assert table.endswith("24252.31")
    assert "693665" in table
    assert [v.number for v in find_table_facts(report, default_lexicon())] == ["24252.31"]


@pytest.mark.parametrize(
    "entry", default_lexicon().entries("forms.toml", "form"), ids=lambda entry: entry["id"]
)
def test_each_form_matches_its_example_and_not_its_counter_example(entry: dict[str, str]) -> None:
    form = next(form for form in FORMS if form.id == entry["id"])
    assert form.pattern.match(entry["example"])
    assert not form.pattern.search(entry["counter"])


DISCLOSED_TEXT = (
    "第二十条第（一）项", "信息内容", "本年制发件数", "本年废止件数", "现行有效件数",
    "规章", "3", "0", "14", "行政规范性文件", "7", "-", "61",
    "第二十条第（五）项", "信息内容", "本年处理决定数量", "行政许可", "51820",
    "第二十条第（八）项", "信息内容", "本年收费金额（单位：万元）", "行政事业性收费", "1,205.6",
)  # fmt: skip


@pytest.mark.parametrize("divider", ["\n", " ", "\t", "\n\n"])
def test_the_table_of_articles_is_read_where_its_cells_are_divided(divider: str) -> None:
    table = divider.join(DISCLOSED_TEXT)
    text = f"{PROSE}\n二、主动公开政府信息情况\n{table}\n三、其他情况\n{PROSE}\n"
    report = read_bytes(text.encode(), "a.txt", ".txt")
    assert values(report) == {
        ("主动公开政府信息情况", row, column, number)
        for table, row, column, number, _ in NATIONAL_FORM
        if table == "1"
    }


@pytest.mark.parametrize(
    "entry", default_lexicon().entries("forms.toml", "block"), ids=lambda entry: entry["id"]
)
def test_each_block_matches_its_example_and_not_its_counter_example(entry: dict[str, str]) -> None:
    block = next(block for block in load_blocks(default_lexicon()) if block.id == entry["id"])
    assert block.pattern.match(entry["example"])
    assert not block.pattern.search(entry["counter"])

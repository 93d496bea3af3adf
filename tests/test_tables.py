"""Tables to values: in all forms of file, and against what people read from real pages."""

from __future__ import annotations

import csv
import tomllib
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import table_maker
from govextract import readers
from govextract.lexicon import default_lexicon
from govextract.lexicon.tables import load_table_words, squeeze
from govextract.model import Report
from govextract.stages.tables import TableValue, find_table_facts
from table_maker import APPLICATIONS, DISCLOSED, NATIONAL_FORM, REVIEWS, Rows, as_report, cell

REAL = Path(__file__).resolve().parents[1].parent / "shared" / "real"


def values(report: Report) -> tuple[TableValue, ...]:
    return find_table_facts(report, default_lexicon())


def found(rows: Rows, title: str = "", unit: str = "") -> list[tuple[str, str, str, str]]:
    """Row path, column path, value and unit of each value."""
    report = as_report(rows, title=title, unit=unit)
    return [(v.row_path, v.column_path, str(v.value), v.unit) for v in values(report)]


@pytest.mark.parametrize("form", [table_maker.as_html, table_maker.as_docx, table_maker.as_pdf])
def test_the_national_form_is_read_whole_in_each_form_of_file(
    form: Callable[..., Report],
) -> None:
    report = form(DISCLOSED, APPLICATIONS, REVIEWS)
    read = {
        (str(v.table), v.row_path, v.column_path, v.number, v.number_unit) for v in values(report)
    }
    assert read == NATIONAL_FORM
    assert all(report.text[v.start : v.end] == v.text for v in values(report))


@pytest.mark.parametrize("split", [5, 6, 7, 8, 9])
def test_the_national_form_is_whole_where_a_page_ends_in_it(split: int) -> None:
    report = table_maker.as_pdf(APPLICATIONS, split=split)
    read = {("2", v.row_path, v.column_path, v.number, v.number_unit) for v in values(report)}
    assert read == {value for value in NATIONAL_FORM if value[0] == "2"}


def test_units_come_from_header_cell_row_and_caption() -> None:
    rows = [
        ["指标", "绝对数（亿元）", "比上年增长（%）"],
        ["生产总值", "1,204.5", "6.1"],
        ["参保人数（万人）", "12.5", "-0.3"],
    ]
    assert found(rows) == [
        ("生产总值", "绝对数（亿元）", "120450000000", "元"),
        ("生产总值", "比上年增长（%）", "6.1", "%"),
        ("参保人数（万人）", "绝对数（亿元）", "1250000000", "元"),
        ("参保人数（万人）", "比上年增长（%）", "-0.3", "%"),
    ]
    plain = [["指标", "数量", "增速"], ["收入", "42.4", "5.3%"], ["参保人数（万人）", "12.5", "1"]]
    assert found(plain, unit="万元") == [
        ("收入", "数量", "424000", "元"),
        ("收入", "增速", "5.3", "%"),
        ("参保人数（万人）", "数量", "125000", "人"),
        ("参保人数（万人）", "增速", "1", "%"),
    ]


def test_a_unit_column_gives_the_unit_of_the_amounts_and_not_of_the_changes() -> None:
    rows = [["产品名称", "单位", "产量", "比上年增长"], ["水泥", "万吨", "3.5", "-7.8"]]
    assert found(rows) == [("水泥", "产量", "35000", "吨"), ("水泥", "比上年增长", "-7.8", "%")]


def test_a_caption_may_list_several_units() -> None:
    rows = [["项目", "金额", "占比"], ["补贴", "12", "40"]]
    assert found(rows, unit="万元、%") == [
        ("补贴", "金额", "120000", "元"), ("补贴", "占比", "40", "%"),
    ]  # fmt: skip


def test_a_unit_inside_the_table_is_no_section() -> None:
    rows: Rows = [[cell("单位：万元", 1, 2)], ["项目", "金额"], ["补贴", "12"]]
    assert found(rows) == [("补贴", "金额", "120000", "元")]


@pytest.mark.parametrize("blank", ["-", "—", "——", "/", "", "…", "无", "　"])
def test_a_blank_is_no_zero(blank: str) -> None:
    rows = [["项目", "件数", "人数"], ["受理", "0", blank], ["审结", "3", "4"]]
    assert [value[1:] for value in found(rows) if value[0] == "受理"] == [("件数", "0", "件")]


def test_rows_behind_qizhong_go_on_as_far_as_they_sum() -> None:
    rows = [
        ["指标", "人口（万人）", "比重（%）"],
        ["总人口", "100.0", ""],
        ["其中：城镇", "60.5", "60.5"],
        ["乡村", "39.5", "39.5"],
        ["其中：60岁及以上", "20.0", "20.0"],
        ["其中：80岁及以上", "3.0", "3.0"],
        ["户数", "31.0", ""],
    ]
    paths = list(dict.fromkeys(value[0] for value in found(rows)))
    assert paths == [
        "总人口",
        "总人口 > 其中：城镇",
        "总人口 > 乡村",
        "总人口 > 乡村 > 其中：60岁及以上",
        "总人口 > 乡村 > 其中：60岁及以上 > 其中：80岁及以上",
        "户数",
    ]


def test_rows_behind_a_hash_go_on_to_the_next_numbered_row() -> None:
    rows = [
        ["类别", "指数"], ["一、食品", "98"], ["#粮食", "97"], ["蔬菜", "96"], ["二、衣着", "99"],
    ]  # fmt: skip
    assert [value[0] for value in found(rows)] == ["食品", "食品 > 粮食", "食品 > 蔬菜", "衣着"]


def test_a_count_that_could_be_a_year_is_a_count_under_a_header() -> None:
    rows = [["信息内容", "本年处理决定数量"], ["行政许可", "1901"]]
    assert found(rows) == [("行政许可", "本年处理决定数量", "1901", "")]


def test_indented_rows_are_parts_of_the_row_above() -> None:
    rows = [
        ["指标", "产量（吨）"], ["粮食", "9"], ["\u3000夏粮", "5"], ["\u3000\u3000小麦", "4"],
        ["\u3000秋粮", "4"], ["油料", "2"],
    ]  # fmt: skip
    assert [value[0] for value in found(rows)] == [
        "粮食", "粮食 > 夏粮", "粮食 > 夏粮 > 小麦", "粮食 > 秋粮", "油料",
    ]  # fmt: skip


def test_a_row_of_one_cell_names_the_rows_below() -> None:
    rows: Rows = [
        ["指标", "比上年增长（%）"], ["工业", "8.2"], [cell("按经济类型分：", 1, 2)],
        ["国有企业", "-1.0"], [cell("按轻重工业分：", 1, 2)], ["轻工业", "3.1"],
        [cell("注：本表为快报数。", 1, 2)],
    ]  # fmt: skip
    assert [value[0] for value in found(rows)] == [
        "工业", "按经济类型分 > 国有企业", "按轻重工业分 > 轻工业",
    ]  # fmt: skip


def test_two_panels_side_by_side_have_their_own_labels() -> None:
    rows: Rows = [
        [cell("收入", 1, 2), cell("支出", 1, 2)],
        ["项目", "决算数", "项目", "决算数"],
        ["财政拨款", "12", "教育", "7"],
        ["", "", "卫生", "5"],
    ]
    assert [value[:3] for value in found(rows, unit="元")] == [
        ("财政拨款", "收入 > 决算数", "12"),
        ("教育", "支出 > 决算数", "7"),
        ("卫生", "支出 > 决算数", "5"),
    ]


def test_numbers_that_count_nothing_are_no_values() -> None:
    rows = [
        ["序号", "科目编码", "科目名称", "金额（元）", "备注"],
        ["1", "20101", "办公费", "350", "含税"],
        ["2", "20102", "差旅费", "90", ""],
    ]
    assert [value[0] for value in found(rows)] == ["办公费", "差旅费"]


def test_years_may_head_columns_or_rows() -> None:
    across = [["指标", "2022", "2023"], ["受理（件）", "5", "7"]]
    assert [value[:3] for value in found(across)] == [
        ("受理（件）", "2022", "5"), ("受理（件）", "2023", "7"),
    ]  # fmt: skip
    down = [["年份", "受理（件）"], ["2022", "5"], ["2023", "7"]]
    assert [value[:3] for value in found(down)] == [
        ("2022", "受理（件）", "5"), ("2023", "受理（件）", "7"),
    ]  # fmt: skip


def test_footnote_marks_are_no_part_of_labels_and_numbers() -> None:
    rows = [["指标", "件数[1]"], ["受理①", "12*"], ["审结", "９"]]
    assert found(rows) == [("受理", "件数", "12", "件"), ("审结", "件数", "9", "件")]


def test_kinds_follow_the_header_and_the_unit() -> None:
    rows = [
        ["指标", "金额（万元）", "占比（%）", "同比增长（%）", "本年增/减", "指数"],
        ["收入", "12", "30", "5.3", "-2", "100.5"],
    ]
    kinds = [v.kind for v in values(as_report(rows))]
    assert kinds == ["amount", "ratio", "change", "change", "score"]


def test_the_origin_names_table_row_and_column() -> None:
    (value,) = values(as_report([["指标", "件数"], ["受理", "12"]]))
    assert (value.origin, value.table, value.row, value.column) == ("table:1/r2/c2", 1, 2, 2)


CELLS = st.text(alphabet="其中：一、（）%万元12.,-/ #件\u3000", max_size=8)


@given(
    st.lists(
        st.lists(st.builds(cell, CELLS, st.integers(1, 3), st.integers(1, 3)), max_size=5),
        max_size=6,
    )
)
def test_any_table_is_read_without_error_and_values_stand_in_the_text(rows: Rows) -> None:
    report = as_report(rows)
    for value in values(report):
        assert report.text[value.start : value.end] == value.text
        assert value.number in squeeze(value.text)


@pytest.mark.parametrize(
    ("table", "entry"),
    [
        (table, entry)
        for table, entries in tomllib.loads(
            files("govextract").joinpath("data/tables.toml").read_text(encoding="utf-8")
        ).items()
        for entry in entries
    ],
    ids=lambda item: item["id"] if isinstance(item, dict) else item,
)
def test_each_entry_matches_its_example_and_not_its_counter_example(
    table: str, entry: dict[str, str]
) -> None:
    words = load_table_words(default_lexicon())
    said = {
        "column": words.role_of,
        "blank": words.is_blank,
        "head_unit": words.unit_of,
        "kind": lambda text: kind.kind if (kind := words.kind_of(text)) else None,
        "lone": lambda text: not words.is_section(text),
        "table_mark": _mark,
        "figure": words.is_figure,
        "year": lambda text: words.year_of(text, 2025) is not None,
        "table_total": lambda text: words.total.fullmatch(squeeze(text)) is not None,
        "table_title": lambda text: words.thing_of(text) != squeeze(text),
    }[table]
    expected = {
        "column": entry.get("role"), "head_unit": entry.get("unit"), "kind": entry.get("kind"),
        "table_mark": entry.get("role"),
    }.get(table, True)  # fmt: skip
    assert said(entry["example"]) == expected
    assert said(entry["counter"]) != expected


def _mark(text: str) -> str:
    words = load_table_words(default_lexicon())
    squeezed = squeeze(text)
    if words.part_mark.match(squeezed):
        return "part"
    return "number" if words.number_mark.match(squeezed) else ""


@pytest.mark.skipif(not REAL.is_dir(), reason="the real reports are not beside the checkout")
@pytest.mark.parametrize(
    "name",
    ["信息公开年报-洪泽区-2023.pdf", "信息公开年报-淮安-2024.pdf", "统计公报-驻马店-2025.html"],
)
def test_real_tables_agree_with_what_people_read(name: str) -> None:
    truth = REAL / "tables" / f"{Path(name).stem}.csv"
    with truth.open(encoding="utf-8-sig") as file:
        gold = list(csv.DictReader(file))
    expected = Counter(
        (
            row["table"],
            Decimal(row["value"]),
            *map(squeeze, (row["row"], row["column"])),
            row["unit"],
        )
        for row in gold
    )
    read = Counter(
        (
            str(v.table), Decimal(v.number.replace(",", "")),
            squeeze(v.row_path), squeeze(v.column_path), v.number_unit,
        )
        for v in values(readers.read(REAL / "pages" / name))
        if str(v.table) in {row["table"] for row in gold}
    )  # fmt: skip
    right = sum((expected & read).values())
    assert 2 * right / (sum(expected.values()) + sum(read.values())) >= 0.95

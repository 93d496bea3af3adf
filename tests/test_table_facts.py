"""Facts of tables: where, when and what, by the labels of rows and columns."""

from __future__ import annotations

import pytest

from govextract.model import Fact, Metadata
from govextract.pipeline import extract
from table_maker import Rows, as_report, cell

ABOUT = Metadata(
    title="信阳市2025年国民经济和社会发展统计公报",
    issuer="信阳市统计局",
    year=2025,
    area="信阳市",
    genre="statistical_bulletin",
)


def facts(rows: Rows, title: str = "", unit: str = "") -> tuple[Fact, ...]:
    report = as_report(rows, title=title, unit=unit)
    return extract(report._replace(metadata=ABOUT)).facts


def stated(rows: Rows, title: str = "", unit: str = "") -> list[tuple[str, str, str, float]]:
    """Concept, kind, place and value of each value that has a concept."""
    return [
        (f.indicator_name, f.kind, f.area, float(f.value or 0))
        for f in facts(rows, title, unit)
        if f.indicator_name
    ]


def test_columns_of_years_say_when() -> None:
    rows = [["指标", "2024年", "2025年"], ["常住人口（万人）", "513.0", "510.5"]]
    assert [(f.period, f.period_source, f.status, f.indicator) for f in facts(rows)] == [
        ("2024", "stated", "prior", "常住人口（万人）"),
        ("2025", "stated", "actual", "常住人口（万人）"),
    ]


def test_rows_of_years_say_when() -> None:
    rows = [["年份", "地区生产总值（亿元）", "增速（%）"], ["2021", "1950.1", "7.5"]]
    assert [(f.period, f.kind, f.indicator_name) for f in facts(rows)] == [
        ("2021", "amount", "地区生产总值"), ("2021", "change", "地区生产总值"),
    ]  # fmt: skip


def test_a_label_that_names_two_years_says_none() -> None:
    rows = [["指标", "2021-2025年"], ["常住人口（万人）", "510.5"]]
    assert [f.period for f in facts(rows)] == ["2025"]


def test_places_say_where_in_rows_and_columns() -> None:
    rows = [
        ["县区", "社会消费品零售总额（亿元）", "增长（%）"],
        ["全　市", "1010.3", "5.6"], ["固始县", "280.3", "5.9"], ["高新区", "20.1", "3.0"],
    ]  # fmt: skip
    assert stated(rows) == [
        ("社会消费品零售总额", "amount", "信阳市", 101030000000),
        ("社会消费品零售总额", "change", "信阳市", 5.6),
        ("社会消费品零售总额", "amount", "固始县", 28030000000),
        ("社会消费品零售总额", "change", "固始县", 5.9),
    ]
    across = [["指标", "全市", "固始"], ["地区生产总值（亿元）", "2510.3", "610.3"]]
    assert stated(across) == [
        ("地区生产总值", "amount", "信阳市", 251030000000),
        ("地区生产总值", "amount", "固始县", 61030000000),
    ]


def test_a_row_that_names_an_amount_takes_no_second_one_from_its_column() -> None:
    head = ["产品名称", "单位", "产量", "比上年增长（%）"]
    rows = [head, ["发电量", "亿千瓦时", "256.7", "1.5"], ["钢材", "万吨", "9", "2"]]
    names = {fact.indicator for fact in facts(rows, title="表4 主要工业产品产量")}
    assert names == {"发电量", "钢材产量"}


def test_what_is_no_percentage_is_no_growth_by_the_title() -> None:
    rows = [["产品名称", "产量（万吨）", "比上年增长（%）"], ["粮食", "310.5", "1.5"]]
    found = facts(rows, title="表6 2025年主要农产品产量及其增长速度")
    assert [(f.kind, f.indicator_name) for f in found] == [
        ("measure", "粮食产量"), ("change", "粮食产量"),
    ]  # fmt: skip


def test_a_row_of_growth_is_growth() -> None:
    rows = [["指标", "单位", "全市"], ["固定资产投资增速", "%", "5.5"], ["自然增长率", "‰", "-3.4"]]
    assert [f.kind for f in facts(rows)] == ["change", "ratio"]


@pytest.mark.parametrize("part", ["　第一产业", "其中：第一产业", "#第一产业"])
def test_a_part_and_its_growth_are_of_what_the_part_is(part: str) -> None:
    rows = [
        ["指标", "绝对数（亿元）", "比上年增长（%）"],
        ["地区生产总值", "2510.3", "5.6"], [part, "250.3", "3.6"],
    ]  # fmt: skip
    assert stated(rows)[2:] == [
        ("第一产业增加值", "amount", "信阳市", 25030000000),
        ("第一产业增加值", "change", "信阳市", 3.6),
    ]


def test_a_part_is_of_the_field_of_its_whole_only() -> None:
    rows = [["指标", "绝对数（亿元）"], ["固定资产投资", "900.3"], ["　第一产业", "50.3"]]
    assert [name for name, *_ in stated(rows)] == ["固定资产投资"]


def test_a_column_may_say_whose_the_rows_are() -> None:
    rows: Rows = [
        [cell("指标", 2, 1), cell("城镇居民", 1, 2), cell("农村居民", 1, 2)],
        ["绝对数（元）", "增长（%）", "绝对数（元）", "增长（%）"],
        ["人均可支配收入", "40010", "4.5", "20010", "6.5"],
    ]
    assert [(name, value) for name, _, _, value in stated(rows)] == [
        ("城镇居民人均可支配收入", 40010), ("城镇居民人均可支配收入", 4.5),
        ("农村居民人均可支配收入", 20010), ("农村居民人均可支配收入", 6.5),
    ]  # fmt: skip


def test_a_total_is_of_what_the_title_says() -> None:
    rows = [["行业", "比上年增长（%）"], ["总　计", "5.5"], ["制造业", "12.5"]]
    title = "表5 2025年分行业固定资产投资（不含农户）增长速度"
    assert stated(rows, title) == [("固定资产投资", "change", "信阳市", 5.5)]

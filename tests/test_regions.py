"""Stretches that are no prose, and the tables and captions of plain text."""

from __future__ import annotations

import pytest

from govextract.readers import read_bytes
from govextract.readers.captions import Caption, find_caption, find_unit, is_caption


def regions_of(text: str, kind: str) -> list[str]:
    report = read_bytes(text.encode(), "a.txt", ".txt")
    assert report.text == text
    return [text[r.start : r.end] for r in report.regions if r.kind == kind]


TABLE = """全年增长。
表1 2022年主要产品产量
单位：万吨
产品 | 产量 | 增长（%）
---|---|---
粮食 | 12.5 | -1.2
| 水果 | 3 |  |
其中：全年产量创新高。
"""


def test_bars_make_a_table_with_its_caption() -> None:
    report = read_bytes(TABLE.encode(), "a.txt", ".txt")
    (table,) = report.tables
    assert (table.title, table.unit) == ("表1 2022年主要产品产量", "万吨")
    assert [(c.row, c.column, c.text) for c in table.cells] == [
        (1, 1, "产品"), (1, 2, "产量"), (1, 3, "增长（%）"),
        (2, 1, "粮食"), (2, 2, "12.5"), (2, 3, "-1.2"),
        (3, 1, "水果"), (3, 2, "3"), (3, 3, ""),
    ]  # fmt: skip
    assert all(report.text[c.start : c.end] == c.text for c in table.cells)
    assert regions_of(TABLE, "caption") == ["表1 2022年主要产品产量", "单位：万吨"]


def test_a_line_between_rows_belongs_to_the_table_and_a_new_heading_row_does_not() -> None:
    rows = "指标 | 增长（%）\n工业 | 8.2\n按经济类型分：\n国有 | -1.5\n集体 | 3\n"
    (table,) = read_bytes(rows.encode(), "a.txt", ".txt").tables
    assert [cell.text for cell in table.cells if cell.row == 3] == ["按经济类型分："]
    two = rows + "主要产品产量\n产品 | 产量\n粮食 | 12\n"
    assert len(read_bytes(two.encode(), "a.txt", ".txt").tables) == 2
    prose = rows + "全年平稳。\n其他 | 12\n另外 | 13\n"
    assert len(read_bytes(prose.encode(), "a.txt", ".txt").tables) == 2


@pytest.mark.parametrize(
    ("head", "end", "columns"),
    [
        ("| 绝对数（亿元） | 比上年增长（%） |", "", [2, 3]),
        ("| 绝对数（亿元） | 比上年增长（%） |", " |", [2, 3]),
        ("指标 | 绝对数（亿元） | 比上年增长（%） |", " |", [1, 2, 3]),
        # A bar at the end of some rows only divides off an empty cell.
        ("指标 | 绝对数（亿元） | 比上年增长（%） | 位次", " |", [1, 2, 3, 4]),
    ],
)
def test_a_head_of_the_numbers_only_stands_over_them(
    head: str, end: str, columns: list[int]
) -> None:
    text = f"{head}\n产业 | 12.5 | 5.2{end}\n工业 | 7.5 | 4.2{end}\n"
    (table,) = read_bytes(text.encode(), "a.txt", ".txt").tables
    assert [cell.column for cell in table.cells if cell.row == 1] == columns
    assert [c.text for c in table.cells if c.row == 2] == ["产业", "12.5", "5.2", ""][
        : max(columns)
    ]


def test_a_table_copied_a_cell_a_line_is_a_table() -> None:
    cells = [
        "指标名称",
        "2025年",
        "比上年±%",
        "公共收入",
        "376.33",
        "4.2",
        "增值税",
        "138.50",
        "-5.4",
    ]
    lines = ["全年平稳增长，收入增加。", *cells, "其他", "12", "/", "全年支出12亿元，增长3%。"]
    report = read_bytes("\n".join(lines).encode(), "a.txt", ".txt")
    (table,) = report.tables
    assert [cell.text for cell in table.cells if cell.row == 1] == cells[:3]
    assert [cell.text for cell in table.cells if cell.row == 4] == ["其他", "12", "/"]
    assert all(report.text[c.start : c.end] == c.text for c in table.cells)
    twice = "\n".join(["受理", "12", "办结", "11", "全年平稳。"])
    assert not read_bytes(twice.encode(), "a.txt", ".txt").tables


def test_tabs_make_a_table_and_one_line_with_a_bar_does_not() -> None:
    text = "年度\t收入\t支出\n2021\t12\t13\n2022\t14\t15\n"
    (table,) = read_bytes(text.encode(), "a.txt", ".txt").tables
    assert [cell.text for cell in table.cells if cell.row == 3] == ["2022", "14", "15"]
    assert not read_bytes("受理12件|办结11件\n全年平稳。".encode(), "a.txt", ".txt").tables


def test_a_header_of_pipe_rows_is_no_table() -> None:
    text = (
        "索引号: | 0001 | 分类: | 其他\n发布机构: | 甲市司法局 | ||\n2020年，受理12件，办结11件。\n"
    )
    report = read_bytes(text.encode(), "a.txt", ".txt")
    assert report.tables == ()
    assert len([r for r in report.regions if r.kind == "header"]) == 2


def test_a_contents_list_is_a_region_and_the_headings_below_are_not() -> None:
    text = (
        "目  录\n一、总体情况\n二、主动公开......3\n一、总体情况\n平稳。\n二、主动公开\n公开2条。\n"
    )
    assert regions_of(text, "contents") == ["目  录\n一、总体情况\n二、主动公开......3"]
    assert regions_of("一、目录管理\n二、总体情况\n全年平稳。\n", "contents") == []


def test_the_foot_of_a_page_is_navigation() -> None:
    text = "全年受理12件，办结11件。\n" * 3 + "【打印】 【关闭】\n版权所有：甲市人民政府\n"
    assert regions_of(text, "navigation") == ["【打印】 【关闭】", "版权所有：甲市人民政府"]


@pytest.mark.parametrize(
    ("lines", "caption"),
    [
        (["表1 产量", "单位：万吨"], Caption("表1 产量", "万吨", 2)),
        (["全年增长。", "单位：万元、%"], Caption("", "万元、%", 1)),
        (["表2 收支情况（单位：亿元）"], Caption("表2 收支情况", "亿元", 1)),
        (["表2 价格指数", "（以上年为100）"], Caption("表2 价格指数", "", 2)),
        (["表2 价格指数", "上年=100", "单位：%"], Caption("表2 价格指数", "%", 3)),
        (["（一）总体情况"], Caption("", "", 0)),
        (["受理申请12件。"], Caption("", "", 0)),
        ([], Caption("", "", 0)),
    ],
)
def test_captions_are_the_lines_before_a_table(lines: list[str], caption: Caption) -> None:
    assert find_caption(lines) == caption


def test_units_and_captions_of_single_lines() -> None:
    assert find_unit("单位： 万元") == "万元"
    assert find_unit("有关单位积极参与") == ""
    assert is_caption("图3 2021-2025年人口")
    assert not is_caption("图3显示，全年增长12%。")
    assert not is_caption("表彰12人")

"""The page in a real browser: places in long texts, tables, words of both languages, a phone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from browser import find, find_all, in_sight, press, require_browser, visiting
from govextract.batch import run
from govextract.explore import write_page
from govextract.explore.texts import Reports

ROOT = Path(__file__).parent.parent
TWICE = "其中维持37件，撤销25件，变更7件，其他5件，驳回7件。"
LONG = "\n".join(
    [
        "甲市司法局2023年工作总结",
        *["全市各级各部门认真履职，稳步推进各项工作。" * 9] * 150,
        f"全年审结行政复议案件81件，{TWICE}",
        "道路（777）、桥梁建成。",
        *["全市各级各部门认真履职，稳步推进各项工作。" * 9] * 60,
    ]
)
PAGE = """<html><body><article><h1>乙市2023年统计公报</h1>
<p>全年受理申请12件，办结11件，全市各级各部门认真履职，稳步推进各项工作，取得明显成效。</p>
<table><tr><th rowspan="2">指标</th><th colspan="2">收入（万元）</th></tr>
<tr><th>本年</th><th>上年</th></tr>
<tr><td>税收收入</td><td>1204.5</td><td>1100</td></tr></table></article></body></html>"""
OVER_LINES = (
    "丙市2023年工作总结\n全年受理行政复议申请总计247件，完成年度投资12\n5亿元，办结217件。\n"
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    require_browser()
    folder = tmp_path_factory.mktemp("made")
    reports = folder / "reports"
    reports.mkdir()
    (reports / "0.txt").write_text(LONG, encoding="utf-8")
    (reports / "1.html").write_text(PAGE, encoding="utf-8")
    (reports / "2.txt").write_text(OVER_LINES, encoding="utf-8")
    (reports / "3.txt").write_text("", encoding="utf-8")
    run(reports, folder / "out")
    write_page(folder / "out", folder / "page.html", Reports.of_run(folder / "out"))
    return folder


@pytest.fixture
def visit(browser: Any, made: Path) -> Iterator[Callable[..., Any]]:
    with visiting(browser, made) as open_state:
        yield open_state


@contextmanager
def phone(browser: Any) -> Iterator[None]:
    size = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        yield
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_the_row_sets_off_its_own_mention(visit: Callable[..., Any]) -> None:
    browser = visit(view="facts", unit="件", document="0.txt")
    before_and_bold = """return [...document.querySelectorAll('.space .c-sentence b')].map(
        bold => bold.previousSibling.textContent.slice(-2) + bold.textContent)"""
    find(browser, ".space .row")
    assert browser.execute_script(before_and_bold) == [
        "案件81件", "维持37件", "撤销25件", "变更7件", "其他5件", "驳回7件",
    ]  # fmt: skip


def test_a_place_far_down_is_brought_into_sight(visit: Callable[..., Any], made: Path) -> None:
    offset = LONG.index("全年审结")
    browser = visit(view="report", report="0", at=str(offset))
    assert find(browser, ".text .at").text.startswith("全年审结")
    assert in_sight(browser, ".text .at")


def test_merged_cells_of_a_table_are_shown_merged(visit: Callable[..., Any]) -> None:
    browser = visit(view="report", report="1")
    cells = find_all(browser, ".text th")
    spans = [
        (cell.text, cell.get_property("rowSpan"), cell.get_property("colSpan")) for cell in cells
    ]
    assert spans[:4] == [("指标", 2, 1), ("收入（万元）", 1, 2), ("本年", 1, 1), ("上年", 1, 1)]
    marks = "return [...document.querySelectorAll('.text td')].map(cell => cell.textContent)"
    assert browser.execute_script(marks) == ["税收收入", "1204.5", "1100"]
    assert [mark.text for mark in find_all(browser, ".text td mark")] == ["1204.5", "1100"]


def test_a_mention_over_a_line_end_is_marked_in_both_lines(visit: Callable[..., Any]) -> None:
    browser = visit(view="report", report="2")
    assert [mark.text for mark in find_all(browser, ".text mark")] == [
        "247件", "12", "5亿元", "217件",
    ]  # fmt: skip
    browser.find_elements("css selector", ".text mark")[2].click()
    assert find(browser, "#card .card-value").text == "125亿元"
    assert find(browser, "mark.selected").text == "12"


def test_a_report_leads_to_its_problems(visit: Callable[..., Any], made: Path) -> None:
    problems = pd.read_csv(made / "out" / "problems.csv", encoding="utf-8-sig")
    (number,) = problems[problems.document == "0.txt"].code.value_counts()
    browser = visit(view="reports")
    link = find(browser, "tr[data-report='0'] .c-problems .link")
    assert link.text == str(number)
    link.click()
    assert [node.text for node in find_all(browser, "#problems tbody code")] == [
        "unexplained-number"
    ]
    find(browser, "#problems .chip").click()
    assert len(find_all(browser, "#problems tbody code")) == len(problems)


def test_problems_are_in_chinese_where_the_page_is(visit: Callable[..., Any]) -> None:
    browser = visit(view="problems", language="zh")
    told = find(browser, "#problems").text
    assert "没有规则说明“777”是什么" in told
    assert "文件是空的" in told
    assert "第 " in told
    assert not re.search(r"no rule|offset|the file", told)


def test_each_problem_code_of_a_run_has_chinese_words() -> None:
    described = (ROOT / "docs" / "problems.md").read_text(encoding="utf-8")
    codes = set(
        re.findall(r"^\| `((?:read|run)/[a-z-]+|unexplained-number|unknown-unit)`", described, re.M)
    )
    words = (ROOT / "src/govextract/explore/assets/codes.js").read_text(encoding="utf-8")
    assert len(codes) >= 15
    assert codes == set(re.findall(r'^  "([a-z/-]+)": \[', words, re.M))


def test_keys_go_through_the_reports_and_into_the_rows(visit: Callable[..., Any]) -> None:
    from selenium.webdriver.common.keys import Keys

    browser = visit(view="reports")
    press(browser, "j", "j", "k")
    focused = browser.switch_to.active_element
    assert focused.text == find_all(browser, "#reports .link")[0].text
    press(browser, "2", "j")
    assert find(browser, ".row.active").get_attribute("id") == "row-1"
    fact = find(browser, ".row.active").get_attribute("data-fact")
    press(browser, Keys.ENTER)
    find(browser, f"#card[data-fact='{fact}']")


def test_filters_unfold_on_a_phone(visit: Callable[..., Any]) -> None:
    browser = visit()
    with phone(browser):
        visit(view="facts", kind="count")
        assert not find(browser, "#by-kind").is_displayed()
        opener = find(browser, "#more-filters")
        assert opener.text == "Filters (1)"
        opener.click()
        assert opener.get_attribute("aria-expanded") == "true"
        boxes = [find(browser, f"#by-{name}") for name in ("indicator", "area", "kind", "section")]
        assert all(box.is_displayed() and box.rect["x"] + box.rect["width"] <= 390 for box in boxes)

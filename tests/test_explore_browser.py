"""The page in a real browser: what a person does with it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from browser import (
    find,
    find_all,
    in_sight,
    press,
    require_browser,
    visiting,
    wait_for,
)
from govextract.batch import run
from govextract.explore import write_folder, write_page
from govextract.explore.texts import Reports
from scripts_of import load_script

bench_page = load_script("bench_page")
CORPUS = Path(__file__).parent.parent / "corpus"
HOSTILE = """<script>window.owned = 1</script>市司法局工作总结
一、复议<img src=x onerror="window.owned = 2">
全年受理行政复议申请247件，其中<script>window.owned = 3</script>调解97件。
"""
WIDE = "甲市𠮷镇总结\n一、𠮷镇工作\n全年𠮷𠮷镇受理行政复议申请247件，办结217件。\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run over the project's own reports and two odd ones, as one page and as a folder."""
    require_browser()
    folder = tmp_path_factory.mktemp("made")
    reports = folder / "reports"
    reports.mkdir()
    for number, path in enumerate(sorted(CORPUS.rglob("*.txt"))):
        (reports / f"{number:02}{path.name}").write_bytes(path.read_bytes())
    (reports / "<img src=x onerror='window.owned=4'>.txt").write_text(HOSTILE, encoding="utf-8")
    (reports / "𠮷.txt").write_text(WIDE, encoding="utf-8")
    run(reports, folder / "out")
    texts = Reports.of_run(folder / "out")
    write_page(folder / "out", folder / "page.html", texts)
    write_folder(folder / "out", folder / "page", texts)
    return folder


@pytest.fixture(scope="module")
def frame(made: Path) -> pd.DataFrame:
    return pd.read_csv(
        made / "out" / "facts.csv", dtype=str, keep_default_na=False, encoding="utf-8-sig"
    )


@pytest.fixture
def visit(browser: Any, made: Path) -> Iterator[Callable[..., Any]]:
    with visiting(browser, made) as open_state:
        yield open_state


def test_a_row_leads_to_its_sentence_and_back(
    visit: Callable[..., Any], frame: pd.DataFrame
) -> None:
    browser = visit(view="facts")
    browser.execute_script("document.getElementById('rows').scrollTop = 4000")
    row = find(browser, "#row-110")
    fact = frame.set_index("fact_id").loc[row.get_attribute("data-fact")]
    top = browser.execute_script("return document.getElementById('rows').scrollTop")
    row.click()
    mark = find(browser, f"#fact-{fact.name}")
    wait_for(lambda: in_sight(browser, f"#fact-{fact.name}"))
    assert mark.text == fact["text"]
    assert "selected" in mark.get_attribute("class")
    assert fact["sentence"] in find(browser, "#card").text
    highlighted = browser.execute_script(
        "return [...CSS.highlights.get('sentence')].map(range => range.toString())"
    )
    assert highlighted == [fact["sentence"]]
    find(browser, "#back").click()
    assert find(browser, ".row.active").get_attribute("data-fact") == fact.name
    assert browser.execute_script("return document.getElementById('rows').scrollTop") == top
    assert in_sight(browser, ".row.active")


def test_the_card_leads_to_the_row_and_to_the_whole(
    visit: Callable[..., Any], frame: pd.DataFrame
) -> None:
    part = frame[frame.part_of != ""].iloc[0]
    report = sorted(frame.document.unique()).index(part.document)
    browser = visit(view="report", report=str(report), fact=part.fact_id)
    find(browser, f"#card[data-fact='{part.fact_id}'] dd .link").click()
    find(browser, f"#card[data-fact='{part.part_of}']")
    find(browser, "#in-table").click()
    assert find(browser, ".row.active").get_attribute("data-fact") == part.part_of


FILTERS: dict[str, Callable[[pd.DataFrame], pd.Series[bool]]] = {
    "area=宜昌市": lambda f: f.area == "宜昌市",
    "year=2023&kind=change": lambda f: (f.year == "2023") & (f.kind == "change"),
    "unit=%": lambda f: f.unit == "%",
    "unit=∅": lambda f: f.unit == "",
    "indicator=行政复议": lambda f: (
        f.indicator.str.contains("行政复议") | f.indicator_name.str.contains("行政复议")
    ),
    "section=行政&status=actual": lambda f: (
        (f.section.str.contains("行政") | f.section_title.str.contains("行政"))
        & (f.status == "actual")
    ),
    "search=增长": lambda f: holds(f, "增长"),
    "search=没有这样的话": lambda f: f.text == "没有这样的话",
}


def holds(frame: pd.DataFrame, words: str) -> pd.Series[bool]:
    searched = frame[["indicator", "indicator_name", "text", "sentence", "title", "area"]]
    return searched.apply(lambda column: column.str.contains(words)).any(axis=1)


@pytest.mark.parametrize("query", FILTERS)
def test_filters_agree_with_pandas(
    query: str, visit: Callable[..., Any], frame: pd.DataFrame
) -> None:
    browser = visit(view="facts", **dict(pair.split("=") for pair in query.split("&")))
    expected = frame[FILTERS[query](frame)]
    assert find(browser, "#shown").text == f"{len(expected):,} of {len(frame):,} facts"
    assert_same(downloaded(browser), expected)


def downloaded(browser: Any) -> pd.DataFrame:
    """What the button gives: the file is caught where the page makes it."""
    browser.execute_script(
        """window.files = []; const make = URL.createObjectURL.bind(URL);
        URL.createObjectURL = file => { window.files.push(file.text()); return make(file); };"""
    )
    find(browser, "#download").click()
    text = browser.execute_async_script("window.files[0].then(arguments[0])")
    return pd.read_csv(io.StringIO(text.lstrip("\ufeff")), dtype=str, keep_default_na=False)


def assert_same(found: pd.DataFrame, expected: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(
        found.reset_index(drop=True), expected.reset_index(drop=True), check_dtype=False
    )


def test_filters_can_be_set_by_hand_and_cleared(
    visit: Callable[..., Any], frame: pd.DataFrame
) -> None:
    browser = visit(view="facts")
    press(browser, "/", *"复议")
    expected = holds(frame, "复议").sum()
    wait_for(lambda: find(browser, "#shown").text.startswith(f"{expected:,} of"))
    find(browser, "#by-kind option[value=count]").click()
    wait_for(lambda: "kind=count" in browser.current_url)
    assert all("k-count" in dot for dot in classes(browser, ".space .dot"))
    find(browser, "#clear").click()
    wait_for(lambda: find(browser, "#shown").text.startswith(f"{len(frame):,} of"))


def classes(browser: Any, selector: str) -> list[str]:
    found = browser.find_elements("css selector", selector)
    assert found
    return [node.get_attribute("class") for node in found]


def test_values_are_sorted_as_numbers(visit: Callable[..., Any], frame: pd.DataFrame) -> None:
    browser = visit(view="facts", kind="amount", sort="-value")
    values = frame[frame.kind == "amount"].set_index("fact_id").value.astype(float)
    first = [node.get_attribute("data-fact") for node in find_all(browser, ".space .row")[:20]]
    assert [values[fact] for fact in first] == sorted(values, reverse=True)[: len(first)]


def test_keys_move_and_open_and_leave(visit: Callable[..., Any], frame: pd.DataFrame) -> None:
    from selenium.webdriver.common.keys import Keys

    browser = visit()
    press(browser, "2", "j", "j", Keys.ARROW_DOWN)
    find(browser, "#rows:focus")
    wait_for(lambda: find(browser, ".row.active").get_attribute("id") != "row-0")
    opened = find(browser, ".row.active").get_attribute("data-fact")
    press(browser, Keys.ENTER)
    find(browser, f"#card[data-fact='{opened}']")
    press(browser, "n")
    wait_for(lambda: find(browser, "#card").get_attribute("data-fact") != opened)
    press(browser, "p")
    find(browser, f"#card[data-fact='{opened}']")
    press(browser, Keys.ESCAPE)
    wait_for(lambda: find(browser, "#facts").is_displayed())
    press(browser, "?")
    assert find(browser, "#help").is_displayed()


def test_the_language_is_switched(visit: Callable[..., Any]) -> None:
    browser = visit()
    assert find(browser, "#tab-compare").text == "Compare"
    find(browser, "#language").click()
    assert find(browser, "#tab-compare").text == "比较"
    assert browser.execute_script("return document.documentElement.lang") == "zh"


@pytest.mark.parametrize("page", ["page.html", "page/index.html"])
def test_markup_in_a_report_is_shown_and_not_run(
    page: str, visit: Callable[..., Any], frame: pd.DataFrame
) -> None:
    number = sorted(frame.document.unique()).index("<img src=x onerror='window.owned=4'>.txt")
    browser = visit(page, view="report", report=str(number))
    shown = find(browser, "#text").text
    for line in HOSTILE.strip().split("\n"):
        assert line in shown
    for view in ("reports", "facts", "compare", "problems"):
        visit(page, view=view)
        assert browser.execute_script("return window.owned") is None
        assert browser.find_elements("css selector", "main img, main script") == []


def test_offsets_hold_behind_wide_characters(
    visit: Callable[..., Any], frame: pd.DataFrame
) -> None:
    number = sorted(frame.document.unique()).index("𠮷.txt")
    browser = visit(view="report", report=str(number))
    assert [mark.text for mark in find_all(browser, "mark")] == ["247件", "217件"]


def test_all_text_of_a_report_is_there(visit: Callable[..., Any], made: Path) -> None:
    browser = visit(view="report", report="3")
    document = sorted(path.name for path in (made / "reports").iterdir())[3]
    text = (made / "reports" / document).read_text(encoding="utf-8")
    find(browser, "#text")
    shown = browser.execute_script("return document.getElementById('text').textContent")
    # A table's cells are divided by lines on the page, by signs in the text.
    assert squeezed(shown) == squeezed(text)


def squeezed(text: str) -> str:
    return "".join(text.replace("|", "").split())


def test_texts_of_a_folder_come_when_they_are_opened(visit: Callable[..., Any]) -> None:
    browser = visit("page/index.html", view="reports")
    loaded = "return document.querySelectorAll('script[src^=\"texts/\"]').length"
    assert browser.execute_script(loaded) == 0
    find(browser, "tr[data-report='2'] .link").click()
    find(browser, "#text")
    assert browser.execute_script(loaded) == 1


def test_a_problem_leads_to_its_place(visit: Callable[..., Any], made: Path) -> None:
    problems = pd.read_csv(made / "out" / "problems.csv", encoding="utf-8-sig")
    problem = problems[problems.place.str.startswith("offset")].iloc[0]
    browser = visit(view="problems", code=problem.code)
    find(browser, "#problems .place").click()
    text = (made / "reports" / problem.document).read_text(encoding="utf-8")
    line = text[: int(problem.place.split()[1])].count("\n")
    place = find(browser, ".text .at")
    wait_for(lambda: in_sight(browser, ".text .at"))
    assert place.text == text.split("\n")[line].strip()


def test_a_chart_leads_to_its_sentence(visit: Callable[..., Any]) -> None:
    browser = visit(view="compare")
    find(browser, "#compare figure .figure").click()
    find(browser, "#card")
    assert "view=report" in browser.current_url


def test_years_are_drawn_as_lines_and_areas_as_bars(visit: Callable[..., Any]) -> None:
    browser = visit(view="compare", chosen="population/resident count\nbudget/none")
    assert len(find_all(browser, "#compare .chart polyline")) == 2
    assert len(find_all(browser, "#compare .chart circle")) == 3
    find(browser, "#compare .chooser option[value='宜昌市']").click()
    find(browser, "#compare .chart rect")
    (bar,) = find_all(browser, "#compare .chart .number")
    assert bar.text == "392.05万人"


@pytest.mark.parametrize("view", ["reports", "facts", "compare", "problems", "report"])
def test_nothing_is_wider_than_a_phone(view: str, visit: Callable[..., Any]) -> None:
    browser = visit()
    size = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        visit(view=view, report="1")
        assert browser.execute_script("return document.documentElement.scrollWidth") <= 390
        wide = """return [...document.querySelectorAll('button, input, select, h1, h2, mark')]
            .filter(node => node.getClientRects().length && !node.closest('.scroll-x'))
            .filter(node => node.getBoundingClientRect().right > 391).length"""
        assert browser.execute_script(wide) == 0
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_as_much_is_drawn_of_fifty_thousand_facts_as_of_a_thousand(
    browser: Any, made: Path, tmp_path: Path
) -> None:
    """What is drawn decides how soon a page is there; ``scripts/bench_page.py`` has seconds."""
    drawn: dict[tuple[int, str], int] = {}
    for each in (2, 100):
        page = bench_page.write_large_page(made / "out", tmp_path / str(each), 500, each)
        for view in ("reports", "facts"):
            drawn[each, view] = bench_page.open_view(browser, page, view)[1]
        total = f"{500 * each:,}"
        assert find(browser, "#shown").text == f"{total} of {total} facts"
    for view in ("reports", "facts"):
        assert drawn[100, view] < 1.5 * drawn[2, view], drawn
    assert drawn[100, "facts"] < 2_000

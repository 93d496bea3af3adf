"""The whole way: properties that hold for any text, and the real reports read to the end."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import govextract
from govextract.model import COMPARATORS, KINDS, Extraction, Report
from govextract.pipeline import extract

PAGES = Path(__file__).resolve().parents[2] / "shared" / "real" / "pages"
PIECES = st.sampled_from(
    (
        "全市 收到 行政复议申请 247件 ，受理 217件 ， 。 \n 其中 ，其中： 占 46.6% 分别为 "
        "和 、 增长 5.3% 同比下降 （含旧存 20件 ） 2020年 截至12月底 一、工作情况 "
        "（一）做法 1.加强 《办法》 “三项制度” 第三次会议 42.4亿元 万 余 近 超 以上 零 "
        "三分之二 一 全县 地区生产总值 由上年的 提高到 居全省第4位 较 比上年 净增 每万人 "
        "3-5天 12345热线 | 图1 〔2020〕67号 ： ； 〇 ％ 𠮷 12"
    ).split(" ")
)
TEXTS = st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=40).map("".join))


@settings(max_examples=250, deadline=None)
@given(TEXTS)
def test_any_text_gives_facts_that_stand_in_it(text: str) -> None:
    check(extract(Report("report.txt", text)))


def check(extraction: Extraction) -> None:
    text = extraction.report.text
    ids = {fact.fact_id for fact in extraction.facts}
    assert len(ids) == len(extraction.facts)
    for fact in extraction.facts:
        assert text[fact.start : fact.end] == fact.text != ""
        assert fact.value is not None
        assert fact.value.is_finite()
        assert fact.kind in KINDS
        assert fact.comparator in COMPARATORS
        assert 0 < fact.confidence <= 1
        assert fact.part_of == "" or fact.part_of in ids - {fact.fact_id}
        assert "\n" not in fact.indicator
        if fact.origin == "text":
            assert fact.text in fact.sentence
    for quantity, indicator in zip(extraction.quantities, extraction.indicators, strict=True):
        assert text[quantity.start : quantity.end] == quantity.text
        for step in indicator.steps:
            assert step.start < 0 or step.start <= step.end <= len(text)


def test_the_same_report_gives_the_same_facts() -> None:
    report = Report("report.txt", "全年收到行政复议申请247件，受理217件，其中行政处罚类12件。")
    assert extract(report) == extract(report)


def test_what_a_sentence_leaves_out_is_put_back() -> None:
    facts = extract(Report("r.txt", "全年收到行政复议申请247件，受理217件，审结179件")).facts
    assert [fact.indicator for fact in facts] == [
        "收到行政复议申请",
        "受理行政复议申请",
        "审结行政复议申请",
    ]
    assert [fact.action for fact in facts] == ["收到", "受理", "审结"]
    assert {fact.object for fact in facts} == {"行政复议申请"}


def test_importing_the_package_loads_no_heavy_library() -> None:
    import subprocess
    import sys

    heavy = ["jieba", "rjieba", "spacy", "pandas"]
    code = f"import sys, govextract; print([m for m in {heavy} if m in sys.modules])"
    path = str(Path(govextract.__file__).resolve().parents[1])
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=path
    )
    assert result.stdout.strip() == "[]"


@pytest.mark.skipif(not PAGES.is_dir(), reason="the real reports are not beside the checkout")
@pytest.mark.parametrize("name", sorted(path.name for path in PAGES.glob("*")) or ["none"])
def test_each_real_page_gives_facts(name: str) -> None:
    extraction = govextract.extract(govextract.read(PAGES / name))
    check(extraction)
    named = [fact for fact in extraction.facts if fact.indicator]
    assert len(extraction.facts) >= 10
    assert len(named) >= 0.98 * len(extraction.facts)
    assert extraction.report.metadata.title
    assert extraction.report.metadata.year
    assert extraction.area is not None

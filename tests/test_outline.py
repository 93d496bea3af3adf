"""Sections: the heading data, the way headings are chosen, and the floor on real outlines."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govextract.evaluation.outline import Heading, parse_outline, score_outline
from govextract.lexicon import default_lexicon
from govextract.lexicon.headings import load_headings
from govextract.model import Region, Section
from govextract.stages.headings import find_contents_regions
from govextract.stages.outline import find_sections
from govextract.text import fold

REAL = Path(__file__).resolve().parents[2] / "shared" / "real"
LEXICON = default_lexicon()
FILE = "headings.toml"


def entries(table: str) -> list:
    return [pytest.param(entry, id=entry["id"]) for entry in LEXICON.entries(FILE, table)]


def paths(text: str, *regions: Region) -> list[str]:
    return [section.path for section in find_sections(text, LEXICON, regions)]


def titles(text: str) -> list[str]:
    return [section.title for section in find_sections(text, LEXICON)]


# The data


@pytest.mark.parametrize("entry", entries("style"))
def test_style_examples(entry: dict) -> None:
    headings = load_headings(LEXICON)

    def style(text: str) -> str:
        match = headings.marker.match(fold(text))
        return headings.style_of(match).id if match else ""

    assert entry["examples"] and entry["counter_examples"]
    assert [style(text) for text in entry["examples"]] == [entry["id"]] * len(entry["examples"])
    assert entry["id"] not in [style(text) for text in entry["counter_examples"]]


@pytest.mark.parametrize("entry", entries("title"))
def test_title_examples(entry: dict) -> None:
    assert all(re.fullmatch(entry["pattern"], text) for text in entry["examples"])
    assert not any(re.fullmatch(entry["pattern"], text) for text in entry["counter_examples"])


@pytest.mark.parametrize(
    "entry", [*entries("line"), *entries("notes"), *entries("row"), *entries("title_end")]
)
def test_other_examples(entry: dict) -> None:
    at_start = entry["id"] in {
        item["id"] for table in ("line", "notes") for item in LEXICON.entries(FILE, table)
    }
    find = re.match if at_start else re.search
    assert all(find(entry["pattern"], fold(text)) for text in entry["examples"])
    assert not any(find(entry["pattern"], fold(text)) for text in entry["counter_examples"])


# The mechanism


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("一、甲情况\n文。\n二、乙情况\n文。", ["一", "二"], id="main"),
        pytest.param(
            "一、甲\n（一）乙\n1.丙。文。\n2.丁。文。\n（二）戊\n1.己。文。\n2.庚。文。\n二、辛\n文",
            ["一", "一/(一)", "一/(一)/1", "一/(一)/2", "一/(二)", "一/(二)/1", "一/(二)/2", "二"],
            id="ordinals-restart-under-a-new-parent",
        ),
        pytest.param("第一部分 甲\n一、乙\n文。\n二、丙\n文。\n第二部分 丁\n一、戊\n文。",
                     ["第一部分", "第一部分/一", "第一部分/二", "第二部分", "第二部分/一"],
                     id="parts"),
        pytest.param("１．甲项。文。\n２．乙项。文。", ["1", "2"], id="full-width"),
        pytest.param("（1）甲。文。\n（2）乙。文。", ["(1)", "(2)"], id="arabic-brackets"),
        pytest.param("①甲。文。\n②乙。文。", ["①", "②"], id="circled"),
        pytest.param("推动一、二、三产业协调发展。", [], id="industries"),
        pytest.param("一、二、三产业协调发展。\n二、三产业增长。", [], id="industries-at-line"),
        pytest.param("1.5万元\n2.3亿元\n2020年\n3.8%", [], id="figures-at-line"),
        pytest.param("做好：一、宣传；二、培训；三、检查。", [], id="list-in-a-sentence"),
        pytest.param("一是加强领导。二是狠抓落实。", [], id="no-number-sign"),
        pytest.param("一、甲情况\n文。\n三、丙情况\n文。\n四、丁情况\n文。", ["一", "三", "四"],
                     id="a-number-left-out"),
        pytest.param("一、甲\n文。\n5.戊\n文。\n二、乙\n文。", ["一", "二"], id="stray-number"),
        pytest.param("收费为零。一、总体情况2021年,文。（一）公开方面。文。（二）申请方面。文。"
                     "二、存在问题：文。", ["一", "一/(一)", "一/(二)", "二"], id="one-line"),
        pytest.param("2021工作回顾\n文。\n一、甲\n文。\n2022年工作安排\n文。\n一、乙\n文。",
                     ["2021工作回顾", "2021工作回顾/一", "2022年工作安排", "2022年工作安排/一"],
                     id="unnumbered-main-titles"),
        pytest.param("一、甲\n文。\n2022年工作安排\n二、乙\n文。", ["一", "二"],
                     id="numbers-run-across-a-title"),
        pytest.param("一、甲\n文。\n二、乙\n文。\n注：\n1.本数为初步数。\n2.按现价计算。",
                     ["一", "二"], id="notes"),
        pytest.param("一、甲 12 3 4\n二、乙 5 6 7", [], id="table-rows"),
        pytest.param("一、甲项\n文。\n二、乙项\n文。\n二、丙项\n文。\n三、丁项\n文。",
                     list("一二二三"), id="a-number-printed-twice"),
        pytest.param("一、\n甲情况\n文。\n二、\n乙情况\n文。", ["一", "二"], id="number-alone"),
        pytest.param("# 一、甲情况\n文。\n**二、乙情况**\n文。", ["一", "二"], id="markdown"),
        pytest.param("【一】甲情况\n文。\n【二】乙情况\n文。", ["(一)", "(二)"],
                     id="black-brackets"),
        pytest.param("1.甲存款\n12.5\n3.1\n2.乙存款\n13.5\n3.2\n", [], id="table-in-lines"),
        pytest.param("依照第十条第（一）项办理3件。", [], id="article-of-law"),
        pytest.param("", [], id="empty"),
    ],
)  # fmt: skip
def test_sections(text: str, expected: list[str]) -> None:
    assert paths(text) == expected


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("1.高位推动。召开会议3次。\n2.建章立制。文。", "高位推动"),
        ("一、综 合\n文", "综 合"),
        ("一、综合 全年完成3件,文。\n二、农业 文", "综合"),
        ("一、综 合 初步核算,全年完成 3 件,文。\n二、农 业 文", "综 合"),
        ("前言。一、总体情况2021年,文。二、存在问题在肯定成绩时,文。", "总体情况"),
        ("前言。（一）健全制度一是加强组织。（二）抓好落实。文", "健全制度"),
        ("一、1至6月情况：\n文", "1至6月情况"),
    ],
)
def test_titles(text: str, title: str) -> None:
    section = find_sections(text, LEXICON)[0]
    assert section.title == title
    assert text[section.start : section.body].endswith(title)


def test_a_contents_list_is_no_outline() -> None:
    listed = "目录\n一、总体情况\n二、主要做法\n三、存在问题\n"
    body = "一、总体情况\n文。\n二、主要做法\n文。\n三、存在问题\n文。"
    (region,) = find_contents_regions(listed + body, LEXICON)
    assert (listed + body)[region.start : region.end] == listed[3:-1]
    assert [section.start for section in find_sections(listed + body, LEXICON)] == [
        len(listed) + body.index(sign) for sign in ("一、", "二、", "三、")
    ]


def test_nothing_in_a_region_is_a_heading() -> None:
    text = "一、甲\n文。\n二、乙\n文。"
    assert paths(text, Region("table", 7, 10)) == ["一"]


def test_a_section_ends_where_the_next_of_its_level_starts() -> None:
    text = "一、甲\n（一）乙\n文。\n（二）丙\n文。\n二、丁\n文。"
    spans = {section.path: text[section.start : section.end] for section in outline(text)}
    assert spans["一"] == "一、甲\n（一）乙\n文。\n（二）丙\n文。\n"
    assert spans["一/(一)"] == "（一）乙\n文。\n"
    assert spans["二"] == "二、丁\n文。"


def outline(text: str) -> tuple[Section, ...]:
    return find_sections(text, LEXICON)


# Properties


@settings(max_examples=60)
@given(st.text(alphabet="一二三十第部分章、.（）()12３①② \n。；:年工作安排注", max_size=120))
def test_sections_nest(text: str) -> None:
    sections = find_sections(text, LEXICON)
    open_sections: list[Section] = []
    for section in sections:
        assert 0 <= section.start <= section.body <= section.end <= len(text)
        while open_sections and open_sections[-1].end <= section.start:
            open_sections.pop()
        assert section.level == len(open_sections) + 1
        assert all(section.end <= outer.end for outer in open_sections)
        open_sections.append(section)


@settings(max_examples=60)
@given(st.text())
def test_random_text_never_raises(text: str) -> None:
    find_sections(text, LEXICON)
    find_contents_regions(text, LEXICON)


# Scoring


def test_score_counts_start_and_level() -> None:
    found = find_sections("一、甲\n文。\n二、乙\n文。", LEXICON)
    truth = [Heading(0, 1, path="一"), Heading(7, 2, path="二"), Heading(9, 1, path="三")]
    score = score_outline(found, truth)
    assert (score.right, score.found, score.true, score.right_paths) == (1, 2, 3, 1)
    assert score.f1 == pytest.approx(0.4)
    assert [heading.start for heading in score.missed] == [7, 9]
    assert [section.start for section in score.spurious] == [7]
    assert score_outline([], []).f1 == 1.0


def test_real_outlines() -> None:
    files = sorted((REAL / "outline").glob("*.outline.tsv"))
    if not files:
        pytest.skip("the real outlines are not beside the checkout")
    right = total = 0
    for file in files:
        page = REAL / "pages" / file.name.replace(".outline.tsv", ".txt")
        sections = find_sections(page.read_bytes().decode("utf-8-sig"), LEXICON)
        score = score_outline(sections, parse_outline(file.read_text(encoding="utf-8")))
        right += 2 * score.right
        total += score.found + score.true
    assert right / total >= 0.97

"""Metadata of reports: every header style, titles, issuers, places, genres; the rules' examples."""

from __future__ import annotations

from operator import itemgetter
from pathlib import Path

import pytest

from govextract.lexicon import default_lexicon
from govextract.lexicon.metadata import load_metadata
from govextract.model import Metadata
from govextract.readers.metadata import FoundMetadata, find_metadata
from govextract.text import fold

ID = itemgetter("id")
BODY = "\n2020年，在市委、市政府的领导下，我局扎实工作，受理申请12件，办结11件。\n"

PIPES = """索引号: | 000111/2021-00012 | 分类: | 其他 | ||
发布机构: | 甲河市司法局 | 公开日期: | 2021-03-12 | ||
标题: | 甲河市司法局2020年法治政府建设年度报告 | ||||
文号: | 无 | 主题词: | |||"""
ONE_LINE = (
    "索引号：000111/2021-00012 主题分类：综合 发布机构：甲河市司法局 发布日期：2021年3月12日"
    "\n甲河市司法局2020年法治政府建设年度报告"
)
BRACKETS = """[ 索引号 ] 000111/2021-00012 [ 发文字号 ]
[ 发布机构 ] 甲河市司法局 [ 发布日期 ] 2021-03-12
甲河市司法局2020年法治政府建设年度报告"""
SPACED = """索 引 号：
000111/2021-00012
发 布 机 构：
甲河市司法局
发布日期：
2021/3/12
甲河市司法局2020年法治政府建设年度报告"""
BULLETS = """• 索 引 号:000111/2021-00012
  • 发布机构:甲河市司法局
  • 公文生成日期:2021-03-12
甲河市司法局2020年法治政府建设年度报告"""
TABS = """索引号\t000111/2021-00012\t主题分类\t综合
发布机构\t甲河市司法局\t发布日期\t2021-03-12
甲河市司法局2020年法治政府建设年度报告"""
BLOCK = """标题: 甲河市司法局2020年法治政府建设年度报告
发布时间: 2021-03-12 16:34
索引号: 000111/2021-00012
文号:
发布机构: 甲河市司法局
栏目: 工作报告
========== 正文 =========="""


def found_in(text: str, document: str = "a.txt", given: Metadata | None = None) -> FoundMetadata:
    return find_metadata(text, document, given or Metadata())


@pytest.mark.parametrize(
    "header", [PIPES, ONE_LINE, BRACKETS, SPACED, BULLETS, TABS, BLOCK],
    ids=["pipes", "one line", "brackets", "spaced", "bullets", "tabs", "block"],
)  # fmt: skip
def test_every_header_style_says_the_same(header: str) -> None:
    text = header + BODY
    found = found_in(text)
    assert found.metadata == Metadata(
        title="甲河市司法局2020年法治政府建设年度报告",
        issuer="甲河市司法局",
        index_number="000111/2021-00012",
        published="2021-03-12",
        year=2020,
        area="甲河市",
        genre="law_based_government",
    )
    inside = "".join(text[region.start : region.end] for region in found.regions)
    assert "000111/2021-00012" in inside
    assert "受理申请" not in inside


def test_document_number_is_kept_as_written_and_a_dash_is_none() -> None:
    assert (
        found_in("文号：甲府〔2021〕8号\n正文" + BODY).metadata.document_number == "甲府〔2021〕8号"
    )
    assert found_in("文号：—— 索引号：-" + BODY).metadata == found_in(BODY).metadata


def test_the_date_published_comes_before_the_date_written() -> None:
    header = "成文日期：2020-12-30\n发布日期：2021-01-05\n"
    assert found_in(header + BODY).metadata.published == "2021-01-05"
    assert found_in("发布日期：2021-13-45\n" + BODY).metadata.published == ""


@pytest.mark.parametrize(
    ("lines", "title", "issuer"),
    [
        ("政 府 工 作 报 告\n——2020年1月5日在甲河区人民代表大会上\n甲河区人民政府区长　　王某",
         "政府工作报告", "甲河区人民政府"),
        ("关于2018年度市级预算执行\n和其他财政收支的审计工作报告\n甲河市审计局局长 李某",
         "关于2018年度市级预算执行和其他财政收支的审计工作报告", "甲河市审计局"),
        ("2025年甲河市国民经济和\n社会发展统计公报[1]\n甲河市统计局\n国家统计局甲河调查队",
         "2025年甲河市国民经济和社会发展统计公报", "甲河市统计局"),
        ("工作报告\n2017年甲河市人民检察院工作报告", "2017年甲河市人民检察院工作报告",
         "甲河市人民检察院"),
        ("甲河市水利局2021年度法治政府建设情况\n一、工作情况",
         "甲河市水利局2021年度法治政府建设情况", "甲河市水利局"),
        ("一、2019年工作总结\n（一）情况报告", "", ""),
    ],
)  # fmt: skip
def test_title_and_issuer_are_found_in_the_first_lines(lines: str, title: str, issuer: str) -> None:
    metadata = found_in(lines + BODY).metadata
    assert (metadata.title, metadata.issuer) == (title, issuer)


@pytest.mark.parametrize(
    ("opening", "issuer"),
    [
        ("本年度报告由甲河市乙山区司法局编制，数据自1月1日起。", "甲河市乙山区司法局"),
        ("现在，我代表甲河市人民政府向大会作报告，请予审议。", "甲河市人民政府"),
        ("2021年，甲河市卫生健康局坚持为民，全年受理12件。", "甲河市卫生健康局"),
        ("现在，我代表区人民政府向大会作报告，请予审议。", ""),
    ],
)
def test_the_issuer_is_found_in_the_opening_sentence(opening: str, issuer: str) -> None:
    assert found_in(opening + BODY).metadata.issuer == issuer


def test_what_the_form_of_file_says_stands_between_headers_and_guesses() -> None:
    given = Metadata(
        title="甲河市2019年统计公报", published="2020-04-01 09:10:41.0", source="综合科"
    )
    text = "发布日期：2020-05-02\n甲河市统计局2019年工作总结" + BODY
    metadata = found_in(text, given=given).metadata
    assert metadata.title == "甲河市2019年统计公报"
    assert (metadata.published, metadata.source) == ("2020-05-02", "综合科")


def test_a_site_that_shows_the_reports_of_others_is_not_their_issuer() -> None:
    text = "发布机构：湖南省统计局\n株洲市2025年统计公报\n株洲市统计局\n"
    metadata = found_in(text + BODY).metadata
    assert (metadata.issuer, metadata.area) == ("株洲市统计局", "株洲市")


def test_a_place_of_the_table_is_named_as_there_and_a_new_one_as_written() -> None:
    assert found_in("杭州市上城区司法局2021年工作总结" + BODY).metadata.area == "上城区"
    assert found_in("甲河市乙山区司法局2021年工作总结" + BODY).metadata.area == "甲河市乙山区"
    assert found_in("国务院政府工作报告\n新华社北京3月15日电" + BODY).metadata.area != "北京市"


def test_the_file_name_is_the_last_resort() -> None:
    body = "全年受理申请，办结申请，成效明显。"
    metadata = found_in(body, "甲河市/2018年统计公报.txt").metadata
    assert (metadata.area, metadata.year, metadata.genre) == (
        "甲河市", 2018, "statistical_bulletin",
    )  # fmt: skip
    assert found_in("甲河市统计局2019年统计公报", "乙市/2018年.txt").metadata.year == 2019


def test_the_head_of_a_page_in_one_line_is_cut_at_its_last_button() -> None:
    head = "当前位置： 首页政务公开年报 甲河市2021年政府信息公开工作年度报告 来源：甲河市人民政府 "
    text = head + "时间：2022-02-08 16:34 微信 微博 QQ空间 根据条例编制本报告。" + "受理12件。" * 60
    found = found_in(text)
    (region,) = found.regions
    assert text[region.end :].strip().startswith("根据条例")
    assert found.metadata.published == "2022-02-08"
    assert found.metadata.source == "甲河市人民政府"


def test_labels_inside_prose_are_no_header() -> None:
    text = "全年收入100万元，主要来源：财政拨款80万元，其他20万元。\n发布时间：2020-01-01\n"
    assert found_in(text).metadata.source == ""
    assert found_in(text).regions == ()


@pytest.mark.parametrize("entry", default_lexicon().entries("metadata.toml", "label"), ids=ID)
def test_labels_match_their_examples(entry: dict[str, list[str]]) -> None:
    label = load_metadata().label

    def names(line: str) -> set[str]:
        return {"".join(match["name"].split()) for match in label.finditer(fold(line))}

    assert all(names(line) & set(entry["names"]) for line in entry["examples"])
    assert not any(names(line) & set(entry["names"]) for line in entry["counter_examples"])


@pytest.mark.parametrize("entry", default_lexicon().entries("metadata.toml", "navigation"), ids=ID)
def test_navigation_matches_its_examples(entry: dict[str, str]) -> None:
    pattern = load_metadata().navigation[entry["id"]]
    assert all(pattern.search(fold(line)) for line in entry["examples"])
    assert not any(pattern.search(fold(line)) for line in entry["counter_examples"])


def test_titles_and_institutions_end_as_their_examples() -> None:
    words = load_metadata()
    for entry in default_lexicon().entries("metadata.toml", "title_word"):
        pattern = words.title_end_about if entry["about"] else words.title_end
        assert all(pattern.search(fold(line)) for line in entry["examples"])
        assert not any(pattern.search(fold(line)) for line in entry["counter_examples"])
    for entry in default_lexicon().entries("metadata.toml", "institution_end"):
        assert all(line.endswith(words.institution_end) for line in entry["examples"])
        assert not any(line.endswith(words.institution_end) for line in entry["counter_examples"])


@pytest.mark.parametrize("entry", default_lexicon().entries("genres.toml", "genre"), ids=ID)
def test_genres_are_told_by_their_examples(entry: dict[str, str]) -> None:
    words = load_metadata()
    assert {words.find_genre(fold(title)) for title in entry["examples"]} == {entry["id"]}
    assert entry["id"] not in {words.find_genre(fold(title)) for title in entry["counter_examples"]}
    openings = {words.find_genre_of_opening(fold(text)) for text in entry["opening_examples"]}
    assert openings == {entry["id"]}


REAL = Path(__file__).parents[2] / "shared" / "real" / "pages"


@pytest.mark.skipif(not REAL.is_dir(), reason="the real reports are not beside the checkout")
def test_real_texts_have_a_genre_and_the_year_of_their_name() -> None:
    from govextract.readers import read

    for path in sorted(REAL.glob("*.txt")):
        report = read(path)
        assert report.metadata.genre, path.name
        assert report.metadata.year is not None, path.name
        year = report.metadata.year + (report.metadata.genre == "work_report")
        assert path.stem.endswith(str(year)), path.name

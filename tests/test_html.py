"""Web pages: the article alone, its paragraphs and tables, and what the page says of it."""

from __future__ import annotations

import quopri
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govextract.errors import ReadError
from govextract.model import Extraction, Report
from govextract.pipeline import extract
from govextract.readers import read, read_bytes

SENTENCE = "全年受理行政复议申请12件，办结11件，其中调解3件，同比增长5.2%。"
PAGE = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>甲河市2020年法治政府建设\
年度报告_年报_甲河市人民政府</title>
<meta name="SiteName" content="甲河市人民政府"><meta name="ColumnName" content="法治政府建设">
<meta name="ArticleTitle" content="甲河市2020年法治政府建设年度报告">
<meta name="PubDate" content="2021-03-12 10:26"><meta name="ContentSource" content="甲河市司法局">
<style>p {{ color: red }}</style></head><body>
<div class="nav"><ul><li><a href="/">首页</a></li>
<li><a href="/a">政务公开，走进甲河，投资</a></li></ul>
</div><div class="position">当前位置：<a href="/">首页</a> &gt; <a href="/b">年报</a></div>
<div class="main"><table class="head"><tr><td>索引号：</td><td>000111/2021-12</td>
<td>发文机关：</td><td>甲河市司法局</td></tr><tr><td>文号：</td><td>甲司〔2021〕3号</td>
<td>发布日期：</td><td>2021-03-12</td></tr></table>
<h1>甲河市2020年法治政府建设年度报告</h1>
<div class="share">分享到：<a>微信</a> <a>微博</a> 【打印】 【关闭】</div>
<div class="content">{article}</div>
<div class="share">【打印】 【关闭】</div></div>
<div class="foot"><p>版权所有：甲河市人民政府 京ICP备00000000号</p></div>
<script>var a = "全年新增999件，办结998件。";</script></body></html>"""
ARTICLE = (
    "<p>一、总体情况</p>"
    + f"<p>{SENTENCE}</p>" * 8
    + "<p>二、下一步</p><p>坚持依法行政，再上台阶。</p>"
)


def page(article: str = ARTICLE, charset: str = "utf-8") -> bytes:
    return PAGE.format(article=article, charset=charset).encode(charset)


def text_of(body: str) -> str:
    """The text of a page with this body among enough sentences to be an article."""
    filler = f"<p>{SENTENCE}</p>" * 6
    text = read_bytes(
        f"<html><body><div>{filler}{body}{filler}</div></body></html>".encode(), "a"
    ).text
    return text.removeprefix((SENTENCE + "\n") * 6).removesuffix((SENTENCE + "\n") * 6).strip("\n")


def test_the_text_is_the_title_and_the_article_alone() -> None:
    report = read_bytes(page(), "a.html", ".html")
    lines = report.text.splitlines()
    assert lines[0] == "甲河市2020年法治政府建设年度报告"
    assert lines[1:3] == ["一、总体情况", SENTENCE]
    assert lines[-1] == "坚持依法行政，再上台阶。"
    assert len(lines) == 12
    assert report.reader == "html"


def test_metadata_come_from_header_tables_and_meta_tags() -> None:
    metadata = read_bytes(page(), "a.html", ".html").metadata
    assert metadata.title == "甲河市2020年法治政府建设年度报告"
    assert metadata.issuer == "甲河市司法局"
    assert metadata.index_number == "000111/2021-12"
    assert metadata.document_number == "甲司〔2021〕3号"
    assert (metadata.published, metadata.year) == ("2021-03-12", 2020)
    assert (metadata.area, metadata.genre) == ("甲河市", "law_based_government")
    assert metadata.source == "甲河市司法局"


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "big5hkscs", "utf-16"])
@pytest.mark.parametrize("declared", ["utf-8", "gb2312", "iso-8859-1", "nonsense"])
def test_a_wrong_declaration_does_no_harm(charset: str, declared: str) -> None:
    article = (
        ARTICLE
        if charset != "big5hkscs"
        else "<p>全年受理申請十二件，辦結十一件，政府公開。</p>" * 9
    )
    source = f'<html><head><meta charset="{declared}"></head><body>{article}</body></html>'
    report = read_bytes(source.encode(charset), "a.html", ".html")
    assert ("受理行政" in report.text) or ("受理申請" in report.text)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>增长1<span>2</span><b>3</b>.4%</p>", "增长123.4%"),
        ("<p>第一<br>第二<br/>第三</p>", "第一\n第二\n第三"),
        ("<div>第一<div>第二</div>第三</div>", "第一\n第二\n第三"),
        ("<p>全市\n   经济</p><p>12\n 34</p>", "全市经济\n12 34"),
        ("<p>&nbsp;&#12288;甲&amp;乙&#8203;丙&lt;3</p>", "甲&乙丙<3"),
        ("<p>未闭合<p>另一段<li>条目", "未闭合\n另一段\n条目"),
        ('<p style="display: none">隐藏，假的</p><p hidden>隐藏，假的</p><p>可见</p>', "可见"),
        ("<!-- 注释，假的 --><p>可见</p><noscript>请开启脚本，谢谢。</noscript>", "可见"),
        ("<p>增加。 十</p><p>一、文化</p>", "增加。\n十一、文化"),
        ("<p>分享到：微信 微博</p><p>可见</p><p>上一篇：没有了</p>", "可见"),
        ("<p>增加8<sup>1</sup>件，面积9m<sup>2</sup></p>", "增加8¹件，面积9m²"),
        ("一段没有标签的文字，共三件", "一段没有标签的文字，共三件"),
    ],
)
def test_paragraphs_follow_blocks_and_inline_tags_split_nothing(body: str, text: str) -> None:
    assert text_of(body) == text


TABLE = """<p>表1 主要产品产量</p><p>（单位：万吨）</p><table><tr><th rowspan="2">产品</th>
<th colspan="2">产量</th></tr><tr><td>本<b>年</b></td><td>上<br>年</td></tr>
<tr><td>粮食</td><td>1<span>2</span>.5</td><td>-</td></tr></table>"""


def test_tables_keep_their_merged_cells_and_caption() -> None:
    filler = f"<p>{SENTENCE}</p>" * 6
    report = read_bytes(
        f"<html><body><div>{filler}{TABLE}{filler}</div></body></html>".encode(), "a"
    )
    (table,) = report.tables
    assert (table.title, table.unit) == ("表1 主要产品产量", "万吨")
    assert [(c.row, c.column, c.text, c.rowspan, c.colspan) for c in table.cells] == [
        (1, 1, "产品", 2, 1), (1, 2, "产量", 1, 2), (2, 2, "本年", 1, 1), (2, 3, "上 年", 1, 1),
        (3, 1, "粮食", 1, 1), (3, 2, "12.5", 1, 1), (3, 3, "-", 1, 1),
    ]  # fmt: skip
    assert all(report.text[c.start : c.end] == c.text for c in table.cells)


def test_a_table_beside_the_sentences_is_part_of_the_article() -> None:
    rows = "".join(f"<tr><td>第{n}项</td><td>{n}</td><td>1{n}0</td></tr>" for n in range(1, 40))
    prose = f"<p>{SENTENCE}</p>" * 8
    body = f"<div><div>{prose}</div><div><table>{rows}</table></div></div>"
    report = read_bytes(page(body), "a.html")
    (table,) = report.tables
    assert len(table.cells) == 117


def test_an_archive_that_a_browser_saved_is_unpacked() -> None:
    head = b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\n"
    kind = b'Content-Type: multipart/related; boundary="cut"\r\n\r\n--cut\r\n'
    part = b"Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    body = quopri.encodestring(page())
    report = read_bytes(head + kind + part + body + b"\r\n--cut--\r\n", "a.mhtml", ".mhtml")
    assert report.text == read_bytes(page(), "a.html", ".html").text


def test_a_table_that_lays_out_the_page_is_no_table() -> None:
    article = f"<tr><td>左</td><td><table><tr><td>{ARTICLE}</td></tr></table></td></tr>"
    report = read_bytes(page(f"<table>{article}<tr><td>a</td><td>b</td></tr></table>"), "a.html")
    assert report.tables == ()
    assert SENTENCE in report.text.splitlines()


def test_a_page_that_hides_its_article_until_a_script_runs_is_read() -> None:
    report = read_bytes(page(f'<div style="visibility:hidden">{ARTICLE}</div>'), "a.html")
    assert report.text.count(SENTENCE) == 8


def test_deep_and_large_pages_are_read() -> None:
    deep = "<div>" * 5000 + f"<p>{SENTENCE}</p>" * 9
    assert SENTENCE in read_bytes(f"<html><body>{deep}</body></html>".encode(), "a.html").text
    long = f"<html><body><p>{SENTENCE * 300_000}</p></body></html>"
    assert read_bytes(long.encode(), "a.html").text.strip() == SENTENCE * 300_000


@pytest.mark.parametrize(
    "source", ["<html></html>", "<html><body><img src=a></body></html>", "<p></p>" * 9]
)
def test_a_page_without_text_is_a_read_error(source: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_bytes(source.encode(), "a.html", ".html")
    assert caught.value.code == "read/no-text"


@given(st.one_of(st.binary(max_size=400), st.text(max_size=200).map(str.encode)), st.booleans())
def test_any_bytes_give_a_report_or_a_read_error(data: bytes, as_html: bool) -> None:
    if as_html:
        data = b"<html><body><table><tr><td>" + data + SENTENCE.encode() + b"</td></tr></table>"
    try:
        report = read_bytes(data, "a.html", ".html")
    except ReadError as error:
        assert error.code.startswith("read/")
        return
    assert isinstance(report, Report)
    assert all(report.text[c.start : c.end] == c.text for t in report.tables for c in t.cells)
    assert all(0 <= r.start < r.end <= len(report.text) for r in report.regions)


REAL = Path(__file__).parents[2] / "shared" / "real" / "pages"


@pytest.mark.skipif(not REAL.is_dir(), reason="the real reports are not beside the checkout")
@pytest.mark.parametrize("path", sorted(REAL.glob("*.html")), ids=lambda path: path.stem)
def test_real_pages_are_read_whole_and_without_navigation(path: Path) -> None:
    report = read(path)
    genre, place, year = path.stem.split("-")
    assert report.metadata.year == int(year)
    assert report.metadata.area == f"{place}市"
    assert report.metadata.genre == {"统计公报": "statistical_bulletin"}.get(genre, "budget")
    lines = report.text.splitlines()
    assert sum(line.startswith("二、") for line in lines) == 1
    for word in ("首页", "打印", "关闭", "版权所有", "ICP备", "上一篇", "分享到", "无障碍"):
        assert word not in "\n".join([*lines[:6], *lines[-6:]])


@pytest.mark.skipif(not REAL.is_dir(), reason="the real reports are not beside the checkout")
@pytest.mark.parametrize(
    ("name", "original"),
    [
        ("zhumadian_tjgb_2025", "统计公报-驻马店-2025"),
        ("sanming_yszx_2019", "预算执行报告-三明-2019"),
    ],
)
def test_a_page_gives_the_facts_of_its_text_version(name: str, original: str) -> None:
    text = extract(read(REAL.parent / "gold" / f"{name}.txt"))
    page_facts = extract(read(REAL / f"{original}.html"))
    last = max(fact.end for fact in text.facts)
    cut = page_facts.report.text.index(text.report.text[last - 12 : last]) + 12

    def facts_of(found: Extraction, end: int) -> Counter[tuple[object, ...]]:
        return Counter(
            (fact.value, fact.unit, fact.indicator, fact.kind, fact.period)
            for fact in found.facts
            if fact.end <= end
        )

    expected, given = facts_of(text, last), facts_of(page_facts, cut)
    assert 2 * (expected & given).total() / (expected.total() + given.total()) >= 0.97

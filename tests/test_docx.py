"""DOCX files made by code, and real ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from docx_maker import Maker, header_row
from govextract.errors import ReadError
from govextract.readers import docx, docx_xml, read_bytes
from govextract.readers.docx_numbering import format_number

REAL = Path(__file__).resolve().parents[1].parent / "shared" / "real" / "pages"


def lines(made: Maker) -> list[str]:
    return docx.read(made.bytes(), "a.docx").text.splitlines()


def test_paragraphs_and_tables_stand_in_their_order() -> None:
    made = Maker()
    made.paragraph("某市司法局工作总结")
    made.table([["指标", "件数"], ["受理", "12"]], {})
    made.paragraph("全年受理行政复议申请12件。")
    report = docx.read(made.bytes(), "a.docx")
    assert report.text.splitlines() == [
        "某市司法局工作总结", "指标 | 件数", "受理 | 12", "全年受理行政复议申请12件。",
    ]  # fmt: skip
    assert report.reader == "docx"
    assert all(report.text[c.start : c.end] == c.text for t in report.tables for c in t.cells)


def test_automatic_numbers_come_before_their_headings() -> None:
    made = Maker()
    made.numbering(
        7, [("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3.")]
    )
    for text, level in (
        ("概况", 0),
        ("公开", 1),
        ("申请", 1),
        ("渠道", 2),
        ("问题", 0),
        ("改进", 1),
    ):
        made.paragraph(text, 7, level)
    assert lines(made) == [
        "一、概况",
        "（一）公开",
        "（二）申请",
        "1.渠道",
        "二、问题",
        "（一）改进",
    ]


def test_a_number_that_comes_with_the_style_and_one_that_starts_again() -> None:
    made = Maker()
    made.numbering(7, [("japaneseCounting", "第%1章")])
    made.numbering(8, [], restart=7)
    made.style_numbering("Heading 1", 7)
    made.paragraph("总则", style="Heading 1")
    made.paragraph("公开", style="Heading 1")
    made.paragraph("附则", 8)
    assert lines(made) == ["第一章 总则", "第二章 公开", "第一章 附则"]


def test_levels_are_written_each_in_its_own_format() -> None:
    made = Maker()
    made.numbering(7, [("ideographTraditional", "%1、"), ("decimal", "%1.%2"), ("bullet", "●")])
    made.paragraph("概况", 7)
    made.paragraph("公开", 7, 1)
    made.paragraph("渠道", 7, 2)
    assert lines(made) == ["甲、概况", "甲.1 公开", "渠道"]


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (10, "chineseCounting", "十"),
        (21, "chineseCountingThousand", "二十一"),
        (105, "japaneseCounting", "一百〇五"),
        (10, "chineseLegalSimplified", "拾"),
        (2, "ideographTraditional", "乙"),
        (3, "decimalEnclosedCircle", "③"),
        (7, "decimalZero", "07"),
        (4, "upperRoman", "IV"),
        (28, "lowerLetter", "bb"),
        (12, "decimalFullWidth", "１２"),
        (5, "unheardOf", "5"),
        (0, "ideographTraditional", "0"),
    ],
)
def test_number_formats(value: int, form: str, text: str) -> None:
    assert format_number(value, form) == text


def test_merged_cells_keep_their_spans() -> None:
    made = Maker()
    table = made.table(
        [["项目", "申请人", ""], ["", "自然人", "法人"], ["受理", "12", "3"]],
        {(0, 0): (1, 0), (0, 1): (0, 2)},
    )
    header_row(table)
    (found,) = docx.read(made.bytes(), "a.docx").tables
    spans = {c.text: (c.row, c.column, c.rowspan, c.colspan) for c in found.cells}
    assert spans == {
        "项目": (1, 1, 2, 1), "申请人": (1, 2, 1, 2), "自然人": (2, 2, 1, 1), "法人": (2, 3, 1, 1),
        "受理": (3, 1, 1, 1), "12": (3, 2, 1, 1), "3": (3, 3, 1, 1),
    }  # fmt: skip
    assert [c.header for c in found.cells] == [True, True, False, False, False, False, False]


def test_what_is_no_text_of_the_paragraph_is_left_out() -> None:
    made = Maker()
    paragraph = made.paragraph("受理")
    made.run_xml(paragraph, "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>")
    made.run_xml(paragraph, "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r>")
    made.run_xml(paragraph, "<w:r><w:instrText>PAGE</w:instrText></w:r>")
    made.run_xml(paragraph, "<w:ins><w:r><w:t>申请</w:t></w:r></w:ins>")
    made.run_xml(paragraph, "<w:r><w:t>12</w:t><w:noBreakHyphen/><w:t>15件</w:t></w:r>")
    assert lines(made) == ["受理申请12-15件"]


def test_footnotes_stand_at_the_end_as_notes() -> None:
    made = Maker()
    made.paragraph("全年受理申请12件。")
    word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    notes = (
        f'<w:footnotes {word}><w:footnote w:id="0" w:type="separator"><w:p/></w:footnote>'
        '<w:footnote w:id="2"><w:p><w:r><w:t>不含上年结转3件。</w:t></w:r></w:p></w:footnote>'
        "</w:footnotes>"
    )
    report = docx.read(made.bytes({"word/footnotes.xml": notes}), "a.docx")
    assert report.text.splitlines() == ["全年受理申请12件。", "不含上年结转3件。"]
    (note,) = [region for region in report.regions if region.kind == "note"]
    assert report.text[note.start : note.end] == "不含上年结转3件。"


def test_a_table_of_contents_is_marked_as_such() -> None:
    made = Maker()
    made.document.styles.add_style("toc 1", 1)
    made.paragraph("一、概况\t1", style="toc 1")
    made.paragraph("一、概况")
    report = docx.read(made.bytes(), "a.docx")
    assert [region.kind for region in report.regions] == ["contents"]


def test_entities_are_not_resolved() -> None:
    made = Maker()
    bomb = (
        '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">'
        '<!ENTITY f SYSTEM "file:///etc/hostname">]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:body><w:p><w:r><w:t>受理12件&b;&f;</w:t></w:r></w:p></w:body></w:document>"
    )
    report = docx.read(made.bytes({"word/document.xml": bomb}), "a.docx")
    assert report.text.strip() == "受理12件"


def test_a_part_that_unpacks_too_far_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    made = Maker()
    made.paragraph("件" * 5_000)
    monkeypatch.setattr(docx_xml, "MAX_PART", 10_000)
    with pytest.raises(ReadError) as caught:
        docx.read(made.bytes(), "a.docx")
    assert caught.value.code == "read/too-large"


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 word/ broken",
        Maker().bytes()[:2_000] + b"word/",
        Maker().bytes({"word/document.xml": "<w:document>"}),
    ],
)
def test_a_damaged_file_says_so(data: bytes) -> None:
    with pytest.raises(ReadError) as caught:
        read_bytes(data, "a.docx", ".docx")
    assert caught.value.code == "read/damaged"
    assert caught.value.remedy


def test_a_file_without_text_says_so() -> None:
    with pytest.raises(ReadError) as caught:
        docx.read(Maker().bytes(), "a.docx")
    assert caught.value.code == "read/no-text"


def test_a_paragraph_inside_many_content_controls_is_found() -> None:
    depth = 100
    word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    paragraph = "<w:p><w:r><w:t>受理12件</w:t></w:r></w:p>"
    body = "<w:sdt><w:sdtContent>" * depth + paragraph + "</w:sdtContent></w:sdt>" * depth
    data = Maker().bytes(
        {"word/document.xml": f"<w:document {word}><w:body>{body}</w:body></w:document>"}
    )
    assert docx.read(data, "a.docx").text == "受理12件\n"


@pytest.mark.skipif(not REAL.is_dir(), reason="the real reports are not beside the checkout")
@pytest.mark.parametrize("path", sorted(REAL.glob("*.docx")), ids=lambda path: path.stem)
def test_real_files_have_all_the_paragraphs_that_python_docx_finds(path: Path) -> None:
    import docx as reference

    expected = [p.text.strip() for p in reference.Document(str(path)).paragraphs if p.text.strip()]
    report = docx.read(path.read_bytes(), path.name)
    assert [line.strip() for line in report.text.splitlines()] == expected

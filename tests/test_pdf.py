"""PDF files, made by hand and real."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from govextract.errors import ReadError
from govextract.model import Report
from govextract.readers import pdf, read_bytes
from pdf_maker import SIDEWAYS, Item, Picture, Stroke, Text, grid, make_pdf, paragraph, table

REAL = Path(__file__).resolve().parents[1].parent / "shared" / "real" / "pages"

FIRST = (
    "全市行政机关收到行政复议申请1247件，受理行政复议申请1100件，审结979件，比上年增长5.3%，"
    "调解和解结案率为44.7%，负责人出庭应诉率为百分之百。"
)
SECOND = "各级司法所办理法律援助案件三百二十件，为群众挽回经济损失855.8万元，解答咨询2万余人次。"


def read(*pages: list[Item]) -> Report:
    return pdf.read(make_pdf(pages), "a.pdf")


def lines(*pages: list[Item]) -> list[str]:
    return read(*pages).text.splitlines()


def test_lines_are_joined_into_paragraphs_and_not_across_headings() -> None:
    page = [
        *paragraph(760, "一、总体情况"),
        *paragraph(732, FIRST),
        *paragraph(600, "（一）法律援助"),
        *paragraph(572, SECOND),
    ]
    assert lines(page) == ["一、总体情况", FIRST, "（一）法律援助", SECOND]


def test_paragraphs_without_indentation_end_with_a_short_line() -> None:
    page = [*paragraph(760, FIRST, indent=0), *paragraph(640, SECOND, indent=0)]
    assert lines(page) == [FIRST, SECOND]


def test_a_line_that_a_ragged_border_ends_early_goes_on() -> None:
    """Signs hang over the border, and lines end up to some characters before it."""
    rows = (
        (106, "全年完成一般公共预算收入二百九十一点二亿元，比上年增长百分之八，地方"),
        (74, "一般公共预算收入一百亿元，增长百分之九，其中税收收入七十亿元，增长百分之一，"),
        (74, "一般公共预算收入三百亿元，增长百分之六，其中税收收入九十亿元，增长百分之一，"),
        (74, "占地方一般公共预算收入的百分之七十，非税收入三十亿元，下降百分之零点四，"),
        (74, "一般公共预算支出为五百八十二亿元，下降百分之五，其中教育支出一百亿元，同比"),
        (74, "增长28.5%。"),
        (106, "全年居民人均可支配收入三万元。"),
    )
    page = [Text(x, 760 - 28 * at, text, 12) for at, (x, text) in enumerate(rows)]
    assert lines(page) == ["".join(text for _, text in rows[:6]), rows[6][1]]


def test_a_title_of_two_lines_is_one_paragraph() -> None:
    page = [
        Text(130, 760, "二〇二四年某市法治政府", 22),
        Text(200, 728, "建设年度报告", 22),
        *paragraph(660, FIRST),
    ]
    assert lines(page) == ["二〇二四年某市法治政府建设年度报告", FIRST]


@pytest.mark.parametrize("mark", ["— {} —", "- {} -", "{}", "第{}页", "第 {} 页 共 3 页", "{}/3"])
def test_page_numbers_are_dropped_and_a_paragraph_runs_over_the_page_end(mark: str) -> None:
    whole = paragraph(160, FIRST)
    pages = [
        [*paragraph(700, SECOND), *whole[:2], Text(280, 50, mark.format(1), 14)],
        [*[item._replace(y=760) for item in whole[2:3]], Text(280, 50, mark.format(2), 14)],
        [*paragraph(760, SECOND), Text(280, 50, mark.format(3), 14)],
    ]
    report = read(*pages)
    assert report.text.splitlines()[0] == SECOND
    assert report.text.splitlines()[-1] == SECOND
    assert "".join(report.text.splitlines()[1:-1]) in FIRST
    assert len(report.text.splitlines()) == 3
    assert len(report.pages) == 3
    assert report.text[report.pages[1] - 1] != "\n"
    assert report.text[report.pages[2] :].startswith(SECOND)


def test_a_page_that_is_written_in_another_order_is_read_from_the_top() -> None:
    foot, body, head = paragraph(400, SECOND), paragraph(600, FIRST), paragraph(700, "一、概况")
    rows = [["指标", "件数"], ["受理", "12"]]
    page = [*foot, *table([74, 200, 330], 500, rows), *body, *head]
    assert lines(page) == ["一、概况", FIRST, "指标 | 件数", "受理 | 12", SECOND]


def test_columns_beside_each_other_are_left_as_they_are_written() -> None:
    left = [Text(74, 700 - 28 * row, text) for row, text in enumerate(["左边一行", "左边二行"])]
    right = [Text(350, 700 - 28 * row, text) for row, text in enumerate(["右边一行", "右边二行"])]
    assert "".join(lines([*left, *right])) == "左边一行左边二行右边一行右边二行"


def test_a_head_that_stands_on_all_pages_is_dropped() -> None:
    bodies = [f"{number}月{FIRST}" for number in range(1, 5)]
    pages = [[Text(74, 800, "某市司法局工作报告", 10), *paragraph(700, body)] for body in bodies]
    assert lines(*pages) == bodies


def test_characters_that_stand_apart_are_closed_up() -> None:
    page = [
        *paragraph(760, FIRST),
        Text(74, 640, "受 理 申 请 ２４ 件"),
        Text(74, 580, "目    录"),
        Text(74, 520, "第一部分  概况与职能说明"),
        Text(74, 460, "一般公共预算收入 42.4 亿元"),
    ]
    assert lines(page)[1:] == [
        "受理申请２４件", "目录", "第一部分 概况与职能说明", "一般公共预算收入42.4亿元",
    ]  # fmt: skip


def test_a_raised_figure_stays_in_its_line() -> None:
    page = [Text(74, 700, "浓度为53μg/m"), Text(178, 707, "3", 8), Text(182, 700, "，下降")]
    assert lines([*page, *paragraph(600, FIRST)])[0] == "浓度为53μg/m3，下降"


def test_a_ruled_table_stands_in_its_place_and_not_in_the_prose() -> None:
    rows = [["指标", "数量（件）", "比上年（%）"], ["受理", "120", "5.3"], ["审结", "99", ""]]
    page = [*paragraph(760, FIRST), *table([74, 200, 330, 460], 600, rows), *paragraph(450, SECOND)]
    report = read(page)
    assert report.text.splitlines() == [
        FIRST, "指标 | 数量（件） | 比上年（%）", "受理 | 120 | 5.3", "审结 | 99 | ", SECOND,
    ]  # fmt: skip
    (found,) = report.tables
    assert [[c.text for c in found.cells if c.row == row] for row in (1, 2, 3)] == rows
    assert all(report.text[c.start : c.end] == c.text for c in found.cells)


def test_merged_cells_keep_their_spans() -> None:
    full = table([74, 174, 274, 374], 700, [["项目", "收入", ""], ["", "全市", "市级"]])
    borders = [s for s in full if not (isinstance(s, Stroke) and s in ((74, 670, 374, 670),))]
    borders = [s for s in borders if s != Stroke(274, 700, 274, 640)]
    page = [*borders, Stroke(174, 670, 374, 670), Stroke(274, 670, 274, 640)]
    report = read([*page, *paragraph(500, FIRST)])
    spans = {c.text: (c.row, c.column, c.rowspan, c.colspan) for c in report.tables[0].cells}
    assert spans == {
        "项目": (1, 1, 2, 1), "收入": (1, 2, 1, 2), "全市": (2, 2, 1, 1), "市级": (2, 3, 1, 1),
    }  # fmt: skip


def test_borders_that_are_drawn_for_each_cell_are_one_frame() -> None:
    """As browsers draw them: below a merged cell a border touches no upright one."""
    xs, ys = (60.0, 200.0, 340.0, 480.0), (700.0, 670.0, 640.0)
    page: list[Item] = [
        *paragraph(600, FIRST),
        *(Stroke(left, y, right, y) for y in ys for left, right in pairwise(xs)),
    ]
    page += [Stroke(x, ys[0], x, ys[-1]) for x in (xs[0], xs[-1])]
    page += [Text(65, 680, "信息内容", 10), Text(65, 650, "行政许可", 10)]
    (read_table,) = read(page).tables
    assert [(c.row, c.text) for c in read_table.cells] == [(1, "信息内容"), (2, "行政许可")]


def test_a_row_that_a_page_end_cuts_is_one() -> None:
    xs = (60, 200, 300, 400)
    above = table(xs, 760, [["项目", "件数", "人数"], ["收到申请", "9", "8"], ["信访", "3", "4"]])
    below = table(xs, 800, [["举报投诉类申请", "", ""], ["重复申请", "5", "6"]])
    rows = [[cell.text for cell in read(above, below).tables[0].cells if cell.row == row]
            for row in range(1, 5)]  # fmt: skip
    assert rows[2:] == [["信访举报投诉类申请", "3", "4"], ["重复申请", "5", "6"]]


def test_a_row_of_blanks_that_begins_an_item_is_its_own() -> None:
    xs = (60, 200, 300, 400)
    above = table(xs, 760, [["项目", "件数", "人数"], ["一、收到", "9", "8"]])
    below = table(xs, 800, [["二、结转", "", ""], ["三、其他", "5", "6"]])
    assert [c.text for c in read(above, below).tables[0].cells if c.column == 1] == [
        "项目", "一、收到", "二、结转", "三、其他",
    ]  # fmt: skip


def test_a_head_at_one_height_on_both_pages_of_two_is_dropped() -> None:
    pages = [
        [Text(74, 800, "某市政府信息公开工作年度报告", 10), *paragraph(700, FIRST)],
        [Text(74, 800, "某市政府信息公开工作年度报告", 10), *paragraph(700, SECOND)],
    ]
    assert lines(*pages) == [FIRST, SECOND]


def test_a_table_over_two_pages_is_one_and_its_repeated_header_is_dropped() -> None:
    xs = [74, 200, 330]
    pages = [
        [*paragraph(760, FIRST), *table(xs, 160, [["指标", "件数"], ["受理", "12"]])],
        [*table(xs, 780, [["指标", "件数"], ["审结", "9"]]), *paragraph(600, SECOND)],
    ]
    report = read(*pages)
    assert report.text.splitlines() == [FIRST, "指标 | 件数", "受理 | 12", "审结 | 9", SECOND]
    assert len(report.tables) == 1
    assert report.text[report.pages[1] :].startswith("审结 | 9")


def test_a_merged_cell_that_the_page_end_cuts_is_one() -> None:
    above = [
        *grid([74, 174, 274], [100]), Stroke(74, 160, 274, 160), Stroke(174, 130, 274, 130),
        *(Stroke(x, 160, x, 100) for x in (74, 174, 274)),
        Text(80, 125, "办理结果", 10), Text(180, 140, "公开", 10), Text(180, 110, "不公开", 10),
    ]  # fmt: skip
    below = table([74, 174, 274], 780, [["", "其他"], ["结转", "没有"]])
    report = read([*paragraph(760, FIRST), *above], [*below, *paragraph(600, SECOND)])
    merged = next(c for c in report.tables[0].cells if c.text == "办理结果")
    assert (merged.rowspan, len(report.tables)) == (3, 1)


def test_a_page_that_is_set_sideways_is_turned_upright() -> None:
    # Each line has a digit: without a Chinese font PDFium leaves out lines of Han set sideways.
    rows = [["指标1", "数量2（件）"], ["受理3", "120"]]
    first = "全市行政机关收到行政复议申请1247件，受理行政复议申请1100件，审结979件，增长5.3%。"
    second = "办理法律援助案件320件，挽回损失855.8万元，解答咨询2万余人次，增长6.5%。"
    items = [*paragraph(560, first), *table([74, 300, 520], 400, rows), *paragraph(250, second)]
    report = pdf.read(make_pdf([items], SIDEWAYS), "a.pdf")
    assert report.text.splitlines() == [first, "指标1 | 数量2（件）", "受理3 | 120", second]


def test_borders_inside_forms_stand_where_they_are_drawn() -> None:
    rows = [["指标", "数量（件）"], ["受理", "120"]]
    items = [*paragraph(760, FIRST), *table([74, 300, 520], 600, rows)]
    report = pdf.read(make_pdf([items], in_forms=True), "a.pdf")
    assert report.text.splitlines() == [FIRST, "指标 | 数量（件）", "受理 | 120"]


def test_pages_that_are_only_pictures_are_a_problem_of_the_report() -> None:
    report = read([*paragraph(760, FIRST)], [Picture()], [], [*paragraph(760, SECOND), Picture()])
    (problem,) = report.problems
    assert (problem.code, problem.place) == ("read/page-without-text", "page 2")
    assert report.text.splitlines() == [FIRST, SECOND]


def test_characters_that_the_fonts_do_not_name_are_no_text() -> None:
    with pytest.raises(ReadError) as caught:
        read([*paragraph(760, "".join(chr(0xE000 + code) for code in range(60)))])
    assert caught.value.code == "read/garbled"


def rule(y: float) -> Stroke:
    return Stroke(74, y, 520, y)


def column(x: float, top: float, texts: list[str]) -> list[Item]:
    return [Text(x, top - 20 * row, text, 10) for row, text in enumerate(texts) if text]


def test_a_table_between_three_rules_is_one() -> None:
    items = [
        *paragraph(760, FIRST), rule(620), rule(590), rule(515),
        *column(80, 600, ["指标"]), *column(300, 600, ["产量（吨）"]),
        *column(430, 600, ["增长（%）"]),
        *column(80, 575, ["粮食", "夏粮与秋收作物", "油料"]),
        *column(300, 575, ["1,205.5", "7", "30"]), *column(430, 575, ["-3.1", "", "0.4"]),
        *paragraph(450, SECOND),
    ]  # fmt: skip
    assert lines(items) == [
        FIRST, "指标 | 产量（吨） | 增长（%）", "粮食 | 1,205.5 | -3.1", "夏粮与秋收作物 | 7 | ",
        "油料 | 30 | 0.4", SECOND,
    ]  # fmt: skip


def ruled_rows(top: float, rows: list[tuple[str, str]]) -> list[Item]:
    """A table with a rule above and below each row, and none upright."""
    page: list[Item] = [
        Stroke(74, top - 20 * at, 520, top - 20 * at) for at in range(len(rows) + 1)
    ]
    for at, (label, number) in enumerate(rows):
        y = top - 20 * at - 15
        page += [Text(80, y, label, 10), Text(400, y, number, 10)]
    return page


def test_rows_that_are_each_ruled_off_are_a_table_and_prose_parts_two() -> None:
    first = [("指标", "数量"), ("收到申请", "9"), ("办结申请", "8")]
    second = [("类别", "件数"), ("行政处罚", "7"), ("行政强制", "6")]
    page = [*ruled_rows(760, first), *paragraph(660, SECOND), *ruled_rows(560, second)]
    found = [[cell.text for cell in table.cells] for table in read(page).tables]
    assert found == [[text for row in rows for text in row] for rows in (first, second)]
    assert SECOND in read(page).text.splitlines()


def test_rules_with_prose_between_them_are_no_table() -> None:
    items = [rule(800), *paragraph(760, FIRST), rule(650), *paragraph(620, SECOND), rule(500)]
    assert lines(items) == [FIRST, SECOND]


def test_rows_that_no_line_parts_are_told_by_their_numbers() -> None:
    xs = [74, 300, 420, 520]
    items = [
        *paragraph(760, FIRST), *grid(xs, [620, 590, 500]),
        *column(80, 600, ["指标"]), *column(310, 600, ["件数"]), *column(430, 600, ["增长"]),
        *column(80, 570, ["受理行政复议", "申请", "审结"]),
        Text(310, 560, "120", 10), Text(310, 530, "99", 10),
        Text(430, 560, "5.3", 10), Text(430, 530, "-", 10),
    ]  # fmt: skip
    assert lines(items)[1:] == [
        "指标 | 件数 | 增长", "受理行政复议申请 | 120 | 5.3", "审结 | 99 | -",
    ]  # fmt: skip


def test_white_boxes_behind_prose_are_no_table() -> None:
    data = make_pdf([paragraph(760, FIRST)])
    boxes = "1 1 1 rg " + " ".join(f"74 {y} 448 28 re f" for y in (750, 722, 694)) + "\n"
    page = [*paragraph(760, FIRST)]
    assert read(page).tables == ()
    content = boxes.encode()
    shaded = data.replace(b"stream\nBT", b"stream\n" + content + b"BT").replace(
        b"/Length ", b"/Length 9"
    )
    assert pdf.read(shaded, "a.pdf").tables == ()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (make_pdf([[], [], []]), "read/no-text"),
        (b"%PDF-1.4\nbroken", "read/damaged"),
        (make_pdf([paragraph(700, FIRST)])[:600], "read/damaged"),
    ],
)
def test_what_cannot_be_read_says_so_and_what_to_do(data: bytes, code: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_bytes(data, "a.pdf", ".pdf")
    assert (caught.value.code, caught.value.place) == (code, "a.pdf")
    assert caught.value.remedy


def test_an_encrypted_file_says_so() -> None:
    # The standard handler with a user password that is not empty: all its values may be arbitrary.
    data = make_pdf([paragraph(700, FIRST)]).replace(
        b"/Root 1 0 R",
        b"/Root 1 0 R /ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 "
        b"/O <%s> /U <%s> >>" % (b"11" * 32, b"22" * 32),
    )
    with pytest.raises(ReadError) as caught:
        pdf.read(data, "a.pdf")
    assert caught.value.code == "read/encrypted"


@pytest.mark.skipif(not REAL.is_dir(), reason="the real reports are not beside the checkout")
@pytest.mark.parametrize(
    ("name", "pages", "tables", "characters", "opens", "closes"),
    [
        ("信息公开年报-洪泽区-2023", 5, 3, 2_685, "洪泽区", "费0元。"),
        ("信息公开年报-淮安-2024", 6, 3, 3_540, "淮安市", "3940元。"),
        ("统计公报-焦作-2025", 13, 5, 6_500, "2025年焦作市", "机械调整。"),
        ("统计公报-荆州-2025", 12, 0, 4_830, "荆州市2025年", "市统计局。"),
        ("部门决算-普陀区委社会工作部-2024", 24, 10, 11_830, "中共", "经费支出。"),
        ("预算执行报告-宣城-2025", 15, 0, 7_600, "关于宣城市", "财政保障！"),
    ],
)
def test_real_files_are_whole(
    name: str, pages: int, tables: int, characters: int, opens: str, closes: str
) -> None:
    report = pdf.read((REAL / f"{name}.pdf").read_bytes(), name)
    text = report.text.strip()
    assert (len(report.pages), len(report.tables)) == (pages, tables)
    assert text.startswith(opens)
    assert text.endswith(closes)
    assert abs(len(text) - characters) < 0.05 * characters

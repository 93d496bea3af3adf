"""One table in three forms of file, and the national form that the tests are made with."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import pairwise

from docx_maker import Maker
from govextract.model import Report
from govextract.readers import docx, html, pdf
from govextract.readers.layout import GridCell, TextBuilder, build_report
from pdf_maker import Item, Stroke, Text, make_pdf, paragraph

Rows = Sequence[Sequence[GridCell | str]]

PROSE = (
    "本报告由某市人民政府办公室编制，统计期限自2023年1月1日起至2023年12月31日止，"
    "欢迎公众通过政府网站查阅，并对本报告提出意见和建议。"
)


def cell(text: str, rows: int = 1, columns: int = 1) -> GridCell:
    return GridCell(text, rows, columns)


def as_report(*tables: Rows, title: str = "", unit: str = "") -> Report:
    """Return the report of the tables, with no form of file in between."""
    builder = TextBuilder()
    for rows in tables:
        builder.table([[_grid_cell(c) for c in row] for row in rows], title=title, unit=unit)
    return build_report(b"", "a", builder.build(), reader="test")


def as_html(*tables: Rows) -> Report:
    parts = ["<html><body><h1>某市政府信息公开工作年度报告</h1>", f"<p>{PROSE}</p>" * 4]
    for rows in tables:
        lines = ("".join(map(_td, row)) for row in rows)
        parts.append("<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>")
        parts.append(f"<p>{PROSE}</p>")
    return html.read("".join(parts).encode(), "a.html")


def as_docx(*tables: Rows) -> Report:
    made = Maker()
    made.paragraph(PROSE)
    for rows in tables:
        placed = _placed(rows)
        width = max(column + c.colspan for _, column, c in placed)
        texts = [[""] * width for _ in rows]
        merged = {}
        for row, column, c in placed:
            texts[row][column] = c.text
            if c.rowspan > 1 or c.colspan > 1:
                merged[row, column] = (row + c.rowspan - 1, column + c.colspan - 1)
        made.table(texts, merged)
        made.paragraph(PROSE)
    return docx.read(made.bytes(), "a.docx")


def as_pdf(*tables: Rows, split: int = 0) -> Report:
    """``split`` moves the rows from there on of each table to the next page."""
    pages = []
    for rows in tables:
        placed = _placed(rows)
        above = [_clip(p, 0, split or len(rows)) for p in placed]
        pages.append([*paragraph(780, PROSE), *_drawn([p for p in above if p], 620)])
        if split:
            below = [_clip(p, split, len(rows)) for p in placed]
            pages.append(_drawn([p for p in below if p], 780))
        pages.append(list(paragraph(780, PROSE)))
    return pdf.read(make_pdf(pages), "a.pdf")


Placed = tuple[int, int, GridCell]


def _clip(placed: Placed, first: int, end: int) -> Placed | None:
    """Return the part of a cell that stands in the rows from ``first`` to ``end``."""
    row, column, c = placed
    top, bottom = max(row, first), min(row + c.rowspan, end)
    if top >= bottom:
        return None
    return (
        top - first,
        column,
        c._replace(text=c.text if row >= first else "", rowspan=bottom - top),
    )


def _placed(rows: Rows) -> list[Placed]:
    placed: list[Placed] = []
    taken: set[tuple[int, int]] = set()
    for row, cells in enumerate(rows):
        column = 0
        for item in map(_grid_cell, cells):
            while (row, column) in taken:
                column += 1
            placed.append((row, column, item))
            taken |= {
                (row + down, column + right)
                for down in range(item.rowspan)
                for right in range(item.colspan)
            }
            column += item.colspan
    return placed


def _drawn(placed: Sequence[Placed], top: float) -> list[Item]:
    items: list[Item] = []
    width = max(column + c.colspan for _, column, c in placed)
    for row, column, c in placed:
        step = 460 / width
        x0, x1 = 60 + step * column, 60 + step * (column + c.colspan)
        y0, y1 = top - 18 * row, top - 18 * (row + c.rowspan)
        corners = [(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)]
        items += [Stroke(*a, *b) for a, b in pairwise(corners)]
        size = min(9.0, (x1 - x0 - 2) / max(1, len(c.text)))
        if c.text:
            items.append(Text(x0 + 1, (y0 + y1) / 2 - 3, c.text, round(size, 1)))
    return items


def _grid_cell(item: GridCell | str) -> GridCell:
    return GridCell(item) if isinstance(item, str) else item


def _td(item: GridCell | str) -> str:
    c = _grid_cell(item)
    return f'<td rowspan="{c.rowspan}" colspan="{c.colspan}">{escape(c.text)}</td>'


# The form that 国办公开办函〔2021〕30号 prescribes for annual reports of information disclosure.
DISCLOSED: Rows = [
    [cell("第二十条第（一）项", 1, 4)],
    ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
    ["规章", "3", "0", "14"],
    ["行政规范性文件", "7", "-", "61"],
    [cell("第二十条第（五）项", 1, 4)],
    ["信息内容", cell("本年处理决定数量", 1, 3)],
    ["行政许可", cell("51820", 1, 3)],
    [cell("第二十条第（八）项", 1, 4)],
    ["信息内容", cell("本年收费金额（单位：万元）", 1, 3)],
    ["行政事业性收费", cell("1,205.6", 1, 3)],
]

_APPLICANTS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")

APPLICATIONS: Rows = [
    [cell("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", 3, 3),
     cell("申请人情况", 1, 7)],
    [cell("自然人", 2), cell("法人或其他组织", 1, 5), cell("总计", 2)],
    ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"],
    [cell("一、本年新收政府信息公开申请数量", 1, 3), "40", "5", "0", "1", "2", "0", "48"],
    [cell("二、上年结转政府信息公开申请数量", 1, 3), "2", "0", "0", "0", "0", "0", "2"],
    [cell("三、本年度办理结果", 5), cell("（一）予以公开", 1, 2),
     "21", "3", "0", "1", "0", "0", "25"],
    [cell("（二）不予公开", 2), "1.属于国家秘密", "1", "0", "0", "0", "0", "0", "1"],
    ["2.属于行政查询事项", "4", "0", "0", "0", "1", "0", "5"],
    [cell("（三）其他处理", 1, 2), "14", "2", "0", "0", "1", "0", "17"],
    [cell("（四）总计", 1, 2), "40", "5", "0", "1", "2", "0", "48"],
    [cell("四、结转下年度继续办理", 1, 3), "2", "0", "0", "0", "0", "0", "2"],
]  # fmt: skip

_RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")

REVIEWS: Rows = [
    [cell("行政复议", 1, 5), cell("行政诉讼", 1, 10)],
    [*(cell(result, 2) for result in _RESULTS), cell("未经复议直接起诉", 1, 5),
     cell("复议后起诉", 1, 5)],
    [*_RESULTS, *_RESULTS],
    ["9", "2", "0", "1", "12", "3", "0", "0", "0", "3", "1", "0", "2", "0", "3"],
]  # fmt: skip

_GROUPS = ("行政复议", "行政诉讼 > 未经复议直接起诉", "行政诉讼 > 复议后起诉")


def _applicant(name: str) -> str:
    inside = name not in ("自然人", "总计")
    return "申请人情况 > " + ("法人或其他组织 > " if inside else "") + name


_RESULT_ROWS = {
    4: "本年新收政府信息公开申请数量",
    5: "上年结转政府信息公开申请数量",
    6: "本年度办理结果 > 予以公开",
    7: "本年度办理结果 > 不予公开 > 属于国家秘密",
    8: "本年度办理结果 > 不予公开 > 属于行政查询事项",
    9: "本年度办理结果 > 其他处理",
    10: "本年度办理结果 > 总计",
    11: "结转下年度继续办理",
}

NATIONAL_FORM = {
    ("1", "第二十条第（一）项 > 规章", "本年制发件数", "3", "件"),
    ("1", "第二十条第（一）项 > 规章", "本年废止件数", "0", "件"),
    ("1", "第二十条第（一）项 > 规章", "现行有效件数", "14", "件"),
    ("1", "第二十条第（一）项 > 行政规范性文件", "本年制发件数", "7", "件"),
    ("1", "第二十条第（一）项 > 行政规范性文件", "现行有效件数", "61", "件"),
    ("1", "第二十条第（五）项 > 行政许可", "本年处理决定数量", "51820", ""),
    ("1", "第二十条第（八）项 > 行政事业性收费", "本年收费金额（单位：万元）", "1,205.6", "万元"),
    *(
        ("2", path, _applicant(name), str(_grid_cell(value).text), "")
        for row, path in _RESULT_ROWS.items()
        for name, value in zip(_APPLICANTS, APPLICATIONS[row - 1][-7:], strict=True)
    ),
    *(
        ("3", "", f"{_GROUPS[at // 5]} > {_RESULTS[at % 5]}", str(value), "")
        for at, value in enumerate(REVIEWS[3])
    ),
}
"""Table, row path, column path, number and unit as written, of every cell that has a number."""

"""The text that readers build: offsets of paragraphs, cells and pages."""

from __future__ import annotations

from govextract.readers.layout import GridCell, TextBuilder


def test_paragraphs_pages_and_regions_have_their_offsets() -> None:
    builder = TextBuilder()
    builder.page()
    first = builder.paragraph("  一、总体情况 ")
    builder.paragraph("   ")
    builder.page()
    builder.paragraph("首页 > 公开", "navigation")
    layout = builder.build()
    assert layout.text == "一、总体情况\n首页 > 公开\n"
    assert layout.text[first.start : first.end] == "一、总体情况"
    assert layout.pages == (0, 7)
    assert [layout.text[r.start : r.end] for r in layout.regions] == ["首页 > 公开"]


def test_cells_stand_in_the_text_and_columns_count_around_merged_cells() -> None:
    builder = TextBuilder()
    builder.paragraph("以下为数据。")
    table = builder.table(
        [
            [GridCell("项目", rowspan=2, header=True), GridCell("数量", colspan=2, header=True)],
            [GridCell("本年"), GridCell("上\n年")],
            [GridCell("受理"), GridCell("12"), GridCell("")],
        ],
        title="办理情况",
        unit="件",
    )
    text = builder.build().text
    assert table is not None
    assert text == "以下为数据。\n项目 | 数量\n本年 | 上 年\n受理 | 12 | \n"
    places = [(cell.row, cell.column, cell.text) for cell in table.cells]
    assert places == [
        (1, 1, "项目"), (1, 2, "数量"), (2, 2, "本年"), (2, 3, "上 年"),
        (3, 1, "受理"), (3, 2, "12"), (3, 3, ""),
    ]  # fmt: skip
    assert all(text[cell.start : cell.end] == cell.text for cell in table.cells)
    assert text[table.start : table.end].startswith("项目")


def test_an_empty_table_leaves_no_trace() -> None:
    builder = TextBuilder()
    assert builder.table([[GridCell(""), GridCell(" ")], []]) is None
    assert builder.build().text == ""


def test_cells_that_reach_down_shift_the_columns_of_several_rows() -> None:
    builder = TextBuilder()
    table = builder.table(
        [
            [GridCell("a", rowspan=3), GridCell("b"), GridCell("c", rowspan=2, colspan=2)],
            [GridCell("d")],
            [GridCell("e"), GridCell("f"), GridCell("g")],
            [GridCell("h"), GridCell("i")],
        ]
    )
    assert table is not None
    places = {cell.text: (cell.row, cell.column) for cell in table.cells}
    assert places == {
        "a": (1, 1), "b": (1, 2), "c": (1, 3), "d": (2, 2),
        "e": (3, 2), "f": (3, 3), "g": (3, 4), "h": (4, 1), "i": (4, 2),
    }  # fmt: skip


def test_cells_that_claim_to_cover_millions_cost_little() -> None:
    builder = TextBuilder()
    wide = GridCell("1", rowspan=1000, colspan=1000)
    assert builder.table([[wide] * 20] * 20) is not None


def test_a_first_row_of_one_cell_may_be_the_caption() -> None:
    builder = TextBuilder()
    builder.paragraph("全年平稳。")
    first = [GridCell("表1 2025年产量（单位：万吨）", colspan=2)]
    table = builder.table([first, [GridCell("粮食"), GridCell("12")]])
    assert table is not None
    assert (table.title, table.unit) == ("表1 2025年产量", "万吨")
    assert (table.cells[1].row, table.cells[1].text) == (2, "粮食")

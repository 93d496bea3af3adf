"""Tables written in plain text: cells divided by bars or tabs, or a cell a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from govextract.model import Cell, Region, Span, Table
from govextract.readers.captions import MOST_LINES, Caption, find_caption, is_caption
from govextract.readers.regions import lines_outside

Rows = list[list[Span]]

_RULE_LINE = re.compile(r"[\s|:+-]*")
_PIPE = re.compile(r"[|｜]\s*")
_TAB = re.compile(r"\t[^\S\n]*")
_NUMBER_CELL = re.compile(r"[-+－]?\d[\d,.]*[%％]?|[-－—/]+")
_LONGEST_LABEL = 25
_MOST_COLUMNS = 6
_LONGEST_ROW = 1000
_LONGEST_GROUP_LINE = 20
_NO_GROUP_LINE = re.compile(r"[。；;，,]|^[一二三四五六七八九十]+、|^[（(]")


def find_text_tables(text: str, known: Sequence[Region]) -> tuple[list[Table], list[Region]]:
    """Return the tables written in plain text (numbered 0), and their regions.

    Two lines with bars, or three with two tabs each, outside of ``known``, make a table; a short
    line without them between rows (``按经济类型分：``) is a row too. A label and the numbers below
    it, a line each and three times the same count, make one as well.
    """
    lines = lines_outside(text, [region for region in known if region.kind != "caption"])
    found = [*_find_divided(text, lines), *_find_flat(text, lines)]
    tables: list[Table] = []
    regions: list[Region] = []
    for first, rows in found:
        before = [text[line.start : line.end] for line in lines[max(0, first - MOST_LINES) : first]]
        caption = find_caption(before)
        regions += [Region("caption", *line) for line in lines[first - caption.lines : first]]
        table = _table(text, rows, caption)
        tables.append(table)
        regions.append(Region("table", table.start, table.end))
    return tables, regions


def _find_divided(text: str, lines: Sequence[Span]) -> Iterator[tuple[int, Rows]]:
    """Yield the tables with bars or tabs: the index of their first line, and their cells."""
    for sign, divider, fewest in (("|｜", _PIPE, 2), ("\t", _TAB, 3)):
        if not any(character in text for character in sign):
            continue
        for first, behind in _row_groups(text, lines, divider):
            kept = [row for row in lines[first:behind] if not _is_rule(text, row)]
            if behind - first >= fewest and kept:
                framed = all(text[row.end - 1] in "|｜" for row in kept)
                yield first, [list(_cells(text, row, divider, framed=framed)) for row in kept]


def _find_flat(text: str, lines: Sequence[Span]) -> Iterator[tuple[int, Rows]]:
    """Yield the tables that were copied a cell a line; a heading row may come first."""
    kinds = "".join(_line_kind(text, line) for line in lines)
    if "LN" not in kinds:
        return
    for numbers in range(_MOST_COLUMNS, 0, -1):
        width = numbers + 1
        pattern = re.compile(rf"(?:(?<!N)(?P<head>L{{{width}}}))?(?:LN{{{numbers}}}(?!N)){{3,}}")
        for match in pattern.finditer(kinds):
            cells = lines[match.start() : match.end()]
            yield (
                match.start(),
                [list(cells[at : at + width]) for at in range(0, len(cells), width)],
            )


def _line_kind(text: str, line: Span) -> str:
    """``N`` for a number, ``L`` for a label, ``.`` for what is in no table."""
    if line.end - line.start > _LONGEST_LABEL:
        return "."
    cell = text[line.start : line.end]
    if _NUMBER_CELL.fullmatch(cell):
        return "N"
    return "." if "。" in cell or cell.endswith(("：", ":", "；")) else "L"


def _row_groups(
    text: str, lines: Sequence[Span], divider: re.Pattern[str]
) -> list[tuple[int, int]]:
    """Return from which to which of ``lines`` tables go: the first, and the one behind the last."""
    groups: list[tuple[int, int]] = []
    at = 0
    for is_row, run in groupby(lines, key=lambda line: _is_row(text, line, divider)):
        behind = at + sum(1 for _ in run)
        if is_row:
            if groups and groups[-1][1] == at - 1 and _goes_on(text, lines, at, divider):
                at, _ = groups.pop()
            groups.append((at, behind))
        at = behind
    return groups


def _goes_on(text: str, lines: Sequence[Span], at: int, divider: re.Pattern[str]) -> bool:
    """Tell whether the row ``at`` goes on a table that one line without cells interrupts.

    It has as many cells as the row before that line, and numbers: it heads no new table.
    """
    row_before, between, row = lines[at - 2 : at + 1]
    line = text[between.start : between.end]
    if len(line) > _LONGEST_GROUP_LINE or _NO_GROUP_LINE.search(line) or is_caption(line):
        return False
    cells = list(_cells(text, row, divider))
    numbers = any(text[cell.start : cell.end][-1:].isdigit() for cell in cells[1:])
    return numbers and len(cells) == len(list(_cells(text, row_before, divider)))


def _is_row(text: str, line: Span, divider: re.Pattern[str]) -> bool:
    """A line with one bar, or two tabs, between cells that are no sentences."""
    if line.end - line.start > _LONGEST_ROW:
        return False
    row = text[line.start : line.end]
    dividers = len(divider.findall(row.strip("|｜\t ")))
    return dividers >= (1 if divider is _PIPE else 2) and "。" not in row


def _is_rule(text: str, row: Span) -> bool:
    return _RULE_LINE.fullmatch(text, row.start, row.end) is not None


def _table(text: str, rows: Rows, caption: Caption) -> Table:
    cells = [
        Cell(at, column, text[span.start : span.end], *span, header=at == 1)
        for at, (row, first) in enumerate(zip(rows, _first_columns(text, rows), strict=True), 1)
        for column, span in enumerate(row, start=first)
    ]
    return Table(0, caption.title, caption.unit, tuple(cells), rows[0][0].start, cells[-1].end)


def _first_columns(text: str, rows: Rows) -> list[int]:
    """Return the column in which each row begins.

    Plain text has no merged cells: a row under a merged label lacks that label. Rows with all of
    the numbers, and headers over all of them, end in the last column; so does a first row that
    heads the numbers only.
    """
    width = max(map(len, rows))
    numbers = [_numbers_at_end(text, row) for row in rows]
    most = max(numbers)
    return [
        1 + width - len(row)
        if most and (count == most or (not count and len(row) + (at == 0) > most))
        else 1
        for at, (row, count) in enumerate(zip(rows, numbers, strict=True))
    ]


def _numbers_at_end(text: str, row: Sequence[Span]) -> int:
    numbers = 0
    while numbers < len(row) and _NUMBER_CELL.fullmatch(text, *row[-1 - numbers]):
        numbers += 1
    return numbers


def _cells(
    text: str, row: Span, divider: re.Pattern[str], *, framed: bool = False
) -> Iterator[Span]:
    """The cells of a row; bars at its two ends are a frame and divide nothing.

    ``framed`` says that each row of the table ends in one.
    """
    start, end = row
    opened = divider is _PIPE and text[start] in "|｜"
    if opened:
        start = _after(divider, text, start)
    if (opened or framed) and text[end - 1] in "|｜":
        end -= 1
    for match in divider.finditer(text, start, end):
        yield _without_blanks(text, start, match.start())
        start = match.end()
    yield _without_blanks(text, start, end)


def _after(divider: re.Pattern[str], text: str, start: int) -> int:
    match = divider.match(text, start)
    return match.end() if match else start


def _without_blanks(text: str, start: int, end: int) -> Span:
    return Span(start, start + len(text[start:end].rstrip()))

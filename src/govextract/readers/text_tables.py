"""Tables written in plain text: ``a | b | c`` or cells divided by tabs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from govextract.model import Cell, Region, Span, Table
from govextract.readers.captions import find_caption, is_caption
from govextract.readers.regions import lines_outside

_RULE_LINE = re.compile(r"[\s|:+-]*")
_PIPE = re.compile(r"\s*[|｜]\s*")
_TAB = re.compile(r"[^\S\n]*\t[^\S\n]*")
_LONGEST_ROW = 1000
_LONGEST_GROUP_LINE = 20
_NO_GROUP_LINE = re.compile(r"[。；;，,]|^[一二三四五六七八九十]+、|^[（(]")


def find_text_tables(text: str, known: Sequence[Region]) -> tuple[list[Table], list[Region]]:
    """Return the tables written in plain text, and their regions.

    Two lines with bars, or three with two tabs each, outside of ``known``, make a table. A short
    line without them between rows (``按经济类型分：``) is a row too.
    """
    if not any(sign in text for sign in "|｜\t"):
        return [], []
    lines = lines_outside(text, [region for region in known if region.kind != "caption"])
    tables: list[Table] = []
    regions: list[Region] = []
    for divider, fewest in ((_PIPE, 2), (_TAB, 3)):
        for first, behind in _row_groups(text, lines, divider):
            if behind - first < fewest:
                continue
            before = [text[line.start : line.end] for line in lines[max(0, first - 2) : first]]
            caption = find_caption(before)
            said = lines[first - caption.lines : first]
            regions += [Region("caption", *line) for line in said]
            table = _table(text, lines[first:behind], divider, len(tables) + 1)
            tables.append(table._replace(title=caption.title, unit=caption.unit))
            regions.append(Region("table", table.start, table.end))
    return tables, regions


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


def _table(text: str, rows: Iterable[Span], divider: re.Pattern[str], number: int) -> Table:
    cells: list[Cell] = []
    kept = [row for row in rows if not _RULE_LINE.fullmatch(text, row.start, row.end)]
    for at, row in enumerate(kept, start=1):
        for column, span in enumerate(_cells(text, row, divider), start=1):
            cells.append(Cell(at, column, text[span.start : span.end], *span, header=at == 1))
    return Table(number, "", "", tuple(cells), kept[0].start, kept[-1].end)


def _cells(text: str, row: Span, divider: re.Pattern[str]) -> Iterator[Span]:
    """The cells of a row; bars at its two ends are a frame and divide nothing."""
    start, end = row
    if divider is _PIPE and text[start] in "|｜":
        start = _after(divider, text, start)
        if text[end - 1] in "|｜":
            end -= 1
    for match in divider.finditer(text, start, end):
        yield Span(start, match.start())
        start = match.end()
    yield _without_blanks(text, start, end)


def _after(divider: re.Pattern[str], text: str, start: int) -> int:
    match = divider.match(text, start)
    return match.end() if match else start


def _without_blanks(text: str, start: int, end: int) -> Span:
    return Span(start, start + len(text[start:end].rstrip()))

"""Stretches of a text that are no prose: contents lists, captions, the foot of a page, tables.

Nothing is taken out of the text: the stages leave these regions aside.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from govextract.lexicon.metadata import MetadataLexicon, load_metadata
from govextract.model import Cell, Region, Span, Table
from govextract.readers.captions import find_caption, is_caption
from govextract.text import enclosing, fold, paragraphs

_CONTENTS = re.compile(r"(?m)^[^\S\n]*目[^\S\n]{0,6}录[^\S\n]*$")
_LEADER = re.compile(r"[\s.…·。]*(?:\.{3,}|…{1,}|·{3,}|\s)[\s.…·]*\d{0,3}$")
_LONGEST_ENTRY = 60
_MOST_ENTRIES = 200
_CONTENTS_WITHIN = 20_000
_FOOT_LINES = 25
_RULE_LINE = re.compile(r"[\s|:+-]*")
_PIPE = re.compile(r"\s*[|｜]\s*")
_TAB = re.compile(r"[^\S\n]*\t[^\S\n]*")


def find_regions(text: str, known: Sequence[Region]) -> list[Region]:
    """Return contents lists, captions and the navigation at the foot, outside of ``known``."""
    lines = _lines_outside(text, known)
    foot = _find_foot(text, lines[-_FOOT_LINES:], load_metadata())
    captions = (
        Region("caption", *line) for line in lines if is_caption(text[line.start : line.end])
    )
    return [*_find_contents(text, lines), *captions, *foot]


def _find_contents(text: str, lines: Sequence[Span]) -> Iterator[Region]:
    """The list under 目录: lines that end in dots and a page, or come again as headings below."""
    heading = _CONTENTS.search(text, 0, _CONTENTS_WITHIN)
    if heading is None:
        return
    following = [line for line in lines if line.start >= heading.end()][:_MOST_ENTRIES]
    end = 0
    first = ""
    for line in following:
        entry = text[line.start : min(line.end, line.start + _LONGEST_ENTRY + 1)]
        key = _LEADER.sub("", entry).strip()
        if len(entry) > _LONGEST_ENTRY or not key or key == first:
            break
        first = first or key
        if key == entry and text.find(key, line.end) < 0:
            break
        end = line.end
    if end:
        yield Region("contents", heading.start(), end)


def _find_foot(text: str, lines: Sequence[Span], words: MetadataLexicon) -> Iterator[Region]:
    for line in lines:
        if line.end - line.start > 2 * _LONGEST_ENTRY:
            continue
        if words.is_navigation(fold(text[line.start : line.end])):
            yield Region("navigation", *line)


def find_text_tables(text: str, known: Sequence[Region]) -> tuple[list[Table], list[Region]]:
    """Return the tables written in plain text (``a | b | c`` or tabs), and their regions.

    Two lines with bars, or three with two tabs each, outside of ``known``, make a table.
    """
    if not any(sign in text for sign in "|｜\t"):
        return [], []
    lines = _lines_outside(text, [region for region in known if region.kind != "caption"])
    tables: list[Table] = []
    regions: list[Region] = []
    for divider, fewest in ((_PIPE, 2), (_TAB, 3)):
        at = 0
        for is_row, group in groupby(lines, key=lambda span: _is_row(text, span, divider)):
            rows = list(group)
            if is_row and len(rows) >= fewest:
                before = [text[line.start : line.end] for line in lines[max(0, at - 2) : at]]
                caption = find_caption(before)
                said = lines[at - caption.lines : at]
                regions += [Region("caption", *line) for line in said]
                table = _table(text, rows, divider, len(tables) + 1)
                tables.append(table._replace(title=caption.title, unit=caption.unit))
                regions.append(Region("table", table.start, table.end))
            at += len(rows)
    return tables, regions


def _is_row(text: str, line: Span, divider: re.Pattern[str]) -> bool:
    """A line with one bar, or two tabs, between cells that are no sentences."""
    if line.end - line.start > 1000:
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


def _lines_outside(text: str, regions: Sequence[Region]) -> list[Span]:
    taken = sorted(Span(region.start, region.end) for region in regions)
    return [line for line in paragraphs(text) if enclosing(taken, line.start) is None]

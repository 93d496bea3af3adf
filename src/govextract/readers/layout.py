"""From paragraphs, tables and pages to one text with offsets: what all readers build with."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Collection, Iterable, Sequence
from operator import attrgetter, itemgetter
from typing import NamedTuple

from govextract.model import Cell, Metadata, Problem, Region, RegionKind, Report, Span, Table
from govextract.readers.captions import MOST_LINES, Caption, find_caption
from govextract.readers.form_tables import find_form_tables
from govextract.readers.metadata import find_metadata
from govextract.readers.regions import find_regions
from govextract.readers.text_tables import find_text_tables

# Blanks that indent a label under another; a browser does not collapse them.
_INDENT = "\u00a0\u3000"


_MOST_COLUMNS = 2_000
"""Merged cells cover no column beyond this one: no table has as many, and a file may claim any."""


class GridCell(NamedTuple):
    """A cell as a reader meets it: its text and how many rows and columns it covers.

    Fixed or full-width blanks at its start are an indentation: they stay in the report's text,
    before the cell.
    """

    text: str
    rowspan: int = 1
    colspan: int = 1
    header: bool = False


class Layout(NamedTuple):
    """The text in reading order, and where its tables, pages and regions are."""

    text: str
    tables: tuple[Table, ...] = ()
    pages: tuple[int, ...] = ()
    regions: tuple[Region, ...] = ()


class TextBuilder:
    """Joins paragraphs and tables into one text: each paragraph, each table row is a line."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._tables: list[Table] = []
        self._pages: list[int] = []
        self._regions: list[Region] = []
        self._recent: deque[tuple[str, Span]] = deque(maxlen=MOST_LINES)

    def paragraph(
        self, text: str, kind: RegionKind | None = None, breaks: Sequence[int] = ()
    ) -> Span:
        """Add a paragraph (its line ends become line ends of the text); return where it stands.

        ``kind`` marks it as a region that is not prose; ``breaks`` are the offsets in it at which
        new pages start. An empty paragraph adds nothing.
        """
        start = self._length
        self._pages.extend(start + offset for offset in breaks)
        text = text.strip()
        if not text:
            return Span(start, start)
        self._add(text)
        self._add("\n")
        span = Span(start, start + len(text))
        self._recent.append((text, span))
        if kind is not None:
            self._regions.append(Region(kind, *span))
        return span

    def page(self) -> None:
        """Say that a new page starts here."""
        self._pages.append(self._length)

    def table(
        self,
        rows: Iterable[Sequence[GridCell]],
        *,
        title: str = "",
        unit: str = "",
        page: int | None = None,
        breaks: Collection[int] = (),
    ) -> Table | None:
        """Add a table, a line a row, cells divided by ``|``; return None where all is empty.

        As in HTML, a row gives only the cells that begin in it: the places that a merged cell of
        an earlier row or column covers are left out, and columns are counted around them. Where
        neither ``title`` nor ``unit`` is given, the paragraphs before the table or a first row of
        one cell may state them.
        ``breaks`` are the indexes of the rows at which new pages start.
        """
        start = self._length
        cells: list[Cell] = []
        covered: dict[int, int] = {}
        for row, given in enumerate(rows, start=1):
            if row - 1 in breaks:
                self.page()
            self._row(row, given, covered, cells)
        if not any(cell.text for cell in cells):
            self._take_back(start)
            return None
        if not title and not unit:
            title, unit = self._caption()
        if not title:
            title, own_unit = _caption_in(cells)
            unit = unit or own_unit
        self._recent.clear()
        end = self._length - 1
        table = Table(len(self._tables) + 1, title, unit, tuple(cells), start, end, page)
        self._tables.append(table)
        self._regions.append(Region("table", start, end))
        return table

    def build(self) -> Layout:
        """Return what was added."""
        return Layout(
            "".join(self._parts), tuple(self._tables), tuple(self._pages), tuple(self._regions)
        )

    def _row(
        self,
        row: int,
        given: Sequence[GridCell],
        covered: dict[int, int],
        cells: list[Cell],
    ) -> None:
        """Add a row; ``covered`` says of each column down to which row a cell above reaches."""
        column = 1
        for index, cell in enumerate(given):
            while covered.get(column, 0) >= row:
                column += 1
            if index:
                self._add(" | ")
            self._add(cell.text[: len(cell.text) - len(cell.text.lstrip(_INDENT))])
            text = " ".join(cell.text.split())
            start = self._length
            self._add(text)
            cells.append(
                Cell(
                    row, column, text, start, self._length, cell.rowspan, cell.colspan, cell.header
                )
            )
            if cell.rowspan > 1:
                last = row + cell.rowspan - 1
                reach = min(column + cell.colspan, _MOST_COLUMNS)
                covered.update(dict.fromkeys(range(column, reach), last))
            column += cell.colspan
        self._add("\n")

    def _caption(self) -> tuple[str, str]:
        caption = find_caption([text for text, _ in self._recent])
        for _, span in list(self._recent)[len(self._recent) - caption.lines :]:
            self._regions.append(Region("caption", *span))
        return caption.title, caption.unit

    def _add(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def _take_back(self, start: int) -> None:
        while self._length > start:
            self._length -= len(self._parts.pop())
        self._pages = [min(page, start) for page in self._pages]


def _caption_in(cells: Sequence[Cell]) -> tuple[str, str]:
    """The title and unit in a first row that is one cell only."""
    first = [cell.text for cell in cells if cell.row == 1 and cell.text]
    caption = find_caption(first) if len(first) == 1 else Caption()
    return caption.title, caption.unit


def build_report(
    data: bytes,
    document: str,
    layout: Layout,
    *,
    reader: str,
    encoding: str = "",
    given: Metadata | None = None,
    hints: Sequence[str] = (),
    problems: tuple[Problem, ...] = (),
) -> Report:
    """Return the report of ``layout``, with its metadata, regions and the hash of ``data``.

    ``given`` is what the form of file says beside the text (HTML meta tags, document properties):
    it fills what the text does not say. ``hints`` are further names that may tell place and genre.
    """
    found = find_metadata(layout.text, document, given or Metadata(), hints)
    headers = [region for region in found.regions if region.kind == "header"]
    tables = [table for table in layout.tables if not _overlaps(table, headers)]
    regions = {*layout.regions, *found.regions}
    regions.update(find_regions(layout.text, tuple(regions)))
    prescribed, around = find_form_tables(layout.text, tuple(regions))
    regions.update(around)
    written, around = find_text_tables(layout.text, tuple(regions))
    regions.update(around)
    in_order = sorted((*tables, *prescribed, *written), key=attrgetter("start"))
    numbered = (table._replace(number=at) for at, table in enumerate(in_order, start=1))
    return Report(
        document=document,
        text=layout.text,
        metadata=found.metadata,
        regions=tuple(sorted(regions, key=itemgetter(1, 2))),
        tables=tuple(numbered),
        pages=layout.pages,
        reader=reader,
        encoding=encoding,
        content_hash=hashlib.sha256(data).hexdigest(),
        problems=problems,
    )


def _overlaps(table: Table, regions: Sequence[Region]) -> bool:
    return any(region.start < table.end and table.start < region.end for region in regions)

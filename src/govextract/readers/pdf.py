"""PDF: text in reading order, paragraphs whole, ruled tables in their place. By pypdfium2."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any

from govextract.errors import ReadError
from govextract.model import Problem, Report
from govextract.readers.encoding import clean
from govextract.readers.layout import TextBuilder, build_report
from govextract.readers.pdf_glyphs import Glyph
from govextract.readers.pdf_lines import Line, find_lines
from govextract.readers.pdf_open_tables import find_open_frames
from govextract.readers.pdf_paragraphs import (
    NewPage,
    Page,
    Paragraph,
    drop_margins,
    in_reading_order,
    join_pages,
)
from govextract.readers.pdf_rulings import Frame, find_frames
from govextract.readers.pdf_source import read_source
from govextract.readers.pdf_tables import RuledTable, fill_frame, find_cell, rows_of

name = "pdf"

MAX_PAGES = 3_000
"""Pages beyond this are refused: no report has them."""

# A page of text has hundreds of characters; fewer than this a page are stamps on pictures.
_FEWEST_CHARACTERS = 10
# Fonts of pictograms give some characters of the private area, a font without names nearly all.
_MOST_UNNAMED = 0.3
_RECOGNISE = "run text recognition over it (ocrmypdf -l chi_sim), or fetch the web page"


def sniff(data: bytes, suffix: str) -> float:
    """Return 1 where the header of a PDF stands in the first 1,024 bytes."""
    if b"%PDF-" in data[:1024]:
        return 1.0
    return 0.2 if suffix == ".pdf" else 0.0


def read(data: bytes, document: str) -> Report:
    """Return the report; a table that runs over pages is one.

    Raises ReadError: ``read/encrypted``, ``read/damaged``, ``read/no-text`` (a scanned document) or
    ``read/garbled``. A scanned page among others is a problem of the report.
    """
    pages = _read_pages(data, document)
    _check_text(pages, document)
    builder = TextBuilder()
    for block in join_pages(drop_margins(pages)):
        if isinstance(block, NewPage):
            builder.page()
        elif isinstance(block, Paragraph):
            builder.paragraph(clean(block.text), breaks=block.breaks)
        else:
            rows, breaks = rows_of(block)
            builder.table(rows, page=block.page, breaks=breaks)
    problems = tuple(_scanned(page, document) for page in pages if page.picture and not page.blocks)
    return build_report(data, document, builder.build(), reader=name, problems=problems)


def _check_text(pages: Sequence[Page], document: str) -> None:
    """Raise ReadError where there is next to no text, or none that can be read."""
    texts = list(_texts(pages))
    characters = sum(map(len, texts))
    if characters < _FEWEST_CHARACTERS * len(pages):
        raise ReadError(
            f"holds no text on {len(pages)} pages: it is a scanned picture",
            code="read/no-text",
            place=document,
            remedy=_RECOGNISE,
        )
    unnamed = sum("\ue000" <= char <= "\uf8ff" or char == "\ufffd" for char in "".join(texts))
    if unnamed > _MOST_UNNAMED * characters:
        raise ReadError(
            "its fonts do not say which characters they show",
            code="read/garbled",
            place=document,
            remedy=_RECOGNISE,
        )


def _texts(pages: Sequence[Page]) -> Iterator[str]:
    for page in pages:
        for block in page.blocks:
            yield from (block.text,) if isinstance(block, Line) else (b.text for b in block.boxes)


def _scanned(page: Page, document: str) -> Problem:
    return Problem(
        document=document,
        code="read/page-without-text",
        place=f"page {page.number}",
        message="the page is a picture without text",
        remedy=_RECOGNISE,
    )


def _read_pages(data: bytes, document: str) -> list[Page]:
    pypdfium2: Any = import_module("pypdfium2")

    try:
        pdf = pypdfium2.PdfDocument(data)
        if len(pdf) > MAX_PAGES:
            raise ReadError(
                f"has {len(pdf):,} pages, more than {MAX_PAGES:,}",
                code="read/too-large",
                place=document,
                remedy="split the file",
            )
        try:
            return [_read_page(page, number) for number, page in enumerate(pdf, start=1)]
        finally:
            pdf.close()
    except pypdfium2.PdfiumError as error:
        raise _read_error(error, data, document) from error


def _read_error(error: Exception, data: bytes, document: str) -> ReadError:
    # The library may give the reason of another file that it was asked for before.
    if "password" in str(error).lower() and b"/Encrypt" in data:
        return ReadError(
            "is encrypted",
            code="read/encrypted",
            place=document,
            remedy="save it without a password",
        )
    return ReadError(
        "is damaged",
        code="read/damaged",
        place=document,
        remedy="fetch the file again; the end may be missing",
    )


def _read_page(page: Any, number: int) -> Page:
    source = read_source(page)
    page.close()
    frames = find_frames(source.segments)
    frames += find_open_frames(source.segments, frames, source.glyphs)
    blocks = in_reading_order(list(_blocks(source.glyphs, frames, number)))
    return Page(number, source.width, source.height, tuple(blocks), source.picture)


def _blocks(glyphs: list[Glyph], frames: list[Frame], number: int) -> Iterator[Line | RuledTable]:
    """Yield lines and tables; a table stands where the first of its characters does."""
    held: list[Glyph] = []
    cells: dict[int, dict[int, list[Glyph]]] = {}
    order: list[list[Glyph] | int] = [held]
    for glyph in glyphs:
        frame, cell = find_cell(frames, glyph)
        if cell is None:
            held.append(glyph)
            continue
        if frame not in cells:
            held = []
            order += [frame, held]
        cells.setdefault(frame, {}).setdefault(cell, []).append(glyph)
    for item in order:
        if isinstance(item, int):
            yield fill_frame(frames[item], cells[item], number)
        else:
            yield from find_lines(item)

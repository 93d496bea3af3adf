"""Small PDFs made by hand: text at places, in a Chinese font that is not embedded, and strokes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

PAGE = (595, 842)


class Text(NamedTuple):
    x: float
    y: float
    text: str
    size: float = 16


class Stroke(NamedTuple):
    x0: float
    y0: float
    x1: float
    y1: float


class Picture(NamedTuple):
    """A grey picture that fills the page."""


Item = Text | Stroke | Picture

SIDEWAYS = b"0 1 -1 0 595 0 cm"
"""Before a page's content: it is set for 842 by 595 points and runs up the page."""

_FONT = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H "
    b"/DescendantFonts [ << /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light "
    b"/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /DW 1000 "
    b"/W [1 95 500] /FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 4 "
    b"/FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 "
    b"/StemV 93 >> >> ] >>"
)


_FORM = (
    b"/Type /XObject /Subtype /Form /BBox [0 0 2000 2000] /Matrix [1 0 0 1 0 -20] "
    b"/Resources << /Font << /F 3 0 R >> >>"
)


def make_pdf(
    pages: Sequence[Sequence[Item]], before: bytes = b"", *, in_forms: bool = False
) -> bytes:
    """Return a PDF of the given pages; ``before`` are operators, ``in_forms`` wraps the content."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * index) for index in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [ %s ] /Count %d >>" % (kids, len(pages)),
        _FONT,
    ]
    forms = []
    for index, items in enumerate(pages):
        content = "\n".join(_operators(item) for item in items).encode("ascii")
        content = before + b"\n" + content
        form = 4 + 2 * len(pages) + index
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R /Resources "
            b"<< /Font << /F 3 0 R >> /XObject << /X %d 0 R >> >> >>" % (*PAGE, 5 + 2 * index, form)
        )
        shown = b"1 0 0 1 0 20 cm /X Do" if in_forms else content
        objects.append(_stream(b"", shown))
        forms.append(_stream(_FORM, content))
    return _assemble([*objects, *forms])


def paragraph(top: float, text: str, *, size: float = 16, indent: float = 2) -> list[Item]:
    """Return a paragraph set between 74 and 522 points, its first line indented (in ems)."""
    lines: list[str] = [""]
    room = 28 - indent
    for character in text:
        width = 0.5 if character.isascii() else 1.0
        if room < width:
            lines.append("")
            room = 28.0
        lines[-1] += character
        room -= width
    lefts = [74 + indent * size] + [74.0] * len(lines)
    return [
        Text(left, top - 28 * row, line, size)
        for row, (left, line) in enumerate(zip(lefts, lines, strict=False))
    ]


def grid(xs: Sequence[float], ys: Sequence[float]) -> list[Item]:
    """Return the strokes of a full grid."""
    rows: list[Item] = [Stroke(xs[0], y, xs[-1], y) for y in ys]
    return rows + [Stroke(x, ys[0], x, ys[-1]) for x in xs]


def table(xs: Sequence[float], top: float, rows: Sequence[Sequence[str]]) -> list[Item]:
    """Return a ruled table, its rows 30 points high, with the texts in its cells."""
    ys = [top - 30 * row for row in range(len(rows) + 1)]
    texts = [
        Text(xs[column] + 5, ys[row + 1] + 10, text, 10)
        for row, cells in enumerate(rows)
        for column, text in enumerate(cells)
        if text
    ]
    return [*grid(xs, ys), *texts]


def _stream(entries: bytes, content: bytes) -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries, len(content), content)


def _operators(item: Item) -> str:
    if isinstance(item, Picture):
        return "q 595 0 0 842 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID 0 EI Q"
    if isinstance(item, Stroke):
        return f"0.5 w {item.x0} {item.y0} m {item.x1} {item.y1} l S"
    code = item.text.encode("utf-16-be").hex()
    return f"BT /F {item.size} Tf {item.x} {item.y} Td <{code}> Tj ET"


def _assemble(objects: Sequence[bytes]) -> bytes:
    data = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return data + trailer % (len(objects) + 1, start)

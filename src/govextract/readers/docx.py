"""DOCX: paragraphs with their automatic numbers, tables and footnotes, from the XML by lxml."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from govextract.errors import ReadError
from govextract.model import Report
from govextract.readers.docx_numbering import Numbering, Style
from govextract.readers.docx_xml import Package, W, attribute, number_attribute
from govextract.readers.encoding import clean
from govextract.readers.joining import join_lines
from govextract.readers.layout import GridCell, Layout, TextBuilder, build_report

name = "docx"

# What stands in a paragraph and is no text of it: deletions, field codes, drawings' fallbacks.
_SKIPPED = frozenset(
    f"{W}{tag}" for tag in ("del", "moveFrom", "instrText", "delText", "rt", "pPr")
)
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BOX = f"{W}txbxContent"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_SIGNS = {f"{W}tab": " ", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}


def sniff(data: bytes, suffix: str) -> float:
    """Return 1 for a zip with parts of a Word document."""
    if data.startswith(b"PK\x03\x04") and b"word/" in data:
        return 1.0
    return 0.2 if suffix == ".docx" else 0.0


def read(data: bytes, document: str) -> Report:
    """Return the report; raises ReadError (``read/damaged``, ``read/no-text`` and others)."""
    return build_report(data, document, read_layout(data, document), reader=name)


def read_layout(data: bytes, document: str) -> Layout:
    """Return the text of a DOCX with its tables; footnotes stand at the end as notes.

    Raises ReadError (``read/no-text``) where there is none.
    """
    package = Package(data, document)
    styles = _load_styles(package.part("styles"))
    walk = _Walk(Numbering(package.part("numbering"), styles), styles)
    body = package.root(package.main).find(f"{W}body")
    if body is not None:
        walk.blocks(body)
    for part in ("footnotes", "endnotes"):
        walk.notes(package.part(part))
    layout = walk.builder.build()
    if not layout.text.strip():
        raise ReadError(
            "holds no text, perhaps pictures of pages",
            code="read/no-text",
            place=document,
            remedy="run text recognition over its pictures, or fetch the web page",
        )
    return layout


@dataclass
class _MergedCell:
    """A cell that later rows may still make longer."""

    column: int
    text: str
    colspan: int
    header: bool
    rowspan: int = 1


class _Walk:
    """One way through a document: what numbers the paragraphs and takes what is found."""

    def __init__(self, numbering: Numbering, styles: dict[str, Style]) -> None:
        self.builder = TextBuilder()
        self._numbering = numbering
        self._styles = styles

    def blocks(self, parent: Any) -> None:
        """Add the paragraphs and tables below ``parent`` in their order."""
        for block in _blocks(parent):
            if block.tag == f"{W}tbl":
                self.builder.table(self._rows(block))
            else:
                style = self._styles.get(_style_id(block), Style()).name.lower()
                contents = style.startswith(("toc ", "目录"))
                self.builder.paragraph(
                    self._paragraph(block), kind="contents" if contents else None
                )
                for box in _boxes(block):
                    self.blocks(box)

    def notes(self, part: Any | None) -> None:
        """Add the footnotes or endnotes of a part, without the lines that divide them."""
        if part is None:
            return
        for note in part:
            if note.get(f"{W}type") is None:
                lines = [_text(paragraph) for paragraph in note.iter(f"{W}p")]
                self.builder.paragraph(clean("\n".join(lines)), kind="note")

    def _paragraph(self, paragraph: Any) -> str:
        text = clean(_text(paragraph))
        return self._numbering.label(paragraph) + text.lstrip() if text.strip() else ""

    def _rows(self, table: Any) -> list[list[GridCell]]:
        rows: list[list[_MergedCell]] = []
        open_cells: dict[int, _MergedCell] = {}
        for row in _inside(table, f"{W}tr"):
            rows.append(self._row(row, open_cells))
        return [
            [GridCell(cell.text, cell.rowspan, cell.colspan, cell.header) for cell in row]
            for row in rows
        ]

    def _row(self, row: Any, open_cells: dict[int, _MergedCell]) -> list[_MergedCell]:
        """Return the cells that begin in a row; those that go on from above grow."""
        properties = row.find(f"{W}trPr")
        header = properties is not None and properties.find(f"{W}tblHeader") is not None
        before = number_attribute(properties, "gridBefore") if properties is not None else None
        column = before or 0
        cells = [_MergedCell(0, "", column, header)] if column else []
        for item in _inside(row, f"{W}tc"):
            colspan, merge = _cell_properties(item)
            above = open_cells.get(column)
            if merge == "continue" and above is not None and above.colspan == colspan:
                above.rowspan += 1
            else:
                cell = _MergedCell(column, self._cell_text(item), colspan, header)
                cells.append(cell)
                open_cells[column] = cell
            column += colspan
        return cells

    def _cell_text(self, cell: Any) -> str:
        paragraphs = list(cell.iter(f"{W}p"))
        lines = [self._paragraph(paragraph).strip() for paragraph in paragraphs]
        first = _text(paragraphs[0]) if paragraphs else ""
        indent = "\u3000" * len(first[: len(first) - len(first.lstrip())])
        return indent + join_cell_lines([line for line in lines if line])


def join_cell_lines(lines: list[str]) -> str:
    """Return the paragraphs of a cell as one line; two numbers stay two.

    >>> join_cell_lines(["商业", "企业"]), join_cell_lines(["12", "34"])
    ('商业企业', '12 34')
    """
    text = ""
    for line in lines:
        apart = text[-1:].isdigit() and line[:1].isdigit()
        text = f"{text} {line}" if apart else join_lines((text, line))
    return text


def _load_styles(root: Any | None) -> dict[str, Style]:
    """Return the paragraph styles by id, each with the numbering that it inherits."""
    if root is None:
        return {}
    elements = {item.get(f"{W}styleId", ""): item for item in root.iterfind(f"{W}style")}
    return {key: _inherited(key, elements) for key in elements}


def _inherited(key: str, elements: dict[str, Any]) -> Style:
    style = Style(attribute(elements[key], "name"))
    for _ in elements:
        element = elements.get(key)
        if element is None:
            break
        numbering = element.find(f"{W}pPr/{W}numPr")
        if numbering is not None:
            level = number_attribute(numbering, "ilvl")
            style = style._replace(
                number_id=style.number_id or attribute(numbering, "numId"),
                level=level if style.level is None else style.level,
            )
        if style.number_id:
            break
        key = attribute(element, "basedOn")
    return style


def _blocks(parent: Any) -> Iterator[Any]:
    """Yield paragraphs and tables, also those inside content controls and insertions."""
    for child in parent:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif child.tag not in _SKIPPED:
            yield from _blocks(child)


def _inside(parent: Any, tag: str) -> Iterator[Any]:
    """Yield the rows of a table or the cells of a row, also those inside content controls."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins"):
            yield from _inside(child, tag)


def _text(parent: Any) -> str:
    return "".join(_pieces(parent))


def _pieces(parent: Any) -> Iterator[str]:
    for child in parent:
        tag = child.tag
        if tag in (f"{W}t", _MATH_TEXT):
            yield child.text or ""
        elif tag in _SIGNS:
            yield _SIGNS[tag]
        elif tag == f"{W}br":
            yield "" if child.get(f"{W}type") in ("page", "column") else "\n"
        elif tag == f"{W}r" and _is_hidden(child):
            continue
        elif tag not in _SKIPPED and tag not in (_BOX, _COMPATIBILITY):
            yield from _pieces(child)


def _is_hidden(run: Any) -> bool:
    vanish = run.find(f"{W}rPr/{W}vanish")
    return vanish is not None and vanish.get(f"{W}val", "1") not in ("0", "false")


def _boxes(parent: Any) -> Iterator[Any]:
    """Yield the text boxes of a paragraph, but not those in another box: they are met there."""
    for child in parent:
        if child.tag == _BOX:
            yield child
        elif child.tag != _COMPATIBILITY:
            yield from _boxes(child)


def _style_id(paragraph: Any) -> str:
    properties = paragraph.find(f"{W}pPr")
    return attribute(properties, "pStyle") if properties is not None else ""


def _cell_properties(cell: Any) -> tuple[int, str]:
    """Return how many columns a cell covers, and ``restart`` or ``continue`` where it is merged."""
    properties = cell.find(f"{W}tcPr")
    if properties is None:
        return 1, ""
    span = number_attribute(properties, "gridSpan") or 1
    merge = properties.find(f"{W}vMerge")
    if merge is None:
        return span, ""
    return span, str(merge.get(f"{W}val", "continue"))

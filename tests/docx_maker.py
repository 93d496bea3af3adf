"""DOCX files made by python-docx, with the parts that it has no words for added as XML."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

Level = tuple[str, str]
"""Number format and pattern: ``("chineseCounting", "%1、")``."""


Place = tuple[int, int]
"""Row and column, from 0."""


class Maker:
    """A document that is added to, piece by piece."""

    def __init__(self) -> None:
        self.document: Any = docx.Document()

    def paragraph(self, text: str, list_id: int = 0, level: int = 0, style: str = "") -> Any:
        paragraph = self.document.add_paragraph(text, style=style or None)
        if list_id:
            paragraph._p.get_or_add_pPr().append(
                parse_xml(
                    f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/>'
                    f'<w:numId w:val="{list_id}"/></w:numPr>'
                )
            )
        return paragraph

    def numbering(self, number: int, levels: list[Level], restart: int | None = None) -> None:
        """Define the list ``number``; a ``restart`` gives a second list over the same levels."""
        root = self.document.part.numbering_part.element
        if restart is None:
            items = "".join(
                f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
                f'<w:lvlText w:val="{text}"/></w:lvl>'
                for level, (form, text) in enumerate(levels)
            )
            abstract = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{90 + number}">{items}'
            root.insert(0, parse_xml(f"{abstract}</w:abstractNum>"))
        over = (
            ""
            if restart is None
            else '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
        )
        root.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId '
                f'w:val="{90 + (restart or number)}"/>{over}</w:num>'
            )
        )

    def style_numbering(self, style: str, list_id: int) -> None:
        properties = self.document.styles[style].element.get_or_add_pPr()
        properties.append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="{list_id}"/></w:numPr>')
        )

    def run_xml(self, paragraph: Any, xml: str) -> None:
        """Append XML to a paragraph; ``w:`` is declared on its outermost element."""
        at = xml.index(" ") if " " in xml.split(">", maxsplit=1)[0] else xml.index(">")
        paragraph._p.append(parse_xml(f"{xml[:at]} {nsdecls('w')}{xml[at:]}"))

    def table(
        self, rows: list[list[str]], merged: Mapping[tuple[int, int], tuple[int, int]]
    ) -> Any:
        """Add a table; ``merged`` maps the first cell to the last of each merged block."""
        table = self.document.add_table(len(rows), len(rows[0]))
        for at, row in enumerate(rows):
            for column, text in enumerate(row):
                if text:
                    table.cell(at, column).text = text
        for first, last in merged.items():
            text = rows[first[0]][first[1]]
            table.cell(*first).merge(table.cell(*last)).text = text
        return table

    def bytes(self, parts: Mapping[str, str] | None = None) -> bytes:
        """Return the file, with ``parts`` (path to content) added or replaced."""
        buffer = io.BytesIO()
        self.document.save(buffer)
        if not parts:
            return buffer.getvalue()
        source = zipfile.ZipFile(buffer)
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
            for name in source.namelist():
                if name not in parts:
                    package.writestr(name, source.read(name))
            for name, content in parts.items():
                package.writestr(name, content)
        return target.getvalue()


def header_row(table: Any) -> None:
    """Mark the first row of a table as one that is repeated on each page."""
    row = table.rows[0]._tr
    row.get_or_add_trPr().append(row.makeelement(qn("w:tblHeader"), {}))

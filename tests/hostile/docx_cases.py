"""DOCX files: zips that lie, XML that grows or reaches outside, structures without end."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from functools import cache

from cases import PROSE, Case

from docx_maker import Maker

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_PARAGRAPH = f"<w:p><w:r><w:t>{PROSE}</w:t></w:r></w:p>"


@cache
def _whole() -> bytes:
    made = Maker()
    made.paragraph(PROSE)
    made.table([["指标", "件数"], ["受理", "12"]], {})
    return made.bytes()


def _with(parts: Mapping[str, str]) -> bytes:
    return Maker().bytes(parts)


def _body(content: str, before: str = "") -> bytes:
    document = f"{before}<w:document {_W}><w:body>{content}</w:body></w:document>"
    return _with({"word/document.xml": document})


def _zip(parts: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


def _laughs() -> str:
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE w:document [<!ENTITY l0 "笑">{lines}]>'


def _style_loop() -> str:
    return (
        f'<w:styles {_W}><w:style w:type="paragraph" w:styleId="a"><w:name w:val="a"/>'
        '<w:basedOn w:val="b"/></w:style><w:style w:type="paragraph" w:styleId="b">'
        '<w:name w:val="b"/><w:basedOn w:val="a"/></w:style></w:styles>'
    )


def _encrypted() -> bytes:
    """Set the flag that says that a part is encrypted, in all headers."""
    data = bytearray(_whole())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)


def cases() -> list[Case]:
    """Return the hostile DOCX files."""
    whole = _whole()
    outside = '<!DOCTYPE w:document [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    table = "<w:tbl>" + "<w:tr>" + "<w:tc>" + _PARAGRAPH + "</w:tc></w:tr></w:tbl>"
    return [
        Case("cut.docx", whole[: len(whole) // 2], "read/damaged"),
        Case("no_zip.docx", b"PK\x03\x04word/" + b"x" * 1000, "read/damaged"),
        Case("empty_zip.docx", _zip({}), "read/damaged"),
        Case("no_document.docx", _zip({"word/other.xml": b"<a/>"}), "read/damaged"),
        Case("no_xml.docx", _with({"word/document.xml": "受理1件"}), "read/damaged"),
        Case(
            "cut_xml.docx",
            _with({"word/document.xml": f"<w:document {_W}><w:body>"}),
            "read/damaged",
        ),
        Case("no_body.docx", _with({"word/document.xml": f"<w:document {_W}/>"}), "read/no-text"),
        Case("no_text.docx", _body("<w:p/>" * 1000), "read/no-text"),
        Case("encrypted_zip.docx", _encrypted(), "read/encrypted"),
        Case(
            "billion_laughs.docx",
            _body(_PARAGRAPH + "<w:p><w:r><w:t>&l9;</w:t></w:r></w:p>", _laughs()),
            "read/damaged",
        ),
        Case(
            "quadratic_entity.docx",
            _body(
                "<w:p><w:r><w:t>" + "&l;" * 20_000 + "</w:t></w:r></w:p>" + _PARAGRAPH,
                f'<!DOCTYPE w:document [<!ENTITY l "{"笑" * 20_000}">]>',
            ),
            "read/damaged",
        ),
        Case(
            "external_entity.docx",
            _body(_PARAGRAPH + "<w:p><w:r><w:t>&f;</w:t></w:r></w:p>", outside),
        ),
        Case(
            "external_dtd.docx",
            _body(_PARAGRAPH, '<!DOCTYPE w:document SYSTEM "http://192.0.2.1/a.dtd">'),
        ),
        Case("zip_bomb.docx", _with({"word/document.xml": " " * 100_000_001}), "read/too-large"),
        Case("styles_bomb.docx", _with({"word/styles.xml": " " * 100_000_001}), "read/too-large"),
        Case(
            "climbing_names.docx",
            _zip(
                {
                    "../../../tmp/climbed.xml": b"x",
                    "/etc/climbed": b"x",
                    "word/document.xml": f"<w:document {_W}><w:body>{_PARAGRAPH}</w:body></w:document>".encode(),
                }
            ),
        ),
        Case(
            "climbing_target.docx",
            _with(
                {
                    "_rels/.rels": '<Relationships xmlns="r"><Relationship Type="x/officeDocument" '
                    'Target="../../../etc/passwd"/></Relationships>',
                }
            ),
            "read/damaged",
        ),
        Case(
            "many_parts.docx",
            _zip(
                {
                    **{f"word/p{n}.xml": b"" for n in range(5_000)},
                    "word/document.xml": f"<w:document {_W}><w:body>{_PARAGRAPH}</w:body></w:document>".encode(),
                }
            ),
        ),
        Case(
            "deep_xml.docx",
            _body("<w:sdt><w:sdtContent>" * 2_000 + _PARAGRAPH + "</w:sdtContent></w:sdt>" * 2_000),
            "read/damaged",
        ),
        Case(
            "deep_tables.docx",
            _body("<w:tbl><w:tr><w:tc>" * 60 + _PARAGRAPH + "</w:tc></w:tr></w:tbl>" * 60),
        ),
        Case(
            "deep_boxes.docx",
            _body(
                "<w:p><w:r><w:txbxContent>" * 60 + _PARAGRAPH + "</w:txbxContent></w:r></w:p>" * 60
            ),
        ),
        Case(
            "many_runs.docx",
            _body("<w:p>" + "<w:r><w:t>1</w:t></w:r>" * 30_000 + "</w:p>" + _PARAGRAPH),
        ),
        Case("many_tables.docx", _body(table * 1_000)),
        Case(
            "vast_span.docx",
            _body(
                '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr>'
                + _PARAGRAPH
                + "</w:tc></w:tr></w:tbl>"
                + _PARAGRAPH
            ),
        ),
        Case(
            "many_spans.docx",
            _body(
                "<w:tbl>"
                + (
                    '<w:tr><w:tc><w:tcPr><w:gridSpan w:val="9999"/><w:vMerge w:val="restart"/>'
                    "</w:tcPr><w:p/></w:tc><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr>"
                )
                * 300
                + "</w:tbl>"
                + _PARAGRAPH
            ),
        ),
        Case(
            "style_loop.docx",
            _with(
                {
                    "word/styles.xml": _style_loop(),
                    "word/document.xml": f'<w:document {_W}><w:body><w:p><w:pPr><w:pStyle w:val="a"/></w:pPr>'
                    f"<w:r><w:t>{PROSE}</w:t></w:r></w:p></w:body></w:document>",
                }
            ),
        ),
        Case(
            "numbering_loop.docx",
            _with(
                {
                    "word/numbering.xml": f'<w:numbering {_W}><w:abstractNum w:abstractNumId="0">'
                    '<w:numStyleLink w:val="a"/></w:abstractNum><w:num w:numId="1">'
                    '<w:abstractNumId w:val="0"/></w:num></w:numbering>',
                    "word/document.xml": f'<w:document {_W}><w:body><w:p><w:pPr><w:numPr><w:ilvl w:val="99"/>'
                    f'<w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>{PROSE}</w:t></w:r></w:p>'
                    "</w:body></w:document>",
                }
            ),
        ),
        Case(
            "ole_encrypted.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
            + bytes(64)
            + "EncryptedPackage".encode("utf-16-le"),
            "read/encrypted",
        ),
    ]

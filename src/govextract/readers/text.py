"""Plain text in any encoding. Its text is never rewritten but for line ends."""

from __future__ import annotations

from govextract.model import Report
from govextract.readers.encoding import decode
from govextract.readers.layout import Layout, build_report

name = "text"

_SUFFIXES = frozenset({".txt", ".text", ".md"})
_BINARY = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"GIF8")


def report_from_text(text: str, document: str = "") -> Report:
    """Return the report in ``text``, which is taken as it is."""
    data = text.encode("utf-8", "surrogatepass")
    return build_report(data, document, Layout(text), reader=name)


def sniff(data: bytes, suffix: str) -> float:
    """Return 0 for a known binary form; text is what remains, surer by its extension."""
    if data.lstrip()[:8].startswith(_BINARY):
        return 0.0
    return 0.5 if suffix in _SUFFIXES else 0.1


def read(data: bytes, document: str) -> Report:
    """Return the report; raises ReadError (``read/encoding``) where no encoding fits."""
    text, encoding = decode(data, document)
    return build_report(data, document, Layout(text), reader=name, encoding=encoding)

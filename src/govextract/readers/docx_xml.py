"""The parts of a DOCX (a zip of XML), read so that a hostile file does no harm."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from typing import Any

from govextract.errors import ReadError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
"""The namespace of WordprocessingML, as lxml writes it before a name."""

MAX_PART = 100_000_000
"""A part that unpacks to more bytes is refused: a zip bomb."""

_LARGEST = 9_999
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_MAIN = "/officeDocument"
# What zipfile raises for an archive that is cut, changed, encrypted or packed in another way.
_UNREADABLE = (
    zipfile.BadZipFile, zlib.error, OSError, EOFError, KeyError, ValueError, RuntimeError,
)  # fmt: skip


class Package:
    """The parts of one DOCX by their short names (``numbering``, ``footnotes``)."""

    def __init__(self, data: bytes, document: str) -> None:
        """Open the zip; raises ReadError (``read/damaged``, ``read/encrypted``)."""
        self._document = document
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self.main = self._main_part()
        except _UNREADABLE as error:
            raise self._damaged(error) from error

    def part(self, name: str) -> Any | None:
        """Return the root element of the part ``name`` beside the main one, None without it.

        Raises ReadError: ``read/damaged``, or ``read/too-large`` for a zip bomb.
        """
        path = posixpath.join(posixpath.dirname(self.main), f"{name}.xml")
        return self.root(path) if path in self._zip.namelist() else None

    def root(self, path: str) -> Any:
        """Return the root element of the part at ``path``; entities are not resolved.

        lxml refuses what nests deeper than 256 elements, so that recursion over it ends.
        """
        from lxml import etree

        content = self._content(path).replace(_STRICT, W[1:-1].encode())
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
        )
        try:
            return etree.fromstring(content, parser)
        except etree.XMLSyntaxError as error:
            raise self._damaged(error) from error

    def _content(self, path: str) -> bytes:
        try:
            with self._zip.open(path) as part:
                content = part.read(MAX_PART + 1)
        except _UNREADABLE as error:
            raise self._damaged(error) from error
        if len(content) > MAX_PART:
            raise ReadError(
                f"unpacks to more than {MAX_PART:,} bytes",
                code="read/too-large",
                place=self._document,
                remedy="save it again without its pictures",
            )
        return content

    def _main_part(self) -> str:
        relations = "_rels/.rels"
        if relations in self._zip.namelist():
            for item in self.root(relations):
                if str(item.get("Type", "")).endswith(_MAIN):
                    return str(item.get("Target", "")).lstrip("/")
        return "word/document.xml"

    def _damaged(self, error: Exception) -> ReadError:
        if "encrypted" in str(error):
            return ReadError(
                "is encrypted",
                code="read/encrypted",
                place=self._document,
                remedy="save it without a password",
            )
        return ReadError(
            f"is damaged ({error})",
            code="read/damaged",
            place=self._document,
            remedy="fetch the file again, or open and save it in Word",
        )


def attribute(parent: Any, name: str) -> str:
    """Return the ``w:val`` of the child ``name``, empty without it."""
    child = parent.find(f"{W}{name}")
    return str(child.get(f"{W}val", "")) if child is not None else ""


def number_attribute(parent: Any, name: str) -> int | None:
    """Return the ``w:val`` of the child ``name`` as a number, None where it is none."""
    return parse_number(attribute(parent, name))


def parse_number(text: str) -> int | None:
    """Return a number of an attribute, None where it is none; bounded, for it comes from a file."""
    return min(int(text), _LARGEST) if text.isascii() and text.isdigit() and len(text) < 9 else None

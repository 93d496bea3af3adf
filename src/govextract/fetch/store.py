"""Where a fetched report goes: a folder by area and year, under the name of its title."""

from __future__ import annotations

import hashlib
import threading
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from govextract import readers
from govextract.errors import ReadError
from govextract.fetch.client import Answer
from govextract.fetch.names import free_name, safe_name
from govextract.fetch.settings import FetchError
from govextract.model import Metadata

_UNKNOWN = "unknown"
_SUFFIXES = {"html": ".html", "pdf": ".pdf", "docx": ".docx", "doc": ".doc", "text": ".txt"}
# Said of a type that holds no report, whatever a reader would make of the bytes.
_WRONG_TYPES = ("image/", "audio/", "video/", "font/", "text/css", "text/javascript")
_WRONG_TYPES_EXACT = frozenset({"application/javascript", "application/json"})


class Stored(NamedTuple):
    """Where a content is, its hash, and whether it was there before."""

    file: str
    sha256: str
    duplicate: bool


class Store:
    """The files of a folder; no two of the same content, no two names that differ only in case."""

    def __init__(self, folder: Path, known: dict[str, str]) -> None:
        self._folder = folder
        self._known = known
        self._lock = threading.Lock()

    def save(self, answer: Answer, title: str) -> Stored:
        """Write the content of an answer, unless it is there; raises FetchError for no report."""
        suffix = _suffix(answer)
        digest = hashlib.sha256(answer.content).hexdigest()
        # One at a time: names are looked for and taken, and PDFium is not safe in threads.
        with self._lock:
            before = self._known.get(digest)
            if before and (self._folder / before).exists():
                return Stored(before, digest, True)
            metadata = _read_metadata(answer, suffix)
            path = self._free_path(metadata, title or _title(metadata, answer), suffix)
            path.parent.mkdir(parents=True, exist_ok=True)
            _write(path, answer.content)
            file = path.relative_to(self._folder).as_posix()
            self._known[digest] = file
            return Stored(file, digest, False)

    def _free_path(self, metadata: Metadata, title: str, suffix: str) -> Path:
        area = safe_name(metadata.area, _UNKNOWN)
        year = str(metadata.year or _UNKNOWN)
        folder = self._folder / area / year
        taken = {path.name.casefold() for path in folder.glob("*")}
        return folder / free_name(safe_name(title), suffix, taken)


def _suffix(answer: Answer) -> str:
    """Return the extension by the content; raises FetchError where it is no form of report."""
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    try:
        wrong = kind.startswith(_WRONG_TYPES) or kind in _WRONG_TYPES_EXACT
        reader = "" if wrong else readers.find_reader(answer.content, answer.address).name
    except ReadError:
        reader = ""
    if not reader or not answer.content.strip():
        raise FetchError(
            f"is no report ({kind or 'of no stated type'}, {len(answer.content):,} bytes)",
            code="fetch/type",
            place=answer.address,
            remedy="check the address in a browser",
            status=answer.status,
        )
    return _SUFFIXES.get(reader, Path(urlsplit(answer.final).path).suffix or ".bin")


def _read_metadata(answer: Answer, suffix: str) -> Metadata:
    """Return what the report says of itself: nothing where it cannot be read."""
    try:
        return readers.read_bytes(answer.content, answer.address, suffix).metadata
    except ReadError:
        return Metadata()


def _title(metadata: Metadata, answer: Answer) -> str:
    return metadata.title or Path(unquote(urlsplit(answer.final).path)).stem


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    part = path.with_name(f".{path.name[:40]}.part")
    part.write_bytes(content)
    part.replace(path)

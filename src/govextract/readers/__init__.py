"""Readers: a file of any form becomes a :class:`govextract.model.Report`.

A reader is a module (or any object) with a ``name``, ``sniff`` and ``read``. The package's own are
listed in ``BUILTIN``; others come by entry points of the group ``govextract.readers``. Which one
reads a file is decided by the content first, then by the extension.
"""

from __future__ import annotations

import errno
import os
import stat
from functools import cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol, cast

from govextract.errors import ReadError, UsageError
from govextract.model import Report

BUILTIN = ("text", "html", "pdf", "docx", "doc")
"""The package's own readers: modules of ``govextract.readers``, each imported when first asked."""

MAX_BYTES = 100_000_000
"""A larger file is refused (``read/too-large``): no report is, and reading takes ten times that."""

SURE_ENOUGH = 0.05


class Reader(Protocol):
    """What reads one form of file."""

    @property
    def name(self) -> str:
        """The name that goes into ``Report.reader``."""
        ...

    def sniff(self, data: bytes, suffix: str) -> float:
        """Return how sure the reader is that ``data`` is its form: 0 not at all, 1 certain.

        ``suffix`` is the extension of the file, lower case, with its dot; it may be empty.
        """
        ...

    def read(self, data: bytes, document: str) -> Report:
        """Return the report in ``data``; raises ReadError with a code where it cannot."""
        ...


def read(path: str | Path, document: str | None = None) -> Report:
    """Return the report in the file ``path``, which is called ``document`` (else by its name).

    Raises ReadError with a code of ``docs/problems.md``, the place and the remedy.
    """
    path = Path(path)
    name = path.name if document is None else document
    return read_bytes(_file_bytes(path, name), name, path.suffix)


def read_bytes(data: bytes, document: str, suffix: str = "") -> Report:
    """Return the report in ``data``: the contents of a file with the extension ``suffix``.

    Raises ReadError, as :func:`read` does.
    """
    if len(data) > MAX_BYTES:
        raise _too_large(document, len(data))
    if not data.strip(b" \t\r\n\x00"):
        raise ReadError(
            "the file is empty",
            code="read/empty",
            place=document,
            remedy="fetch or copy the file again",
        )
    return find_reader(data, document, suffix).read(data, document)


def find_reader(data: bytes, document: str, suffix: str = "") -> Reader:
    """Return the reader that is surest of ``data``; raises ReadError where none is."""
    suffix = suffix.lower()
    sureness, reader = max(
        ((reader.sniff(data, suffix), reader) for reader in load_readers()),
        key=lambda pair: pair[0],
    )
    if sureness < SURE_ENOUGH:
        raise ReadError(
            f"is no form of file that can be read (extension {suffix or 'none'})",
            code="read/unknown-format",
            place=document,
            remedy="save it as text, HTML, PDF or DOCX",
        )
    return reader


@cache
def load_readers() -> tuple[Reader, ...]:
    """Return the package's readers and those of the entry points ``govextract.readers``.

    Raises UsageError where an added one cannot be loaded.
    """
    own = [
        cast(Reader, import_module(f"{__name__}.{name}"))
        for name in BUILTIN
        if find_spec(f"{__name__}.{name}")
    ]
    return (*own, *map(_load_added, entry_points(group="govextract.readers")))


def _load_added(entry: EntryPoint) -> Reader:
    try:
        return cast(Reader, entry.load())
    except Exception as error:
        raise UsageError(
            f"the added reader {entry.name!r} cannot be loaded ({error})",
            place=entry.value,
            remedy="reinstall or remove the package that brings it",
        ) from error


def _file_bytes(path: Path, document: str) -> bytes:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, "is no file but a folder, a pipe or a device")
        if status.st_size > MAX_BYTES:
            raise _too_large(document, status.st_size)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise ReadError(
            "there is no such file",
            code="read/missing",
            place=writable_name(str(path)),
            remedy="check the path",
        ) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ReadError(
            f"cannot be opened ({reason})",
            code="read/unreadable",
            place=writable_name(str(path)),
            remedy="check that it is a file and that you may read it",
        ) from error


def writable_name(name: str) -> str:
    r"""Return a file's name so that it can be written as UTF-8; other bytes of it as ``\xff``."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _too_large(document: str, size: int) -> ReadError:
    return ReadError(
        f"has {size:,} bytes, more than {MAX_BYTES:,}",
        code="read/too-large",
        place=document,
        remedy="split the file, or take out its pictures",
    )

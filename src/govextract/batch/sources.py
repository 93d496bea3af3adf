"""Which files a run reads: folders, globs, lists and fsspec addresses become sorted sources.

The name of a document must stay the same from run to run, for resuming rests on it. It is the path
below the folder where one folder is given, the file's name where one file is given, and else the
path as it was given.
"""

from __future__ import annotations

import glob
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from govextract.batch.storage import Storage, local_path, open_address
from govextract.errors import ReadError, UsageError
from govextract.model import Report
from govextract.readers import read, read_bytes, writable_name

DATA_SUFFIXES = (".toml", ".json", ".jsonl", ".csv", ".tsv", ".yaml", ".yml", ".parquet", ".py")
"""Files that lie beside reports and are none: left out of folders, read where named themselves."""

_RECORD = "sources.json"


class Source(NamedTuple):
    """One file to read: the name of its document, and its path or address."""

    document: str
    address: str


def find_sources(
    inputs: Sequence[str | Path], files_from: Path | None = None, without: Path | None = None
) -> list[Source]:
    """Return the files behind ``inputs`` and in the list ``files_from``, sorted by document.

    ``inputs`` are files, folders, globs (``2023/*.html``) and addresses. Left out are hidden files,
    data files in folders (:data:`DATA_SUFFIXES`), and what lies below ``without`` (the output
    folder). Raises UsageError where something does not exist or there is no file at all.
    """
    places = [str(item) for item in inputs]
    listed = _read_list(files_from) if files_from else []
    alone = len(places) == 1 and not listed
    found = {source for place in places for source in _expand(place, alone)}
    found |= {Source(_given_name(line), line) for line in listed}
    if without is not None:
        found = {source for source in found if not _lies_below(source, without)}
    if not found:
        raise UsageError(
            "there is no file", place=" ".join(places), remedy="give a folder of reports"
        )
    return sorted(source._replace(document=writable_name(source.document)) for source in found)


def store_sources(storage: Storage, sources: Iterable[Source]) -> None:
    """Write into a run's storage where its documents were read, for who looks at them later."""
    # A line a source, encoded one by one: they may be a million.
    lines = (
        f"{json.dumps(source.document)}: {json.dumps(_absolute(source.address))}".encode()
        for source in sources
    )
    record = b"{" + b",\n".join(lines) + b"}"
    if record != _read_record(storage):
        storage.write(_RECORD, record)


def load_sources(storage: Storage) -> list[Source]:
    """Return where the documents of the run behind ``storage`` were read; empty where unknown."""
    try:
        places = json.loads(_read_record(storage))
    except ValueError:
        return []
    return [Source(document, address) for document, address in places.items()]


def _read_record(storage: Storage) -> bytes:
    try:
        return storage.read(_RECORD)
    except FileNotFoundError:
        return b""


def read_source(source: Source) -> Report:
    """Return the report of ``source``; raises ReadError with a code where it cannot be read."""
    path = local_path(source.address)
    if path is not None:
        return read(path, source.document)
    suffix = os.path.splitext(source.address)[1]  # noqa: PTH122 - an address is no path
    return read_bytes(source_bytes(source), source.document, suffix)


def source_bytes(source: Source) -> bytes:
    """Return the bytes of ``source``; raises ReadError where there are none to be had."""
    path = local_path(source.address)
    try:
        if path is not None:
            return path.read_bytes()
        fs, name = open_address(source.address)
        return bytes(fs.cat_file(name))
    except FileNotFoundError as error:
        raise _unreadable(source, "read/missing", "there is no such file") from error
    except OSError as error:
        raise _unreadable(source, "read/unreadable", f"cannot be opened ({error})") from error


def source_size(source: Source) -> int | None:
    """Return the size of ``source`` in bytes, or ``None`` where it cannot be told."""
    path = local_path(source.address)
    try:
        if path is not None:
            return path.stat().st_size
        fs, name = open_address(source.address)
        return int(fs.size(name))
    except (OSError, TypeError):
        return None


def _absolute(address: str) -> str:
    path = local_path(address)
    return address if path is None else os.path.join(Path.cwd(), path)  # noqa: PTH118 - of a million


def _unreadable(source: Source, code: str, message: str) -> ReadError:
    return ReadError(message, code=code, place=source.address, remedy="check the address")


def _read_list(path: Path) -> list[str]:
    """Return the lines of a list of files; empty ones and those behind ``#`` are left out."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"cannot be read ({error})", place=str(path), remedy="give a UTF-8 text, a path a line"
        ) from error
    return [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]


def _expand(place: str, alone: bool) -> Iterator[Source]:
    """Yield the sources behind one argument; ``alone`` says that it is the only one."""
    path = local_path(place)
    if path is None:
        yield from _expand_address(place, alone)
    elif path.is_dir():
        prefix = "" if alone else _given_name(place) + "/"
        for name in _files_below(path):
            yield Source(prefix + name, str(path / name))
    elif path.exists():
        yield Source(path.name if alone else _given_name(place), str(path))
    elif glob.has_magic(place):
        for match in sorted(glob.glob(place, recursive=True)):  # noqa: PTH207 - keeps what was given
            yield from _expand(match, alone=False)
    else:
        raise UsageError("does not exist", place=place, remedy="give a folder of reports")


def _expand_address(place: str, alone: bool) -> Iterator[Source]:
    fs, root = open_address(place)
    whole = root
    if glob.has_magic(root):
        matches: Iterable[str] = fs.glob(root)
    elif fs.isdir(root):
        matches = fs.find(root)
    elif fs.exists(root):
        matches, root = [root], root.rpartition("/")[0]
    else:
        raise UsageError("does not exist", place=place, remedy="give a folder of reports")
    for match in matches:
        name = match.removeprefix(root).lstrip("/")
        if not _left_out(name):
            address = _address_like(place, whole, match) or fs.unstrip_protocol(match)
            yield Source(name if alone else address, address)


def _address_like(place: str, path: str, other: str) -> str:
    """Return the address ``place`` with another path in it; what stands around the path stays.

    That is the host of hdfs://host:8020/…, or what is chained before or behind. Empty where the
    path does not stand in the address as it is.

    >>> _address_like("hdfs://host:8020/in", "/in", "/in/1.txt")
    'hdfs://host:8020/in/1.txt'
    """
    behind_scheme = place.index("://") + len("://")
    at = place.find(path, behind_scheme - 1) if path.strip("/") else behind_scheme
    return "" if at < 0 else place[:at] + other + place[at + len(path) :]


def _files_below(folder: Path) -> Iterator[str]:
    """Yield the paths of all files below ``folder`` that are not hidden, ``/`` between."""
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        below = Path(parent).relative_to(folder)
        for name in names:
            if not _left_out(name):
                yield (below / name).as_posix()


def _given_name(place: str) -> str:
    """Return ``place`` as a document's name: normalised, ``/`` between, no leading ``./``."""
    path = local_path(place)
    if path is None:
        return place
    return os.path.normpath(path).replace(os.sep, "/")


def _left_out(name: str) -> bool:
    hidden = any(part.startswith(".") for part in name.split("/"))
    return hidden or name.lower().endswith(DATA_SUFFIXES)


def _lies_below(source: Source, folder: Path) -> bool:
    path = local_path(source.address)
    if path is None:
        return False
    # Of a link that leads to itself, `realpath` makes what it can; `Path.resolve` raises.
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))

"""The manifest of a folder of fetched reports: one JSON line an address, written as it comes.

A run that was interrupted goes on from it; of an address that stands several times, the last line
holds. A line that was cut off by a crash is left out.
"""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import NamedTuple

NAME = "manifest.jsonl"


class Entry(NamedTuple):
    """What became of one address. ``code`` is empty where a report was fetched."""

    address: str
    time: str
    """ISO, in UTC."""
    status: int = 0
    """Of the last answer; 0 where there was none."""
    file: str = ""
    """Below the folder, ``/`` between."""
    sha256: str = ""
    type: str = ""
    """The media type as the server gave it."""
    bytes: int = 0
    title: str = ""
    final: str = ""
    """Where redirects led, where they did."""
    etag: str = ""
    modified: str = ""
    duplicate: bool = False
    """The content was there before, from another address: ``file`` is that one's."""
    code: str = ""
    message: str = ""


class Manifest:
    """The entries of a folder, and where new ones are written."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        self._lock = threading.Lock()
        self.entries: dict[str, Entry] = {}
        for entry in _read(self._path):
            self.entries[entry.address] = entry

    def add(self, entry: Entry) -> None:
        """Write an entry; it is on the disk when this returns."""
        line = json.dumps(entry._asdict(), ensure_ascii=False)
        with self._lock:
            self.entries[entry.address] = entry
            with self._path.open("a", encoding="utf-8", newline="\n") as file:
                file.write(line + "\n")

    def by_hash(self) -> dict[str, str]:
        """Return the file of each content that was fetched."""
        with self._lock:
            fetched = [entry for entry in self.entries.values() if entry.file]
        return {entry.sha256: entry.file for entry in reversed(fetched)}


def _read(path: Path) -> list[Entry]:
    if not path.exists():
        return []
    text = path.read_bytes()
    if text and not text.endswith(b"\n"):
        # A crash cut the last line: the next one must not stick to it.
        with path.open("ab") as file:
            file.write(b"\n")
    entries = []
    for line in text.decode("utf-8", "replace").splitlines():
        try:
            given = json.loads(line)
            entries.append(Entry(**{key: given[key] for key in Entry._fields if key in given}))
        except (ValueError, TypeError):
            continue
    return entries

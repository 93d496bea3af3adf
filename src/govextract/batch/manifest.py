"""The manifest: which documents stand in which part, from what content and by which rules.

One small file a part, written after the part's own files: a part without its entry does not exist.
Only the process that leads a run writes entries, so that a run that is killed at any moment leaves
whole parts and, at worst, files of parts that nobody knows; the next run deletes those.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from govextract.batch.parts import DocumentEntry, PartEntry, part_files
from govextract.batch.storage import Storage

_NUMBER = "runs"
"""The file with the number of the latest run that wrote parts."""


class Known(NamedTuple):
    """A document that the manifest knows: its entry, its part and the version of the rules."""

    entry: DocumentEntry
    part: str
    version: str


class Manifest:
    """The entries of a run's storage. Later parts win over earlier ones with the same document."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._known: dict[str, Known] = {}
        self._sizes: dict[str, int] = defaultdict(int)
        self.runs = 0
        """Number of the latest run."""

    @classmethod
    def load(cls, storage: Storage) -> Manifest:
        """Return the manifest in ``storage``; files of parts without an entry are deleted."""
        manifest = cls(storage)
        manifest.runs = _read_number(storage)
        for name in storage.names("manifest"):
            entry = PartEntry.from_json(storage.read(f"manifest/{name}"))
            if entry is None:
                storage.delete(f"manifest/{name}")
            else:
                manifest._add(entry)
        for name in storage.names("parts"):
            part = name.lstrip(".").split(".")[0]
            manifest.runs = max(manifest.runs, run_number(part))
            if part not in manifest._sizes or name.startswith("."):
                storage.delete(f"parts/{name}")
        return manifest

    def __contains__(self, document: str) -> bool:
        return document in self._known

    def __getitem__(self, document: str) -> Known:
        return self._known[document]

    @property
    def documents(self) -> Mapping[str, Known]:
        """All documents that stand in a part, by name."""
        return self._known

    def begin_run(self) -> int:
        """Return the number of a run that begins to write parts, and keep it.

        A worker of a run that was killed may write its part later than the next run begins: it
        must not have the name of one of that run's.
        """
        self.runs += 1
        self._storage.write(_NUMBER, str(self.runs).encode())
        return self.runs

    def commit(self, entry: PartEntry) -> None:
        """Add a part whose files are written: from here on it exists."""
        self._storage.write(_entry_name(entry.part), entry.to_json())
        self._add(entry)

    def drop(self, documents: Iterable[str]) -> None:
        """Forget ``documents``: their rows stand in no table from here on."""
        for document in documents:
            del self._known[document]

    def forget(self, part: str) -> None:
        """Delete ``part`` and forget its documents: they are done again."""
        for document in [name for name, known in self._known.items() if known.part == part]:
            del self._known[document]
        self._delete(part)

    def tidy(self) -> None:
        """Bring the stored entries to what is known; parts without a document are deleted."""
        kept: dict[str, list[Known]] = defaultdict(list)
        for known in self._known.values():
            kept[known.part].append(known)
        for part, size in list(self._sizes.items()):
            if len(kept[part]) == size:
                continue
            if kept[part]:
                documents = tuple(sorted(known.entry for known in kept[part]))
                entry = PartEntry(part, kept[part][0].version, documents)
                self._storage.write(_entry_name(part), entry.to_json())
                self._sizes[part] = len(documents)
            else:
                self._delete(part)

    def homes(self) -> dict[str, str]:
        """Return the part of each document."""
        return {document: known.part for document, known in self._known.items()}

    def _add(self, entry: PartEntry) -> None:
        self.runs = max(self.runs, run_number(entry.part))
        self._sizes[entry.part] = len(entry.documents)
        for item in entry.documents:
            self._known[item.document] = Known(item, entry.part, entry.version)

    def _delete(self, part: str) -> None:
        # The entry goes first: without it the files are nothing, without them it is broken.
        self._storage.delete(_entry_name(part))
        for name in part_files(part).values():
            self._storage.delete(name)
        del self._sizes[part]


def part_name(run: int, number: int) -> str:
    """Return the name of a part: names sort by run, and by number within.

    >>> part_name(3, 12)
    '00003-0000012'
    """
    return f"{run:05d}-{number:07d}"


def run_number(part: str) -> int:
    """Return the number of the run that made a part; 0 where the name is none.

    >>> run_number("00003-0000012"), run_number("notes")
    (3, 0)
    """
    number = part.partition("-")[0]
    return int(number) if number.isdecimal() else 0


def _read_number(storage: Storage) -> int:
    try:
        return int(storage.read(_NUMBER))
    except (FileNotFoundError, ValueError):
        return 0


def _entry_name(part: str) -> str:
    return f"manifest/{part}.json"

"""The rule data of ``govextract/data``, loaded, checked and indexed; immutable.

Each part (units, headings, cues …) has a module here with a ``load_*`` function from the parsed
entries to an indexed, frozen object. A part is loaded when it is first asked for. A user's
``--lexicon my.toml`` lies over the package's own entries: tables of the same name are appended,
an entry with the same ``id`` replaces the package's.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from govextract.errors import LexiconError

Entry = Mapping[str, Any]


class Lexicon:
    """All rule data. Parts are properties, each loaded once, on first use."""

    def __init__(self, overlays: Sequence[Path] = ()) -> None:
        self._overlays = tuple((path, _parse_file(path)) for path in overlays)
        self.digest = hashlib.sha256(repr(self._overlays).encode()).hexdigest()
        """Of the overlays' content. Lexicons with the same one are equal, so that one that comes to
        another process again and again is indexed there once."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Lexicon) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    def entries(self, file: str, table: str) -> list[Entry]:
        """Return the entries ``[[table]]`` of ``data/file`` with the overlays' laid over them.

        Raises LexiconError where an entry has no id or an id stands twice in one file.
        """
        merged = _by_id(_parse_resource(file).get(table, []), f"data/{file}", table)
        for path, content in self._overlays:
            merged |= _by_id(content.get(table, []), str(path), table)
        return list(merged.values())


@cache
def default_lexicon() -> Lexicon:
    """Return the package's own lexicon, without overlays."""
    return Lexicon()


def load_lexicon(*overlays: str | Path) -> Lexicon:
    """Return the lexicon with the given TOML files laid over the package's data, in order."""
    return Lexicon([Path(path) for path in overlays]) if overlays else default_lexicon()


def _parse_resource(file: str) -> Mapping[str, Any]:
    resource = files("govextract") / "data" / file
    return _parse(resource.read_text(encoding="utf-8"), f"data/{file}")


def _parse_file(path: Path) -> Mapping[str, Any]:
    try:
        return _parse(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise LexiconError(
            f"cannot be read ({error})", place=str(path), remedy="give a UTF-8 TOML file"
        ) from error


def _parse(text: str, place: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"is no valid TOML ({error})", place=place) from error


def _by_id(entries: Sequence[Entry], place: str, table: str) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for number, entry in enumerate(entries, start=1):
        key = entry.get("id")
        if not isinstance(key, str) or not key:
            raise LexiconError("has no id", place=f"{place} [[{table}]] {number}")
        if key in found:
            raise LexiconError(f"the id {key!r} stands twice", place=f"{place} [[{table}]]")
        found[key] = entry
    return found

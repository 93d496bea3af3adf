"""The rule data of ``govextract/data``, loaded, checked and indexed; immutable.

Each part (units, headings, cues …) has a module here with a ``load_*`` function from the parsed
entries to an indexed, frozen object. A part is loaded when it is first asked for. A user's
``--lexicon my.toml`` lies over the package's own entries: tables of the same name are appended,
an entry with the same ``id`` replaces the package's. What a user adds is checked when it is loaded
(``own_data.py``).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from govextract.errors import LexiconError

Entry = Mapping[str, Any]
MOST_BYTES = 5_000_000
"""Of one file of a user's rules; all of the package's are a tenth."""


class _Entry(dict[str, Any]):
    """An entry that says where it stands when a key is asked for that it lacks."""

    def __init__(self, values: Entry, place: str) -> None:
        super().__init__(values)
        self._place = place

    def __missing__(self, key: str) -> Any:
        raise LexiconError(
            f"lacks {key!r}", place=self._place, remedy="see docs/extending.md for what it needs"
        )


class Lexicon:
    """All rule data. Parts are properties, each loaded once, on first use."""

    def __init__(self, overlays: tuple[tuple[str, str], ...] = ()) -> None:
        self.overlays = overlays
        """Place and TOML text of each overlay, in order."""
        self._overlays = tuple((place, parse_toml(text, place)) for place, text in overlays)

    def __reduce__(self) -> tuple[object, ...]:
        # A lexicon that comes to another process again and again is indexed there once.
        return _lexicon_of, (self.overlays,)

    def entries(self, file: str, table: str) -> list[Entry]:
        """Return the entries ``[[table]]`` of ``data/file`` with the overlays' laid over them.

        Raises LexiconError where an entry has no id or an id stands twice in one file.
        """
        merged = _by_id(_parse_resource(file).get(table, []), f"data/{file}", table)
        for place, content in self._overlays:
            merged |= _by_id(content.get(table, []), place, table)
        return list(merged.values())


def default_lexicon() -> Lexicon:
    """Return the package's own lexicon, without overlays."""
    return _lexicon_of(())


def load_lexicon(*overlays: str | Path) -> Lexicon:
    """Return the lexicon with the given TOML files laid over the package's data, in order.

    Raises LexiconError where a file is no TOML, is too large, or holds what is no rule.
    """
    from govextract.lexicon.own_data import check_own_data

    texts = tuple((str(path), _read_file(Path(path))) for path in overlays)
    for place, text in texts:
        check_own_data(parse_toml(text, place), place)
    return _lexicon_of(texts)


@cache
def _lexicon_of(overlays: tuple[tuple[str, str], ...]) -> Lexicon:
    return Lexicon(overlays)


@lru_cache(maxsize=2)  # the tables of a file are mostly asked for one after the other
def _parse_resource(file: str) -> Mapping[str, Any]:
    resource = files("govextract") / "data" / file
    return parse_toml(resource.read_text(encoding="utf-8"), f"data/{file}")


def _read_file(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
        text = content.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise LexiconError(
            f"cannot be read ({error})", place=str(path), remedy="give a UTF-8 TOML file"
        ) from error
    if len(content) > MOST_BYTES:
        raise LexiconError(
            f"is larger than {MOST_BYTES:,} bytes", place=str(path), remedy="split the file"
        )
    return text


def parse_toml(text: str, place: str) -> Mapping[str, Any]:
    """Return the tables of a TOML text; raises LexiconError that names ``place``."""
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise LexiconError(f"is no valid TOML ({error})", place=place) from error


def _by_id(entries: Sequence[Entry], place: str, table: str) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for number, entry in enumerate(entries, start=1):
        key = entry.get("id")
        if not isinstance(key, str) or not key:
            raise LexiconError("has no id", place=f"{place} [[{table}]] {number}")
        if key in found:
            raise LexiconError(f"the id {key!r} stands twice", place=f"{place} [[{table}]]")
        found[key] = _Entry(entry, f"{place} [[{table}]] {key}")
    return found

"""Rules that a user adds: checked when they are loaded, before any report is read.

What an entry may hold is told by the package's own entries of the same table: their keys, the
types of their values, whether their patterns capture. A pattern is tried for growth by counted
steps, so that no report can keep one at work for ever.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, NamedTuple

from govextract.errors import LexiconError
from govextract.lexicon import Entry, parse_toml
from govextract.lexicon.patterns import find_growth

LONGEST_PATTERN = 2_000
"""Code points of one word or pattern."""
_PLAIN = frozenset(
    "id name name_en definition source title example examples opening_examples counter counters"
    " counter_examples".split()
)
"""Keys whose values are shown or compared, and never matched as patterns."""
_SIGNS = frozenset("(*+{")
"""Without one of these a pattern neither repeats nor captures."""
_GUIDE = "see docs/extending.md"


class _Table(NamedTuple):
    """What the package's entries of a table are like."""

    types: Mapping[str, frozenset[str]]
    may_be_empty: frozenset[str]
    """Keys with an empty text somewhere."""
    captures: bool


def check_own_data(content: Mapping[str, Any], place: str) -> None:
    """Raise LexiconError where a table is unknown, or an entry is no entry of its table."""
    known = _tables()
    for name, entries in content.items():
        if name not in known:
            raise LexiconError(
                f"has the unknown table {name!r}", place=place, remedy=_nearest(name, known)
            )
        if not isinstance(entries, list) or not all(isinstance(item, dict) for item in entries):
            raise LexiconError(
                f"{name!r} is no list of entries", place=place, remedy=f"write [[{name}]]"
            )
        for number, entry in enumerate(entries, start=1):
            _check_entry(entry, known[name], f"{place} [[{name}]] {entry.get('id', number)}")


def _check_entry(entry: Entry, table: _Table, place: str) -> None:
    for key, value in entry.items():
        types = table.types.get(key)
        if types is None:
            raise LexiconError(
                f"has the unknown key {key!r}", place=place, remedy=_nearest(key, table.types)
            )
        if _type_of(value) not in types and value != []:
            raise LexiconError(
                f"{key} is {_type_of(value)}", place=place, remedy=f"give {' or '.join(types)}"
            )
        if "" in _texts(value) and key not in table.may_be_empty:
            raise LexiconError(f"{key} is empty", place=place, remedy=_GUIDE)
        if key not in _PLAIN:
            for text in _texts(value):
                _check_pattern(text, table, f"{place} {key}")


def _check_pattern(pattern: str, table: _Table, place: str) -> None:
    """Refuse what is too long, captures where groups are counted, or may work for ever.

    What is no pattern is a word, or is refused where the table is loaded.
    """
    if len(pattern) > LONGEST_PATTERN:
        raise LexiconError(
            f"is longer than {LONGEST_PATTERN} characters", place=place, remedy="write several"
        )
    if not _SIGNS & set(pattern):  # a word, as thousands of them are
        return
    try:
        compiled = re.compile(pattern)
        grown = find_growth(pattern)
    except (re.error, ModuleNotFoundError):  # or a Python whose parser is elsewhere
        return
    if compiled.groups and not table.captures:
        raise LexiconError("captures a group", place=place, remedy="write (?:…) for (…)")
    if grown:
        raise LexiconError(
            f"{pattern!r} takes more and more time on a text like {grown.text(12)!r}",
            place=place,
            remedy="let no two repeats take the same characters, or write *+ for *",
        )


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)


def _type_of(value: Any) -> str:
    """Return ``text``, ``number``, ``list of text`` …, as an error says it."""
    if isinstance(value, list):
        kinds = sorted({_type_of(item) for item in value})
        return f"list of {' and '.join(kinds)}" if kinds else "list"
    names = {"str": "text", "int": "number", "bool": "true or false"}
    return names.get(type(value).__name__, type(value).__name__)


def _nearest(name: str, known: Mapping[str, Any]) -> str:
    near = get_close_matches(name, known, n=1)
    return f"did you mean {near[0]!r}?" if near else f"known are {', '.join(sorted(known))}"


@cache
def _tables() -> Mapping[str, _Table]:
    """Return the tables of all files of ``data``, by name."""
    types: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    empty: dict[str, set[str]] = defaultdict(set)
    captures: set[str] = set()
    for resource in _resources(files("govextract") / "data"):
        content = parse_toml(resource.read_text(encoding="utf-8"), resource.name)
        for name, entries in content.items():
            for entry in entries:
                for key, value in entry.items():
                    types[name][key].add(_type_of(value))
                    if "" in _texts(value):
                        empty[name].add(key)
                if any(map(_captures, _patterns_of(entry))):
                    captures.add(name)
    return {
        name: _Table(
            {key: frozenset(kinds) for key, kinds in keys.items()},
            frozenset(empty[name]),
            name in captures,
        )
        for name, keys in types.items()
    }


def _resources(folder: Traversable) -> Iterator[Traversable]:
    for item in folder.iterdir():
        if item.is_dir():
            yield from _resources(item)
        elif item.name.endswith(".toml"):
            yield item


def _patterns_of(entry: Entry) -> Iterator[str]:
    for key, value in entry.items():
        if key not in _PLAIN:
            yield from _texts(value)


def _captures(pattern: str) -> bool:
    # Compiling thousands of words takes long, and nearly none has a bracket.
    if "(" not in pattern:
        return False
    try:
        return re.compile(pattern).groups > 0
    except re.error:
        return False

"""Words around a number: comparators, directions of change, and the words between.

From ``data/comparators.toml``. Words before a number are looked up backwards, from the number to
the left, so that the longest one that touches it wins: patterns here are of reversed words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, cast, get_args

from govextract.errors import LexiconError
from govextract.lexicon import Lexicon
from govextract.lexicon.words import alternation
from govextract.model import Comparator, Kind

Sign = Literal["+", "-", ""]
_FILE = "comparators.toml"


@dataclass(frozen=True, slots=True)
class ComparatorWord:
    """What a word says of the value, unless it follows one of the characters ``not_after``.

    ``dimension``: only with units of this dimension, where it is not empty.
    """

    id: str
    symbol: Comparator
    not_after: str
    dimension: str


@dataclass(frozen=True, slots=True)
class Direction:
    """A verb or noun of change; ``sign`` is empty where the number carries its own."""

    id: str
    sign: Sign
    not_after: str
    base: bool
    dimensions: frozenset[str]
    compared: bool


@dataclass(frozen=True, slots=True)
class KindNoun:
    """A noun that says of what kind a number in a unit of ``dimension`` is (天数: a count)."""

    id: str
    kind: Kind
    dimension: str


@dataclass(frozen=True, slots=True)
class Comparators:
    """All words of ``comparators.toml``, indexed."""

    before: Mapping[str, ComparatorWord]
    after: Mapping[str, ComparatorWord]
    inside: Mapping[str, ComparatorWord]
    directions: Mapping[str, Direction]
    nouns: Mapping[str, KindNoun]
    last_characters: frozenset[str]
    """The characters that a comparator before a number ends with."""
    last_of_changes: frozenset[str]
    """The characters that a direction ends with, or a word between it and the number."""
    ends_of_changes: frozenset[str]
    """What these words end with: two characters, or the one that there is."""
    first_characters: frozenset[str]
    """The characters that any word after a unit begins with."""
    pairs: Mapping[str, tuple[Direction, frozenset[str]]]
    """Directions of two characters that ask for nothing more, with the characters that would
    make them the end of a longer word (负增长): the way that most changes are found."""
    before_pattern: re.Pattern[str]
    direction_pattern: re.Pattern[str]
    """Reversed: group 1 is what stands between (reversed), 2 a level word, 3 the direction."""
    compared_pattern: re.Pattern[str]
    """Reversed: what is compared with, then group 1, the direction (低于全国, before a number)."""
    after_pattern: re.Pattern[str]


@cache
def load_comparators(lexicon: Lexicon) -> Comparators:
    """Return the words of ``lexicon``, indexed; raises LexiconError where an entry is broken."""
    sides = {side: _read_side(lexicon, side) for side in ("before", "after", "inside")}
    directions = _read_directions(lexicon)
    plain, level = _read_links(lexicon)
    return Comparators(
        sides["before"],
        sides["after"],
        sides["inside"],
        directions,
        _read_nouns(lexicon),
        frozenset(word[-1] for word in sides["before"]),
        frozenset(word[-1] for word in (*directions, *plain, *level)),
        frozenset(word[-2:] for word in (*directions, *plain, *level)),
        frozenset(word[0] for word in sides["after"]),
        _pairs(directions),
        re.compile(_reversed(sides["before"])),
        re.compile(
            rf"((?:{_reversed(plain)}\s?){{0,4}})({_reversed(level)})?({_reversed(directions)})"
        ),
        re.compile(rf"[\u4e00-\u9fff]{{1,10}}?({_reversed(_compared(directions))})"),
        re.compile(alternation(sides["after"])),
    )


def _pairs(
    directions: Mapping[str, Direction],
) -> dict[str, tuple[Direction, frozenset[str]]]:
    found = {}
    for word, direction in directions.items():
        if len(word) == 2 and not (direction.not_after or direction.base or direction.dimensions):
            longer = [other for other in directions if other.endswith(word) and other != word]
            found[word] = direction, frozenset(other[-3] for other in longer)
    return found


def _compared(directions: Mapping[str, Direction]) -> list[str]:
    """Return the words of comparison that end with 于: only these take an object."""
    return [word for word, item in directions.items() if item.compared and word.endswith("于")]


def _reversed(words: Iterable[str]) -> str:
    return alternation(word[::-1] for word in words)


def _read_side(lexicon: Lexicon, side: str) -> dict[str, ComparatorWord]:
    found: dict[str, ComparatorWord] = {}
    for entry in lexicon.entries(_FILE, "comparator"):
        if _field(entry, "symbol") not in get_args(Comparator):
            raise LexiconError(f"unknown symbol {entry['symbol']!r}", place=_place(entry))
        if _field(entry, "side") == side:
            word = ComparatorWord(
                entry["id"],
                cast(Comparator, entry["symbol"]),
                entry.get("not_after", ""),
                entry.get("dimension", ""),
            )
            found |= dict.fromkeys(_field(entry, "words"), word)
    return found


def _read_directions(lexicon: Lexicon) -> dict[str, Direction]:
    found: dict[str, Direction] = {}
    for entry in lexicon.entries(_FILE, "direction"):
        if _field(entry, "sign") not in get_args(Sign):
            raise LexiconError(f"unknown sign {entry['sign']!r}", place=_place(entry))
        direction = Direction(
            entry["id"],
            cast(Sign, entry["sign"]),
            entry.get("not_after", ""),
            bool(entry.get("base", False)),
            frozenset(entry.get("dimension", "").split()),
            bool(entry.get("compared", False)),
        )
        for word in _field(entry, "words"):
            found.setdefault(word, direction)
    return found


def _read_nouns(lexicon: Lexicon) -> dict[str, KindNoun]:
    found: dict[str, KindNoun] = {}
    for entry in lexicon.entries(_FILE, "noun"):
        if _field(entry, "kind") not in get_args(Kind):
            raise LexiconError(f"unknown kind {entry['kind']!r}", place=_place(entry))
        noun = KindNoun(entry["id"], cast(Kind, entry["kind"]), _field(entry, "dimension"))
        found |= dict.fromkeys(_field(entry, "words"), noun)
    return found


def _read_links(lexicon: Lexicon) -> tuple[list[str], list[str]]:
    plain: list[str] = []
    level: list[str] = []
    for entry in lexicon.entries(_FILE, "link"):
        (level if entry.get("level") else plain).extend(_field(entry, "words"))
    return plain, level


def _field(entry: Mapping[str, Any], name: str) -> Any:
    if name not in entry:
        raise LexiconError(f"lacks {name!r}", place=_place(entry))
    return entry[name]


def _place(entry: Mapping[str, Any]) -> str:
    return f"{_FILE} {entry['id']}"

"""Concepts: what indicators are called when they are compared across places and years.

Each file of ``data/indicators`` holds the concepts of one field; ``data/indicator_wording.toml``
what a wording may lose before it is looked up, and the units and kinds of each dimension.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal, NamedTuple

from govextract.errors import LexiconError
from govextract.lexicon import Entry, Lexicon
from govextract.lexicon.pattern_index import PatternIndex
from govextract.lexicon.wording import Losses, read_wording
from govextract.text import fold

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_SIGNS = re.compile(r"[\s\"'“”‘’《》〈〉<>·,.:;,。:;_\-—①-⑳]|的")
_PLAIN = re.compile(r"[\u4e00-\u7683\u7685-\u9fff]+")
"""Han characters, none of them 的."""
_YEARS = re.compile(r"^(?:(?:19|20)\d\d年?(?:度|末|底)?)+(?=[^\d年])")


class Dimension(NamedTuple):
    """A kind of quantity: the base units and the kinds that a concept of it may have."""

    units: tuple[str, ...]
    """The usual one first."""
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Concept:
    """One canonical indicator; its ``id`` is permanent."""

    id: str
    name: str
    name_en: str
    definition: str
    source: str
    dimension: str
    units: frozenset[str]
    unit: str
    """The unit that is usual for it."""
    kinds: frozenset[str]
    surfaces: tuple[str, ...]
    """Wordings that mean this in any report, as normalised by :func:`clean`."""
    bare: tuple[str, ...]
    """Nouns that mean this only with a unit of it: 猪肉 in tonnes is its output, in % it may be
    its price."""
    patterns: tuple[str, ...]
    """Patterns that the whole cleaned wording must match."""
    local: tuple[str, ...]
    """Patterns that mean this only under a heading of ``sections``, or in a report of the concept's
    one genre."""
    genres: frozenset[str]
    sections: tuple[str, ...]
    parent: str
    confused_with: tuple[str, ...]
    """Ids of the concepts that this one must not be taken for."""
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]
    flat: bool = False
    """Whether it is stated by its change, so that 持平 is a figure of it: 0 percent."""
    narrow: bool = False
    """Whether its parts are its own only: 第一产业增加值 of 民营经济增加值 is not that of all."""


Need = Literal["", "context", "unit"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A concept whose wording fits, by a surface (``exact``) or a pattern.

    ``needs`` says what else must be so: its own ``context`` (genre or section), or a ``unit`` of
    the concept.
    """

    concept: Concept
    exact: bool
    needs: Need


class Indicators:
    """All concepts, indexed by id, by exact wording and by pattern."""

    def __init__(self, concepts: Iterable[Concept], wording: Losses) -> None:
        self.concepts: Mapping[str, Concept] = {item.id: item for item in concepts}
        self.wording = wording
        self._exact = _index_surfaces(self.concepts.values())
        self._patterns = PatternIndex(
            (_compiled(pattern, item.id), Candidate(item, exact=False, needs=needs))
            for item in self.concepts.values()
            for patterns, needs in _by_need(item)
            for pattern in patterns
        )

    def candidates(self, text: str) -> tuple[Candidate, ...]:
        """Return the concepts that a cleaned wording is a surface of, or a pattern of."""
        exact, by_pattern = self._exact.get(text, ()), self._patterns.matching(text)
        return (*exact, *by_pattern) if by_pattern else exact


def clean(text: str) -> str:
    """Return a wording without brackets, quotes, blanks, signs, 的 and years, its width folded.

    >>> clean("2023年第三产[3]业的增加值（现价）")
    '第三产业增加值'
    >>> clean("规模以上工业（不含烟草（卷烟））增加值")
    '规模以上工业增加值'
    """
    if _PLAIN.fullmatch(text):  # so it is with most wordings
        return text
    folded = fold(text)
    bare = _SIGNS.sub("", _without_brackets(folded)) or _SIGNS.sub("", folded)
    return _YEARS.sub("", bare)


def _without_brackets(text: str) -> str:
    """Return a text without what stands in brackets, the innermost first."""
    while True:
        text, removed = _BRACKETS.subn("", text)
        if not removed:
            return text


@lru_cache(maxsize=8)
def load_indicators(lexicon: Lexicon) -> Indicators:
    """Return the concepts of all files of ``data/indicators``, with the lexicon's overlays.

    Raises LexiconError where an entry names an unknown dimension, parent or neighbour, or a pattern
    is no regular expression.
    """
    dimensions = load_dimensions(lexicon)
    concepts: dict[str, Concept] = {}
    for file in indicator_files():
        for entry in lexicon.entries(file, "concept"):
            concepts[entry["id"]] = _concept(entry, file, dimensions)
    for item in concepts.values():
        for other in (*((item.parent,) if item.parent else ()), *item.confused_with):
            if other not in concepts:
                raise LexiconError(f"names an unknown concept {other!r}", place=item.id)
    return Indicators(concepts.values(), read_wording(lexicon))


def indicator_files() -> list[str]:
    """Return the files of concepts, as :meth:`Lexicon.entries` takes them, sorted."""
    folder = files("govextract") / "data" / "indicators"
    return sorted(f"indicators/{item.name}" for item in folder.iterdir())


def load_dimensions(lexicon: Lexicon) -> Mapping[str, Dimension]:
    """Return the dimensions by id."""
    return {
        entry["id"]: Dimension(tuple(entry["units"]), frozenset(entry["kinds"]))
        for entry in lexicon.entries("indicator_wording.toml", "dimension")
    }


def _concept(entry: Entry, file: str, dimensions: Mapping[str, Dimension]) -> Concept:
    dimension = dimensions.get(entry.get("dimension", ""))
    if dimension is None:
        raise LexiconError("has no known dimension", place=f"data/{file} {entry['id']}")
    units = entry.get("units", dimension.units)
    if not units:
        raise LexiconError("has no unit", place=f"data/{file} {entry['id']}")
    return Concept(
        id=entry["id"],
        name=entry["name"],
        name_en=entry["name_en"],
        definition=entry["definition"],
        source=entry["source"],
        dimension=entry["dimension"],
        units=frozenset(units),
        unit=units[0],
        kinds=frozenset(entry.get("kinds", dimension.kinds)),
        surfaces=tuple(clean(text) for text in (entry["name"], *entry.get("surfaces", ()))),
        bare=tuple(clean(text) for text in entry.get("bare", ())),
        patterns=tuple(entry.get("patterns", ())),
        local=tuple(entry.get("local", ())),
        genres=frozenset(entry.get("genres", ())),
        sections=tuple(entry.get("sections", ())),
        parent=entry.get("parent", ""),
        confused_with=tuple(entry.get("not", ())),
        examples=tuple(entry["examples"]),
        counter_examples=tuple(entry["counter_examples"]),
        flat=entry.get("flat", False),
        narrow=entry.get("narrow", False),
    )


def _index_surfaces(concepts: Iterable[Concept]) -> Mapping[str, tuple[Candidate, ...]]:
    found: dict[str, list[Candidate]] = defaultdict(list)
    for item in concepts:
        for text in dict.fromkeys(item.surfaces):
            found[text].append(Candidate(item, exact=True, needs=""))
        for text in item.bare:
            found[text].append(Candidate(item, exact=True, needs="unit"))
    return {text: tuple(group) for text, group in found.items()}


def _by_need(concept: Concept) -> tuple[tuple[Sequence[str], Need], tuple[Sequence[str], Need]]:
    return (concept.patterns, ""), (concept.local, "context")


def _compiled(pattern: str, place: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except re.error as error:
        raise LexiconError(f"has a broken pattern ({error})", place=place) from error

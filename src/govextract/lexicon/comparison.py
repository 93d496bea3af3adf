"""What comparing must know: cues of versions, constant prices, population, fonts.

From ``data/comparison.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fnmatch import fnmatchcase
from functools import cache
from typing import NamedTuple

from govextract.errors import LexiconError
from govextract.lexicon import Entry, Lexicon
from govextract.model import Fact

_FILE = "comparison.toml"


class Font(NamedTuple):
    """A font with Chinese characters: beginnings of its files' names, and its family."""

    files: tuple[str, ...]
    family: str


class ComparisonRules(NamedTuple):
    """The rule data of comparing, indexed."""

    versions: Mapping[str, int]
    """How final a figure is by a word of its sentence; 0 without any."""
    version_pattern: re.Pattern[str]
    marks: tuple[str, ...]
    """What a mark is called that a figure has passed (台阶)."""
    constant_price: tuple[str, ...]
    population: str
    """Id of the concept by which ``--per-capita`` divides."""
    population_unit: str
    fonts: tuple[Font, ...]

    def version(self, sentence: str) -> int:
        """Return how final the figures of a sentence are: 1 final, 0 as usual, -1 expected."""
        match = self.version_pattern.search(sentence)
        return self.versions[match.group()] if match else 0

    def is_mark(self, fact: Fact) -> bool:
        """Tell whether a figure is only the mark that was passed (迈上4000亿元台阶)."""
        return any(bool(fact.text) and f"{fact.text}{mark}" in fact.sentence for mark in self.marks)

    def has_constant_prices(self, concept: str) -> bool:
        """Tell whether the growth of a concept is stated at constant prices."""
        return any(fnmatchcase(concept, pattern) for pattern in self.constant_price)


@cache
def load_comparison(lexicon: Lexicon) -> ComparisonRules:
    """Return the rules of comparing. Raises LexiconError where an entry is incomplete."""
    entries = {
        table: lexicon.entries(_FILE, table)
        for table in ("version", "mark", "constant_price", "population", "font")
    }
    try:
        return _build(entries)
    except (KeyError, IndexError) as error:
        raise LexiconError(f"lacks {error}", place=f"data/{_FILE}") from error


def _build(entries: Mapping[str, list[Entry]]) -> ComparisonRules:
    versions = {word: int(entry["rank"]) for entry in entries["version"] for word in entry["words"]}
    population = entries["population"][-1]
    return ComparisonRules(
        versions=versions,
        version_pattern=re.compile("|".join(map(re.escape, versions)) or "(?!)"),
        marks=tuple(word for entry in entries["mark"] for word in entry["words"]),
        constant_price=tuple(item for entry in entries["constant_price"] for item in entry["ids"]),
        population=population["concept"],
        population_unit=population["unit"],
        fonts=tuple(Font(tuple(entry["files"]), entry["family"]) for entry in entries["font"]),
    )

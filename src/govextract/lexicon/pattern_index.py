"""Many patterns for short texts, by a word that each of them needs: only few are ever tried."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from typing import Generic, NamedTuple, TypeVar

from govextract.lexicon.sieve import first_characters
from govextract.lexicon.words import alternation

_GROUPED = re.compile(r"\((?:\?:)?[^()]*\)(?:[?*+]|\{[^}]*\})?")
_OPTIONAL = re.compile(r"(?:\[[^\]]*\]|\\.|.)(?:[?*+]|\{[^}]*\})|\[[^\]]*\]|\\.|[().^$]")

T = TypeVar("T", bound=Hashable)
Member = tuple[re.Pattern[str], T]


class _Group(NamedTuple, Generic[T]):
    """Patterns that need one word, one by one and joined: mostly none of them matches."""

    firsts: frozenset[str] | None
    """What a match can begin with, where that can be told."""
    any_of: re.Pattern[str]
    members: Sequence[Member[T]]

    def matching(self, text: str) -> list[T]:
        """Return what the patterns that match the whole of ``text`` stand for."""
        if self.firsts is not None and text[:1] not in self.firsts:
            return []
        if not self.any_of.fullmatch(text):
            return []
        return [item for pattern, item in self.members if pattern.fullmatch(text)]


class PatternIndex(Generic[T]):
    """Patterns, each with what it stands for."""

    def __init__(self, members: Iterable[Member[T]]) -> None:
        by_word: dict[str, list[Member[T]]] = defaultdict(list)
        for pattern, item in members:
            by_word[needed_word(pattern.pattern)].append((pattern, item))
        groups = {word: _group(found) for word, found in by_word.items()}
        self._rest = groups.pop("", None)
        self._finder = re.compile(f"(?=({alternation(groups)}))")
        self._groups = {
            word: [group for other, group in groups.items() if word.startswith(other)]
            for word in groups
        }
        """By word, the patterns that need it, or need a word that it begins with."""

    def matching(self, text: str) -> list[T]:
        """Return what the patterns that match the whole of ``text`` stand for, each once."""
        found: list[T] = []
        for word in self._finder.findall(text):
            for group in self._groups[word]:
                found += group.matching(text)
        if self._rest is not None:
            found += self._rest.matching(text)
        return found if len(found) < 2 else list(dict.fromkeys(found))


def _group(members: Sequence[Member[T]]) -> _Group[T]:
    any_of = "|".join(f"(?:{pattern.pattern})" for pattern, _ in members)
    return _Group(first_characters(any_of), re.compile(any_of), members)


def needed_word(pattern: str) -> str:
    """Return the longest run of plain characters that ``pattern`` cannot match without.

    >>> needed_word("第?三(?:次)?产业(?:实现|完成)?增加值")
    '增加值'
    """
    rest, count = pattern, 1
    while count:
        rest, count = _GROUPED.subn("|", rest)
    return max(_OPTIONAL.sub("|", rest).split("|"), key=len)

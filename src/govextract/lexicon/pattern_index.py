"""Many patterns for short texts, by what each begins with and needs: only few are ever tried."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

from govextract.lexicon.sieve import first_characters

_GROUPED = re.compile(r"\((?:\?:)?[^()]*\)(?:[?*+]|\{[^}]*\})?")
_OPTIONAL = re.compile(r"(?:\[[^\]]*\]|\\.|.)(?:[?*+]|\{[^}]*\})|\[[^\]]*\]|\\.|[().^$]")

_GAP = "\n"

T = TypeVar("T", bound=Hashable)
Member = tuple[str, re.Pattern[str], T]
"""A word that a pattern needs, the pattern, and what it stands for."""


class PatternIndex(Generic[T]):
    """Patterns, each with what it stands for, by the characters that they can begin with."""

    def __init__(self, patterns: Iterable[tuple[re.Pattern[str], T]]) -> None:
        by_first: dict[str, list[Member[T]]] = defaultdict(list)
        for pattern, item in patterns:
            member = (needed_word(pattern.pattern), pattern, item)
            for first in first_characters(pattern.pattern) or ("",):
                by_first[first].append(member)
        self._anywhere = by_first.pop("", [])
        self._by_first = {first: group + self._anywhere for first, group in by_first.items()}

    def matching(self, text: str) -> list[T]:
        """Return what the patterns that match the whole of ``text`` stand for, each once."""
        members = self._by_first.get(text[:1], self._anywhere)
        if not members:  # so it is with most texts
            return []
        found = [
            item for word, pattern, item in members if word in text and pattern.fullmatch(text)
        ]
        return found if len(found) < 2 else list(dict.fromkeys(found))


def needed_word(pattern: str) -> str:
    """Return the longest run of plain characters that ``pattern`` cannot match without.

    Empty where there is none that can be told, as in one of several alternatives.

    >>> needed_word("第?三(?:次)?产业(?:实现|完成)?增加值"), needed_word("粮食产量|粮产")
    ('增加值', '')
    """
    rest, count = pattern, 1
    while count:
        rest, count = _GROUPED.subn(_GAP, rest)
    if "|" in rest:
        return ""
    return max(_OPTIONAL.sub(_GAP, rest).split(_GAP), key=len)

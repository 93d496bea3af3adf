"""What the words around a number say of it: comparator, direction of change, score, money."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from govextract.lexicon.comparators import Comparators, ComparatorWord, Direction

_REACH = 24
"""How many characters before a number are read: longer than any chain of words between."""
_CLAUSE_REACH = 60
_REMARK_REACH = 44
_RATES = frozenset({"percent", "point", "multiple"})
# A remark between the direction and its number: 增长（按可比价计算）5.1%.
_REMARK = re.compile(r"[(（][^()（）\d]{1,40}[)）]$")
_BASE = re.compile(r"[比较均]|同期|以来")
_CLAUSE_END = re.compile(r"[,，;；:：。!?！？\n]")


class Change(NamedTuple):
    """A direction that governs a number; ``negative`` turns the sign of its value."""

    rule: str
    negative: bool


def find_comparator_before(
    text: str, start: int, comparators: Comparators
) -> ComparatorWord | None:
    """Return the comparator whose word ends where the number starts."""
    if start == 0 or text[start - 1] not in comparators.last_characters:
        return None
    back = text[max(0, start - _REACH) : start][::-1]
    match = comparators.before_pattern.match(back)
    if match is None:
        return None
    word = comparators.before[match.group()[::-1]]
    return None if back[match.end() : match.end() + 1] in _set(word.not_after) else word


def find_comparator_after(
    text: str, end: int, dimension: str, comparators: Comparators
) -> ComparatorWord | None:
    """Return the comparator whose word starts where the unit ends."""
    if end >= len(text) or text[end] not in comparators.first_characters:
        return None
    match = comparators.after_pattern.match(text, end)
    if match is None:
        return None
    word = comparators.after[match.group()]
    return None if word.dimension and word.dimension != dimension else word


def find_change(text: str, start: int, dimension: str, comparators: Comparators) -> Change | None:
    """Return the direction of change that the words before the number give it, if any.

    None too where the words say where a change ended (``增加到25个``).
    """
    at = start
    while at and text[at - 1] == " ":
        at -= 1
    if at and text[at - 1] in ")）":
        remark = _REMARK.search(text, max(0, at - _REMARK_REACH), at)
        at = remark.start() if remark else at
    ends = comparators.ends_of_changes
    if at == 0 or (text[at - 1] not in ends and text[max(0, at - 2) : at] not in ends):
        return None
    back = text[max(0, at - _REACH) : at][::-1]
    match = comparators.direction_pattern.match(back)
    if match is None or match[2]:
        return None
    direction = comparators.directions[match[3][::-1]]
    if back[match.end() : match.end() + 1] in _set(direction.not_after):
        return None
    if direction.dimensions and dimension not in direction.dimensions:
        return None
    if direction.base and dimension not in _RATES and not _has_base(text, at - match.end()):
        return None
    return change_of(direction)


@cache
def change_of(direction: Direction) -> Change:
    """Return the change that a direction stands for."""
    return Change(direction.id, direction.sign == "-")


def find_comparison(text: str, start: int, dimension: str, words: Comparators) -> Change | None:
    """Return the direction of a comparison whose object stands before the number."""
    back = text[max(0, start - _REACH) : start][::-1]
    match = words.compared_pattern.match(back)
    if match is None:
        return None
    direction = words.directions[match[1][::-1]]
    return change_of(direction) if dimension in direction.dimensions else None


def _has_base(text: str, at: int) -> bool:
    """Return whether the clause says before ``at`` against what something changed."""
    clause = _CLAUSE_END.split(text[max(0, at - _CLAUSE_REACH) : at])[-1]
    return _BASE.search(clause) is not None


def _set(characters: str) -> tuple[str, ...]:
    return tuple(characters)

"""Figures that a report gives twice, in a sentence and in a table: linked, not doubled."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from govextract.model import Fact
from govextract.stages.tables import TableValue

# Share of the shorter wording that the longer one must hold, in its order.
_ALIKE = 0.6
_ALIKE_WITHOUT_UNIT = 0.75
_SURELY_ALIKE = 0.9
_LONGEST = 60
_GENERAL = re.compile(
    r"(?:总计|合计|小计|共计|其他|数量|数|绝对数|指标|总量|年末数|金额|本年|全年|项目|申请人情况)"
)
_TOTAL = re.compile(r"(?:总计|合计|共计)$")
_BRACKETED = re.compile(r"[（(][^（）()]*[）)]|^其中[:：]?")
_YEAR = re.compile(r"(?:19|20)\d\d")


class _Pair(NamedTuple):
    """How alike the words of a value and of a fact are, and which ones they are."""

    alike: float
    common: int
    """How many characters their words share: of equals, the longer wording is taken first."""
    is_part: bool
    """The value stands under a label that is no total: of equals, a total is taken first."""
    value: int
    fact: int


def link_same_as(facts: Sequence[Fact], values: Sequence[TableValue]) -> dict[int, int]:
    """Return for the values that a sentence repeats the index of its fact.

    Both must agree in value, unit (a table may leave a classifier out), year and in whether they
    are a change, and in words: the fact's indicator with a label of the value. Each fact and each
    value is linked once, the most alike first.
    """
    by_value: dict[Decimal, list[int]] = {value.value: [] for value in values}
    for index, fact in enumerate(facts if values else ()):
        if fact.value in by_value and fact.value_max is None:
            by_value[fact.value].append(index)
    pairs = sorted(_pairs(facts, values, by_value), key=_closest_first)
    linked: dict[int, int] = {}
    taken: set[int] = set()
    for pair in pairs:
        if pair.value not in linked and pair.fact not in taken:
            linked[pair.value] = pair.fact
            taken.add(pair.fact)
    return linked


def _closest_first(pair: _Pair) -> tuple[float, bool, int, int, int]:
    return -pair.alike, pair.is_part, -pair.common, pair.value, pair.fact


def _pairs(
    facts: Sequence[Fact], values: Sequence[TableValue], by_value: Mapping[Decimal, Sequence[int]]
) -> Iterator[_Pair]:
    for at, value in enumerate(values):
        stated = [index for index in by_value[value.value] if _agree(facts[index], value)]
        if not stated:
            continue
        needed, labels = _needed(value), list(_labels(value))
        is_part = bool(value.column_path) and not _TOTAL.search(value.column_path)
        for index in stated:
            wording = facts[index].indicator
            alike, common = max(
                (_alike(wording, label, needed) for label in labels), default=(0.0, 0)
            )
            if alike >= needed:
                yield _Pair(alike, common, is_part, at, index)


def _needed(value: TableValue) -> float:
    """Return how alike the words must be: zeros and ones are everywhere, a unit tells much."""
    if abs(value.value) <= 1:
        return _SURELY_ALIKE
    return _ALIKE if value.unit else _ALIKE_WITHOUT_UNIT


def _agree(fact: Fact, value: TableValue) -> bool:
    unit = fact.unit == value.unit or (not value.unit and value.kind == fact.kind == "count")
    years = set(_YEAR.findall(value.column_path) or _YEAR.findall(value.row_path))
    year = not years or not fact.period or any(year in fact.period for year in years)
    return unit and year and (fact.kind == "change") == (value.kind == "change")


def _labels(value: TableValue) -> Iterator[str]:
    """Yield the labels that say what a value counts: the innermost of row and column, and both."""
    row, column = _telling(value.row_path), _telling(value.column_path)
    if row:
        yield row
    if row and column and value.kind != "change":
        yield column + row
        yield row + column
    elif column and not row:
        yield column


def _telling(path: str) -> str:
    """Return the innermost label of a path that says more than 总计."""
    labels = (_BRACKETED.sub("", label) for label in reversed(path.split(" > ")))
    return next((label for label in labels if label and not _GENERAL.fullmatch(label)), "")


def _alike(indicator: str, label: str, needed: float) -> tuple[float, int]:
    """Return the longest common subsequence as a share of the shorter wording, and its length.

    Zeros where they share too few characters for the share that is needed, as mostly they do.
    """
    short, long = sorted((indicator[:_LONGEST], label[:_LONGEST]), key=len)
    if len(short) < 2 or sum(map(long.__contains__, short)) < needed * len(short):
        return 0.0, 0
    common = _common(short, long)
    return common / len(short), common


def _common(first: str, second: str) -> int:
    """Return the length of the longest common subsequence of two wordings.

    One row of the usual table is the bits of one integer (Hyyrö 2004, Bit-parallel LCS-length
    computation revisited): a bit is 0 where the row grows.
    """
    places: dict[str, int] = {}
    for at, char in enumerate(first):
        places[char] = places.get(char, 0) | 1 << at
    row = full = (1 << len(first)) - 1
    for char in second:
        same = row & places.get(char, 0)
        row = ((row + same) | (row - same)) & full
    return len(first) - row.bit_count()

"""Which row of a table is a part of which: by indentation, by 其中, and by sums.

A bulletin indents the parts of a total, or puts 其中 before the first of them. Where nothing is
indented, the parts go on as long as their sum says (the rows from 其中 on that make up a row
above), or up to the next numbered row.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple


class Label(NamedTuple):
    """What a row says of its place: its indentation in blanks, its first number, its marks."""

    indent: int
    value: Decimal | None
    is_part: bool
    """It is marked as a part: 其中, #."""
    is_numbered: bool = False
    """It is numbered as an item of its own: 一、."""


class _Group(NamedTuple):
    """Rows up to ``end`` (exclusive) are parts of the row ``parent``."""

    parent: int
    end: int


def nest_rows(labels: Sequence[Label]) -> list[int | None]:
    """Return for each row the index of the row that it is a part of, None for the outermost."""
    if any(label.indent != labels[0].indent for label in labels):
        return _by_indent(labels)
    return _by_sums(labels)


def label_paths(rows: Sequence[Sequence[tuple[int, str]]]) -> list[list[str]]:
    """Return the labels that each row stands under, itself last, by the levels of their numbers.

    For tables that have lost their merged cells: ``rows`` are the labels of each row, each with its
    level (一、 is above （一）, that above 1.).

    >>> label_paths([[(0, "结果"), (1, "公开")], [(1, "不公开"), (2, "秘密")], [(0, "结转")]])
    [['结果', '公开'], ['结果', '不公开', '秘密'], ['结转']]
    """
    paths: list[list[str]] = []
    stack: list[tuple[int, str]] = []
    for labels in rows:
        for level, text in labels:
            while stack and stack[-1][0] >= level:
                stack.pop()
            stack.append((level, text))
        paths.append([text for _, text in stack] if labels else [])
    return paths


def ancestors(parents: Sequence[int | None], row: int) -> list[int]:
    """Return the rows that a row is inside of, the outermost first."""
    found: list[int] = []
    above = parents[row]
    while above is not None:
        found.append(above)
        above = parents[above]
    return found[::-1]


def _by_indent(labels: Sequence[Label]) -> list[int | None]:
    parents: list[int | None] = []
    stack: list[int] = []
    for row, label in enumerate(labels):
        while stack and labels[stack[-1]].indent >= label.indent:
            stack.pop()
        parents.append(stack[-1] if stack else None)
        stack.append(row)
    return parents


def _by_sums(labels: Sequence[Label]) -> list[int | None]:
    parents: list[int | None] = []
    groups: list[_Group] = []
    for row, label in enumerate(labels):
        while groups and groups[-1].end <= row:
            groups.pop()
        if label.is_part and row:
            groups = _open_group(labels, row, [*ancestors(parents, row - 1), row - 1], groups)
        parents.append(groups[-1].parent if groups else None)
    return parents


def _open_group(
    labels: Sequence[Label], row: int, above: Sequence[int], groups: Sequence[_Group]
) -> list[_Group]:
    """Return the groups that are open at a row marked as a part, its own the last."""
    for parent in reversed(above):
        end = _summing_end(labels, row, labels[parent].value)
        if end:
            return [*(group for group in groups if group.parent < parent), _Group(parent, end)]
    end = row + 1
    if any(labels[parent].is_numbered for parent in above):
        end = next((at for at in range(row, len(labels)) if labels[at].is_numbered), len(labels))
    return [*groups, _Group(row - 1, end)]


def _summing_end(labels: Sequence[Label], row: int, total: Decimal | None) -> int:
    """Return the end of the rows from ``row`` on whose sum is ``total``, 0 where none is."""
    if total is None:
        return 0
    summed = Decimal(0)
    for at in range(row, len(labels)):
        value = labels[at].value
        if value is None or (at > row and labels[at].is_part):
            return 0
        summed += value
        rounding = _step(total) * (at - row + 2) / 2
        if at > row and abs(summed - total) <= rounding:
            return at + 1
        if summed > total + rounding:
            return 0
    return 0


def _step(value: Decimal) -> Decimal:
    """Return one unit of the last digit that is written: half of it may be rounded off."""
    exponent = value.as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)

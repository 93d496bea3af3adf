"""Pairs the spans of two sides: largest overlap first, one to one, equal spans before all others.

The outcome depends on the spans alone, never on the order in which either side gives them.
"""

from __future__ import annotations

from collections.abc import Sequence

from govextract.model import Span


def align_spans(left: Sequence[Span], right: Sequence[Span]) -> list[tuple[int, int]]:
    """Return the pairs (index into ``left``, index into ``right``), sorted by the left index.

    Spans that share no character are never paired. Of equal overlaps the one that stands first
    in the text is taken; where a side gives a span twice, the earlier index.
    """
    candidates = [
        (left[i] != right[j], -overlap, left[i], right[j], i, j)
        for i, j, overlap in _overlaps(left, right)
    ]
    taken_left: set[int] = set()
    taken_right: set[int] = set()
    pairs = []
    for *_, i, j in sorted(candidates):
        if i not in taken_left and j not in taken_right:
            taken_left.add(i)
            taken_right.add(j)
            pairs.append((i, j))
    return sorted(pairs)


def _overlaps(left: Sequence[Span], right: Sequence[Span]) -> list[tuple[int, int, int]]:
    """Return (left index, right index, shared characters) of all that overlap, in one sweep."""
    order_left = sorted(range(len(left)), key=left.__getitem__)
    order_right = sorted(range(len(right)), key=right.__getitem__)
    found = []
    open_right: list[int] = []
    following = 0
    for i in order_left:
        start, end = left[i]
        open_right = [j for j in open_right if right[j].end > start]
        while following < len(order_right) and right[order_right[following]].start < end:
            open_right.append(order_right[following])
            following += 1
        for j in open_right:
            shared = min(end, right[j].end) - max(start, right[j].start)
            if shared > 0:
                found.append((i, j, shared))
    return found

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govextract.evaluation.align import align_spans
from govextract.model import Span

SPANS = st.lists(
    st.builds(
        lambda start, length: Span(start, start + length), st.integers(0, 30), st.integers(1, 8)
    ),
    unique=True,
    max_size=12,
)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ([], [], []),
        ([(0, 4)], [], []),
        ([], [(0, 4)], []),
        ([(0, 4)], [(4, 8)], []),
        ([(0, 4)], [(0, 4)], [(0, 0)]),
        ([(0, 4)], [(3, 9)], [(0, 0)]),
        # The larger overlap wins, and one span is used once.
        ([(0, 6)], [(0, 2), (2, 6)], [(0, 1)]),
        ([(0, 3), (3, 9)], [(1, 9)], [(1, 0)]),
        # An exact pair goes before a larger overlap with another.
        ([(0, 3), (0, 9)], [(0, 3), (0, 10)], [(0, 0), (1, 1)]),
        ([(2, 4), (0, 10)], [(2, 4)], [(0, 0)]),
        ([(0, 10), (2, 4)], [(2, 4)], [(1, 0)]),
        # Of equal overlaps the first in the text.
        ([(0, 4)], [(2, 6), (-2, 2)], [(0, 1)]),
    ],
)
def test_pairs(left, right, expected):
    assert align_spans([Span(*s) for s in left], [Span(*s) for s in right]) == expected


@given(SPANS, SPANS, st.randoms(use_true_random=False))
def test_the_order_of_neither_side_matters(left, right, random):
    def paired(one, other):
        return {(one[i], other[j]) for i, j in align_spans(one, other)}

    expected = paired(left, right)
    shuffled_left, shuffled_right = left[:], right[:]
    random.shuffle(shuffled_left)
    random.shuffle(shuffled_right)
    assert paired(shuffled_left, shuffled_right) == expected


@given(SPANS, SPANS)
def test_one_to_one_overlapping_and_nothing_left_that_could_pair(left, right):
    pairs = align_spans(left, right)
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)

    def overlap(i, j):
        return min(left[i].end, right[j].end) - max(left[i].start, right[j].start)

    assert all(overlap(i, j) > 0 for i, j in pairs)
    free_left = set(range(len(left))) - {i for i, _ in pairs}
    free_right = set(range(len(right))) - {j for _, j in pairs}
    assert not any(overlap(i, j) > 0 for i in free_left for j in free_right)


@given(SPANS, SPANS)
def test_all_equal_spans_are_paired(left, right):
    exact = {left[i] for i, j in align_spans(left, right) if left[i] == right[j]}
    assert exact == set(left) & set(right)


@given(SPANS, SPANS)
def test_it_is_the_greedy_pairing_said_plainly(left, right):
    def overlap(pair):
        one, other = left[pair[0]], right[pair[1]]
        return min(one.end, other.end) - max(one.start, other.start)

    free = [(i, j) for i in range(len(left)) for j in range(len(right)) if overlap((i, j)) > 0]
    expected = []
    while free:
        exact = [pair for pair in free if left[pair[0]] == right[pair[1]]]
        best = min(exact or free, key=lambda pair: (-overlap(pair), left[pair[0]], right[pair[1]]))
        expected.append(best)
        free = [(i, j) for i, j in free if i != best[0] and j != best[1]]
    assert align_spans(left, right) == sorted(expected)

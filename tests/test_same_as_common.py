"""The longest common subsequence by bits is that of the usual table."""

from __future__ import annotations

from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from govextract.stages.same_as import _common

WORDING = st.text("受理行政复议", max_size=12)


@given(WORDING, WORDING)
def test_common_is_the_longest_common_subsequence(first, second):
    @cache
    def longest(i: int, j: int) -> int:
        if i == len(first) or j == len(second):
            return 0
        if first[i] == second[j]:
            return 1 + longest(i + 1, j + 1)
        return max(longest(i + 1, j), longest(i, j + 1))

    assert _common(first, second) == longest(0, 0)

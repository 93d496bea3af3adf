from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govextract.evaluation.similarity import best_likeness, lcs_length, likeness, plain_wording


@pytest.mark.parametrize(
    ("one", "other", "length"),
    [
        ("", "", 0),
        ("", "甲", 0),
        ("甲", "甲", 1),
        ("甲乙丙", "丙乙甲", 1),
        ("受理行政复议", "行政复议受理", 4),
        ("甲甲乙", "甲乙甲", 2),
    ],
)
def test_lcs(one, other, length):
    assert lcs_length(one, other) == length


def _table_lcs(one, other):
    """The textbook table."""
    row = [0] * (len(other) + 1)
    for sign in one:
        above = row
        row = [0]
        for at, another in enumerate(other):
            row.append(above[at] + 1 if sign == another else max(above[at + 1], row[at]))
    return row[-1]


@given(st.text("甲乙丙", max_size=20), st.text("甲乙丙丁", max_size=20))
def test_lcs_is_that_of_the_textbook(one, other):
    assert lcs_length(one, other) == _table_lcs(one, other) == lcs_length(other, one)


@pytest.mark.parametrize(
    ("wording", "plain"),
    [
        ("县（市、区）的数量", "县市区数量"),
        ("县(市、区)数量", "县市区数量"),
        ("《条例》 审查", "条例审查"),
        ("", ""),
        ("PM2.5浓度", "PM25浓度"),
    ],
)
def test_plain_wording(wording, plain):
    assert plain_wording(wording) == plain


def test_likeness():
    assert likeness("", "") == 1
    assert likeness("甲", "") == 0
    assert likeness("甲乙丙丁", "甲乙丙丁戊己") == pytest.approx(0.8)
    assert best_likeness("的", []) == 0
    assert best_likeness("办理案件", ["审结案件", "办理的案件"]) == 1

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gold_samples import answer, gold_file, gold_mention, mention
from govextract.evaluation.calibration import (
    Bin,
    calibrate,
    format_calibration,
    judged_facts,
)
from govextract.evaluation.halves import format_halves, split_halves
from govextract.evaluation.score import judge_file


def test_which_facts_are_right():
    gold = [
        gold_mention(0, 2),
        gold_mention(3, 5),
        gold_mention(6, 8, optional=True),
        gold_mention(9, 11),
    ]
    found = [
        answer(gold[0], confidence=0.9, period="2020"),
        answer(gold[1], confidence=0.8, unit="个"),
        answer(gold[2], confidence=0.7),
        mention(12, 14, confidence=0.6),
    ]
    judged = judged_facts([judge_file(gold_file(*gold), found)])
    assert sorted(judged) == [(0.6, False), (0.8, False), (0.9, True)]


def test_bins():
    calibration = calibrate([(1.0, True), (0.95, False), (0.5, True), (0.0, False)])
    assert calibration.bins == (
        Bin(0.0, 0.1, 1, 0, 0.0),
        Bin(0.5, 0.6, 1, 1, 0.5),
        Bin(0.9, 1.0, 2, 1, 0.975),
    )
    assert calibration.error == pytest.approx((0 + 0.5 + 2 * 0.475) / 4)
    assert calibration.brier == pytest.approx((0 + 0.95**2 + 0.25 + 0) / 4)
    printed = list(format_calibration(calibration))
    assert printed[4] == "| 0.90 to 1.00 | 2 | 0.975 | 0.500 |"


def test_no_facts():
    assert calibrate([]) == ((), None, None)
    assert list(format_calibration(calibrate([])))[-1].count(" -") == 2


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1), st.integers(1, 20))
def test_every_fact_is_in_one_bin(judged, count):
    calibration = calibrate(judged, count)
    assert sum(item.facts for item in calibration.bins) == len(judged)
    assert 0 <= calibration.error <= 1
    for item in calibration.bins:
        assert item.low - 1e-9 <= item.confidence <= item.high + 1e-9


def results(*sizes):
    return [
        judge_file(gold_file(*[gold_mention(i, i + 1) for i in range(size)], name=f"f{at}"), [])
        for at, size in enumerate(sizes)
    ]


@given(st.lists(st.integers(0, 9), max_size=8), st.randoms(use_true_random=False))
def test_halves_are_fixed_balanced_and_lose_nothing(sizes, random):
    files = results(*sizes)
    halves = split_halves(files)
    assert sorted([*halves.first, *halves.second]) == sorted(files)
    counts = [sum(len(r.gold.mentions) for r in half) for half in (halves.first, halves.second)]
    assert abs(counts[0] - counts[1]) <= max(sizes, default=0)
    random.shuffle(files)
    assert split_halves(files) == halves


def test_halves_are_printed():
    printed = "\n".join(format_halves(split_halves(results(3, 2))))
    assert "| mention F1 | 0.000 | 0.000 | +0.000 |" in printed
    assert "First half (1 files, 3 mentions): f0" in printed

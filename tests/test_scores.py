"""Scores never fall below what was reached: floors over real reports and over our own.

A change that makes one of them fall is looked through with ``govextract diff --gold``; a floor is
raised when the score has risen for good.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from govextract.evaluation.evaluate import evaluate_dir

ROOT = Path(__file__).parents[1]
FLOORS = {
    "real": (
        ROOT.parent / "shared" / "real" / "gold",
        {
            "mention": 0.99,
            "exact_span": 0.99,
            "measurement": 0.98,
            "fact": 0.965,
            "fact_strict": 0.9,
        },
        {"comparator": 0.98, "kind": 0.98, "period": 0.99, "status": 0.99, "part_of": 0.98},
    ),
    "own": (
        ROOT / "gold",
        {
            "mention": 0.99,
            "exact_span": 0.99,
            "measurement": 0.99,
            "fact": 0.945,
            "fact_strict": 0.87,
        },
        {"comparator": 0.98, "kind": 0.98, "period": 0.99, "status": 0.99, "part_of": 0.97},
    ),
}


@pytest.mark.parametrize("name", FLOORS)
def test_scores_do_not_fall(name):
    folder, measures, fields = FLOORS[name]
    if not folder.is_dir():
        pytest.skip(f"the labelled reports are not beside the checkout ({folder.name})")
    score = evaluate_dir(folder).score
    reached = {key: score.measures[key].f1 for key in measures}
    reached |= {key: score.fields[key].share for key in fields}
    fallen = {
        key: reached[key] for key, floor in (measures | fields).items() if reached[key] < floor
    }
    assert not fallen

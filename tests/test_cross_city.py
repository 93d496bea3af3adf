"""Comparing cities on real bulletins, and auditing them: floors that must not fall."""

from __future__ import annotations

import csv
import random
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from govextract.audit import audit
from govextract.batch import run
from scripts_of import load_script

ROOT = Path(__file__).resolve().parents[1]
REAL = ROOT.parent / "shared" / "real"

pytestmark = pytest.mark.skipif(
    not REAL.is_dir(), reason="the folder shared/real is not beside the checkout"
)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cities")
    run([str(path) for path in sorted((REAL / "pages").glob("统计公报*"))], str(folder))
    return folder


def test_headline_figures_of_the_cities(out: Path) -> None:
    script = load_script("score_cross_city")
    with (REAL / "cross_city.csv").open(encoding="utf-8-sig", newline="") as file:
        rows: list[Mapping[str, str]] = list(csv.DictReader(file))
    figures = script.find_figures(out, {(row["indicator"], row["kind"]) for row in rows})
    counts = Counter(
        script.judge(row, figures.get((row["indicator"], row["city"], row["period"][:4])))
        for row in rows
    )
    assert counts["right"] >= 0.99 * len(rows)
    assert counts["wrong"] <= 0.005 * len(rows)


def test_bulletins_agree_with_themselves(out: Path) -> None:
    """They are printed with care: nearly all that can be checked agrees, and little is found."""
    result = audit(out, write=False)
    assert sum(result.passed.values()) >= 400
    assert len(result.findings) <= 3


def test_altered_digits_of_headline_figures_are_found(out: Path) -> None:
    script = load_script("score_audit")
    chance = random.Random(1)
    reports = script.read_reports(out)
    pool = script.headline_figures(reports)
    found = [script.find_slip(report, at, chance) for report, at in pool]
    tried = [outcome for outcome in found if outcome is not None]
    assert sum(tried) >= 0.65 * len(tried)

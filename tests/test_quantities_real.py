"""Over the real texts beside the checkout: no run of digits in prose is silently unexplained."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from govextract.errors import ReadError
from govextract.lexicon import default_lexicon
from govextract.model import Report
from govextract.readers import read
from govextract.stages.quantities import Found, find_quantities
from govextract.text import fold, prose

PAGES = Path(__file__).parents[2] / "shared" / "real" / "pages"
FLOOR = 0.99

pytestmark = pytest.mark.skipif(
    not PAGES.is_dir(), reason="the folder shared/real is not beside the checkout"
)


@cache
def reports() -> tuple[tuple[Report, Found], ...]:
    found = []
    for path in sorted(PAGES.iterdir()):
        try:
            report = read(path)
        except ReadError:
            continue
        found.append((report, find_quantities(report.text, default_lexicon(), report.regions)))
    return tuple(found)


def digit_runs(report: Report) -> list[tuple[int, int]]:
    folded = fold(report.text)
    return [
        match.span()
        for span in prose(len(folded), report.regions)
        for match in re.finditer(r"\d+", folded[: span.end], 0)
        if match.start() >= span.start
    ]


def test_digit_runs_are_explained(capsys: pytest.CaptureFixture[str]) -> None:
    total = unexplained = 0
    for report, found in reports():
        covered = [False] * (len(report.text) + 1)
        for item in (*found.quantities, *found.exclusions):
            covered[item.start : item.end] = [True] * (item.end - item.start)
        runs = digit_runs(report)
        total += len(runs)
        unexplained += sum(not any(covered[start:end]) for start, end in runs)
    with capsys.disabled():
        print(f"\n{total} runs of digits, {unexplained} unexplained")
    assert total > 5000
    assert 1 - unexplained / total >= FLOOR


def test_every_unexplained_number_is_a_problem() -> None:
    for report, found in reports():
        told = {offset for _, start, end, _ in found.problems for offset in range(start, end)}
        covered = set(told)
        for item in (*found.quantities, *found.exclusions):
            covered.update(range(item.start, item.end))
        silent = [
            report.text[start:end]
            for start, end in digit_runs(report)
            if not covered.intersection(range(start, end))
        ]
        assert silent == [], report.document


def test_spans_hold_their_text_and_stand_in_order() -> None:
    for report, found in reports():
        ends = 0
        for item in found.quantities:
            assert report.text[item.start : item.end] == item.text
            assert item.start >= ends
            ends = item.end

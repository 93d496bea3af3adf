"""Extraction lets Python's collector of cycles rest, and leaves it as it was."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from govextract.model import Report
from govextract.pipeline import extract

REPORT = Report("a.txt", "全年受理案件12件，审结11件。")


class Cycle:
    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def collector() -> Iterator[None]:
    """Leave the collector at work and nothing frozen, whatever a test does."""
    yield
    gc.unfreeze()
    gc.enable()


def test_the_collector_works_on_and_nothing_is_frozen() -> None:
    extract(REPORT)
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0


def test_what_the_caller_has_frozen_stays_frozen() -> None:
    gc.freeze()
    extract(REPORT)
    assert gc.get_freeze_count()


def test_cycles_left_behind_are_collected_and_do_not_grow_old() -> None:
    left = weakref.ref(Cycle())
    extract(REPORT)
    assert left() is None


def test_cycles_that_have_grown_old_are_collected_in_the_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cycle = Cycle()
    left = weakref.ref(cycle)
    extract(REPORT)  # which puts it with the old objects
    del cycle
    monkeypatch.setattr("govextract.pipeline._REPORTS_A_COLLECTION", 10**9)
    extract(REPORT)
    assert left() is not None
    monkeypatch.setattr("govextract.pipeline._REPORTS_A_COLLECTION", 1)
    extract(REPORT)
    assert left() is None


def test_what_a_report_made_is_not_walked() -> None:
    """No collection but the small one before, however many records are made and kept."""
    text = "全年受理案件12件，审结11件，同比增长5%，其中民事8件。" * 200
    collected: list[int] = []
    gc.callbacks.append(
        lambda phase, info: collected.append(info["generation"]) if phase == "start" else None
    )
    try:
        kept = [extract(Report("a.txt", text)) for _ in range(3)]
    finally:
        gc.callbacks.pop()
    assert sum(len(found.facts) for found in kept) > 2_000
    assert len(collected) == 3
    assert 0 not in collected


@pytest.mark.parametrize("at_work", [True, False])
def test_the_collector_is_left_as_it_was(at_work: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where a stage fails."""

    def fail(*_: object) -> None:
        assert not gc.isenabled()
        raise IndexError

    (gc.enable if at_work else gc.disable)()
    try:
        extract(Report("report.txt", "全年受理案件3件。"))
        assert gc.isenabled() == at_work
        monkeypatch.setattr("govextract.pipeline.find_sections", fail)
        with pytest.raises(IndexError):
            extract(Report("report.txt", "全年受理案件3件。"))
        assert gc.isenabled() == at_work
    finally:
        gc.enable()


def test_no_cycle_is_made() -> None:
    """Else memory would grow while the collector rests."""
    report = Report("report.txt", "一、概况\n2025年受理案件3件，增长5.5%，其中刑事2件。\n" * 50)
    extract(report)
    gc.collect()
    gc.disable()
    try:
        extract(report)
        assert gc.collect() < 50
    finally:
        gc.enable()

"""The limit of time for one report."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable

import pytest

from govextract.batch.limits import OutOfTime, time_limit

TRACED = """
import sys
from govextract.batch.limits import time_limit

def work():
    return sum(range(10))

with time_limit(100):
    work()
sys.settrace(lambda *_: lambda *_: None)
work()
print("done")
"""


def test_work_that_takes_longer_is_interrupted() -> None:
    with pytest.raises(OutOfTime), time_limit(0.05):
        while True:
            pass


def test_work_may_take_as_long_as_it_likes_without_a_limit() -> None:
    with time_limit(None):
        assert threading.active_count() >= 1


class LastMoment:
    """A timer that goes off when it is called off."""

    def __init__(self, _: float, end: Callable[[], None]) -> None:
        self.end = end

    def start(self) -> None:
        pass

    def cancel(self) -> None:
        self.end()


def test_time_that_runs_out_at_the_last_moment_harms_nothing_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("govextract.batch.limits.threading.Timer", LastMoment)
    done = 0
    for _ in range(100):
        try:
            with time_limit(1):
                done += 1
        except OutOfTime:  # it came before the block was left: as if the work had been slower
            pass
        total = sum(1 for _ in range(1000))
    assert (done, total) == (100, 1000)


def test_code_that_is_traced_goes_on_after_a_limit() -> None:
    """Python 3.11 came to a halt under a debugger or a measure of coverage."""
    done = subprocess.run(
        [sys.executable, "-c", TRACED],
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.stdout == "done\n"

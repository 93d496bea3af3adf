"""A run that is ended at any moment leaves no half row and loses no report."""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from govextract.batch import run
from govextract.batch.storage import LocalStorage
from govextract.batch.work import InProcess
from govextract.engines.local import LocalProcesses
from govextract.stored import read_facts
from small_reports import tables, write_report, write_reports

FORMATS = ["csv", "parquet"]


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    return write_reports(tmp_path / "reports", 10)


@pytest.fixture
def undisturbed(reports: Path, tmp_path: Path) -> dict[str, bytes]:
    run(reports, tmp_path / "undisturbed", formats=FORMATS)
    return tables(tmp_path / "undisturbed")


def in_child(work: Callable[[], object]) -> int:
    """Do ``work`` in a forked process and return its id."""
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    return child


def settles(out, seconds=120):
    """Tell whether no half-written file is left, once the workers of a killed run have ended."""
    deadline = time.monotonic() + seconds
    while list(out.rglob("*.part")):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


def say(pipe, *_):
    os.write(pipe, b".")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system that can fork")
def test_killed_twenty_times_at_random_moments(reports, undisturbed, tmp_path):
    """Moments are counted in reports that the run has begun, and a little later."""
    chance = random.Random(7)
    killed = 0
    for number in range(20):
        out = tmp_path / f"out{number}"
        engine = LocalProcesses(2) if number % 5 == 0 else InProcess()
        hear, tell = os.pipe()
        child = in_child(
            partial(run, reports, out, formats=FORMATS, engine=engine, progress=partial(say, tell))
        )
        os.close(tell)
        for _ in range(chance.randint(1, 10)):
            os.read(hear, 1)
        time.sleep(chance.uniform(0, 0.05))
        os.kill(child, signal.SIGKILL)
        os.close(hear)
        killed += os.WIFSIGNALED(os.waitpid(child, 0)[1])
        if (out / "facts.csv").exists():
            assert (out / "facts.csv").read_bytes() == undisturbed["facts.csv"]
        run(reports, out, formats=FORMATS)
        assert tables(out) == undisturbed
        assert settles(out)
        # A worker of the killed run may still be at its last report.
        shutil.rmtree(out, ignore_errors=True)
    assert killed >= 10


def test_what_a_killed_write_has_left_is_swept(reports, tmp_path):
    out = tmp_path / "out"
    run(reports, out)
    left = out / ".govextract" / "manifest" / ".00001-0000001.json.999.part"
    left.write_bytes(b"{")
    run(reports, out)
    assert not left.exists()


class Ended(BaseException):
    """Ends a run as a lost power supply does: nothing more is done."""


class EndingStorage(LocalStorage):
    """Ends the run at the step ``last``: before it, or in the middle of a write."""

    steps = 0
    last = 10**9

    def write(self, name: str, data: bytes) -> None:
        if self._is_last():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.with_name(f".{path.name}.1.part").write_bytes(data[: len(data) // 2])
            raise Ended
        super().write(name, data)

    def delete(self, name: str) -> None:
        if self._is_last():
            raise Ended
        super().delete(name)

    @classmethod
    def _is_last(cls) -> bool:
        cls.steps += 1
        return cls.steps >= cls.last


def test_ended_at_every_step(tmp_path, monkeypatch):
    """A first run, then one with a new, a changed and a deleted report, ended at each write."""
    reports = write_reports(tmp_path / "reports", 3)
    monkeypatch.setattr("govextract.batch.open_storage", EndingStorage)
    monkeypatch.setattr("govextract.batch.outputs.write_outputs", lambda *_: [])
    monkeypatch.setattr(EndingStorage, "last", 10**9)
    run(reports, tmp_path / "first")
    write_report(reports, 1, cases=900)
    write_report(reports, 9)
    (reports / "2020" / "甲00市.txt").unlink()
    monkeypatch.undo()
    run(reports, tmp_path / "fresh")
    expected = list(read_facts(tmp_path / "fresh"))
    monkeypatch.setattr("govextract.batch.open_storage", EndingStorage)
    step, ended = 0, True
    while ended:
        step += 1
        out = tmp_path / f"out{step}"
        shutil.copytree(tmp_path / "first", out)
        monkeypatch.setattr(EndingStorage, "steps", 0)
        monkeypatch.setattr(EndingStorage, "last", step)
        try:
            run(reports, out)
            ended = False
        except Ended:
            pass
        monkeypatch.setattr(EndingStorage, "last", 10**9)
        run(reports, out)
        assert list(read_facts(out)) == expected
        assert tables(out) == tables(tmp_path / "fresh")
    # Two parts of four files, two entries, a part to delete, one to tidy, the record twice.
    assert step > 15


class Abandoning(InProcess):
    """Ends before the first part, as a killed run does whose workers go on."""

    task_sizes = (3, 3)

    def run(self, work, tasks, notice):
        self.late = partial(work.run, list(tasks)[1])
        raise Ended
        yield


def test_a_worker_that_outlives_its_run_changes_nothing(reports, undisturbed, tmp_path):
    """Its part, of other reports, is written while the next run is at work."""
    out = tmp_path / "out"
    killed = Abandoning()
    with pytest.raises(Ended):
        run(reports, out, engine=killed)
    run(reports, out, formats=["csv"])
    killed.late()
    run(reports, out, formats=FORMATS)
    assert tables(out) == undisturbed


class FullStorage(LocalStorage):
    """A disk that is full from the write number ``room`` on."""

    room = 0

    def write(self, name: str, data: bytes) -> None:
        type(self).room -= 1
        if self.room < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        super().write(name, data)


def test_full_disk_is_said_and_the_run_can_go_on(reports, undisturbed, tmp_path, monkeypatch):
    out = tmp_path / "out"
    with monkeypatch.context() as patch:
        patch.setattr("govextract.batch.open_storage", FullStorage)
        patch.setattr(FullStorage, "room", 13)
        with pytest.raises(OSError, match="No space left"):
            run(reports, out, formats=FORMATS)
    assert not (out / "facts.csv").exists()
    assert run(reports, out, formats=FORMATS).unchanged > 0
    assert tables(out) == undisturbed


def test_really_full_disk(reports, undisturbed, tmp_path):
    out = tmp_path / "small_disk"
    out.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=120k", "tmpfs", str(out)]
    if shutil.which("mount") is None or subprocess.call(mount, stderr=subprocess.DEVNULL):
        pytest.skip("mounting is not permitted here")
    try:
        with pytest.raises(OSError, match="No space left"):
            run(reports, out, formats=FORMATS)
        subprocess.run(["mount", "-o", "remount,size=20m", str(out)], check=True)
        run(reports, out, formats=FORMATS)
        assert tables(out) == undisturbed
    finally:
        subprocess.run(["umount", str(out)], check=True)

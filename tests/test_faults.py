"""What the world does to a run: nothing is lost, one line says it, a rerun completes."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from govextract.batch import run
from govextract.engines.local import LocalProcesses
from govextract.errors import UsageError
from govextract.fetch.client import parse_retry_after
from small_reports import tables, write_report, write_reports

NOBODY = 65_534
FORMATS = ["csv", "xlsx", "parquet", "sqlite"]


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    return write_reports(tmp_path / "reports", 6)


def command(*arguments: object, **settings: Any) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "govextract", *map(str, arguments)],
        check=False,
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        **settings,
    )


def problems(out: Path) -> list[tuple[str, str]]:
    lines = (out / "problems.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    return [tuple(line.split(",")[:2]) for line in lines]  # type: ignore[misc]


# Input that goes away or changes


class Meddling:
    """Does something to the input when the run has begun so many reports."""

    def __init__(self, when: int, what: Callable[[], object]) -> None:
        self.when = when
        self.what = what

    def __call__(self, done: int, total: int, name: str) -> None:
        if done == self.when:
            self.what()


@pytest.mark.parametrize("workers", [1, 2])
def test_a_report_that_is_removed_midway_is_a_problem_and_no_row_later(
    reports: Path, tmp_path: Path, workers: int
) -> None:
    lost = reports / "2022" / "甲05市.txt"
    out = tmp_path / "out"
    engine = LocalProcesses(2) if workers == 2 else None
    summary = run(reports, out, engine=engine, progress=Meddling(1, lost.unlink))
    assert (summary.reports, problems(out)) == (5, [("2022/甲05市.txt", "read/missing")])
    assert run(reports, out).removed == 1
    run(reports, tmp_path / "fresh")
    assert tables(out) == tables(tmp_path / "fresh")


def test_a_folder_that_is_removed_midway_leaves_what_was_read(
    reports: Path, tmp_path: Path
) -> None:
    out, kept = tmp_path / "out", tmp_path / "kept"
    summary = run(reports, out, progress=Meddling(3, lambda: reports.rename(kept)))
    assert summary.reports == 2
    assert {code for _, code in problems(out)} == {"read/missing"}
    kept.rename(reports)
    assert run(reports, out).unchanged == 2
    run(reports, tmp_path / "fresh")
    assert tables(out) == tables(tmp_path / "fresh")


def test_a_report_that_changes_while_it_is_read_is_done_again(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was read stands in the tables; that the file is another now is seen by its content."""
    changing = reports / "2020" / "甲00市.txt"
    before = changing.stat()
    whole = Path.read_bytes

    def torn(path: Path) -> bytes:
        data = whole(path)
        if path == changing:
            write_report(reports, 0, cases=900)
            os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
            return data[: len(data) // 2 + 1]  # in the middle of a character
        return data

    monkeypatch.setattr(Path, "read_bytes", torn)
    assert run(reports, tmp_path / "out").reports == 6
    monkeypatch.undo()
    assert run(reports, tmp_path / "out").changed == 1
    run(reports, tmp_path / "fresh")
    assert tables(tmp_path / "out") == tables(tmp_path / "fresh")


# Clocks that jump


class Jumping:
    """A clock that is set forth and back by decades each time that it is looked at."""

    def __init__(self) -> None:
        self.looks = 0

    def __call__(self) -> float:
        self.looks += 1
        return 4e9 if self.looks % 2 else -1.0


def test_times_of_files_and_a_jumping_clock_change_nothing(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(reports, tmp_path / "plain", formats=FORMATS)
    for number, path in enumerate(sorted(reports.rglob("*.txt"))):
        moment = (0, 4_000_000_000, 1)[number % 3]
        os.utime(path, (moment, moment))
    clock = Jumping()
    monkeypatch.setattr(time, "time", clock)
    run(reports, tmp_path / "out", formats=FORMATS)
    assert tables(tmp_path / "out") == tables(tmp_path / "plain")
    assert run(reports, tmp_path / "out", formats=FORMATS).unchanged == 6


@pytest.mark.parametrize("now", [0.0, 4e9, -1.0])
def test_a_wait_by_a_wrong_clock_is_bounded(now: float) -> None:
    from govextract.fetch.client import backoff
    from govextract.fetch.settings import FetchError

    wait = parse_retry_after("Wed, 21 Oct 2026 07:28:00 GMT", now)
    answer = backoff(FetchError("busy", code="fetch/status", wait=wait), longest_wait=300.0)
    assert answer is False or float(answer) <= 300


# Folders that may not be written, files that may not be read


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that any user of the machine can enter."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        for path in folder.rglob("*"):
            if path.is_dir():
                path.chmod(0o755)
        shutil.rmtree(folder)


def as_nobody(work: Callable[[], str]) -> str:
    """Return what ``work`` returns in a child that may not do all, as an administrator may."""
    if not hasattr(os, "fork"):
        pytest.skip("needs a system that can fork")
    hear, tell = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if os.getuid() == 0:
                os.setgid(NOBODY)
                os.setuid(NOBODY)
            os.write(tell, work().encode())
        except BaseException as error:
            os.write(tell, f"{type(error).__name__}: {error}".encode())
        finally:
            os._exit(0)
    os.close(tell)
    os.waitpid(child, 0)
    with os.fdopen(hear, encoding="utf-8") as said:
        return said.read()


def test_a_file_that_may_not_be_read_is_a_problem(open_folder: Path) -> None:
    reports = write_reports(open_folder / "reports", 2)
    (reports / "2020" / "甲00市.txt").chmod(0)
    out = open_folder / "out"
    out.mkdir()
    out.chmod(0o777)
    run(reports, open_folder / "warm")  # so that the child has the lexicon
    assert as_nobody(lambda: str(run(reports, out).unread)) == "1"
    assert problems(out) == [("2020/甲00市.txt", "read/unreadable")]


def test_a_folder_that_may_not_be_written_is_said_and_left_as_it_was(open_folder: Path) -> None:
    reports = write_reports(open_folder / "reports", 2)
    out = open_folder / "out"
    run(reports, out)
    before = tables(out)
    write_report(reports, 7)
    for path in [out, *out.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    assert as_nobody(lambda: str(run(reports, out))).startswith("PermissionError: ")
    for path in [out, *out.rglob("*")]:
        path.chmod(path.stat().st_mode | stat.S_IWUSR)
    assert tables(out) == before
    run(reports, out)
    run(reports, open_folder / "fresh")
    assert tables(out) == tables(open_folder / "fresh")


def test_the_command_says_in_one_line_where_it_cannot_write(tmp_path: Path) -> None:
    reports = write_reports(tmp_path / "reports", 1)
    (tmp_path / "file").write_text("", encoding="utf-8")
    done = command("run", reports, "--out", tmp_path / "file" / "out")
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith("govextract: ")
    assert "Not a directory" in done.stderr
    assert "Traceback" not in done.stderr


# Disks that are full


class FullWhileTables:
    """Lets a table be written half, and then the disk is full."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
        from govextract.writers import files

        replacing = files.Path.replace

        def full(path: Path, target: Path) -> Path:
            if target.name == name:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target))
            return replacing(path, target)

        monkeypatch.setattr(files.Path, "replace", full)


@pytest.mark.parametrize("name", ["facts.csv", "documents.csv", "facts.parquet", "facts.sqlite"])
def test_tables_that_find_no_room_leave_the_old_ones(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    out = tmp_path / "out"
    run(reports, out, formats=FORMATS)
    if name not in tables(out):
        name = next(item for item in tables(out) if item.endswith(Path(name).suffix))
    before = tables(out)
    write_report(reports, 7)
    with monkeypatch.context() as patch:
        FullWhileTables(patch, name)
        with pytest.raises(OSError, match="No space left"):
            run(reports, out, formats=FORMATS)
    assert tables(out)[name] == before[name]
    assert not [path for path in out.iterdir() if path.name.endswith(".part")]
    assert run(reports, out, formats=FORMATS).unchanged == 7
    run(reports, tmp_path / "fresh", formats=FORMATS)
    assert tables(out) == tables(tmp_path / "fresh")


# What is left in the folder of a run


@pytest.mark.parametrize("how", ["cut", "emptied", "noise", "changed", "removed"])
def test_what_the_disk_lost_of_an_earlier_run_is_made_again(
    reports: Path, tmp_path: Path, how: str
) -> None:
    """Also one byte of a part: its pages carry checksums."""
    out = tmp_path / "out"
    run(reports, out)
    expected = tables(out)
    for path in sorted((out / ".govextract").rglob("*")):
        if not path.is_file() or path.name == "lock":
            continue
        data = path.read_bytes()
        middle = len(data) // 3
        damaged = {
            "cut": data[: len(data) // 2],
            "emptied": b"",
            "noise": b"\xff" * len(data),
            "changed": data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :],
        }
        if how == "removed":
            path.unlink()
        else:
            path.write_bytes(damaged[how])
        write_report(reports, 7)
        try:
            run(reports, out)
        except UsageError as error:
            # Without its record, a run cannot know that the tables are its own.
            assert path.name == "outputs.json"
            assert error.remedy.endswith("--force to overwrite")
            shutil.rmtree(out / ".govextract")
            run(reports, out, force=True)
        (reports / "2021" / "甲07市.txt").unlink()
        run(reports, out)
        assert tables(out) == expected, path

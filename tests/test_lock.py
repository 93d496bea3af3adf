"""The lock of a folder that is in another store, where no system holds it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from govextract.batch import run
from govextract.errors import UsageError
from small_reports import write_reports

HOST = socket.gethostname()


@pytest.fixture
def out() -> str:
    files = pytest.importorskip("fsspec").filesystem("memory")
    if files.exists("/locked"):
        files.rm("/locked", recursive=True)
    files.makedirs("/locked/.govextract")
    return "memory://locked"


def mark(out: str, content: bytes) -> None:
    import fsspec

    fsspec.filesystem("memory").pipe_file("/locked/.govextract/lock", content)


def ended_process() -> int:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    return process.pid


@pytest.mark.parametrize(
    ("content", "who"),
    [
        ({"process": os.getpid(), "host": HOST}, f"process {os.getpid()} on {HOST}"),
        ({"process": 1, "host": "another"}, "process 1 on another"),
        ({"process": 1}, "another process"),
        ("no json", "another process"),
    ],
    ids=["of this host", "of another host", "of no host", "no json"],  # the same in every process
)
def test_a_run_that_another_may_be_in_is_refused(
    tmp_path: Path, out: str, content: object, who: str
) -> None:
    mark(out, json.dumps(content).encode() if content != "no json" else b"{")
    with pytest.raises(UsageError, match="another run is writing here") as caught:
        run(write_reports(tmp_path / "reports", 1), out)
    assert who in str(caught.value)
    assert "delete .govextract/lock" in caught.value.remedy


def test_a_lock_that_a_killed_run_of_this_machine_has_left_holds_nobody_up(
    tmp_path: Path, out: str
) -> None:
    mark(out, json.dumps({"process": ended_process(), "host": HOST}).encode())
    reports = write_reports(tmp_path / "reports", 1)
    assert run(reports, out).reports == 1
    assert run(reports, out).unchanged == 1

"""Worker processes that end or hang: the report is named, the others are done."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import nullcontext
from typing import NamedTuple

import pytest
from typer.testing import CliRunner

from govextract.batch import run
from govextract.batch.parts import DocumentEntry, PartEntry
from govextract.batch.sources import Source
from govextract.batch.work import Task
from govextract.cli import app, progress
from govextract.engines.local import LocalProcesses
from govextract.errors import GovextractError
from small_reports import tables, write_reports


class OddWork(NamedTuple):
    """Work on documents whose names say what happens; done once more, an accident is over."""

    folder: str
    timeout: float | None = None

    def run(self, task, notice):
        for source in task.sources:
            notice(source.document)
            if source.document not in task.failed:
                self._do(source.document)
        entries = [
            DocumentEntry(source.document, "", "", 0, source.document in task.failed)
            for source in task.sources
        ]
        return PartEntry(task.part, "v", tuple(entries))

    def _do(self, document):
        if document == "ends":
            os._exit(3)
        if document == "hangs":
            # What a C library does that never returns, and hears no signal of Python's.
            signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])
            time.sleep(60)
        if document == "accident" and not os.path.exists(self.folder):  # noqa: PTH110
            os.mkdir(self.folder)  # noqa: PTH102
            os.kill(os.getpid(), signal.SIGKILL)
        if document == "error":
            raise OSError(28, "No space left on device")


def do(work, *tasks, workers=2):
    engine = LocalProcesses(workers, grace=0.2)
    given = [
        Task(str(number), tuple(Source(name, "") for name in names))
        for number, names in enumerate(tasks)
    ]
    entries = list(engine.run(work, given, lambda document: None))
    return {item.document: bool(item.problems) for entry in entries for item in entry.documents}


def test_a_report_that_ends_its_worker_twice_is_a_problem(tmp_path):
    work = OddWork(str(tmp_path / "once"))
    done = do(work, ["a", "ends", "b"], ["c"], ["accident", "d"])
    assert done == {"a": False, "ends": True, "b": False, "c": False, "accident": False, "d": False}


def test_a_report_that_hangs_is_a_problem(tmp_path):
    done = do(OddWork(str(tmp_path), timeout=1.5), ["a", "hangs", "b"], workers=1)
    assert done == {"a": False, "hangs": True, "b": False}


def test_an_error_of_a_worker_is_raised(tmp_path):
    with pytest.raises(OSError, match="No space left"):
        do(OddWork(str(tmp_path)), ["a"], ["error"], ["b"])


class NoStart(NamedTuple):
    """Work that cannot be begun in another process."""

    timeout: float | None = None

    def __reduce__(self):
        return (os._exit, (4,))


def test_workers_that_do_not_start_end_the_run():
    with pytest.raises(GovextractError, match=r"end before they begin \(exit code 4\)"):
        do(NoStart(), ["a"], workers=1)


def test_a_killed_worker_changes_no_table(tmp_path):
    reports = write_reports(tmp_path / "reports", 4)
    engine = LocalProcesses(2)
    run(reports, tmp_path / "plain")
    run(reports, tmp_path / "out", engine=engine, progress=_KillOne())
    assert tables(tmp_path / "out") == tables(tmp_path / "plain")


def test_the_command_survives_the_only_worker(tmp_path, monkeypatch):
    reports = write_reports(tmp_path / "reports", 4)
    run(reports, tmp_path / "plain")
    monkeypatch.setattr(progress, "showing_progress", lambda: nullcontext(_KillOne()))
    done = CliRunner().invoke(app, ["run", str(reports), "-o", str(tmp_path / "out")])
    assert done.exit_code == 0, done.output
    assert tables(tmp_path / "out") == tables(tmp_path / "plain")


class _KillOne:
    """Kills a worker of this process, once, when the run has begun."""

    done = False

    def __call__(self, done: int, total: int, name: str) -> None:
        import multiprocessing

        if not self.done:
            self.done = True
            os.kill(multiprocessing.active_children()[0].pid or 0, signal.SIGKILL)


def test_a_worker_loads_no_pandas(tmp_path):
    """Arrow would load it with the first column, and a worker be a third larger."""
    program = (
        "import sys\nfrom pathlib import Path\nfrom govextract.batch.sources import Source\n"
        "from govextract.batch.storage import LocalStorage\n"
        "from govextract.batch.work import Task, Work\n"
        "from govextract.lexicon import default_lexicon\n"
        "from govextract.writers.arrow import leave_pandas_out\n"
        "leave_pandas_out()\nfolder = Path(sys.argv[1])\n"
        "(folder / 'a.txt').write_text('全年受理案件3件。', encoding='utf-8')\n"
        "work = Work(LocalStorage(folder), default_lexicon(), 'v')\n"
        "entry = work.run(Task('1', (Source('a.txt', str(folder / 'a.txt')),)))\n"
        "print(entry.documents[0].facts, 'pandas' in sys.modules)\n"
        "import pandas\nprint(pandas.DataFrame([1]).shape)\n"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split("\n")[:2] == ["1 False", "(1, 1)"]

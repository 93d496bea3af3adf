"""Runs on a real Dask cluster of this machine: the same tables, also when a worker is lost."""

from __future__ import annotations

import os
import signal
from functools import partial
from typing import Any

import pytest

from govextract.batch import read_run, run
from govextract.batch.sources import Source
from govextract.batch.work import Task
from govextract.engines.dask import DaskCluster, halves
from small_reports import tables, write_reports

distributed = pytest.importorskip("distributed")
pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module")
def cluster() -> Any:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50
    ) as cluster:
        yield cluster


class SmallTasks(DaskCluster):
    """Tasks small enough that there are many of them."""

    task_sizes = (1, 1)


class KillsWorker:
    """Kills one worker of a cluster when the first task is done."""

    def __init__(self, cluster: Any) -> None:
        self.cluster = cluster
        self.killed = 0

    def __call__(self, done: int, total: int, name: str) -> None:
        if not self.killed:
            self.killed = next(iter(self.cluster.workers.values())).pid
            os.kill(self.killed, signal.SIGKILL)


def test_a_lost_worker_changes_no_table(cluster, tmp_path):
    reports = write_reports(tmp_path / "reports", 12)
    run(reports, tmp_path / "local")
    kill = KillsWorker(cluster)
    summary = run(
        reports, tmp_path / "dask", engine=SmallTasks(cluster.scheduler_address), progress=kill
    )
    assert kill.killed
    assert summary.reports == 12
    assert tables(tmp_path / "dask") == tables(tmp_path / "local")


def test_addresses_for_input_and_output(cluster, tmp_path):
    reports = write_reports(tmp_path / "reports", 3)
    run(reports, tmp_path / "local")
    out = f"file://{tmp_path / 'dask'}"
    engine = DaskCluster(cluster.scheduler_address)
    run(f"file://{reports}", out, engine=engine)
    assert tables(tmp_path / "dask") == tables(tmp_path / "local")
    second = run(f"file://{reports}", out, engine=engine)
    assert (second.new, second.unchanged) == (0, 3)


def test_a_store_in_memory(tmp_path):
    fsspec = pytest.importorskip("fsspec")
    files = fsspec.filesystem("memory")
    reports = write_reports(tmp_path / "reports", 3)
    for path in reports.rglob("*.txt"):
        files.pipe_file(f"/in/{path.relative_to(reports).as_posix()}", path.read_bytes())
    work = partial(run, "memory://in", "memory://out", formats=["csv"])
    assert (work().new, work().unchanged) == (3, 3)
    run(reports, tmp_path / "local")
    for name, content in tables(tmp_path / "local").items():
        assert files.cat_file(f"/out/{name}") == content
    assert len(list(read_run("memory://out"))) >= 15
    files.rm("/in/2020", recursive=True)
    assert work().removed == 1


def test_a_task_that_ends_workers_is_cut_until_one_report_is_left():
    task = Task("00001-0000001", tuple(Source(name, name) for name in "abc"))
    first, second = halves(task)
    assert [source.document for source in first.sources + second.sources] == ["a", "b", "c"]
    assert len({task.part, first.part, second.part}) == 3
    [last] = halves(first)
    assert last.failed["a"].code == "run/crashed"

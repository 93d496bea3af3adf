"""Runs: the same tables however they are made, and only what is new is done again."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from govextract import extract_folder
from govextract.batch import Limits, _shares, read_run, run
from govextract.batch.sources import Source
from govextract.batch.work import InProcess
from govextract.cli import app
from govextract.engines.local import LocalProcesses
from govextract.errors import UsageError
from govextract.lexicon import load_lexicon
from small_reports import tables, write_report, write_reports


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    return write_reports(tmp_path / "reports")


def rows(out: Path, table: str) -> list[dict[str, str]]:
    text = (out / f"{table}.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


class Backwards(InProcess):
    """Does the tasks in the wrong order, as the timing of workers may have it."""

    def run(self, work, tasks, notice):
        yield from super().run(work, reversed(list(tasks)), notice)


class Counting(InProcess):
    """Remembers which documents it was given."""

    def __init__(self) -> None:
        self.documents: list[str] = []

    def run(self, work, tasks, notice):
        for task in tasks:
            self.documents += [source.document for source in task.sources]
            yield work.run(task, notice)


def test_tables_are_sorted_by_document_and_hold_all_reports(reports, tmp_path):
    summary = run(reports, tmp_path / "out")
    documents = [row["document"] for row in rows(tmp_path / "out", "documents")]
    assert documents == sorted(
        path.relative_to(reports).as_posix() for path in reports.rglob("*.txt")
    )
    facts = rows(tmp_path / "out", "facts")
    assert [row["document"] for row in facts] == sorted(row["document"] for row in facts)
    assert (summary.reports, summary.unread, summary.new) == (12, 0, 12)
    assert summary.facts == len(facts) >= 5 * 12


@pytest.mark.parametrize(
    "engine", [Backwards(), LocalProcesses(2), LocalProcesses(2, max_worker_bytes=1)]
)
def test_timing_workers_and_recycling_change_no_byte(tmp_path, engine):
    reports = write_reports(tmp_path / "reports", 4)
    formats = ["csv", "parquet"]
    run(reports, tmp_path / "plain", formats=formats)
    run(reports, tmp_path / "other", formats=formats, engine=engine)
    assert tables(tmp_path / "other") == tables(tmp_path / "plain")


def test_second_run_does_nothing(reports, tmp_path):
    run(reports, tmp_path / "out")
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*")}
    engine = Counting()
    summary = run(reports, tmp_path / "out", engine=engine)
    assert engine.documents == []
    assert (summary.new, summary.changed, summary.unchanged, summary.removed) == (0, 0, 12, 0)
    after = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*")}
    changed = [path.name for path in after if after[path] != before.get(path)]
    assert set(changed) <= {"lock"}


def test_resuming_gives_what_a_fresh_run_gives(reports, tmp_path):
    run(reports, tmp_path / "out")
    (reports / "2020" / "甲00市.txt").unlink()
    changed = write_report(reports, 4, cases=900)
    added = write_report(reports, 50)
    engine = Counting()
    summary = run(reports, tmp_path / "out", engine=engine)
    assert engine.documents == [
        path.relative_to(reports).as_posix() for path in sorted([changed, added])
    ]
    assert (summary.new, summary.changed, summary.unchanged, summary.removed) == (1, 1, 10, 1)
    run(reports, tmp_path / "fresh")
    assert tables(tmp_path / "out") == tables(tmp_path / "fresh")
    third = run(reports, tmp_path / "out", engine=(engine := Counting()))
    assert (engine.documents, third.unchanged, third.removed) == ([], 12, 0)


def test_a_touched_file_with_the_same_content_is_not_done_again(reports, tmp_path):
    run(reports, tmp_path / "out")
    for path in reports.rglob("*.txt"):
        os.utime(path, (1, 1))
    run(reports, tmp_path / "out", engine=(engine := Counting()))
    assert engine.documents == []


def test_other_rules_do_everything_again(reports, tmp_path):
    overlay = tmp_path / "my.toml"
    overlay.write_text("", encoding="utf-8")
    run(reports, tmp_path / "out")
    lexicon = load_lexicon(overlay)
    summary = run(reports, tmp_path / "out", lexicon=lexicon, engine=(engine := Counting()))
    assert len(engine.documents) == 12
    assert (summary.changed, summary.reruled, summary.unchanged) == (12, 12, 0)
    write_report(reports, 4, cases=900)
    again = run(reports, tmp_path / "out", lexicon=lexicon)
    assert (again.changed, again.reruled) == (1, 0)


def test_formats_asked_for_before_are_kept_up_to_date(reports, tmp_path):
    run(reports, tmp_path / "out", formats=["parquet"])
    write_report(reports, 60)
    run(reports, tmp_path / "out", formats=["csv"])
    run(reports, tmp_path / "fresh", formats=["parquet", "csv"])
    assert tables(tmp_path / "out") == tables(tmp_path / "fresh")


def test_a_table_that_was_deleted_is_written_again(reports, tmp_path):
    run(reports, tmp_path / "out")
    before = tables(tmp_path / "out")
    (tmp_path / "out" / "facts.csv").unlink()
    run(reports, tmp_path / "out")
    assert tables(tmp_path / "out") == before


def test_files_of_others_are_not_overwritten(reports, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / "facts.csv").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match=r"facts\.csv.*--force"):
        run(reports, out)
    assert (out / "facts.csv").read_text(encoding="utf-8") == "mine"
    run(reports, out, force=True)
    assert len(rows(out, "facts")) >= 60
    run(reports, out)


def test_two_runs_into_one_folder_are_refused(reports, tmp_path):
    out = tmp_path / "out"
    program = (
        "import sys, time\nfrom pathlib import Path\nfrom govextract.batch.lock import locked\n"
        "from govextract.batch.storage import LocalStorage\n"
        "with locked(LocalStorage(Path(sys.argv[1])), ''):\n"
        "    print('held', flush=True)\n    time.sleep(60)\n"
    )
    arguments = [sys.executable, "-c", program, str(out / ".govextract")]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, env=environment) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(UsageError, match=f"another run is writing here .process {other.pid}"):
            run(reports, out)
        other.kill()
    # The lock file of the killed process is still there; it holds nobody up.
    assert (out / ".govextract" / "lock").exists()
    assert run(reports, out).reports == 12


def test_limits_give_problems_of_their_own_and_are_tried_again(reports, tmp_path, monkeypatch):
    (reports / "big.txt").write_text("全年受理案件3件。" * 1000, encoding="utf-8")
    limits = Limits(bytes=10_000)
    assert run(reports, tmp_path / "out", limits=limits).unread == 1
    [problem] = rows(tmp_path / "out", "problems")
    assert (problem["document"], problem["code"]) == ("big.txt", "run/too-large")
    summary = run(reports, tmp_path / "out")
    assert (summary.unread, summary.changed, summary.unchanged) == (0, 1, 12)


def test_a_slow_report_is_given_up(reports, tmp_path, monkeypatch):
    from govextract.batch import work

    extract = work.extract

    def slow(report, lexicon):
        while "甲03市" in report.document:
            time.sleep(0.001)
        return extract(report, lexicon)

    monkeypatch.setattr(work, "extract", slow)
    assert run(reports, tmp_path / "out", limits=Limits(seconds=1.5)).reports == 11
    [problem] = rows(tmp_path / "out", "problems")
    assert (problem["document"], problem["code"]) == ("2020/甲03市.txt", "run/timeout")


def test_a_defect_is_a_problem_and_ends_no_run(reports, tmp_path, monkeypatch):
    from govextract.batch import work

    extract = work.extract

    def broken(report, lexicon):
        if "甲03市" in report.document:
            raise IndexError("list index out of range")
        return extract(report, lexicon)

    monkeypatch.setattr(work, "extract", broken)
    assert run(reports, tmp_path / "out").reports == 11
    [problem] = rows(tmp_path / "out", "problems")
    assert problem["code"] == "run/defect"
    assert "IndexError: list index out of range" in problem["message"]


def test_extract_folder_gives_the_same_facts_with_and_without_tables(reports, tmp_path):
    plain = extract_folder(reports)
    stored = extract_folder(reports, tmp_path / "out")
    assert stored == plain == list(read_run(tmp_path / "out"))
    assert all(type(a.value) is type(b.value) for a, b in zip(plain, stored, strict=True))


def test_command_says_what_it_did(reports, tmp_path):
    arguments = ["run", str(reports), "--out", str(tmp_path / "out"), "-j", "2"]
    first = CliRunner().invoke(app, arguments)
    assert (first.exit_code, "12 reports" in first.output) == (0, True)
    assert "12/12" in first.output
    write_report(reports, 70)
    second = CliRunner().invoke(app, arguments)
    assert "1 new, 0 done again, 12 unchanged, 0 removed" in second.output


def test_an_output_folder_below_the_input_is_not_read(reports):
    assert run(reports, reports / "out").reports == 12
    assert run(reports, reports / "out").reports == 12


def test_the_help_loads_nothing_heavy():
    """The command's help is to be there at once: it loads only what reads arguments."""
    program = (
        "import sys\nfrom typer.testing import CliRunner\nfrom govextract.cli import app\n"
        "assert 'facts' in CliRunner().invoke(app, ['--help']).output\n"
        "heavy = {'rich', 'pandas', 'pyarrow', 'lxml', 'jieba', 'rjieba', 'spacy', 'regex'}\n"
        "print(*(heavy & set(sys.modules)))\n"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []


def test_tasks_hold_all_files_in_order_and_are_small_in_the_end() -> None:
    class Engine:
        workers = 2
        task_sizes = (1, 5)

    todo = [Source(f"{number:02}.txt", "") for number in range(40)]
    shares = list(_shares(todo, Engine()))
    assert [source for share in shares for source in share] == todo
    sizes = [len(share) for share in shares]
    assert max(sizes) == sizes[0] == 5 and sizes[-4:] == [1, 1, 1, 1]
    assert sizes == sorted(sizes, reverse=True)

"""Hostile files of all forms in one run: each gives facts or one problem with a code."""

from __future__ import annotations

import csv
import os
import resource
import socket
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import docx_cases
import html_cases
import pdf_cases
import pytest
import text_cases
from cases import PROSE, READ, Case

from govextract.batch import Limits, run
from govextract.engines.local import LocalProcesses

SECONDS = 120
"""For one file; the slowest takes one, so that a loaded machine does not fail the suite."""
MEGABYTES = 1_500
"""For the whole process; jieba, the lexicon and pandas are a tenth of it."""

SMALL = [
    *text_cases.cases(), *html_cases.cases(), *docx_cases.cases(), *pdf_cases.cases(),
]  # fmt: skip
LONGEST = "长" * 83 + ".txt"
"""A name of 253 bytes in UTF-8; 255 are the most that file systems take."""
NAMES = (
    "line\nend.txt", "re\rturn.txt", "tab\there.txt", "=cmd|calc.txt", "-o.txt", "--force",
    "quo\"te'.txt", "a,b;c.txt", "<b>&.txt", "空 格　.txt", "%s{0}$x.txt", "back\\slash.txt",
    LONGEST, "\u202egnp.txt", "noext", "many.dots...txt", "UPPER.TXT", "e\u0301.txt",
)  # fmt: skip


def write_odd_files(folder: Path) -> dict[str, str]:
    """Write what is no ordinary file, and ordinary ones under odd names; return the outcomes."""
    outcomes = dict.fromkeys(NAMES, READ)
    # As CSV has them: defused, for a spreadsheet would run them.
    outcomes["'=cmd|calc.txt"] = outcomes.pop("=cmd|calc.txt")
    outcomes["'-o.txt"] = outcomes.pop("-o.txt")
    outcomes["'--force"] = outcomes.pop("--force")
    for name in NAMES:
        (folder / name).write_text(PROSE, encoding="utf-8")
    raw = os.fsencode(folder) + b"/not_utf8_\xff\xfe.txt"
    Path(os.fsdecode(raw)).write_text(PROSE, encoding="utf-8")
    Path(os.fsdecode(raw.replace(b"not", b"also_not"))).symlink_to(folder / "nowhere.txt")
    (folder / "loop.txt").symlink_to(folder / "loop.txt")
    (folder / "dangling.txt").symlink_to(folder / "nowhere.txt")
    (folder / "round").mkdir()
    (folder / "round" / "back").symlink_to(folder)
    (folder / "folder.txt").mkdir()
    (folder / "folder.txt" / "inside.pdf").write_text(PROSE, encoding="utf-8")
    (folder / "link_to_folder.txt").symlink_to(folder / "folder.txt")
    os.mkfifo(folder / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as server:
        here = Path.cwd()
        os.chdir(folder)
        server.bind("socket.txt")
        os.chdir(here)
    return outcomes | {
        r"not_utf8_\xff\xfe.txt": READ,
        r"also_not_utf8_\xff\xfe.txt": "read/missing",
        "loop.txt": "read/unreadable",
        "dangling.txt": "read/missing",
        "folder.txt/inside.pdf": "read/damaged",
        "pipe.txt": "read/unreadable",
        "socket.txt": "read/unreadable",
    }


class Outcome:
    """What a run made of a folder: codes by document, facts by document, and what it cost."""

    def __init__(self, folder: Path, out: Path) -> None:
        command = [
            sys.executable, "-m", "govextract", "run", "--out", str(out), "--timeout", str(SECONDS),
            "--workers", "2", str(folder),
        ]  # fmt: skip
        path = os.pathsep.join(sys.path)
        self.done = subprocess.run(
            command,
            check=False,
            capture_output=True,
            text=True,
            env=os.environ | {"PYTHONPATH": path},
        )
        self.megabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000
        self.problems = [(row["document"], row["code"], row) for row in _rows(out, "problems")]
        self.documents = [row["document"] for row in _rows(out, "documents")]
        self.facts = Counter(row["document"] for row in _rows(out, "facts"))

    def of(self, document: str) -> str:
        """Return what became of a file: READ, or the codes of its problems that are about it."""
        codes = [code for name, code, _ in self.problems if name == document and "/" in code]
        return READ if document in self.documents else " ".join(codes)


def _rows(out: Path, table: str) -> list[dict[str, str]]:
    with (out / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write_cases(folder: Path, cases: list[Case]) -> Path:
    folder.mkdir(parents=True)
    for case in cases:
        (folder / case.name).write_bytes(case.data)
    return folder


class Run(NamedTuple):
    """What was run, and what is expected of the odd files among them."""

    outcome: Outcome
    odd: dict[str, str]


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Run:
    base = tmp_path_factory.mktemp("hostile")
    folder = write_cases(base / "in", SMALL)
    odd = write_odd_files(folder)
    return Run(Outcome(folder, base / "out"), odd)


def test_there_are_enough_of_them_and_none_twice() -> None:
    names = [case.name for case in SMALL]
    assert len(set(names)) == len(names) >= 150


def test_the_run_ends_well_and_knows_all_files(ran: Run) -> None:
    outcome = ran.outcome
    assert outcome.done.returncode == 0, outcome.done.stderr[-2000:]
    assert {name for name, _, _ in outcome.problems} | set(outcome.documents) >= {
        case.name for case in SMALL
    }
    assert outcome.megabytes < MEGABYTES


@pytest.mark.parametrize("case", SMALL, ids=lambda case: case.name)
def test_a_hostile_file_is_read_or_is_one_problem(ran: Run, case: Case) -> None:
    assert ran.outcome.of(case.name) == case.outcome
    for name, _, row in ran.outcome.problems:
        if name == case.name:
            assert row["message"]
            assert row["remedy"]


def test_names_links_pipes_and_folders_end_no_run(ran: Run) -> None:
    assert {name: ran.outcome.of(name) for name in ran.odd} == ran.odd


def test_texts_of_many_megabytes_are_read_in_bounded_memory(tmp_path: Path) -> None:
    cases = text_cases.large_cases()
    outcome = Outcome(write_cases(tmp_path / "in", cases), tmp_path / "out")
    assert {case.name: outcome.of(case.name) for case in cases} == {
        case.name: case.outcome for case in cases
    }
    assert outcome.megabytes < MEGABYTES


def test_files_that_keep_a_library_at_work_for_ever_are_given_up(tmp_path: Path) -> None:
    cases = pdf_cases.endless_cases()
    folder = write_cases(tmp_path / "in", [*cases, Case("good.txt", PROSE.encode())])
    engine = LocalProcesses(2, grace=0.1)
    summary = run(folder, tmp_path / "out", engine=engine, limits=Limits(seconds=10))
    assert summary.facts == 3
    problems = {row["document"]: row["code"] for row in _rows(tmp_path / "out", "problems")}
    assert problems == dict.fromkeys((case.name for case in cases), "run/timeout")

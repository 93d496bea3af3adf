"""The page of promises is true of the tests, and some promises that no other file keeps."""

from __future__ import annotations

import csv
import re
import sqlite3
from pathlib import Path

import openpyxl
import pytest
from test_hostile import NAMES, SMALL

from govextract.batch import run

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
FORMULAS = ("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1")


def test_every_promise_names_tests_that_are_there() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("| ") and "tests/" in line]
    assert len(rows) > 30
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)
    assert len(named) >= len(rows)
    for path, test in named:
        source = (ROOT / path).read_text(encoding="utf-8")
        assert f"def {test}(" in source, f"{path}::{test}"


def test_the_counts_of_hostile_files_are_those_of_the_suite() -> None:
    assert f"{len(SMALL)} texts, pages, DOCX and PDF" in PAGE
    assert f"{len(NAMES)} odd names" in PAGE


def codes_in(folder: str, pattern: str) -> set[str]:
    return {
        code
        for path in (ROOT / folder).rglob("*.py")
        if path.name != "test_reliability.py"
        for code in re.findall(pattern, path.read_text(encoding="utf-8"))
    }


def test_every_code_of_a_problem_is_described_and_tested() -> None:
    described = set(
        re.findall(
            r"(?m)^\| `([a-z/-]+)` \|", (ROOT / "docs" / "problems.md").read_text(encoding="utf-8")
        )
    )
    raised = codes_in("src", r'"((?:read|run|fetch)/[a-z-]+)"')
    tested = codes_in("tests", r'"((?:read|run|fetch)/[a-z-]+|unexplained-number|unknown-unit)"')
    assert len(described) > 20
    assert described - raised <= {"unexplained-number", "unknown-unit"}
    assert raised - described == set()
    assert described - tested == set()


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Tables of reports whose names, titles and sentences are formulas and statements."""
    folder = tmp_path_factory.mktemp("out")
    reports = folder / "reports"
    reports.mkdir()
    for number, formula in enumerate(FORMULAS):
        text = f"{formula}市司法局2020年工作总结\n{formula}受理申请{number + 3}件，审结2件。\n"
        name = formula.replace("/", "").strip() or "x"
        (reports / f"{name}{number}.txt").write_text(text, encoding="utf-8")
    (reports / "x'); DROP TABLE facts;--.txt").write_text(
        "x'); DROP TABLE facts;--\n受理申请'); DELETE FROM facts;--5件。\n", encoding="utf-8"
    )
    run(reports, folder / "out", formats=["csv", "xlsx", "sqlite"])
    return folder / "out"


def test_no_cell_of_a_table_is_run_by_a_spreadsheet(out: Path) -> None:
    cells = numbers = 0
    for path in sorted(out.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.reader(file):
                for cell in row:
                    cells += 1
                    if cell[:1] in ("+", "-") and len(cell) > 1:
                        assert re.fullmatch(r"[+-][\d.,]+%?", cell), cell
                        numbers += 1
                    assert cell[:1] not in ("=", "@", "\t", "\r") or len(cell) == 1, cell
    assert cells > 300
    workbook = openpyxl.load_workbook(out / "tables.xlsx")
    for sheet in workbook:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", (sheet.title, cell.value)


def test_statements_in_a_report_are_text_to_a_database(out: Path) -> None:
    with sqlite3.connect(out / "tables.sqlite") as connection:
        rows = connection.execute("SELECT document, sentence FROM facts").fetchall()
    assert any("DROP TABLE" in document for document, _ in rows)
    assert any("DELETE FROM" in sentence for _, sentence in rows)

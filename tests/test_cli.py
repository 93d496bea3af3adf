"""The command line: what it prints, and how it says what is wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from govextract.cli import app
from govextract.errors import GovextractError
from govextract.table import FACTS

TEXT = "宜昌市2022年工作报告\n一、工作情况\n2022年，全市收到行政复议申请247件，受理217件。\n"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def invoke(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_show_marks_the_facts_in_the_text(report: Path) -> None:
    output = invoke("show", report).output
    assert "收到行政复议申请【247件】{收到行政复议申请 247件 count 2022}，" in output


def test_show_as_json_and_as_table(report: Path) -> None:
    rows = json.loads(invoke("show", report, "--json").output)
    assert [row["value"] for row in rows] == [247, 217]
    assert list(rows[0]) == [column.name for column in FACTS]
    lines = invoke("show", report, "--table").output.splitlines()
    assert lines[0].split("\t")[:2] == ["text", "indicator"]
    assert len(lines) == 3


def test_explain_tells_where_words_were_carried_from(report: Path) -> None:
    output = invoke("explain", report, "--number", "217件").output
    assert "受理行政复议申请" in output
    assert "carry/object" in output
    assert "行政复议申请" in output


def test_explain_tells_why_a_number_is_none(report: Path) -> None:
    output = invoke("explain", report, "--number", "2022").output
    assert "is no quantity: rule exclude/" in output


def test_explain_tells_of_a_place_that_is_no_prose_or_no_number(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(
        "表1 办理情况\n项目 | 数量\n受理 | 12\n审结 | 9\n总结全年工作。\n", encoding="utf-8"
    )
    text = path.read_text(encoding="utf-8")
    said = invoke("explain", path, "--at", text.index("项目")).output
    assert "lies in a table, which is not read as prose" in said
    said = invoke("explain", path, "--at", text.index("全年")).output
    assert "no rule finds a quantity at" in said


def test_explain_wants_one_place(report: Path) -> None:
    result = invoke("explain", report)
    assert isinstance(result.exception, GovextractError)
    assert "--at" in str(result.exception)


def test_explain_refuses_an_offset_outside(report: Path) -> None:
    result = invoke("explain", report, "--at", len(TEXT))
    assert isinstance(result.exception, GovextractError)


def test_columns_are_those_of_the_table() -> None:
    rows = json.loads(invoke("columns", "--json").output)
    assert [row["column"] for row in rows] == [column.name for column in FACTS]


def test_an_unknown_table_is_refused_with_the_known_ones() -> None:
    result = invoke("columns", "fact")
    assert isinstance(result.exception, GovextractError)
    assert "facts" in str(result.exception)


def test_errors_are_one_line_and_exit_with_2(tmp_path: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "govextract", "show", str(tmp_path / "none.txt")],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).resolve().parents[1] / "src",
    )
    assert result.returncode == 2
    assert result.stderr.startswith("govextract: ")
    assert result.stderr.count("\n") == 1
    assert "Traceback" not in result.stderr


def test_the_readme_is_current_and_its_test_command_is_that_of_ci() -> None:
    root = Path(__file__).resolve().parents[1]
    readme = (root / "README.md").read_text(encoding="utf-8")
    commands = [part.split("\n```")[0] for part in readme.split("```sh\n")[1:]]
    assert len(commands) == 2
    assert commands[1] in (root / ".ci" / "run").read_text(encoding="utf-8")
    check = subprocess.run(
        [sys.executable, str(root / "scripts" / "readme_tables.py"), "--check"],
        check=False,
        env={"PYTHONPATH": str(root / "src"), "PATH": ""},
    )
    assert check.returncode == 0, "run python scripts/readme_tables.py"

"""``govextract text`` shows what was read."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from govextract.cli.text import text

TEXT = """发布机构: 甲河市司法局
甲河市2020年法治政府建设年度报告
全年受理12件，办结11件，同比增长3%。
表1 办理情况
单位：件
项目 | 数量
受理 | 12
"""


def test_nothing_of_a_report_or_its_name_is_a_command_to_the_terminal(tmp_path: Path) -> None:
    """An escape sequence could clear the screen, or have the terminal type."""
    reports = tmp_path / "reports"
    reports.mkdir()
    report = reports / "a\x1b]0;owned\x07.txt"
    line = "全年受理\x1b]0;owned\x07申请\x9b2J247件。\n"
    report.write_text("审结案件12件。\n" * 90 + line, encoding="utf-8")
    for arguments in (
        ["text", str(report)],
        ["show", str(report)],
        ["explain", str(report), "--number", "247件"],
        ["run", str(reports), "--out", str(tmp_path / "out")],
        ["text", str(report) + "x"],
    ):
        done = subprocess.run(
            [sys.executable, "-m", "govextract", *arguments],
            check=False,
            capture_output=True,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        )
        said = (done.stdout + done.stderr).decode().replace("\n", "")
        assert "247件" in said or "12件" in said or "owned" in said, arguments
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", said), arguments


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def run(*arguments: str) -> str:
    app = typer.Typer()
    app.command()(text)
    result = CliRunner().invoke(app, list(arguments))
    assert result.exit_code == 0, result.output
    return result.stdout


def test_metadata_tables_and_text_are_shown(file: Path) -> None:
    shown = run(str(file))
    assert "issuer: 甲河市司法局" in shown
    assert "genre: law_based_government" in shown
    assert f"table 1: 表1 办理情况 (2 rows, 件; {TEXT.index('项目')}-{len(TEXT) - 1})" in shown
    assert shown.rstrip().endswith(TEXT.rstrip())
    assert "source:" not in shown


def test_lines_begin_with_their_offsets(file: Path) -> None:
    line = next(line for line in run(str(file), "--offsets").splitlines() if "全年受理" in line)
    offset, words = line.split(maxsplit=1)
    assert TEXT[int(offset) :].startswith(words)


def test_json_holds_all_of_the_report(file: Path) -> None:
    report = json.loads(run(str(file), "--json"))
    assert report["text"] == TEXT
    assert report["metadata"]["year"] == 2020
    (table,) = report["tables"]
    assert all(TEXT[cell["start"] : cell["end"]] == cell["text"] for cell in table["cells"])
    assert {region["kind"] for region in report["regions"]} == {"header", "caption", "table"}

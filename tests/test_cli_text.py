"""``govextract text`` shows what was read."""

from __future__ import annotations

import json
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

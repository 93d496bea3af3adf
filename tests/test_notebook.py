"""What Jupyter shows, and the example notebook."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from govextract.model import Metadata, Report
from govextract.pipeline import extract
from scripts_of import load_script
from table_maker import as_report

ROOT = Path(__file__).parent.parent
TEXT = "一、复议\n全年受理行政复议申请247件，<b>办结</b>217件，投入2-3万元。\n"


def test_an_extraction_shows_its_facts_in_their_sentences() -> None:
    extraction = extract(Report("a.txt", TEXT, Metadata(title="<i>总结</i>", year=2023)))
    html = extraction._repr_html_()
    assert "受理行政复议申请<mark>247件</mark>" in html
    assert "<td>20000–30000</td>" in html
    assert "&lt;b&gt;" in html and "<b>办结" not in html and "<i>" not in html


def test_the_mention_that_is_meant_is_marked() -> None:
    text = "二是抓办理。撤销25件，变更5件。\n撤销25件，变更5件。\n"
    html = extract(Report("a.txt", text))._repr_html_()
    assert html.count("撤销<mark>25件</mark>，变更5件") == 2
    assert html.count("撤销25件，变更<mark>5件</mark>") == 2


def test_a_long_report_says_how_many_facts_are_left_out() -> None:
    extraction = extract(Report("a.txt", "全年受理申请247件。\n" * 70))
    assert "and 10 more" in extraction._repr_html_()


def test_a_table_shows_its_merged_cells() -> None:
    html = as_report([["指标", "<数>"], ["收入", "12"]], title="表1").tables[0]._repr_html_()
    assert html.count("<tr>") == 2
    assert "&lt;数&gt;" in html and "<caption>表1" in html


def shown(notebook: dict[str, Any]) -> list[list[tuple[str, list[str]]]]:
    """What kinds of things each code cell shows."""
    return [
        [(output["output_type"], sorted(output.get("data", ()))) for output in cell["outputs"]]
        for cell in notebook["cells"]
        if cell["cell_type"] == "code"
    ]


def test_the_example_runs_and_shows_what_it_showed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    before = json.loads((ROOT / "docs" / "example.ipynb").read_text(encoding="utf-8"))
    after = copy.deepcopy(before)
    load_script("run_notebook").run_cells(after, str(tmp_path))
    assert shown(after) == shown(before)
    assert any(kinds for kinds in shown(after))

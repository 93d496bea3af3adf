"""The commands around gold, called as a user does."""

from __future__ import annotations

import json
import re
from typing import get_args

import pytest
import typer
from typer.testing import CliRunner

from gold_samples import ROW, TEXT, write_sample
from govextract.cli.diff import diff
from govextract.cli.evaluate import evaluate
from govextract.cli.gold import app as gold_app
from govextract.cli.label import ToolChoice
from govextract.cli.label import app as label_app
from govextract.evaluation.gold import load_gold_folder
from govextract.labelling.tools import TOOLS

HEAD = "fact_id,document,start,end,text,value,unit,comparator,indicator,kind,status,origin,rules\n"


def run(app, *arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def single(command):
    app = typer.Typer()
    app.command()(command)
    return app


def write_run(folder, indicator):
    folder.mkdir()
    row = f"f1,a.txt,6,10,247件,247,件,=,{indicator},count,actual,text,unit/jian\n"
    (folder / "facts.csv").write_text(HEAD + row, encoding="utf-8-sig")
    return folder


def test_the_command_line_offers_the_tools_that_there_are():
    assert set(get_args(ToolChoice)) == set(TOOLS)


def test_a_report_goes_out_blank_and_comes_back_blind(tmp_path):
    report = tmp_path / "报告.txt"
    report.write_text(TEXT, encoding="utf-8")
    out = tmp_path / "out"
    exported = run(label_app, "export", report, "--to", "doccano", "--blank", "--out", out)
    assert exported.exit_code == 0, exported.output
    file = out / "doccano.jsonl"
    row = json.loads(file.read_text(encoding="utf-8"))
    assert (row["entities"], row["labelled"]) == ([], "blind")
    row["entities"] = [{"id": 1, "label": "count", "start_offset": 6, "end_offset": 10}]
    row["Comments"] = ["247件: value=247; unit=件; indicator=收到申请"]
    file.write_text(json.dumps(row), encoding="utf-8")
    gold = tmp_path / "gold"
    imported = run(label_app, "import", file, "--from", "doccano", "--out", gold)
    assert imported.exit_code == 0, imported.output
    ((mention,),) = (file.mentions for file in load_gold_folder(gold))
    assert (mention.text, mention.labelled) == ("247件", "blind")
    assert run(gold_app, "lint", gold).exit_code == 0


def test_gold_goes_out_with_its_labels(tmp_path):
    path = write_sample(tmp_path)
    run(label_app, "export", path, "--to", "brat", "--out", tmp_path / "brat")
    assert "247件" in (tmp_path / "brat" / "a.ann").read_text(encoding="utf-8")


def test_lint_prints_findings_and_exits_with_1(tmp_path):
    path = write_sample(tmp_path, rows=[ROW | {"kind": "x"}])
    result = run(gold_app, "lint", tmp_path)
    assert result.exit_code == 1
    assert f"{path}:1:" in result.output


def test_agreement_is_printed(tmp_path):
    write_sample(tmp_path / "one")
    write_sample(tmp_path / "two", rows=[ROW | {"kind": "measure"}])
    result = run(gold_app, "agreement", tmp_path / "one", tmp_path / "two")
    assert "count | measure" in result.output
    told = json.loads(
        run(gold_app, "agreement", tmp_path / "one", tmp_path / "two", "--json").output
    )
    assert told["fact"]["f1"] == 1


def test_evaluate_and_diff(tmp_path):
    gold = tmp_path / "gold"
    write_sample(gold)
    old, new = write_run(tmp_path / "old", "别的"), write_run(tmp_path / "new", "收到申请")
    scored = run(single(evaluate), gold, "--facts", new, "--json")
    assert json.loads(scored.output)["sum"]["measures"]["fact"]["f1"] == 1
    scored = run(single(evaluate), gold, "--facts", old, "--json", "--calibration")
    (told,) = json.loads(scored.output)["calibration"]["bins"]
    assert (told["facts"], told["right"], told["share"]) == (1, 0, 0)
    scored = run(single(evaluate), gold, "--facts", old, "--json", "--rules")
    assert json.loads(scored.output)["rules"][0]["rule"] == "unit/jian"
    scored = run(single(evaluate), gold, "--facts", old, "--calibration", "--rules")
    assert re.search(r"unit/jian +1 +1 +0.000", scored.output)
    assert "| 0.90 to 1.00 | 1 | 1.000 | 0.000 |" in scored.output
    told = run(single(diff), old, new).output
    assert re.search(r"changed\s+indicator\s+1", told)
    told = run(single(diff), old, new, "--gold", gold).output
    assert re.search(r"gain\s+indicator\s+1", told)


@pytest.mark.parametrize("errors", [0, 3])
def test_evaluate_prints_errors_when_asked(tmp_path, errors):
    gold = tmp_path / "gold"
    write_sample(gold)
    scored = run(
        single(evaluate), gold, "--facts", write_run(tmp_path / "run", "别的"), "--errors", errors
    )
    assert (TEXT in scored.output) is bool(errors)


def test_a_report_goes_out_with_the_programs_facts_and_comes_back_corrected(tmp_path):
    report = tmp_path / "报告.txt"
    report.write_text(TEXT, encoding="utf-8")
    out, gold = tmp_path / "out", tmp_path / "gold"
    run(label_app, "export", report, "--to", "label-studio", "--out", out)
    imported = run(
        label_app, "import", out / "label-studio.json", "--from", "label-studio", "--out", gold
    )
    assert imported.exit_code == 0, imported.output
    ((first, *_),) = (file.mentions for file in load_gold_folder(gold))
    assert (first.text, first.labelled) == ("247件", "corrected")

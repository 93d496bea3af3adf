"""No command writes over a file that is there, unless it is told to."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from govextract.batch import run
from govextract.cli import app
from govextract.errors import UsageError
from small_reports import write_reports

MINE = "what a person made"
ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run")
    run(ROOT / "corpus" / "保定市", folder / "out")
    return folder / "out"


def commands(out: Path, folder: Path) -> dict[str, tuple[list[str], Path]]:
    """Return arguments of commands that write, and a file that each would write."""
    report = str(write_reports(folder / "reports", 1) / "2020" / "甲00市.txt")
    gold = str(next((ROOT / "gold").rglob("*.gold.jsonl")))
    concept = ["compare", str(out), "--indicator", "national_accounts/gdp"]
    export = ["label", "export", report, "--out", str(folder), "--to"]
    return {
        "show": (["show", report, "--html", str(folder / "a.html")], folder / "a.html"),
        "docbin": (["gold", "docbin", gold, str(folder / "a.spacy")], folder / "a.spacy"),
        "explore": (["explore", str(out), "--html", str(folder / "b.html")], folder / "b.html"),
        "explore folder": (["explore", str(out), "-o", str(folder / "p")], folder / "p/index.html"),
        "compare csv": ([*concept, "-f", "csv", "-o", str(folder / "a.csv")], folder / "a.csv"),
        "compare xlsx": ([*concept, "-f", "xlsx", "-o", str(folder / "a.xlsx")], folder / "a.xlsx"),
        "matrix": (["compare", str(out), "-f", "xlsx", "-o", str(folder / "m")], folder / "m"),
        "doccano": ([*export, "doccano"], folder / "doccano.jsonl"),
        "label-studio": ([*export, "label-studio"], folder / "label-studio.xml"),
        "brat": ([*export, "brat"], folder / "annotation.conf"),
    }


@pytest.mark.parametrize(
    "name",
    [
        "show", "docbin", "explore", "explore folder", "compare csv", "compare xlsx", "matrix",
        "doccano", "label-studio", "brat",
    ],
)  # fmt: skip
def test_a_file_that_is_there_stays_without_force(out: Path, tmp_path: Path, name: str) -> None:
    arguments, path = commands(out, tmp_path)[name]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(MINE, encoding="utf-8")
    refused = CliRunner().invoke(app, arguments)
    assert isinstance(refused.exception, UsageError), refused.output
    assert refused.exception.remedy.endswith("--force to overwrite")
    assert path.read_text(encoding="utf-8") == MINE
    assert CliRunner().invoke(app, [*arguments, "--force"]).exit_code == 0
    assert path.read_bytes() != MINE.encode()
    assert not list(path.parent.glob(".*.part"))


def test_gold_of_a_person_stays_without_force(tmp_path: Path) -> None:
    report = write_reports(tmp_path / "reports", 1) / "2020" / "甲00市.txt"
    CliRunner().invoke(
        app, ["label", "export", str(report), "--to", "brat", "--out", str(tmp_path / "t")]
    )
    arguments = [
        "label",
        "import",
        str(tmp_path / "t"),
        "--from",
        "brat",
        "--out",
        str(tmp_path / "g"),
    ]
    assert CliRunner().invoke(app, arguments).exit_code == 0
    gold = next((tmp_path / "g").rglob("*.gold.jsonl"))
    gold.write_text(MINE, encoding="utf-8")
    assert isinstance(CliRunner().invoke(app, arguments).exception, UsageError)
    assert gold.read_text(encoding="utf-8") == MINE
    assert CliRunner().invoke(app, [*arguments, "--force"]).exit_code == 0
    assert gold.read_text(encoding="utf-8") != MINE


def test_a_page_of_an_earlier_run_is_written_anew(out: Path) -> None:
    for _ in range(2):
        assert CliRunner().invoke(app, ["explore", str(out)]).exit_code == 0

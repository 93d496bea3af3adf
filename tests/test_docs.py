"""What the pages of docs/ tell a reader to do works, and their links lead somewhere."""

from __future__ import annotations

import json
import re
import shlex
import tomllib
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

import pytest
from typer.testing import CliRunner

from govextract.cli import app
from govextract.lexicon import load_lexicon
from govextract.lexicon.indicators import load_indicators
from govextract.lexicon.units import load_units
from govextract.model import Report
from govextract.pipeline import extract
from govextract.readers.layout import Layout, build_report
from govextract.table import FACTS

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", page.read_text(encoding="utf-8"), re.M | re.S)


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "corpus").symlink_to(ROOT / "corpus")
    (tmp_path / "gold").symlink_to(ROOT / "gold")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("page", [DOCS / "tutorial.md", ROOT / "README.zh.md"])
def test_the_commands_of_the_tutorial_work(page: Path, workplace: Path) -> None:
    lines = "".join(blocks(page, "sh")).splitlines()
    commands = [line for line in lines if line.startswith("govextract ")]
    assert len(commands) >= 8
    for command in commands:
        result = CliRunner().invoke(app, shlex.split(command)[1:])
        assert result.exit_code == 0, (command, result.output)
    written = {path.name for path in (workplace / "out").iterdir()}
    assert {"facts.csv", "explore.html", "population.csv", "population.html"} <= written


@pytest.mark.parametrize("page", ["tutorial.md", "spacy.md", "../README.zh.md"])
def test_the_python_of_a_page_runs(page: str, workplace: Path) -> None:
    import_module("govextract.spacy")  # known by its entry point only where it is installed
    space: dict[str, object] = {}
    for block in blocks(DOCS / page, "python"):
        exec(block, space)
    assert space


def test_entries_of_the_guide_are_rules(tmp_path: Path) -> None:
    entries = [block for block in blocks(DOCS / "extending.md", "toml") if "[[" in block]
    (tmp_path / "my.toml").write_text("\n".join(entries), encoding="utf-8")
    lexicon = load_lexicon(tmp_path / "my.toml")
    unit, concept, style = (next(iter(tomllib.loads(entry).values()))[0] for entry in entries)
    assert load_units(lexicon).find("坨").id == unit["id"]
    assert load_indicators(lexicon).concepts[concept["id"]].name == concept["name"]
    text = "第一编 总论\n全年新建停车泊位1200个，发现12坨。\n第二编 分论\n坨里镇。\n"
    report = build_report(b"", "甲市2023年政府工作报告.txt", Layout(text), reader="test")
    found = extract(report, lexicon)
    assert [section.rule for section in found.sections] == [style["id"]] * 2
    assert [(fact.text, fact.indicator_id) for fact in found.facts] == [
        ("1200个", concept["id"]),
        ("12坨", ""),
    ]


def test_no_two_files_of_rules_share_a_table() -> None:
    """A table of a user's file goes to each file of rules that has one of that name."""
    seen: dict[str, str] = {}
    for path in sorted((ROOT / "src" / "govextract" / "data").glob("*.toml")):
        for table in tomllib.loads(path.read_text(encoding="utf-8")):
            assert seen.setdefault(table, path.name) == path.name


def test_the_reader_of_the_guide_reads() -> None:
    (source,) = blocks(DOCS / "extending.md", "python")
    module = ModuleType("crawl")
    exec(source, module.__dict__)
    data = json.dumps({"title": "甲市2023年工作总结", "lines": ["受理申请247件。"]}).encode()
    report: Report = module.read(data, "a.crawl")
    assert (report.reader, report.metadata.title) == ("crawl", "甲市2023年工作总结")
    assert [fact.text for fact in extract(report).facts] == ["247件"]


def test_every_column_is_explained_in_chinese() -> None:
    page = (ROOT / "README.zh.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| ([^|]+) \| [^|]+ \|$", page, re.M)
    assert rows == [(column.name, column.zh) for column in FACTS]


@pytest.mark.parametrize(
    "page",
    [*sorted(DOCS.glob("*.md")), *sorted(ROOT.glob("*.md")), *sorted(ROOT.glob("gold/*.md"))],
)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8")):
        if not target.startswith(("http://", "https://")):
            assert (page.parent / target).exists(), target


def test_the_site_is_built_without_a_warning(tmp_path: Path) -> None:
    if find_spec("material") is None:
        pytest.skip("mkdocs-material is not installed")
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    config = load_config(str(ROOT / "mkdocs.yml"), site_dir=str(tmp_path), strict=True)
    build(config)
    assert (tmp_path / "rules.html").exists()

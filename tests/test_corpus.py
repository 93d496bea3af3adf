"""The corpus, its manifest and its gold belong together; the reader sees what the manifest says."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from govextract.evaluation.gold import SUFFIX, load_gold
from govextract.evaluation.lint import lint_folder
from govextract.lexicon.areas import load_areas
from govextract.readers import read

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "corpus"
GOLD = ROOT / "gold"
MARK = "（本文为 govextract 项目编写的示例，数字均为虚构）"
MANIFEST: list[dict[str, Any]] = tomllib.loads((CORPUS / "manifest.toml").read_text("utf-8"))[
    "report"
]
PATHS = [entry["path"] for entry in MANIFEST]


def test_manifest_lists_each_report_once_in_order() -> None:
    texts = sorted(path.relative_to(CORPUS).as_posix() for path in CORPUS.rglob("*.txt"))
    assert texts == PATHS


def test_each_report_has_gold_and_each_gold_file_a_report() -> None:
    labelled = sorted(
        path.relative_to(GOLD).as_posix().removesuffix(SUFFIX) + ".txt"
        for path in GOLD.rglob(f"*{SUFFIX}")
    )
    assert labelled == PATHS


def test_gold_keeps_the_rules() -> None:
    assert lint_folder(GOLD) == []


@pytest.mark.parametrize("path", PATHS)
def test_each_report_says_that_its_figures_are_invented(path: str) -> None:
    first_lines = (CORPUS / path).read_text("utf-8").split("\n")[:15]
    assert any(MARK in line for line in first_lines)


@pytest.mark.parametrize("entry", MANIFEST, ids=lambda entry: entry["path"])
def test_manifest_agrees_with_the_folders(entry: dict[str, Any]) -> None:
    area, year, _ = entry["path"].split("/")
    assert (entry["area"], str(entry["year"])) == (area, year)


@pytest.mark.parametrize("path", PATHS)
def test_no_label_stands_in_a_table(path: str) -> None:
    file = load_gold(GOLD / path.replace(".txt", SUFFIX))
    cells = [mention.text for mention in file.mentions if "|" in _line(file.text, mention.start)]
    assert cells == []


def _line(text: str, offset: int) -> str:
    end = text.find("\n", offset)
    return text[text.rfind("\n", 0, offset) + 1 : end if end >= 0 else len(text)]


@pytest.mark.parametrize("entry", MANIFEST, ids=lambda entry: entry["path"])
def test_area_code_is_that_of_the_area(entry: dict[str, Any]) -> None:
    place = load_areas().at(entry["area_code"], entry["year"])
    assert place is not None
    assert place.name == entry["area"]


@pytest.mark.parametrize("entry", MANIFEST, ids=lambda entry: entry["path"])
def test_metadata_is_read_as_the_manifest_says(entry: dict[str, Any]) -> None:
    metadata = read(CORPUS / entry["path"], entry["path"]).metadata
    assert metadata.area.endswith(entry["area"])
    found = {name: getattr(metadata, name) for name in ("title", "issuer", "year", "genre")}
    assert found == {name: entry[name] for name in found}

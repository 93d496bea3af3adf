"""Each entry of phrases.toml has examples; what they say must come out of the whole pipeline."""

from __future__ import annotations

import pytest

from govextract.lexicon import default_lexicon, load_lexicon
from govextract.lexicon.phrases import load_phrases
from govextract.model import Report
from govextract.pipeline import extract

ENTRIES = default_lexicon().entries("phrases.toml", "words")
CASES = [
    pytest.param(text, indicator, id=f"{entry['id']}: {text}")
    for entry in ENTRIES
    for text, indicator in (*entry.get("examples", ()), *entry.get("counters", ()))
]


def last_indicator(text: str) -> str:
    return extract(Report("report.txt", text)).facts[-1].indicator


@pytest.mark.parametrize(("text", "indicator"), CASES)
def test_the_last_number_of_an_example_measures_what_it_says(text: str, indicator: str) -> None:
    assert last_indicator(text) == indicator


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: str(entry["id"]))
def test_each_entry_has_an_example(entry: dict[str, object]) -> None:
    assert entry.get("examples")


def test_a_user_adds_a_verb(tmp_path: object) -> None:
    text = "全年收到来信90件，批转80件"
    assert last_indicator(text) != "批转来信"
    path = tmp_path / "my.toml"  # type: ignore[operator]
    path.write_text(
        '[[words]]\nid = "verb/mine"\nrole = "verb"\nwords = ["批转"]\n', encoding="utf-8"
    )
    lexicon = load_lexicon(path)
    assert extract(Report("report.txt", text), lexicon).facts[-1].indicator == "批转来信"
    assert "批转" in load_phrases(lexicon).verb

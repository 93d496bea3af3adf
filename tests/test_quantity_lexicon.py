"""Each entry of the rule data matches its examples and not its counter-examples."""

from __future__ import annotations

from pathlib import Path

import pytest

from govextract.errors import LexiconError
from govextract.lexicon import default_lexicon, load_lexicon
from govextract.lexicon.comparators import load_comparators
from govextract.lexicon.exclusions import ExclusionRule, load_exclusions
from govextract.lexicon.units import Unit, load_units
from govextract.stages.quantities import find_quantities

LEXICON = default_lexicon()
UNITS = list({unit.id: unit for unit in load_units(LEXICON).by_form.values()}.values())
WORDS = [
    *LEXICON.entries("comparators.toml", "comparator"),
    *LEXICON.entries("comparators.toml", "direction"),
    *LEXICON.entries("comparators.toml", "noun"),
]


def units_of(text: str) -> set[str]:
    return {item.unit for item in find_quantities(text, LEXICON).quantities}


def rules_of(text: str) -> set[str]:
    return {rule for item in find_quantities(text, LEXICON).quantities for rule in item.rules}


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.id)
def test_unit(unit: Unit) -> None:
    assert unit.name in units_of(f"共计{unit.example}，")
    assert unit.id in rules_of(f"共计{unit.example}，")
    assert unit.id not in rules_of(f"，{unit.counter}，")
    assert unit.factor > 0


def test_there_are_four_hundred_units() -> None:
    assert len(UNITS) >= 400


@pytest.mark.parametrize("form", load_units(LEXICON).by_form)
def test_every_form_is_read_whole(form: str) -> None:
    behind = {"日": "内", "级": "地震"}.get(form, "，")
    found = find_quantities(f"共计12{form}{behind}", LEXICON).quantities
    assert [item.text for item in found] == [f"12{form}"]


@pytest.mark.parametrize("rule", load_exclusions(LEXICON), ids=lambda rule: rule.id)
def test_exclusion(rule: ExclusionRule) -> None:
    for text in rule.examples:
        assert rule.id in {item.rule for item in find_quantities(text, LEXICON).exclusions}, text
    for text in rule.counters:
        assert rule.id not in {item.rule for item in find_quantities(text, LEXICON).exclusions}
    assert rule.examples and rule.counters


@pytest.mark.parametrize("entry", WORDS, ids=lambda entry: entry["id"])
def test_words_around_a_number(entry: dict[str, str]) -> None:
    if entry["id"].startswith("noun/"):
        kinds = {
            text: [item.kind for item in find_quantities(text, LEXICON).quantities]
            for text in (entry["example"], entry["counter"])
        }
        assert kinds == {entry["example"]: [entry["kind"]], entry["counter"]: ["duration"]}
    else:
        assert entry["id"] in rules_of(entry["example"])
        assert entry["id"] not in rules_of(entry["counter"])


def test_links_stand_between_a_direction_and_its_number() -> None:
    for entry in LEXICON.entries("comparators.toml", "link"):
        for word in entry["words"]:
            kinds = [item.kind for item in find_quantities(f"增长{word}5%", LEXICON).quantities]
            assert kinds == (["ratio"] if entry.get("level") else ["change"]), word


def test_a_users_unit_is_laid_over_the_package(tmp_path: Path) -> None:
    overlay = tmp_path / "my.toml"
    overlay.write_text(
        '[[unit]]\nid = "unit/mine"\nname = "筐"\nforms = ["筐"]\ndimension = "classifier"\n'
        'kind = "count"\nexample = "3筐"\ncounter = "箩筐"\n',
        encoding="utf-8",
    )
    found = find_quantities("收苹果30筐，", load_lexicon(overlay)).quantities
    assert [(item.text, item.unit) for item in found] == [("30筐", "筐")]


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        ('[[unit]]\nid = "unit/x"\nname = "x"\n', "unit/x"),
        (
            '[[unit]]\nid = "unit/x"\nname = "x"\nforms = ["件"]\ndimension = "d"\nkind = "count"\n'
            'example = "1"\ncounter = "2"\n',
            "also belongs",
        ),
        ('[[exclusion]]\nid = "exclude/x"\nfirst = "arabic"\npattern = "("\n', "exclude/x"),
    ],
)
def test_broken_rule_data_says_where(tmp_path: Path, content: str, wanted: str) -> None:
    overlay = tmp_path / "my.toml"
    overlay.write_text(content, encoding="utf-8")
    with pytest.raises(LexiconError, match=wanted):
        find_quantities("12件", load_lexicon(overlay))


def test_words_are_indexed_by_their_last_characters() -> None:
    comparators = load_comparators(LEXICON)
    assert "近" in comparators.last_characters
    assert {"长", "降"} <= comparators.last_of_changes
    assert "件" not in comparators.last_characters

"""Concepts: the data is sound, each wording finds its own, and the gold labels are met."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govextract.errors import LexiconError
from govextract.lexicon import default_lexicon, load_lexicon
from govextract.lexicon.indicators import Concept, clean, load_dimensions, load_indicators
from govextract.model import Metadata, Report
from govextract.pipeline import extract
from govextract.stages.concepts import link_concept

LEXICON = default_lexicon()
CONCEPTS = load_indicators(LEXICON).concepts
GOLD = Path(__file__).parent.parent / "gold" / "concepts.tsv"
WORDING = "indicator_wording.toml"
EXPENDITURE = "fiscal/general_expenditure"


def circumstances(concept: Concept) -> tuple[str, str, str]:
    """A unit, a kind and a genre in which the concept is at home."""
    units = load_dimensions(LEXICON)[concept.dimension]
    unit = next((unit for unit in ("元", "%", "件", "人") if unit in concept.units), "")
    if not unit:
        unit = max(concept.units or units.units)
    return unit, min(concept.kinds), min(concept.genres, default="")


def linked(text: str, unit: str, kind: str, genre: str = "", section: str = "") -> str:
    link = link_concept(text, unit, kind, LEXICON, genre=genre, section=section)
    return "" if link is None else link.id


# The data


def test_there_are_concepts_of_all_fields() -> None:
    assert len(CONCEPTS) >= 250
    assert all(concept_id.count("/") == 1 for concept_id in CONCEPTS)


def test_parents_lead_to_a_root() -> None:
    for concept in CONCEPTS.values():
        seen = {concept.id}
        parent = concept.parent
        while parent:
            assert parent not in seen
            seen.add(parent)
            parent = CONCEPTS[parent].parent


def test_genres_are_known() -> None:
    genres = {entry["id"] for entry in LEXICON.entries("genres.toml", "genre")}
    assert {genre for item in CONCEPTS.values() for genre in item.genres} <= genres


@pytest.mark.parametrize("field", sorted({concept_id.split("/")[0] for concept_id in CONCEPTS}))
def test_examples_match_and_counter_examples_do_not(field: str) -> None:
    for concept in CONCEPTS.values():
        if concept.id.startswith(f"{field}/"):
            unit, kind, genre = circumstances(concept)
            for text in concept.examples:
                assert linked(text, unit, kind, genre) == concept.id, text
            for text in concept.counter_examples:
                assert linked(text, unit, kind, genre) != concept.id, text
                assert linked(text, "%", "change", genre) != concept.id, text


@pytest.mark.parametrize("table", ["prefix", "suffix", "own_level", "opening"])
def test_wording_loses_what_it_may(table: str) -> None:
    for entry in LEXICON.entries(WORDING, table):
        for key, same in (("examples", True), ("counter_examples", False)):
            for line in entry[key]:
                long, short = line.split(" -> ")
                found = [
                    {linked(text, unit, kind, "budget") for unit, kind in MEASURES}
                    for text in (long, short)
                ]
                assert (found[0] == found[1]) is same, line


MEASURES = [("元", "amount"), ("人", "count"), ("%", "change"), ("平方米", "measure")]


# Linking


@pytest.mark.parametrize(
    "text",
    [
        "一般公共预算收入",
        "地方一般公共预算收入",
        "全年全市地方财政一般公共预算收入完成",
        "全市“一般公共预算收入”（地方级）",
        "海口市一般公共预算收入",
        "2023年昆明一般公共预算收入比上年",
        "八、财政和金融 全年一般公共预算收入",
    ],
)
def test_wordings_of_one_concept(text: str) -> None:
    assert linked(text, "元", "amount") == "fiscal/general_revenue"


@pytest.mark.parametrize(
    ("text", "unit", "kind", "concept"),
    [
        ("财政总收入", "元", "amount", "fiscal/total_revenue"),
        ("第三产[3]业增加值", "元", "amount", "national_accounts/tertiary"),
        ("地区生产总值", "%", "change", "national_accounts/gdp"),
        ("地区生产总值增速", "百分点", "change", ""),
        ("常住人口城镇化率", "百分点", "change", "population/urbanisation"),
        ("猪肉", "吨", "measure", "agriculture/pork_output"),
        ("猪肉", "%", "change", ""),
        ("地区生产总值", "%", "ratio", ""),
        ("地区生产总值", "人", "count", ""),
        ("地区生产总值", "位", "rank", ""),
        ("粮食产量", "元", "amount", ""),
        ("三次产业结构比", "", "ratio", ""),
        ("民营经济增加值占地区生产总值比重", "%", "ratio", ""),
        ("市场主体", "户", "count", "market/entities"),
        ("香港进出口总额", "元", "amount", ""),
        ("城镇人口", "人", "count", "population/urban"),
        ("城镇人口", "%", "ratio", "population/urbanisation"),
        ("", "件", "count", ""),
    ],
)
def test_unit_and_kind_decide(text: str, unit: str, kind: str, concept: str) -> None:
    assert linked(text, unit, kind) == concept


@pytest.mark.parametrize(
    ("genre", "section", "concept"),
    [
        ("court", "", "court/accepted"),
        ("law_based_government", "行政复议工作", "reconsideration/accepted"),
        ("law_based_government", "", ""),
        ("", "", ""),
    ],
)
def test_bare_wording_needs_its_context(genre: str, section: str, concept: str) -> None:
    assert linked("受理案件", "件", "count", genre, section) == concept


def test_own_level_scores_lower_than_the_whole() -> None:
    whole = link_concept("一般公共预算收入", "元", "amount", LEXICON)
    own = link_concept("市本级一般公共预算收入", "元", "amount", LEXICON)
    assert whole is not None
    assert own is not None
    assert own.id == whole.id
    assert own.score < whole.score


@pytest.mark.parametrize(("key", "concept"), [("examples", ""), ("counter_examples", EXPENDITURE)])
def test_accounts_of_one_body_are_not_the_places(key: str, concept: str) -> None:
    for entry in LEXICON.entries(WORDING, "own_accounts"):
        for title in entry[key]:
            metadata = Metadata(title=title, genre="budget")
            report = Report("a.txt", "一般公共预算支出20亿元。", metadata, content_hash="a")
            (fact,) = extract(report, LEXICON).facts
            assert fact.indicator_id == concept


def test_a_part_of_a_narrower_whole_is_not_the_whole_places() -> None:
    text = "全年民营经济增加值20亿元,其中,第一产业增加值3亿元,增长4%。第一产业增加值5亿元,增长6%。"
    report = Report("a.txt", text, Metadata(genre="statistical_bulletin"), content_hash="a")
    found = {fact.text: fact.indicator_id for fact in extract(report, LEXICON).facts}
    assert found["20亿元"] == "national_accounts/private_value_added"
    assert (found["3亿元"], found["4%"]) == ("", "")
    assert (found["5亿元"], found["6%"]) == ("national_accounts/primary",) * 2


@given(
    st.text(max_size=30)
    | st.sampled_from([text for c in CONCEPTS.values() for text in c.surfaces]),
    st.sampled_from(["元", "%", "", "件", "百分点"]),
    st.sampled_from(["amount", "count", "change", "rank"]),
)
def test_linking_never_raises_and_respects_kinds(text: str, unit: str, kind: str) -> None:
    link = link_concept(text, unit, kind, LEXICON)
    if link is not None:
        concept = CONCEPTS[link.id]
        assert kind in concept.kinds or kind == "change"
        assert 0.6 <= link.score <= 1


@given(st.text(max_size=40))
def test_cleaning_is_stable(text: str) -> None:
    assert clean(clean(text)) == clean(text)


# Overlays and broken data


def overlay(folder: Path, **changes: str) -> Path:
    values = {
        "id": '"my/thing"', "name": '"某指标"', "name_en": '"Thing"', "definition": '"x"',
        "source": '"x"', "dimension": '"cases"', "examples": "[]", "counter_examples": "[]",
    }  # fmt: skip
    lines = [f"{key} = {value}" for key, value in (values | changes).items()]
    path = folder / "my.toml"
    path.write_text("\n".join(["[[concept]]", *lines]), encoding="utf-8")
    return path


def test_an_overlay_adds_a_concept(tmp_path: Path) -> None:
    lexicon = load_lexicon(overlay(tmp_path))
    link = link_concept("某指标", "件", "count", lexicon)
    assert link is not None
    assert link.id == "my/thing"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("dimension", '"no such"'),
        ("parent", '"no/such"'),
        ("not", '["no/such"]'),
        ("patterns", '["("]'),
    ],
)
def test_broken_data_is_refused(tmp_path: Path, key: str, value: str) -> None:
    with pytest.raises(LexiconError):
        load_indicators(load_lexicon(overlay(tmp_path, **{key: value})))


# The gold labels


def gold() -> list[dict[str, str]]:
    with GOLD.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_gold_labels_are_met() -> None:
    rows = gold()
    assert len(rows) >= 300
    assert {row["concept"] for row in rows} - {""} <= set(CONCEPTS)
    found = [linked(row["indicator"], row["unit"], row["kind"], row["genre"]) for row in rows]
    pairs = list(zip(rows, found, strict=True))
    wrong = [(row, link) for row, link in pairs if link and link != row["concept"]]
    missed = [row for row, link in pairs if row["concept"] and not link]
    assert len(wrong) <= 0.005 * len(rows), wrong
    assert len(missed) <= 0.02 * sum(bool(row["concept"]) for row in rows), missed

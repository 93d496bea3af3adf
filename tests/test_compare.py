"""One figure an area and year: the choice by its rules, growth, ranks, coverage, formats."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from fact_maker import change, document_row, make_fact, write_run
from govextract.cli import app
from govextract.compare import Request, compare
from govextract.compare.candidates import Candidate, Document
from govextract.compare.choice import RULES, agree, choose
from govextract.compare.fonts import MissingFontError, find_font
from govextract.compare.listing import cluster_unlinked, count_concepts
from govextract.compare.matrix import compare_all
from govextract.compare.request import find_concept, parse_areas, parse_years
from govextract.compare.tables import FIGURES, coverage_rows, figure_rows, growth_check
from govextract.errors import MissingExtraError, UsageError
from govextract.figures import year_of
from govextract.lexicon import default_lexicon
from govextract.lexicon.comparison import Font, load_comparison
from govextract.lexicon.indicators import load_indicators

GDP = "地区生产总值"
OWN = Document("411500", "信阳市", "河南省", 2023, "statistical_bulletin")


def candidate(document: Document = OWN, *, whole_year: bool = True, **fields: Any) -> Candidate:
    fact = make_fact(**fields)
    assert fact.value is not None
    return Candidate(fact, document, fact.value, fact.unit, whole_year)


def taken(*candidates: Candidate) -> tuple[Candidate, str]:
    """The statement that is taken, and the rule by which the other loses."""
    concept = find_concept(GDP, default_lexicon())
    choice = choose(candidates, concept, "元", default_lexicon())
    return choice.candidate, choice.alternatives[0].rule


BETTER = {
    "choice/status": (candidate(), candidate(status="prior", value=3)),
    "choice/period": (candidate(), candidate(whole_year=False, value=3)),
    "choice/unit": (candidate(), candidate(unit="美元", value=3)),
    "choice/basis": (candidate(basis="yoy"), candidate(basis="vs_plan", value=3)),
    "choice/version": (candidate(sentence="最终核实，全年地区生产总值3元。"), candidate(value=3)),
    "choice/issuer": (candidate(), candidate(OWN._replace(area_code="410000"), value=3)),
    "choice/report-year": (candidate(), candidate(OWN._replace(year=2024), value=3)),
    "choice/genre": (candidate(), candidate(OWN._replace(genre="work_report"), value=3)),
    "choice/mark": (
        candidate(),
        candidate(text="3元", sentence="迈上3元台阶，达若干元。", value=3),
    ),
    "choice/scope": (candidate(), candidate(indicator="市本级地区生产总值", value=3)),
    "choice/wording": (candidate(), candidate(indicator="国内生产总值", value=3)),
    "choice/part": (candidate(), candidate(part_of="f9", value=3)),
    "choice/comparator": (candidate(), candidate(comparator=">", value=3)),
    "choice/precision": (candidate(number="3196.70"), candidate(number="3", value=3)),
    "choice/origin": (
        candidate(number="1"),
        candidate(number="3", value=3, origin="table:1/r1/c1"),
    ),
    "choice/stated": (
        candidate(number="1", period_source="stated"),
        candidate(number="3", value=3),
    ),
    "choice/first": (candidate(number="1"), candidate(number="3", value=3)),
}


@pytest.mark.parametrize("rule", BETTER)
def test_each_rule_decides_where_all_else_is_equal(rule: str) -> None:
    better, worse = BETTER[rule]
    assert taken(better, worse) == (better, rule)
    if rule != "choice/first":
        assert taken(worse, better) == (better, rule)


def test_every_rule_has_a_case_and_a_reason() -> None:
    assert {rule.id for rule in RULES} - set(BETTER) == {"choice/agreement"}
    assert all(rule.reason for rule in RULES)


def test_two_that_agree_beat_one() -> None:
    odd, one, two = candidate(value=3), candidate(origin="table:1/r2/c2"), candidate()
    choice = choose([odd, one, two], find_concept(GDP, default_lexicon()), "元", default_lexicon())
    assert choice.candidate is two
    by_reason = {item.candidate.fact.fact_id: item for item in choice.alternatives}
    assert by_reason[one.fact.fact_id].agrees
    assert by_reason[odd.fact.fact_id].rule == "choice/agreement"


def test_statements_agree_as_far_as_the_coarser_is_rounded() -> None:
    exact = candidate(value=319670000000, number="3196.70")
    assert agree(exact, candidate(value=320000000000, number="3200")) is False
    assert agree(exact, candidate(value=319700000000, number="3197"))
    assert agree(exact, candidate(value=300000000000, number="3000")) is False


@pytest.mark.parametrize(
    ("period", "year"),
    [
        ("2023", (2023, True)),
        ("2023-01/2023-12", (2023, True)),
        ("/2023-12", (2023, True)),
        ("2023-01/2023-06", (2023, False)),
        ("2023-06", (2023, False)),
        ("/2023-06", (2023, False)),
        ("2019/2023", None),
        ("2022-11/2023-10", None),
        ("", None),
    ],
)
def test_year_of_a_period(period: str, year: tuple[int, bool] | None) -> None:
    assert year_of(period) == year


@pytest.fixture
def run(tmp_path: Path) -> Path:
    nanning = {"document": "南宁/公报.txt", "area_code": "450100", "area": "南宁市", "province": ""}
    facts = [
        make_fact(value=300000000000, period="2022", document="信阳/2022.txt", number="3000.00"),
        make_fact(value=319670000000, number="3196.70", sentence="全年\n地区生产总值，若干。"),
        make_fact(value=40000000000, part_of="f1", indicator="市本级地区生产总值"),
        make_fact(value=999000000000, status="target", period="2024"),
        change(6.5),
        make_fact(indicator_id="population/resident", value=6000000, unit="人", kind="count"),
        make_fact(**nanning, value=621246000000, number="6212.46"),
        make_fact(**nanning, value=621000000000, number="6210"),
        make_fact(indicator_id="trade/retail_sales", value=100, number="100"),
        make_fact(indicator_id="trade/retail_sales", value=90, period="2022"),
        change(11.1, indicator_id="trade/retail_sales"),
        make_fact(
            indicator_id=find_concept("居民消费价格", default_lexicon()).id,
            kind="change",
            value=-0.4,
            unit="%",
        ),
        make_fact(indicator_id="", indicator="全市网格员", value=7, unit="名", kind="count"),
        make_fact(indicator_id="", indicator="网格员", value=9, unit="名", **nanning),
    ]
    documents = [
        document_row("信阳/2022.txt", year=2022),
        document_row("信阳/公报.txt"),
        document_row("南宁/公报.txt", area_code="450100", area="南宁市"),
        document_row("宜昌/公报.txt", area_code="420500", area="宜昌市"),
        document_row("宜昌/法治.txt", area_code="420500", area="宜昌市", genre="disclosure"),
    ]
    return write_run(tmp_path, facts, documents)


def test_a_comparison_has_one_figure_an_area_and_year(run: Path) -> None:
    found = compare(run, Request(GDP))
    rows = [(f.key.area, f.key.year, f.value, f.rank) for f in found.figures]
    assert rows == [
        ("信阳市", 2022, Decimal(300000000000), 1),
        ("南宁市", 2023, Decimal(621246000000), 1),
        ("信阳市", 2023, Decimal(319670000000), 2),
    ]
    assert (found.kind, found.unit) == ("amount", "元")
    assert [(key.area, key.year) for key in found.missing] == [("宜昌市", 2023)]


def test_equal_figures_share_a_rank(tmp_path: Path) -> None:
    codes = {"410100": 5, "410200": 7, "410300": 7, "410400": 3}
    facts = [make_fact(value=value, area_code=code, area=code) for code, value in codes.items()]
    found = compare(write_run(tmp_path, facts, []), Request(GDP))
    assert [(f.key.area, f.rank) for f in found.figures] == [
        ("410200", 1), ("410300", 1), ("410100", 3), ("410400", 4),
    ]  # fmt: skip


def test_conflicts_are_told_and_parts_are_none(run: Path) -> None:
    by_area = {f.key.area: f for f in compare(run, Request(GDP, years=frozenset({2023}))).figures}
    assert [item.candidate.fact.value for item in by_area["南宁市"].conflicts] == [621000000000]
    assert by_area["信阳市"].conflicts == ()
    assert [item.rule for item in by_area["信阳市"].alternatives] == ["choice/scope"]


def test_growth_is_computed_and_checked_but_not_at_constant_prices(run: Path) -> None:
    gdp = compare(run, Request(GDP, areas=frozenset({"信阳"}))).figures[-1]
    assert gdp.growth == (Decimal("6.56"), Decimal("6.5"), None)
    sales = compare(run, Request("trade/retail_sales")).figures[-1]
    assert sales.growth == (Decimal("11.11"), Decimal("11.1"), True)
    assert growth_check(sales) == "agrees"


def test_a_concept_of_changes_is_compared_by_them(run: Path) -> None:
    found = compare(run, Request("居民消费价格"))
    assert [(f.value, f.unit) for f in found.figures] == [(Decimal("-0.4"), "%")]
    assert found.kind == "change"
    growth = compare(run, Request(GDP, kind="change"))
    assert [f.value for f in growth.figures] == [Decimal("6.5")]


def test_per_capita_divides_by_the_residents(run: Path) -> None:
    found = compare(run, Request(GDP, per_capita=True))
    assert [(f.key.area, f.value, f.unit) for f in found.figures] == [
        ("信阳市", Decimal("53278.3333"), "元/人")
    ]


def test_units_are_made_equal(tmp_path: Path) -> None:
    concept = {"indicator_id": "agriculture/grain_output", "kind": "measure"}
    facts = [
        make_fact(**concept, value=5000, unit="吨"),
        make_fact(**concept, value=6000, unit="吨", area_code="450100"),
        make_fact(**concept, value=7000000, unit="千克", area_code="420500"),
    ]
    found = compare(write_run(tmp_path, facts, []), Request("粮食产量"))
    assert {(f.value, f.unit) for f in found.figures} == {(5000, "吨"), (6000, "吨"), (7000, "吨")}


def test_the_matrix_has_the_best_covered_first(run: Path) -> None:
    matrix = compare_all(run, Request(""))
    assert [item.concept.id for item in matrix.columns][:2] == [
        "national_accounts/gdp",
        "trade/retail_sales",
    ]
    assert {key.area for key, _ in matrix.rows} == {"信阳市", "南宁市"}


def test_csv_has_the_columns_that_are_promised(run: Path) -> None:
    result = CliRunner().invoke(app, ["compare", str(run), "--indicator", GDP, "--format", "csv"])
    assert result.exit_code == 0
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert list(rows[0]) == [
        "area_code", "area", "year", "value", "unit", "kind", "fact_id", "document", "sentence",
        "alternatives",
    ]  # fmt: skip
    nanning = next(row for row in rows if row["area"] == "南宁市")
    assert nanning["value"] == "621246000000"
    assert "621000000000元" in nanning["alternatives"]
    assert "fewer" in nanning["alternatives"] or "less precise" in nanning["alternatives"]
    assert "conflict: 南宁市 2023" in result.stderr
    assert "宜昌市 2023" in result.stderr


def test_csv_goes_to_a_file(run: Path, tmp_path: Path) -> None:
    path = tmp_path / "gdp.csv"
    options = ["--indicator", GDP, "-f", "csv", "-o", str(path), "--years", "2023"]
    assert CliRunner().invoke(app, ["compare", str(run), *options]).exit_code == 0
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == 2


def test_workbook_and_charts(run: Path, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    command = ["compare", str(run), "--indicator", GDP]
    for form in ("xlsx", "html"):
        path = tmp_path / f"gdp.{form}"
        result = CliRunner().invoke(app, [*command, "-f", form, "-o", str(path)])
        assert result.exit_code == 0, result.output
    assert load_workbook(tmp_path / "gdp.xlsx").sheetnames == [
        "figures",
        "alternatives",
        "coverage",
    ]
    page = (tmp_path / "gdp.html").read_text(encoding="utf-8")
    assert "信阳市" in page
    assert "<script src=" not in page, "the page loads nothing"


def test_a_chart_shows_its_chinese(run: Path, tmp_path: Path) -> None:
    try:
        find_font(load_comparison(default_lexicon()).fonts)
    except MissingFontError:
        pytest.skip("no font with Chinese characters is installed here")
    pictures = {}
    for name in ("信阳市", "南宁市"):
        path = tmp_path / f"{name}.png"
        options = ["--indicator", GDP, "--years", "2023", "--areas", name, "-f", "png"]
        CliRunner().invoke(app, ["compare", str(run), *options, "-o", str(path)])
        pictures[name] = path.read_bytes()
    assert all(content.startswith(b"\x89PNG") for content in pictures.values())
    assert pictures["信阳市"] != pictures["南宁市"]
    svg = tmp_path / "gdp.svg"
    CliRunner().invoke(app, ["compare", str(run), "--indicator", GDP, "-f", "svg", "-o", str(svg)])
    assert "南宁市" in svg.read_text(encoding="utf-8")


def test_each_year_of_an_axis_is_written_once(run: Path) -> None:
    from vl_convert import vegalite_to_svg

    from govextract.compare.chart import build_chart

    comparison = compare(run, Request(GDP))
    years = {str(figure.key.year) for figure in comparison.figures}
    svg = str(vegalite_to_svg(build_chart(comparison, "sans-serif").to_json()))
    written = re.findall(r">(20\d\d)</text>", svg)
    assert len(years) > 1
    assert sorted(written) == sorted(years)


def test_areas_with_one_year_each_are_bars_of_the_year_that_most_state(tmp_path: Path) -> None:
    from govextract.compare.chart import build_chart

    names = ("信阳市", "南阳市", "洛阳市", "焦作市")
    facts = [
        make_fact(area=name, area_code=f"41{at:02}00", value=at + 1, period=str(year))
        for at, (name, year) in enumerate(zip(names, (2023, 2023, 2022, 2009), strict=True))
    ]
    comparison = compare(write_run(tmp_path, facts, [document_row("a.txt")]), Request(GDP))
    drawn = build_chart(comparison, "sans-serif").to_dict()
    assert {record["area"] for record in drawn["data"]["values"]} == {"南阳市", "信阳市"}
    assert "2023年" in drawn["title"]


def test_an_upper_bound_is_no_figure(tmp_path: Path) -> None:
    facts = [make_fact(value=3, comparator="<="), make_fact(value=2, period="2022")]
    found = compare(write_run(tmp_path, facts, [document_row("a.txt")]), Request(GDP))
    assert [figure.key.year for figure in found.figures] == [2022]


def test_a_missing_font_says_what_to_install(tmp_path: Path) -> None:
    fonts = (Font(("NotoSansCJK",), "Noto Sans CJK SC"),)
    with pytest.raises(MissingFontError, match="fonts-noto-cjk"):
        find_font(fonts, [tmp_path])
    (tmp_path / "NotoSansCJK-Regular.ttc").touch()
    assert find_font(fonts, [tmp_path]) == ("Noto Sans CJK SC", tmp_path)


def test_a_missing_chart_library_is_named(
    run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from govextract.compare.chart import write_chart

    monkeypatch.setitem(__import__("sys").modules, "altair", None)
    with pytest.raises(MissingExtraError, match=r"govextract\[charts\]"):
        write_chart(tmp_path / "a.html", compare(run, Request(GDP)), "html")


def test_wrong_questions_are_refused_with_what_to_do(run: Path) -> None:
    with pytest.raises(UsageError, match=r"did you mean.*地区生产总值"):
        compare(run, Request("生产总直"))
    with pytest.raises(UsageError, match="holds no facts"):
        compare(run / "nowhere", Request(GDP))
    with pytest.raises(UsageError, match="no year"):
        parse_years("20-21")


def test_years_and_areas_are_parsed() -> None:
    assert parse_years("2020-2021，2023") == {2020, 2021, 2023}
    assert parse_areas("信阳、南宁,450100") == {"信阳", "南宁", "450100"}


def test_concepts_are_counted_and_searched(run: Path) -> None:
    from govextract.stored import read_facts

    counts = count_concepts(read_facts(run), default_lexicon(), "生产总值")
    assert (counts[0].id, counts[0].documents, counts[0].areas) == ("national_accounts/gdp", 3, 2)
    assert all("生产总值" in item.name or item.facts == 0 for item in counts)


def test_unlinked_wordings_are_clustered(run: Path) -> None:
    from govextract.stored import read_facts

    clusters = cluster_unlinked(read_facts(run), default_lexicon())
    assert [(c.thing, c.unit, c.facts, c.documents) for c in clusters] == [("网格员", "名", 2, 2)]


def test_rule_data_names_concepts_that_there_are() -> None:
    rules = load_comparison(default_lexicon())
    concepts = load_indicators(default_lexicon()).concepts
    assert rules.population in concepts
    for pattern in rules.constant_price:
        assert any(
            load_comparison(default_lexicon()).has_constant_prices(name) for name in concepts
        )
        assert pattern.endswith("*") or pattern in concepts


@pytest.mark.parametrize("table", ["version", "mark", "constant_price"])
def test_examples_of_rule_data(table: str) -> None:
    rules = load_comparison(default_lexicon())
    for entry in default_lexicon().entries("comparison.toml", table):
        if table == "version":
            assert rules.version(entry["example"]) == entry["rank"]
            assert rules.version(entry["counter"]) == 0
        elif table == "mark":
            sentences = (entry["example"], entry["counter"])
            facts = [make_fact(text="4000亿元", sentence=sentence) for sentence in sentences]
            assert [rules.is_mark(fact) for fact in facts] == [True, False]
        else:
            assert rules.has_constant_prices(entry["example"])
            assert not rules.has_constant_prices(entry["counter"])


def test_rows_keep_to_their_columns(run: Path) -> None:
    for row in figure_rows(compare(run, Request(GDP))):
        assert len(row) == len(FIGURES)


def test_a_part_of_the_year_is_no_figure_of_the_year(tmp_path: Path) -> None:
    facts = [change(1.6, indicator_id="trade/retail_sales", period="2023-12")]
    run = write_run(tmp_path, facts, [document_row("信阳/公报.txt")])
    found = compare(run, Request("trade/retail_sales"))
    assert found.figures == ()
    assert [key.area for key in found.missing] == ["信阳市"]


def test_a_figure_in_another_currency_is_no_figure_but_is_said(tmp_path: Path) -> None:
    facts = [
        make_fact(document="信阳/公报.txt"),
        make_fact(document="南宁/公报.txt", area_code="450100", area="南宁市"),
        make_fact(
            document="宜昌/公报.txt",
            area_code="420500",
            area="宜昌市",
            unit="美元",
            value=7,
            text="7美元",
        ),
    ]
    documents = [
        document_row("信阳/公报.txt"),
        document_row("南宁/公报.txt", area_code="450100", area="南宁市"),
        document_row("宜昌/公报.txt", area_code="420500", area="宜昌市"),
        document_row("洛阳/公报.txt", area_code="410300", area="洛阳市"),
    ]
    run = write_run(tmp_path, facts, documents)
    stated = {row[1]: row[3] for row in coverage_rows(compare(run, Request(GDP)))}
    assert stated == {"信阳市": "yes", "南宁市": "yes", "宜昌市": "other unit", "洛阳市": "no"}
    said = CliRunner().invoke(app, ["compare", str(run), "--indicator", GDP]).stderr
    assert "stated in another unit: 宜昌市 2023: 7美元\n" in said
    assert "not stated: 洛阳市 2023\n" in said

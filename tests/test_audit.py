"""What an audit finds, what it passes, and what it leaves unsaid."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from fact_maker import change, document_row, make_fact, write_run
from govextract.audit import audit
from govextract.audit.outcome import Outcome, likely_cause
from govextract.audit.run import check_report, check_series
from govextract.audit.series import Series
from govextract.batch import run
from govextract.cli import app
from govextract.lexicon import default_lexicon
from govextract.lexicon.audit import load_audit
from govextract.lexicon.indicators import load_indicators
from govextract.model import Fact
from govextract.stored import open_tables, read_facts

REPOSITORY = Path(__file__).parents[1]
RULES = load_audit(default_lexicon())


def cases(value: float, indicator: str = "案件", **fields: Any) -> Fact:
    given = {"unit": "件", "kind": "count", "indicator_id": "", "number": str(value)}
    return make_fact(value=value, indicator=indicator, **(given | fields))


def percent(value: float, indicator: str, **fields: Any) -> Fact:
    given = {"unit": "%", "kind": "ratio", "indicator_id": "", "number": str(value)}
    return make_fact(value=value, indicator=indicator, **(given | fields))


def of_concept(concept: str, value: float, **fields: Any) -> Fact:
    return make_fact(indicator_id=concept, indicator=concept, value=value, **fields)


def cell(row: int, column: int, value: float, indicator: str) -> Fact:
    return cases(value, indicator, unit="", origin=f"table:1/r{row}/c{column}")


def findings(*facts: Fact) -> list[Outcome]:
    return [item for item in check_report(facts, RULES) if not item.passed]


def passed(*facts: Fact) -> list[str]:
    return [item.check for item in check_report(facts, RULES) if item.passed]


def parts(whole: float, *values: float) -> list[Fact]:
    head = cases(whole)
    return [head, *(cases(value, f"案件{value}", part_of=head.fact_id) for value in values)]


def test_parts_that_sum_to_their_whole_pass() -> None:
    assert passed(*parts(5932, 3691, 2241)) == ["sum/parts"]


def test_parts_that_make_too_much_are_found_with_the_arithmetic_and_the_slip() -> None:
    (found,) = findings(*parts(312, 96, 226))
    assert found.check == "sum/parts"
    assert found.arithmetic == "96 + 226 = 322 ≠ 312件"
    assert found.cause == "one digit: 312 for 322"
    assert [fact.value for fact in found.facts] == [312, 96, 226]


def test_parts_that_make_less_may_be_some_of_them() -> None:
    assert findings(*parts(14520, 9812, 3406)) == []
    assert findings(*parts(14520, 9812, 3406, 1202)) == []
    (found,) = findings(*parts(14520, 9812, 3406, 1284))
    assert found.cause == "two digits changed places: 14520 for 14502"


def test_parts_of_parts_and_a_stray_one_are_no_findings() -> None:
    assert passed(*parts(300, 200, 150, 50, 100)) == ["sum/parts"]
    assert findings(*parts(300, 200, 100, 40)) == []


def test_what_is_about_or_at_least_is_not_summed() -> None:
    whole = cases(300)
    some = [cases(200, part_of=whole.fact_id), cases(150, part_of=whole.fact_id, comparator=">")]
    assert list(check_report([whole, *some], RULES)) == []


def test_a_total_behind_its_parts() -> None:
    amounts = [cases(value, "收入") for value in (59510, 15240, 4860, 2660, 5500)]
    assert passed(*amounts, cases(87770, "收入总计")) == ["sum/total"]
    (found,) = findings(*amounts, cases(87870, "收入总计"))
    assert found.cause == "one digit: 87870 for 87770"
    assert findings(*amounts, cases(99999, "收入总计")) == []


def test_concepts_that_sum_up() -> None:
    figures = {"gdp": 100_00, "primary": 10_00, "secondary": 40_00, "tertiary": 50_00}
    facts = [of_concept(f"national_accounts/{name}", value) for name, value in figures.items()]
    assert passed(*facts) == ["identity/gdp"]
    wrong = [*facts[:3], of_concept("national_accounts/tertiary", 55_00)]
    assert [item.check for item in findings(*wrong)] == ["identity/gdp"]
    other_year = [*facts[:3], of_concept("national_accounts/tertiary", 5500, period="2022")]
    assert list(check_report(other_year, RULES)) == []


def test_rounded_parts_agree_and_nearly_so_is_left_unsaid() -> None:
    def facts(total: str) -> list[Fact]:
        return [
            of_concept("trade/total", float(total), number=total),
            of_concept("trade/exports", 60.1, number="60.1"),
            of_concept("trade/imports", 40.1, number="40.1"),
        ]

    assert passed(*facts("100.3")) == ["identity/trade"]
    assert list(check_report(facts("100.4"), RULES)) == []
    assert [item.check for item in findings(*facts("100.9"))] == ["identity/trade"]


RATES = [
    (
        "审结率",
        90.6,
        cases(1142, "受理复议申请"),
        cases(1035, "审结复议申请"),
        92.6,
        "rate/concluded",
    ),
    ("整改率", 99.0, cases(1875, "发现隐患"), cases(1856, "整改隐患"), 97.0, "rate/rectified"),
    ("调解成功率", 98.0, cases(100, "调解纠纷"), cases(98, "调解成功纠纷"), 89.0, "rate/resolved"),
]


@pytest.mark.parametrize(("name", "right", "whole", "done", "wrong", "check"), RATES)
def test_rates(name: str, right: float, whole: Fact, done: Fact, wrong: float, check: str) -> None:
    assert passed(whole, done, percent(right, name)) == [check]
    (found,) = findings(whole, done, percent(wrong, name))
    assert found.check == check
    assert found.facts[1:] == (done, whole)


def test_another_rate_than_the_counts_is_not_checked() -> None:
    counts = [cases(247, "收到复议申请"), cases(179, "审结复议申请")]
    assert findings(*counts, percent(44.7, "调解结案率")) == []
    failed = [cases(12800, "完成抽检"), cases(294, "检出不合格")]
    assert findings(*failed, percent(97.7, "合格率")) == []


def test_shares() -> None:
    whole, part = cases(2541, "民事法律援助案件"), cases(1398, "农民工案件")
    name = "农民工案件占民事法律援助案件比重"
    assert passed(whole, part, percent(55.0, name)) == ["share/part"]
    assert [item.check for item in findings(whole, part, percent(65.0, name))] == ["share/part"]
    assert list(check_report([part, percent(65.0, name)], RULES)) == []


def test_quotients_of_concepts() -> None:
    people = of_concept("population/resident", 1000000, unit="人", kind="count")
    urban = of_concept("population/urban", 600000, unit="人", kind="count")

    def rate(value: float) -> Fact:
        return percent(value, "城镇化率", indicator_id="population/urbanisation")

    assert passed(people, urban, rate(60.0)) == ["quotient/urbanisation"]
    assert [item.check for item in findings(people, urban, rate(61.0))] == ["quotient/urbanisation"]


def test_structures() -> None:
    names = ("primary", "secondary", "tertiary")
    values = (1000, 4000, 5000)
    levels = [
        of_concept(f"national_accounts/{name}", value, number=str(value), sentence="另一句。")
        for name, value in zip(names, values, strict=True)
    ]

    def shares(*percents: float, name: str = "三次产业结构") -> list[Fact]:
        return [percent(value, name, unit="", number=f"{value}") for value in percents]

    assert passed(*levels, *shares(10.0, 40.0, 50.0)) == ["structure/industries"] * 3
    found = findings(*levels, *shares(10.0, 44.0, 50.0))
    assert [(item.check, item.facts[0].value) for item in found] == [("structure/industries", 44)]
    assert passed(*levels, *shares(10.0, 40.0)) == []
    # The structure of another whole is not checked against the place's parts.
    assert findings(*levels, *shares(10.0, 44.0, 46.0, name="民营经济三次产业结构")) == []


def growing(concept: str, level: float, rate: float) -> list[Fact]:
    return [
        of_concept(concept, level, number=str(level)),
        change(rate, indicator_id=concept, indicator=concept, number=str(rate)),
    ]


def test_growth_of_a_whole_lies_between_that_of_its_parts() -> None:
    parts = [*growing("trade/exports", 660, 10.0), *growing("trade/imports", 440, 10.0)]
    assert "growth/parts" in passed(*growing("trade/total", 1100, 10.0), *parts)
    (found,) = findings(*growing("trade/total", 1100, 12.0), *parts)
    assert (found.check, found.arithmetic) == ("growth/parts", "1100 / 1000 - 1 = 10.00% ≠ 12%")


def test_parts_of_a_list_behind_a_semicolon_belong_to_something_else() -> None:
    sentence = "种植粮食300亩，其中小麦200亩；油料150亩。"
    head = cases(300, unit="亩", text="300亩", sentence=sentence)
    given = {"unit": "亩", "sentence": sentence, "part_of": head.fact_id}
    wheat, rape = cases(200, text="200亩", **given), cases(150, text="150亩", **given)
    assert findings(head, wheat, rape) == []
    assert len(findings(*(fact._replace(sentence="") for fact in (head, wheat, rape)))) == 1


def test_growth_beside_the_amount_of_the_change_or_the_earlier_figure() -> None:
    level = cases(1268)
    assert passed(level, cases(166, kind="change"), change(15.1, indicator="案件")) == [
        "change/amount"
    ]
    prior = cases(1102, status="prior", period="2022")
    assert passed(level, prior, change(15.1, indicator="案件")) == ["change/prior"]
    (found,) = findings(level, prior, change(51.1, indicator="案件"))
    assert found.arithmetic.startswith("1268 / 1102 - 1 = 15.06% ≠ 51.1%")


def test_totals_of_a_tables_rows() -> None:
    right = [cell(4, at, value, f"复议{at}") for at, value in ((1, 10), (2, 1))]
    assert passed(*right, cell(4, 3, 11, "复议总计")) == ["total/row"]
    (found,) = findings(*right, cell(4, 3, 0, "复议总计"))
    assert found.arithmetic == "10 + 1 = 11 ≠ 0"
    outside = cell(4, 4, 11, "复议")
    assert list(check_report([*right, cell(4, 3, 0, "复议总计"), outside], RULES)) == []


def test_rows_of_the_form_of_disclosure() -> None:
    form = RULES.forms[0]
    labels = [*form.left, *form.right]
    right = [
        cell(at, 4, value, label)
        for at, (label, value) in enumerate(zip(labels, (90, 10, 95, 5), strict=True))
    ]
    assert passed(*right) == ["form/disclosure"]
    wrong = [*right[:3], cell(9, 4, 15, form.right[1])]
    (found,) = findings(*wrong)
    assert found.arithmetic == "95 + 15 = 110 - 10 ≠ 90"


def test_text_against_table_and_text() -> None:
    text = of_concept("trade/retail_sales", 193055, number="1930.55")
    same = of_concept("trade/retail_sales", 193055, same_as=text.fact_id, number="1930.55")
    assert passed(text, same._replace(origin="table:1/r1/c1")) == ["same/table"]
    slip = of_concept("trade/retail_sales", 193855, number="1938.55")
    assert [item.check for item in findings(text, slip)] == ["same/text"]
    other = of_concept("trade/retail_sales", 5000, number="50.00")
    assert findings(text, other) == []


def series(*facts: Fact) -> list[Outcome]:
    found = Series()
    found.add(facts)
    return list(check_series(found, default_lexicon()))


def sales(value: float, year: int, **fields: Any) -> Fact:
    number = fields.pop("number", f"{value}")
    given = {"document": f"{year}.txt", "year": year, "period": str(year), "number": number}
    return of_concept("trade/retail_sales", value, **(given | fields))


def growth(value: float, year: int, concept: str = "trade/retail_sales") -> Fact:
    return change(value, indicator_id=concept, period=str(year), year=year, number=str(value))


def test_growth_against_the_last_years_report() -> None:
    (good,) = series(sales(1000, 2022), sales(1100, 2023), growth(10.0, 2023))
    assert (good.check, good.passed) == ("change/last-year", True)
    (bad,) = series(sales(1000, 2022), sales(1100, 2023), growth(1.0, 2023))
    assert not bad.passed
    assert series(sales(1000, 2022), sales(1100, 2023), growth(9.5, 2023)) == []


def test_growth_at_constant_prices_is_not_checked() -> None:
    gdp = {"indicator_id": "national_accounts/gdp"}
    now = [sales(1000, 2022)._replace(**gdp), sales(1100, 2023)._replace(**gdp)]
    assert series(*now, growth(1.0, 2023, "national_accounts/gdp")) == []


def test_an_earlier_figure_against_its_own_report() -> None:
    now = sales(1234, 2023, status="prior", period="2022")
    assert [item.passed for item in series(sales(1234, 2022), now)] == [True]
    assert [item.cause for item in series(sales(1243, 2022), now)] == [
        "two digits changed places: 1234 for 1243"
    ]
    assert series(sales(1300, 2022), now) == []


def test_a_wan_too_many_is_out_of_line() -> None:
    (found,) = series(sales(100, 2020), sales(105, 2021), sales(1100000, 2022), sales(115, 2023))
    assert (found.check, found.facts[0].value) == ("outlier/years", 1100000)
    cities = [sales(100 + at, 2023, area_code=f"41{at:02}00") for at in range(1, 7)]
    (found,) = series(*cities, sales(1000000, 2023, area_code="419900"))
    assert (found.check, found.cause) != ("", "")
    assert series(*cities, sales(1000, 2023, area_code="419900")) == []


@pytest.mark.parametrize(
    ("number", "computed", "cause"),
    [
        ("14520", 14502, "two digits changed places: 14520 for 14502"),
        ("14520", 14620, "one digit: 14520 for 14620"),
        ("14520", 145200000, "a 万 too small"),
        ("14520", 1452, "ten times too large"),
        ("14520", 20000, ""),
    ],
)
def test_likely_cause(number: str, computed: int, cause: str) -> None:
    assert likely_cause(cases(float(number), number=number), Decimal(computed)) == cause


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rate = percent(92.6, "审结率", number="92.6")
    facts = [cases(1142, "受理申请"), cases(1035, "审结申请"), rate, *parts(5932, 3691, 2241)]
    return write_run(tmp_path, facts, [document_row("信阳/公报.txt")])


def test_facts_carry_their_checks_and_grow_more_certain(folder: Path) -> None:
    result = audit(folder)
    assert (dict(result.passed), len(result.findings)) == ({"sum/parts": 1}, 1)
    by_value = {int(fact.value or 0): fact for fact in read_facts(folder)}
    assert (by_value[5932].checks, by_value[5932].confidence) == ("sum/parts", 0.95)
    assert (by_value[1142].checks, by_value[1142].confidence) == ("!rate/concluded", 0.9)
    assert len(list(open_tables(folder)["findings"])) == 1


def test_the_description_of_the_tables_holds_the_findings(folder: Path) -> None:
    frictionless = pytest.importorskip("frictionless")
    audit(folder)
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["title", "message"])
    assert "findings" in {task.name for task in report.tasks}


def test_an_audit_that_is_made_again_changes_nothing(folder: Path) -> None:
    audit(folder)
    once = {path.name: path.read_bytes() for path in folder.iterdir()}
    audit(folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == once


def test_command_line(folder: Path) -> None:
    before = sorted(path.name for path in folder.iterdir())
    result = CliRunner().invoke(app, ["audit", str(folder), "--dry-run", "--strict"])
    assert result.exit_code == 1
    assert "rate/concluded" in result.stdout
    assert "1 findings" in result.stderr
    assert sorted(path.name for path in folder.iterdir()) == before


def test_the_slips_of_the_corpus_are_found(tmp_path: Path) -> None:
    """Each city of the corpus has one deliberate slip; nothing else in it is a finding."""
    run(REPOSITORY / "corpus", tmp_path)
    found = {
        (item.facts[0].document.partition("/")[0], item.check) for item in audit(tmp_path).findings
    }
    assert found == {
        ("保定市", "identity/retail"),
        ("大理白族自治州", "rate/rectified"),
        ("宜昌市", "identity/retail"),
        ("柳州市", "rate/concluded"),
        ("梅里斯达斡尔族区", "sum/parts"),
        ("泉州市", "sum/parts"),
        ("绍兴市", "sum/total"),
        ("遵义市", "sum/parts"),
    }


def test_rule_data() -> None:
    concepts = load_indicators(default_lexicon()).concepts
    for identity in RULES.identities:
        assert {*identity.left, *identity.right} <= set(concepts), identity.id
    for quotient in RULES.quotients:
        assert {quotient.part, quotient.whole, quotient.quotient} <= set(concepts), quotient.id


def _matches(rate_id: str, wording: Sequence[str]) -> bool:
    name, done, whole = wording
    rule = next(rate for rate in RULES.rates if rate.id == rate_id)
    return (
        rule.is_stated_by(name)
        and any(word in done for word in rule.done)
        and any(word in whole for word in rule.of)
    )


@pytest.mark.parametrize("entry", default_lexicon().entries("audit.toml", "rate"), ids=str)
def test_examples_of_rates(entry: dict[str, Any]) -> None:
    assert _matches(entry["id"], entry["example"])
    assert not _matches(entry["id"], entry["counter"])


def test_a_run_may_audit_itself(tmp_path: Path) -> None:
    report = tmp_path / "in" / "报告.txt"
    report.parent.mkdir()
    report.write_text("全年办理案件5932件，其中刑事案件3691件，民事案件2241件。", encoding="utf-8")
    out = tmp_path / "out"
    result = CliRunner().invoke(app, ["run", str(report.parent), "--out", str(out), "--audit"])
    assert result.exit_code == 0, result.output
    assert "1 checks passed, 0 findings" in result.stderr
    assert {fact.checks for fact in read_facts(out)} == {"sum/parts"}


def test_an_identity_holds_where_some_of_several_levels_agree() -> None:
    def requests(name: str, value: float) -> Fact:
        fields = {"unit": "件", "kind": "count", "number": f"{value}"}
        return of_concept(f"disclosure/{name}", value, **fields)

    stated = [
        requests("applications", 642),
        requests("carried_in", 17),
        requests("carried_out", 33),
    ]
    assert passed(*stated, requests("answered", 659), requests("answered", 626)) == [
        "identity/disclosure"
    ]
    found = findings(*stated, requests("answered", 659), requests("answered", 637))
    assert [item.check for item in found] == ["identity/disclosure"]

"""Figures of sentences and tables that are the same."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govextract.lexicon import default_lexicon
from govextract.model import Fact
from govextract.stages.same_as import _common, link_same_as
from govextract.stages.tables import find_table_facts
from table_maker import as_report

BLANK = dict.fromkeys(get_type_hints(Fact), "")


def fact(indicator: str, value: str, unit: str, kind: str = "count", period: str = "2023") -> Fact:
    given = {"indicator": indicator, "value": Decimal(value), "unit": unit, "kind": kind}
    return Fact(**{**BLANK, "value_max": None, "period": period, **given})  # type: ignore[arg-type]


def linked(rows: list[list[str]], *facts: Fact) -> dict[str, str]:
    """Row and column path of each linked value, and the indicator of its fact."""
    values = find_table_facts(as_report(rows), default_lexicon())
    return {
        f"{values[at].row_path}|{values[at].column_path}": facts[index].indicator
        for at, index in link_same_as(facts, values).items()
    }


OUTPUT = [
    ["指标", "产量（万吨）", "比上年增长（%）"],
    ["粮食", "21.5", "3.1"],
    ["油料", "3.1", "2"],
]


def test_amount_and_change_are_linked_each_to_its_own() -> None:
    facts = (fact("粮食产量", "215000", "吨", "measure"), fact("粮食产量", "3.1", "%", "change"))
    assert linked(OUTPUT, *facts) == {
        "粮食|产量（万吨）": "粮食产量", "粮食|比上年增长（%）": "粮食产量",
    }  # fmt: skip


@pytest.mark.parametrize(
    "other",
    [
        fact("粮食产量", "215001", "吨", "measure"),
        fact("粮食产量", "215000", "千克", "measure"),
        fact("棉花面积", "215000", "吨", "measure"),
        fact("粮食产量", "3.1", "%", "ratio"),
    ],
    ids=["value", "unit", "words", "kind"],
)
def test_one_difference_is_enough_to_keep_them_apart(other: Fact) -> None:
    assert linked(OUTPUT, other) == {}


def test_a_table_may_leave_the_classifier_out_and_the_total_is_taken_first() -> None:
    rows = [["", "自然人", "总计"], ["本年新收政府信息公开申请数量", "21", "21"]]
    assert linked(rows, fact("收到政府信息公开申请", "21", "件")) == {
        "本年新收政府信息公开申请数量|总计": "收到政府信息公开申请"
    }


def test_a_year_over_a_column_must_be_the_facts_own() -> None:
    rows = [["指标", "2022年", "2023年"], ["行政复议案件（件）", "80", "80"]]
    assert linked(rows, fact("行政复议案件", "80", "件")) == {
        "行政复议案件（件）|2023年": "行政复议案件"
    }


def test_a_fact_is_linked_once() -> None:
    rows = [["指标", "数量（件）"], ["行政复议案件", "80"], ["受理行政复议案件", "80"]]
    assert linked(rows, fact("受理行政复议案件", "80", "件")) == {
        "受理行政复议案件|数量（件）": "受理行政复议案件"
    }


def test_small_numbers_need_nearly_the_same_words() -> None:
    rows = [["", "数量"], ["收到投诉举报", "1"]]
    assert linked(rows, fact("办理投诉举报信件", "1", "件")) == {}
    assert linked(rows, fact("收到投诉举报", "1", "件"))


WORDING = st.text("受理行政复议", max_size=12)


@given(WORDING, WORDING)
def test_common_is_the_longest_common_subsequence(first, second):
    @cache
    def longest(i: int, j: int) -> int:
        if i == len(first) or j == len(second):
            return 0
        if first[i] == second[j]:
            return 1 + longest(i + 1, j + 1)
        return max(longest(i + 1, j), longest(i, j + 1))

    assert _common(first, second) == longest(0, 0)

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gold_samples import ROW, write_sample
from govextract.evaluation.gold import (
    format_mention,
    load_gold,
    parse_line,
    parse_mention,
    write_gold,
)
from govextract.evaluation.lint import is_period, lint_file, lint_folder

PART = {**ROW, "start": 17, "end": 20, "text": "85件", "value": 85, "indicator": "网上申请"}


def without(name):
    return {key: value for key, value in ROW.items() if key != name}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], []),
        ([ROW], []),
        ([ROW, PART | {"part_of": 6}], []),
        ([ROW | {"value_max": 300, "period": "2020", "status": "target", "optional": True}], []),
        ([ROW | {"indicator": ["收到申请", "申请"], "labelled": "corrected"}], []),
        (["{"], [(1, "gold/json")]),
        (["[1]"], [(1, "gold/json")]),
        (['{"start": NaN}'], [(1, "gold/json")]),
        ([without("unit")], [(1, "gold/type")]),
        ([ROW | {"start": "6"}], [(1, "gold/type")]),
        ([ROW | {"start": True}], [(1, "gold/type")]),
        ([ROW | {"value": "247"}], [(1, "gold/type")]),
        ([ROW | {"optional": 1}], [(1, "gold/type")]),
        ([ROW | {"note": "x"}], [(1, "gold/field")]),
        ([ROW | {"comparator": "=="}], [(1, "gold/comparator")]),
        ([ROW | {"kind": "number"}], [(1, "gold/kind")]),
        ([ROW | {"status": "actual"}], [(1, "gold/status")]),
        ([ROW | {"period": "2020年"}], [(1, "gold/period")]),
        ([ROW | {"labelled": "machine"}], [(1, "gold/labelled")]),
        ([ROW | {"indicator": []}], [(1, "gold/indicator")]),
        ([ROW | {"indicator": ""}], [(1, "gold/indicator")]),
        ([ROW | {"indicator": ["甲", "乙 "]}], [(1, "gold/indicator")]),
        ([ROW | {"indicator": "甲\n乙"}], [(1, "gold/indicator")]),
        ([ROW | {"indicator": ["甲", "甲"]}], [(1, "gold/indicator")]),
        ([ROW | {"start": 5}], [(1, "gold/slice")]),
        ([ROW | {"end": 999}], [(1, "gold/slice")]),
        ([PART, ROW], [(2, "gold/order")]),
        ([ROW, ROW], [(2, "gold/order")]),
        ([ROW | {"part_of": 17}], [(1, "gold/part_of")]),
        ([ROW | {"part_of": 6}], [(1, "gold/part_of")]),
        ([ROW | {"unit": "个"}], [(1, "gold/unit")]),
        ([ROW | {"unit": ""}], []),
        ([ROW | {"unit": "元/件"}], []),
        ([ROW | {"unit": "元/个"}], [(1, "gold/unit")]),
        ([ROW | {"value_max": 247}], [(1, "gold/value_max")]),
        (["{", ROW | {"kind": "x"}], [(1, "gold/json"), (2, "gold/kind")]),
    ],
)
def test_findings(tmp_path, rows, expected):
    findings = lint_file(write_sample(tmp_path, rows=rows), units={"件", "元"})
    assert [(finding.line, finding.rule) for finding in findings] == expected
    assert all(str(finding).startswith(f"{tmp_path / 'a.gold.jsonl'}:") for finding in findings)


def test_units_are_checked_only_where_they_are_known(tmp_path):
    write_sample(tmp_path, rows=[ROW | {"unit": "个"}])
    assert lint_folder(tmp_path) == []


def test_gold_without_text_is_a_finding(tmp_path):
    path = write_sample(tmp_path)
    (tmp_path / "a.txt").unlink()
    assert [finding.rule for finding in lint_file(path)] == ["gold/text"]


@pytest.mark.parametrize(
    ("period", "valid"),
    [
        ("2020", True),
        ("2020-05", True),
        ("2020-05-31", True),
        ("2020-01/2020-12", True),
        ("2016/2020", True),
        ("/2020-12", True),
        ("2020/2020", True),
        ("2020/2020-06", True),
        ("", False),
        ("/", False),
        ("2020/", False),
        ("2020-00", False),
        ("2020-13", False),
        ("2020-1", False),
        ("2020-12-32", False),
        ("2020/2016", False),
        ("2020-07/2020-06", False),
        ("2020-Q1", False),
        ("20201", False),
    ],
)
def test_periods(period, valid):
    assert is_period(period) is valid


WORDING = st.text("甲乙", min_size=1)
ROWS = st.fixed_dictionaries(
    {
        "start": st.integers(0, 999),
        "end": st.integers(1, 999),
        "text": st.text(max_size=5),
        "value": st.integers(-(10**12), 10**12) | st.decimals(-999, 999, places=2).map(float),
        "unit": st.sampled_from(["", "件", "%"]),
        "comparator": st.sampled_from(["=", ">="]),
        "indicator": st.text("甲乙", min_size=1)
        | st.lists(st.text("甲乙", min_size=1), min_size=2),
        "kind": st.sampled_from(["count", "ratio"]),
    },
    optional={
        "value_max": st.integers(0, 999),
        "period": st.sampled_from(["2020", "/2020-12"]),
        "status": st.sampled_from(["target", "prior"]),
        "part_of": st.integers(0, 999),
        "optional": st.just(True),
        "labelled": st.just("corrected"),
    },
)


@given(ROWS)
def test_a_line_is_written_as_it_was_read(row):
    mention = parse_mention(parse_line(json.dumps(row), "here"))
    assert json.loads(format_mention(mention)) == row


def test_gold_is_written_in_text_order(tmp_path):
    path = write_sample(tmp_path, rows=[ROW, PART | {"part_of": 6}])
    mentions = load_gold(path).mentions
    write_gold(path, mentions[::-1])
    assert load_gold(path).mentions == mentions
    assert lint_file(path) == []

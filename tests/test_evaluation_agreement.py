from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gold_samples import ROW, TEXT, gold_file, gold_mention, write_sample
from govextract.errors import GoldError
from govextract.evaluation.agreement import (
    FIELDS,
    cohen_kappa,
    compare_folders,
    compare_gold,
    format_agreement,
    to_json,
)
from govextract.evaluation.score import Measure, Rate

WHOLE = gold_mention()
PART = gold_mention(17, 20, value=Decimal(85), indicators=("网上申请",), part_of=6)


def compare(one, other):
    return compare_gold([(gold_file(*one), gold_file(*other))])


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, set()),
        ({"end": 9}, {"span"}),
        ({"value": Decimal(1)}, {"value"}),
        ({"value_max": Decimal(300)}, {"value"}),
        ({"unit": "个"}, {"unit"}),
        ({"comparator": ">"}, {"comparator"}),
        ({"kind": "amount"}, {"kind"}),
        ({"period": "2020"}, {"period"}),
        ({"status": "prior"}, {"status"}),
        ({"part_of": 6}, {"part_of"}),
        ({"indicators": ("别的", "收到的申请")}, set()),
        ({"indicators": ("收到申请书",)}, {"indicator_strict"}),
        ({"indicators": ("别的",)}, {"indicator", "indicator_strict"}),
        ({"optional": True}, {"optional"}),
    ],
)
def test_each_field_is_compared(changed, expected):
    for sides in (([WHOLE], [WHOLE._replace(**changed)]), ([WHOLE._replace(**changed)], [WHOLE])):
        agreement = compare(*sides)
        listed = expected - {"indicator_strict"} if "indicator" in expected else expected
        assert {item.field for item in agreement.disagreements} == listed
        assert {item.sentence for item in agreement.disagreements} <= {TEXT}
        for name in FIELDS:
            if "optional" not in expected:
                assert agreement.fields[name] == Rate(name not in expected, 1)


def test_what_one_side_alone_labelled():
    agreement = compare([WHOLE, PART], [WHOLE])
    assert agreement.mention == Measure(1, 1, 2)
    assert [(item.field, item.one, item.other) for item in agreement.disagreements] == [
        ("mention", "labelled", "-")
    ]
    assert compare([WHOLE, PART._replace(optional=True)], [WHOLE]).mention == Measure(1, 1, 1)


def test_part_of_agrees_through_the_pairs():
    shorter = WHOLE._replace(start=7, text=TEXT[7:10])
    agreement = compare([WHOLE, PART], [shorter, PART._replace(part_of=7)])
    assert agreement.fields["part_of"] == Rate(2, 2)


@pytest.mark.parametrize(
    ("labels", "kappa"),
    [
        ([], None),
        ([("a", "a")], 1),
        ([("a", "b")], 0),
        ([("a", "a"), ("b", "b")], 1),
        ([("a", "b"), ("b", "a")], -1),
        # The textbook case: 20 both yes, 5 and 10 apart, 15 both no.
        ([("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15, 0.4),
    ],
)
def test_kappa(labels, kappa):
    assert cohen_kappa(labels) == (None if kappa is None else pytest.approx(kappa))


KINDS = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1)


@given(KINDS)
def test_kappa_is_symmetric_and_at_most_one(labels):
    turned = cohen_kappa([(other, one) for one, other in labels])
    assert cohen_kappa(labels) == pytest.approx(turned)
    assert turned <= 1


def test_folders(tmp_path):
    write_sample(tmp_path / "one")
    write_sample(tmp_path / "two", rows=[ROW | {"kind": "measure"}])
    agreement = compare_folders(tmp_path / "one", tmp_path / "two")
    assert agreement.fact == Measure(1, 1, 1)
    assert agreement.kappa == 0
    printed = "\n".join(format_agreement(agreement, limit=1))
    assert "count | measure" in printed
    assert json.loads(to_json(agreement))["disagreements"][0]["field"] == "kind"


def test_folders_must_hold_the_same_files_and_texts(tmp_path):
    write_sample(tmp_path / "one")
    write_sample(tmp_path / "two")
    write_sample(tmp_path / "two", "b")
    with pytest.raises(GoldError, match="no gold for b"):
        compare_folders(tmp_path / "one", tmp_path / "two")
    write_sample(tmp_path / "one", "b")
    (tmp_path / "one" / "b.txt").write_text("别的", encoding="utf-8")
    with pytest.raises(GoldError, match="another text"):
        compare_folders(tmp_path / "one", tmp_path / "two")

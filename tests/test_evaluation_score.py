"""Truth tables of the scorer: one pair with one thing different, and the counts."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gold_samples import answer, gold_file, gold_mention, mention
from govextract.evaluation.score import (
    FIELDS,
    MEASURES,
    Measure,
    Rate,
    judge_file,
    score_results,
    values_agree,
)

ALL = {"span", *FIELDS}


def right_of(gold, found):
    (pair,) = judge_file(gold_file(gold), [found]).pairs
    return set(pair.right)


@pytest.mark.parametrize(
    ("gold", "found", "wrong"),
    [
        ({}, {}, set()),
        ({}, {"end": 9}, {"span"}),
        ({}, {"start": 5}, {"span"}),
        ({}, {"value": Decimal(248)}, {"value"}),
        ({}, {"value": None}, {"value"}),
        ({}, {"value_max": Decimal(300)}, {"value"}),
        ({"value_max": Decimal(300)}, {}, {"value"}),
        ({"value_max": Decimal(300)}, {"value_max": Decimal(300)}, set()),
        ({"value_max": Decimal(300)}, {"value_max": Decimal(301)}, {"value"}),
        ({}, {"unit": ""}, {"unit"}),
        ({"unit": ""}, {"unit": ""}, set()),
        ({}, {"comparator": ">"}, {"comparator"}),
        ({"comparator": ">="}, {"comparator": ">="}, set()),
        ({}, {"kind": "amount"}, {"kind"}),
        ({}, {"period": "2020"}, {"period"}),
        ({"period": "2020"}, {}, {"period"}),
        ({"period": "2020"}, {"period": "2020"}, set()),
        ({"period": "2020"}, {"period": "/2020"}, {"period"}),
        ({}, {"status": "target"}, {"status"}),
        ({"status": "prior"}, {}, {"status"}),
        ({"status": "prior"}, {"status": "target"}, {"status"}),
        ({}, {"part_of": "f99"}, {"part_of"}),
        ({"part_of": 30}, {}, {"part_of"}),
        ({}, {"indicator": "收到的申请"}, set()),
        ({}, {"indicator": "“收到”申请"}, set()),
        ({}, {"indicator": "收到申请书"}, {"indicator_strict"}),
        ({}, {"indicator": "收到申请材料"}, {"indicator_strict"}),
        ({}, {"indicator": "收到申请材料等"}, {"indicator", "indicator_strict"}),
        ({}, {"indicator": ""}, {"indicator", "indicator_strict"}),
        ({"indicators": ("办件", "收到申请")}, {}, set()),
    ],
)
def test_what_is_right_about_a_pair(gold, found, wrong):
    assert right_of(gold_mention(**gold), mention(**found)) == ALL - wrong


@pytest.mark.parametrize(
    ("text", "gold", "found", "agree"),
    [
        ("247件", "247", "247.0000005", True),
        ("247件", "247", "247.00001", False),
        ("5亿元", "500000000", "500000000", True),
        ("5亿元", "500000000", "500000001", False),
        ("12.34%", "12.34", "12.35", False),
        ("三分之二", "66.67", "66.666666667", True),
        ("三分之二", "66.67", "66.6", False),
        ("2/3", "66.67", "66.67", True),
        ("2/3", "66.67", "66.66", True),
        ("四分之一", "25", "25.01", False),
        ("三分之四", "133.33", "133.34", False),
        ("-5.3%", "-5.3", "5.3", False),
    ],
)
def test_value_tolerance(text, gold, found, agree):
    labelled = gold_mention(text=text, value=Decimal(gold))
    assert values_agree(labelled, Decimal(found), None) is agree


def test_value_max_has_the_same_tolerance():
    labelled = gold_mention(
        text="三分之一至三分之二", value=Decimal("33.33"), value_max=Decimal("66.67")
    )
    assert values_agree(labelled, Decimal("33.333"), Decimal("66.6667"))
    assert not values_agree(labelled, Decimal("33.333"), None)


WHOLE = gold_mention()
PART = gold_mention(17, 20, value=Decimal(85), indicators=("网上申请",), part_of=6)


def part_of_is_right(*found, whole=WHOLE):
    pairs = judge_file(gold_file(whole, PART), found).pairs
    (pair,) = [pair for pair in pairs if pair.gold is PART]
    return "part_of" in pair.right


def test_part_of_points_to_the_fact_paired_with_the_golds_whole():
    assert part_of_is_right(answer(WHOLE), answer(PART))
    assert part_of_is_right(answer(WHOLE, end=9, fact_id="other"), answer(PART, part_of="other"))
    assert part_of_is_right(answer(WHOLE), answer(PART), whole=WHOLE._replace(optional=True))
    assert not part_of_is_right(answer(WHOLE), answer(PART, part_of=""))
    assert not part_of_is_right(answer(WHOLE), answer(PART, part_of="f17"))
    assert not part_of_is_right(answer(PART))
    # Without ids nothing can be pointed to: an empty id is no whole.
    assert not part_of_is_right(answer(WHOLE, fact_id=""), answer(PART, part_of=""))


def score(gold, found):
    return score_results([judge_file(gold_file(*gold), found)])


def test_counts():
    other = gold_mention(17, 20, value=Decimal(85))
    third = gold_mention(22, 26)
    found = [answer(WHOLE), answer(other, unit="个"), mention(28, 36)]
    result = score([WHOLE, other, third], found)
    assert result.measures["mention"] == Measure(2, 3, 3)
    assert result.measures["measurement"] == Measure(1, 3, 3)
    assert result.measures["fact"] == Measure(1, 3, 3)
    assert result.fields["unit"] == Rate(1, 2)
    assert result.measures["mention"].f1 == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("gold", "found", "precision", "recall", "f1"),
    [
        ([], [], None, None, None),
        ([WHOLE], [], None, 0, 0),
        ([], [mention()], 0, None, 0),
        ([WHOLE], [mention()], 1, 1, 1),
        ([WHOLE], [mention(17, 20)], 0, 0, 0),
    ],
)
def test_empty_cases(gold, found, precision, recall, f1):
    measure = score(gold, found).measures["mention"]
    assert (measure.precision, measure.recall, measure.f1) == (precision, recall, f1)


def test_optional_gold_is_never_missed_and_what_meets_it_never_spurious():
    optional = WHOLE._replace(optional=True)
    for found in ([], [mention()], [mention(value=Decimal(1), unit="x", end=8)]):
        result = judge_file(gold_file(optional), found)
        assert not result.missed
        assert not result.spurious
        assert score_results([result]).measures["mention"] == Measure(0, 0, 0)
        assert score_results([result]).fields["value"] == Rate(0, 0)
    # A second mention over the same optional gold is one too many.
    twice = judge_file(gold_file(optional), [mention(), mention(end=9)])
    assert [found.end for found in twice.spurious] == [9]


def test_sparse_fields_are_scored_where_either_side_gives_one():
    gold = [
        gold_mention(0, 2, period="2020"),
        gold_mention(3, 5),
        gold_mention(6, 8, status="prior"),
        gold_mention(9, 11),
    ]
    found = [answer(gold[0]), answer(gold[1], period="2020"), answer(gold[2]), answer(gold[3])]
    result = score(gold, found)
    assert result.fields["period"] == Rate(3, 4)
    assert result.stated["period"] == Rate(1, 2)
    assert result.fields["status"] == Rate(4, 4)
    assert result.stated["status"] == Rate(1, 1)
    assert result.stated["part_of"] == Rate(0, 0)


def test_files_are_summed_by_mention():
    many = [gold_mention(at, at + 2) for at in range(0, 20, 2)]
    results = [
        judge_file(gold_file(*many, name="a"), [answer(gold) for gold in many]),
        judge_file(gold_file(WHOLE, name="b"), []),
    ]
    assert score_results(results).measures["mention"] == Measure(10, 10, 11)
    assert score_results(reversed(results)) == score_results(results)


def test_gold_that_corrected_a_program_is_counted():
    assert score([WHOLE, PART._replace(labelled="corrected")], []).corrected == 1


GOLD = st.lists(
    st.builds(
        lambda start, length, value, unit, optional: gold_mention(
            start, start + length, value=Decimal(value), unit=unit, optional=optional
        ),
        st.integers(0, 25),
        st.integers(1, 6),
        st.integers(0, 2),
        st.sampled_from("件个"),
        st.booleans(),
    ),
    max_size=8,
    unique_by=lambda gold: (gold.start, gold.end),
)
FOUND = st.lists(
    st.builds(
        lambda start, length, value, unit: mention(
            start, start + length, value=Decimal(value), unit=unit
        ),
        st.integers(0, 25),
        st.integers(1, 6),
        st.integers(0, 2),
        st.sampled_from("件个"),
    ),
    max_size=8,
)


@given(GOLD, FOUND, st.randoms(use_true_random=False))
def test_the_order_of_neither_side_matters(gold, found, random):
    expected = score(gold, found)
    random.shuffle(gold)
    random.shuffle(found)
    assert score(gold, found) == expected


@given(GOLD)
def test_the_gold_itself_scores_one(gold):
    result = score(gold, [answer(mention) for mention in gold])
    count = sum(not mention.optional for mention in gold)
    assert all(result.measures[name] == Measure(count, count, count) for name in MEASURES)
    assert all(rate == Rate(count, count) for rate in result.fields.values())


@given(GOLD, FOUND)
def test_every_mention_is_counted_once(gold, found):
    result = judge_file(gold_file(*gold), found)
    assert len(result.pairs) + len(result.spurious) == len(found)
    optional_alone = sum(g.optional for g in gold) - sum(p.gold.optional for p in result.pairs)
    assert len(result.pairs) + len(result.missed) + optional_alone == len(gold)
    measures = score_results([result]).measures
    assert measures["fact_strict"].right <= measures["fact"].right
    assert measures["fact"].right <= measures["measurement"].right <= measures["mention"].right

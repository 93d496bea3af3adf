from __future__ import annotations

import json
from decimal import Decimal

import pytest

from gold_samples import ROW, TEXT, mention, write_sample
from govextract.evaluation.diff import (
    diff_against_gold,
    diff_runs,
    format_differences,
    to_json,
)

PART = {**ROW, "start": 17, "end": 20, "text": "85件", "value": 85, "indicator": "网上申请"}
part = mention(17, 20, value=Decimal(85), indicator="网上申请", fact_id="p")
whole = mention()


def told(differences):
    return [(item.type, item.field, item.start, item.old, item.new) for item in differences]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([], [], []),
        ([whole], [whole], []),
        ([whole], [], [("removed", "mention", 6, "247 件 (收到申请)", "-")]),
        ([], [whole], [("added", "mention", 6, "-", "247 件 (收到申请)")]),
        ([whole], [mention(end=9)], [("changed", "span", 6, "247件", "247")]),
        ([whole], [mention(value=Decimal("2.5E+2"))], [("changed", "value", 6, "247", "250")]),
        ([whole], [mention(value=Decimal("247.0"))], []),
        ([whole], [mention(value=None)], [("changed", "value", 6, "247", "-")]),
        ([whole], [mention(period="2020")], [("changed", "period", 6, "-", "2020")]),
        (
            [whole, part],
            [whole, part._replace(part_of="f6")],
            [("changed", "part_of", 17, "-", "247件@6")],
        ),
        # The whole has another id, but is the same.
        (
            [whole, part._replace(part_of="f6")],
            [whole._replace(fact_id="new"), part._replace(part_of="new")],
            [],
        ),
        (
            [whole],
            [whole._replace(document="b.txt")],
            [
                ("removed", "mention", 6, "247 件 (收到申请)", "-"),
                ("added", "mention", 6, "-", "247 件 (收到申请)"),
            ],
        ),
    ],
)
def test_what_differs_between_two_runs(old, new, expected):
    assert told(diff_runs(old, new)) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([whole, part], [whole, part], []),
        ([whole], [whole, part], [("gain", "mention", 17, "-", "85 件 (网上申请)")]),
        ([whole, part], [whole], [("loss", "mention", 17, "85 件 (网上申请)", "-")]),
        ([], [whole], [("gain", "mention", 6, "-", "247 件 (收到申请)")]),
        ([mention(unit="个")], [whole], [("gain", "unit", 6, "个", "件")]),
        ([whole], [mention(kind="amount")], [("loss", "kind", 6, "count", "amount")]),
        # From wrong to wrong is neither.
        ([mention(unit="个")], [mention(unit="项")], []),
        ([whole, mention(0, 2)], [whole], [("gain", "spurious", 0, "247 件 (收到申请)", "-")]),
        ([whole], [whole, mention(0, 2)], [("loss", "spurious", 0, "-", "247 件 (收到申请)")]),
    ],
)
def test_gains_and_losses_against_gold(tmp_path, old, new, expected):
    write_sample(tmp_path, rows=[ROW, PART])
    differences = diff_against_gold(tmp_path, old, new)
    assert told(differences) == expected
    assert {item.sentence for item in differences} <= {TEXT}


def test_optional_gold_is_neither_gain_nor_loss(tmp_path):
    write_sample(tmp_path, rows=[ROW | {"optional": True}])
    assert diff_against_gold(tmp_path, [whole], []) == []


def test_lines_and_json():
    differences = diff_runs([whole], [mention(period="2020"), part])
    lines = list(format_differences(differences, limit=1))
    assert lines[:2] == ["added    mention                1", "changed  period                 1"]
    assert list(format_differences([], limit=1)) == ["no difference"]
    assert [item["field"] for item in json.loads(to_json(differences))] == ["period", "mention"]

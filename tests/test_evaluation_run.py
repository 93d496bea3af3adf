"""From files to figures: gold beside its text, facts from a table or a pipeline."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from gold_samples import ROW, TEXT, write_sample
from govextract.errors import GoldError, UsageError
from govextract.evaluation.evaluate import evaluate_mentions, match_documents
from govextract.evaluation.gold import find_gold_files, find_gold_text, load_gold, load_gold_folder
from govextract.evaluation.mentions import load_mentions
from govextract.evaluation.report import format_lines, to_json
from govextract.evaluation.score import Measure

HEAD = "fact_id,document,start,end,text,value,unit,comparator,indicator,kind,status,origin\n"


def write_facts(folder, *rows, head=HEAD):
    path = folder / "facts.csv"
    path.write_text(head + "".join(row + "\n" for row in rows), encoding="utf-8-sig")
    return path


def test_gold_is_loaded_with_its_text(tmp_path):
    path = write_sample(tmp_path, rows=[ROW | {"indicator": ["甲", "乙"], "value_max": 300.5}])
    gold = load_gold(path, tmp_path)
    assert (gold.name, gold.text) == ("a", TEXT)
    (mention,) = gold.mentions
    assert mention.indicators == ("甲", "乙")
    assert mention.value_max == Decimal("300.5")
    assert (mention.period, mention.status, mention.part_of) == ("", "actual", None)


def test_the_text_stands_in_the_sister_folder(tmp_path):
    path = write_sample(tmp_path / "gold" / "甲市" / "2020", name="年报")
    text = tmp_path / "corpus" / "甲市" / "2020" / "年报.txt"
    text.parent.mkdir(parents=True)
    path.with_name("年报.txt").rename(text)
    assert find_gold_text(path) == text
    assert [gold.name for gold in load_gold_folder(tmp_path / "gold")] == ["甲市/2020/年报"]
    text.unlink()
    with pytest.raises(GoldError, match=r"年报\.txt"):
        find_gold_text(path)


@pytest.mark.parametrize("line", ["{", "[]", '{"start": 1}', json.dumps(ROW | {"value": "x"})])
def test_a_broken_line_is_named(tmp_path, line):
    path = write_sample(tmp_path, rows=[ROW, line])
    with pytest.raises(GoldError, match=r"a\.gold\.jsonl:2"):
        load_gold(path)


def test_a_folder_without_gold_is_a_wrong_argument(tmp_path):
    with pytest.raises(UsageError):
        find_gold_files(tmp_path)


def test_rows_of_a_table(tmp_path):
    facts = write_facts(
        tmp_path,
        "f1,a.txt,6,10,247件,247,件,'=,收到申请,count,actual,text",
        "f2,a.txt,0,1,全,1,件,=,表格,count,actual,table:1/r1/c1",
    )
    (mention,) = load_mentions(facts)
    assert (mention.comparator, mention.value) == ("=", Decimal(247))
    assert load_mentions(tmp_path) == [mention]
    assert [found.indicator for found in load_mentions(facts, tables=True)] == ["收到申请", "表格"]


@pytest.mark.parametrize(
    ("head", "row", "message"),
    [
        ("document,start\n", "a.txt,1", "lacks"),
        (HEAD, "f1,a.txt,x,10,247件,247,件,=,收到申请,count,actual,text", ":2"),
        (HEAD, "f1,a.txt,6,10,247件,NaN,件,=,收到申请,count,actual,text", ":2"),
    ],
)
def test_a_broken_table_is_a_wrong_argument(tmp_path, head, row, message):
    with pytest.raises(UsageError, match=message):
        load_mentions(write_facts(tmp_path, row, head=head))


def test_a_table_is_scored(tmp_path):
    write_sample(tmp_path, "a")
    write_sample(tmp_path, "b")
    facts = write_facts(
        tmp_path,
        "f1,a.txt,6,10,247件,247,件,=,收到申请,count,actual,text",
        "f9,other.txt,0,9,,1,件,=,别的,count,actual,text",
    )
    evaluation = evaluate_mentions(tmp_path, load_mentions(facts))
    assert evaluation.score.measures["fact_strict"] == Measure(1, 1, 2)
    assert [len(result.missed) for result in evaluation.files] == [0, 1]


def test_facts_of_another_text_are_refused(tmp_path):
    write_sample(tmp_path)
    shifted = write_facts(tmp_path, "f1,a.txt,7,11,247件,247,件,=,收到申请,count,actual,text")
    with pytest.raises(UsageError, match="does not stand"):
        evaluate_mentions(tmp_path, load_mentions(shifted))
    foreign = write_facts(tmp_path, "f1,z.txt,6,10,247件,247,件,=,收到申请,count,actual,text")
    with pytest.raises(UsageError, match="other documents"):
        evaluate_mentions(tmp_path, load_mentions(foreign))


@pytest.mark.parametrize(
    ("names", "documents", "expected"),
    [
        (["x/a"], ["x/a.txt", "x/a.html"], {"x/a": "x/a.txt"}),
        (["a"], ["deep/a.txt"], {"a": "deep/a.txt"}),
        (["a"], ["one/a.txt", "two/a.txt"], {}),
        (["x/a", "y/a"], ["a.txt"], {}),
        (["1.2"], ["1.2.txt"], {"1.2": "1.2.txt"}),
        ([], [], {}),
    ],
)
def test_documents_are_matched(names, documents, expected):
    assert match_documents(names, documents) == expected


def test_the_report_lists_errors_with_their_sentences(tmp_path):
    missed = ROW | {"start": 17, "end": 20, "text": "85件", "value": 85, "indicator": "网上申请"}
    write_sample(tmp_path, rows=[ROW, missed])
    facts = write_facts(tmp_path, "f1,a.txt,6,10,247件,999,件,>,收到,count,actual,text")
    evaluation = evaluate_mentions(tmp_path, load_mentions(facts))
    printed = "\n".join(format_lines(evaluation, errors=5))
    for name in ("missed", "value", "comparator", "indicator"):
        assert f"\n{name}: 1\n" in printed
    assert "spurious: 1" not in printed
    assert TEXT in printed
    document = json.loads(to_json(evaluation, errors=5))
    assert document["sum"]["measures"]["mention"]["recall"] == 0.5
    assert document["files"]["a"]["accuracy"]["value"] == {"share": 0.0, "right": 0, "total": 1}
    assert [error["type"] for error in document["errors"]] == [
        "missed", "value", "comparator", "indicator",
    ]  # fmt: skip

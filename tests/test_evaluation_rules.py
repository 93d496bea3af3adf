from __future__ import annotations

from gold_samples import answer, gold_file, gold_mention, mention
from govextract.evaluation.rules import RuleScore, format_rules, score_rules
from govextract.evaluation.score import judge_file


def test_rules_with_the_most_wrong_facts_come_first():
    gold = [
        gold_mention(0, 2),
        gold_mention(3, 5, period="2020"),
        gold_mention(6, 8, optional=True),
    ]
    found = [
        answer(gold[0], rules="unit/jian;carry/object"),
        answer(gold[1], rules="unit/jian;carry/verb", indicator="别的", period=""),
        answer(gold[2], rules="unit/ge"),
        mention(9, 11, rules="unit/jian;unit/jian"),
    ]
    scores = score_rules([judge_file(gold_file(*gold), found)])
    assert scores == [
        RuleScore("unit/jian", 3, 1, 2, 1),
        RuleScore("carry/verb", 1, 0, 1, 0),
        RuleScore("carry/object", 1, 1, 1, 1),
    ]
    lines = list(format_rules(scores))
    assert lines[1].split() == ["unit/jian", "3", "2", "0.333", "0.500"]


def test_no_facts():
    assert score_rules([]) == []
    assert len(list(format_rules([]))) == 1

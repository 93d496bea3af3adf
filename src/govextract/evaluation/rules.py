"""Which rules the right and the wrong facts come from: where to look first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from govextract.evaluation.report import format_share
from govextract.evaluation.score import MEASURES, FileResult


class RuleScore(NamedTuple):
    """A rule, the facts that it took part in, and how many of them are right.

    A fact is right with value, unit and indicator (relaxed); ``period`` counts those with the
    right period, out of the facts that were paired with gold.
    """

    rule: str
    facts: int
    right: int
    paired: int
    period: int


def score_rules(files: Iterable[FileResult]) -> list[RuleScore]:
    """Return the score of every rule, those with the most wrong facts first.

    Spurious facts are wrong; those paired with optional gold are left out.
    """
    facts: Counter[str] = Counter()
    right: Counter[str] = Counter()
    paired: Counter[str] = Counter()
    period: Counter[str] = Counter()
    for result in files:
        for mention in result.spurious:
            facts.update(_rules(mention.rules))
        for pair in result.pairs:
            if pair.gold.optional:
                continue
            rules = _rules(pair.mention.rules)
            facts.update(rules)
            paired.update(rules)
            if pair.right.issuperset(MEASURES["fact"]):
                right.update(rules)
            if "period" in pair.right:
                period.update(rules)
    scores = [RuleScore(r, facts[r], right[r], paired[r], period[r]) for r in facts]
    return sorted(scores, key=lambda score: (score.right - score.facts, score.rule))


def format_rules(scores: Sequence[RuleScore]) -> Iterator[str]:
    """Yield the lines of a table of rules."""
    yield f"{'rule':<36} {'facts':>6} {'wrong':>6} {'right':>6} {'period':>7}"
    for score in scores:
        share = format_share(score.right / score.facts)
        period = format_share(score.period / score.paired if score.paired else None)
        wrong = score.facts - score.right
        yield f"{score.rule:<36} {score.facts:>6} {wrong:>6} {share:>6} {period:>7}"


def _rules(cell: str) -> set[str]:
    return set(filter(None, cell.split(";")))

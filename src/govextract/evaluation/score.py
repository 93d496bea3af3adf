"""Judges pairs of gold and program mentions, and counts: "How it is scored" of the rules."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from govextract.evaluation.align import align_spans
from govextract.evaluation.gold import GoldFile, GoldMention, in_text_order
from govextract.evaluation.mentions import Mention
from govextract.evaluation.similarity import RELAXED, best_likeness, plain_wording

FIELDS = (
    "value", "unit", "comparator", "kind", "period", "status", "part_of",
    "indicator", "indicator_strict",
)  # fmt: skip
"""What is right or wrong about a pair; ``value`` covers ``value_max``."""

MEASURES: Mapping[str, tuple[str, ...]] = {
    "mention": (),
    "exact_span": ("span",),
    "measurement": ("value", "unit"),
    "fact": ("value", "unit", "indicator"),
    "fact_strict": ("value", "unit", "indicator_strict"),
}
"""The F1 measures: the marks that a pair must have to count for each."""

SPARSE = ("period", "status", "part_of")
"""Fields that most mentions lack: scored also over the pairs where either side has one."""

_EXACT = Decimal("1e-6")
_ROUNDED = Decimal("0.01")
_FRACTION = re.compile(r"分之|[\d０-９]\s*[/／⁄]\s*[\d０-９]")


class Pair(NamedTuple):
    """A gold mention with the program's that was paired with it.

    ``right`` are the marks that it earned: ``span`` and the right ones of :data:`FIELDS`;
    ``stated`` are those of :data:`SPARSE` that either side gives.
    """

    gold: GoldMention
    mention: Mention
    right: frozenset[str]
    stated: frozenset[str]


class FileResult(NamedTuple):
    """One gold file judged. ``missed`` and ``spurious`` hold none that is optional."""

    gold: GoldFile
    pairs: tuple[Pair, ...]
    missed: tuple[GoldMention, ...]
    spurious: tuple[Mention, ...]


class Rate(NamedTuple):
    """How many of how many."""

    right: int
    total: int

    @property
    def share(self) -> float | None:
        """The share that is right; None of nothing."""
        return self.right / self.total if self.total else None


class Measure(NamedTuple):
    """Precision, recall and F1 from counts; None where there is nothing to divide by."""

    right: int
    program: int
    gold: int

    @property
    def precision(self) -> float | None:
        """Share of the program's mentions that are right."""
        return Rate(self.right, self.program).share

    @property
    def recall(self) -> float | None:
        """Share of the gold that was found right."""
        return Rate(self.right, self.gold).share

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall."""
        return Rate(2 * self.right, self.program + self.gold).share


class Score(NamedTuple):
    """The figures of one file, or of all files together."""

    measures: Mapping[str, Measure]
    fields: Mapping[str, Rate]
    """Over all pairs that are not optional; absent on both sides is right."""
    stated: Mapping[str, Rate]
    """The fields of :data:`SPARSE` over the pairs where either side gives one."""
    corrected: int
    """Gold mentions that were not labelled blind: their figures flatter the program."""


def score_results(results: Iterable[FileResult]) -> Score:
    """Sum over files: every mention weighs the same."""
    right: Counter[str] = Counter()
    stated: Counter[str] = Counter()
    stated_right: Counter[str] = Counter()
    pairs = missed = spurious = corrected = 0
    for result in results:
        missed += len(result.missed)
        spurious += len(result.spurious)
        corrected += sum(mention.labelled == "corrected" for mention in result.gold.mentions)
        for pair in result.pairs:
            if pair.gold.optional:
                continue
            pairs += 1
            right.update(pair.right)
            right.update(name for name, needed in MEASURES.items() if pair.right.issuperset(needed))
            stated.update(pair.stated)
            stated_right.update(pair.stated & pair.right)
    return Score(
        {name: Measure(right[name], pairs + spurious, pairs + missed) for name in MEASURES},
        {name: Rate(right[name], pairs) for name in FIELDS},
        {name: Rate(stated_right[name], stated[name]) for name in SPARSE},
        corrected,
    )


def judge_file(gold: GoldFile, mentions: Iterable[Mention]) -> FileResult:
    """Pair the mentions of one text with its gold and judge each pair."""
    found = sorted(mentions, key=_canonical)
    labelled = in_text_order(gold.mentions)
    aligned = align_spans([m.span for m in labelled], [m.span for m in found])
    partner = {labelled[i].start: found[j].fact_id for i, j in aligned}
    pairs = tuple(_judge(labelled[i], found[j], partner) for i, j in aligned)
    paired_gold = {i for i, _ in aligned}
    paired_found = {j for _, j in aligned}
    missed = (m for i, m in enumerate(labelled) if i not in paired_gold and not m.optional)
    spurious = (m for j, m in enumerate(found) if j not in paired_found)
    return FileResult(gold, pairs, tuple(missed), tuple(spurious))


def values_agree(gold: GoldMention, value: Decimal | None, high: Decimal | None) -> bool:
    """Say whether a program's value (and high end) is that of ``gold``.

    Values agree within 1e-6; within 0.01 where the gold writes a fraction (三分之二) whose value
    had to be rounded and is below 100.
    """
    rounded = _FRACTION.search(gold.text) is not None
    return _close(gold.value, value, rounded) and _close(gold.value_max, high, rounded)


def _close(gold: Decimal | None, value: Decimal | None, rounded: bool) -> bool:
    if gold is None or value is None:
        return gold is value
    loose = rounded and abs(gold) < 100 and gold != gold.to_integral_value()
    return abs(gold - value) <= (_ROUNDED if loose else _EXACT)


def _canonical(mention: Mention) -> tuple[object, ...]:
    """A total order by content, so that the order of the rows never matters."""
    return mention.start, mention.end, *map(str, mention)


def _judge(gold: GoldMention, mention: Mention, partner: Mapping[int, str]) -> Pair:
    """``partner`` gives, by the start of a gold mention, the id of the fact paired with it."""
    wording = plain_wording(mention.indicator)
    whole = "" if gold.part_of is None else partner.get(gold.part_of) or None
    checks = {
        "span": gold.span == mention.span,
        "value": values_agree(gold, mention.value, mention.value_max),
        "unit": gold.unit == mention.unit,
        "comparator": gold.comparator == mention.comparator,
        "kind": gold.kind == mention.kind,
        "period": gold.period == mention.period,
        "status": gold.status == mention.status,
        "part_of": mention.part_of == whole,
        "indicator": best_likeness(mention.indicator, gold.indicators) >= RELAXED,
        "indicator_strict": wording in map(plain_wording, gold.indicators),
    }
    given = {
        "period": bool(gold.period or mention.period),
        "status": gold.status != "actual" or mention.status != "actual",
        "part_of": gold.part_of is not None or bool(mention.part_of),
    }
    return Pair(
        gold,
        mention,
        frozenset(name for name, is_right in checks.items() if is_right),
        frozenset(name for name, is_given in given.items() if is_given),
    )

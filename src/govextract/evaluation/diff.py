"""What changed between two runs: facts that came, went or differ; with gold, gains and losses."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Literal, NamedTuple

from govextract.evaluation.align import align_spans
from govextract.evaluation.evaluate import evaluate_mentions
from govextract.evaluation.gold import GoldMention
from govextract.evaluation.mentions import Mention, by_document
from govextract.evaluation.report import both_sides, gold_summary, sentence_at
from govextract.evaluation.score import FIELDS, FileResult, Pair
from govextract.text import sentences

COMPARED = (
    "value", "value_max", "unit", "comparator", "kind", "indicator", "period", "status",
)  # fmt: skip

DifferenceType = Literal["added", "removed", "changed", "gain", "loss"]


Turn = tuple[bool, str, int, str, str, str]
"""Whether it is a gain; field, start, label, what the old and the new run say."""


class Difference(NamedTuple):
    """One difference between two runs.

    ``field`` is the field that changed (``mention`` where a whole fact came or went); ``old`` and
    ``new`` are what each run says. With gold, ``type`` is ``gain`` or ``loss``.
    """

    type: DifferenceType
    field: str
    document: str
    start: int
    text: str
    old: str
    new: str
    sentence: str


def diff_runs(old: Iterable[Mention], new: Iterable[Mention]) -> list[Difference]:
    """Return what differs between two runs, by document, in text order.

    Facts of both runs are paired by their spans; ``part_of`` is compared by where the whole
    stands, not by its id.
    """
    before, after = by_document(old), by_document(new)
    return [
        difference
        for document in sorted({*before, *after})
        for difference in sorted(
            _diff_document(before.get(document, []), after.get(document, [])),
            key=lambda difference: difference.start,
        )
    ]


def diff_against_gold(
    gold_dir: Path, old: Iterable[Mention], new: Iterable[Mention]
) -> list[Difference]:
    """Return what the new run gains and loses against gold, by file, in text order.

    A mention that is found or lost counts once (field ``mention``), a spurious one that goes is a
    gain (field ``spurious``); else each field that turned right or wrong.
    """
    before = evaluate_mentions(gold_dir, old).files
    after = evaluate_mentions(gold_dir, new).files
    return [
        difference
        for one, other in zip(before, after, strict=True)
        for difference in sorted(_diff_file(one, other), key=lambda difference: difference.start)
    ]


def format_differences(differences: Sequence[Difference], limit: int) -> Iterator[str]:
    """Yield lines: how many of each type and field, then at most ``limit`` of each."""
    counts = Counter((difference.type, difference.field) for difference in differences)
    if not counts:
        yield "no difference"
    for (kind, field), count in sorted(counts.items()):
        yield f"{kind:<8} {field:<17} {count:>6}"
    for key in sorted(counts):
        group = [item for item in differences if (item.type, item.field) == key]
        yield ""
        yield f"{key[0]} {key[1]}: {len(group)}"
        for item in group[:limit]:
            yield f"  {item.document}:{item.start}  {item.text}  {item.old} -> {item.new}"
            yield f"      {item.sentence}"


def to_json(differences: Sequence[Difference]) -> str:
    """Return the differences as a JSON array of objects."""
    return json.dumps([item._asdict() for item in differences], ensure_ascii=False, indent=2)


def _diff_document(old: Sequence[Mention], new: Sequence[Mention]) -> Iterator[Difference]:
    pairs = align_spans([mention.span for mention in old], [mention.span for mention in new])
    paired_old, paired_new = {i for i, _ in pairs}, {j for _, j in pairs}
    for i, gone in enumerate(old):
        if i not in paired_old:
            yield _difference("removed", "mention", gone, _summary(gone), "-")
    for j, come in enumerate(new):
        if j not in paired_new:
            yield _difference("added", "mention", come, "-", _summary(come))
    wholes_old = {mention.fact_id: f"{mention.text}@{mention.start}" for mention in old}
    wholes_new = {mention.fact_id: f"{mention.text}@{mention.start}" for mention in new}
    for i, j in pairs:
        before = _compared(old[i], wholes_old)
        after = _compared(new[j], wholes_new)
        for field, was in before.items():
            if was != after[field]:
                yield _difference("changed", field, new[j], was, after[field])


def _compared(mention: Mention, wholes: Mapping[str, str]) -> dict[str, str]:
    """Return the fields that are compared; values as plain numbers, a whole by its place."""
    row = {name: _plain(getattr(mention, name)) for name in COMPARED}
    row["span"] = mention.text
    row["part_of"] = wholes.get(mention.part_of, mention.part_of) or "-"
    return row


def _plain(cell: object) -> str:
    if isinstance(cell, Decimal):
        return format(cell.normalize(), "f")
    return "-" if cell is None or cell == "" else str(cell)


def _difference(
    kind: DifferenceType, field: str, mention: Mention, old: str, new: str
) -> Difference:
    return Difference(
        kind, field, mention.document, mention.start, mention.text, old, new, mention.sentence
    )


def _summary(mention: Mention) -> str:
    return f"{_plain(mention.value)} {mention.unit} ({mention.indicator})"


def _diff_file(old: FileResult, new: FileResult) -> Iterator[Difference]:
    """Yield what turned right or wrong in one file."""
    text = old.gold.text
    spans = list(sentences(text))
    for is_gain, field, start, label, was, now in (*_turns(old, new), *_spurious_turns(old, new)):
        sentence = sentence_at(text, spans, start)
        kind: DifferenceType = "gain" if is_gain else "loss"
        yield Difference(kind, field, old.gold.name, start, label, was, now, sentence)


def _turns(old: FileResult, new: FileResult) -> Iterator[Turn]:
    before, after = _by_gold(old), _by_gold(new)
    for gold in old.gold.mentions:
        one, other = before.get(gold), after.get(gold)
        if gold.optional or one is other is None:
            continue
        if one is None or other is None:
            label = gold_summary(gold)
            yield one is None, "mention", gold.start, label, _found(one), _found(other)
            continue
        for field in ("span", *FIELDS):
            if (field in one.right) != (field in other.right):
                said, was = both_sides(field, gold, one.mention)
                now = both_sides(field, gold, other.mention)[1]
                yield field in other.right, field, gold.start, f"gold {said}", was, now


def _spurious_turns(old: FileResult, new: FileResult) -> Iterator[Turn]:
    before = {mention.span: mention for mention in old.spurious}
    after = {mention.span: mention for mention in new.spurious}
    for span, mention in before.items():
        if span not in after:
            yield True, "spurious", mention.start, mention.text, _summary(mention), "-"
    for span, mention in after.items():
        if span not in before:
            yield False, "spurious", mention.start, mention.text, "-", _summary(mention)


def _by_gold(result: FileResult) -> dict[GoldMention, Pair]:
    return {pair.gold: pair for pair in result.pairs}


def _found(pair: Pair | None) -> str:
    return "-" if pair is None else _summary(pair.mention)

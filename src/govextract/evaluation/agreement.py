"""How far two people who labelled the same texts agree, and where they do not."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from govextract.errors import GoldError
from govextract.evaluation.align import align_spans
from govextract.evaluation.gold import GoldFile, GoldMention, in_text_order, load_gold_folder
from govextract.evaluation.report import format_share, sentence_at
from govextract.evaluation.score import Measure, Rate, values_agree
from govextract.evaluation.similarity import RELAXED, best_likeness, plain_wording
from govextract.text import sentences

FIELDS = (
    "span", "value", "unit", "comparator", "kind", "period", "status", "part_of",
    "indicator", "indicator_strict",
)  # fmt: skip


class Disagreement(NamedTuple):
    """One thing on which two labellers differ; ``-`` is a side that labelled nothing there."""

    field: str
    file: str
    start: int
    text: str
    one: str
    other: str
    sentence: str


class Agreement(NamedTuple):
    """Agreement over all files; the same whichever side comes first.

    ``mention`` counts what both labelled; ``measurement`` and ``fact`` as in scoring. What either
    side calls optional counts nowhere but in ``optional``. ``kappa`` is Cohen's, for kinds; None
    of no pairs.
    """

    files: int
    mention: Measure
    measurement: Measure
    fact: Measure
    fact_strict: Measure
    fields: Mapping[str, Rate]
    optional: Rate
    kappa: float | None
    disagreements: tuple[Disagreement, ...]


class _Pair(NamedTuple):
    one: GoldMention
    other: GoldMention
    agreed: frozenset[str]


class _FilePairs(NamedTuple):
    file: GoldFile
    pairs: tuple[_Pair, ...]
    only_one: tuple[GoldMention, ...]
    only_other: tuple[GoldMention, ...]


def compare_folders(one: Path, other: Path) -> Agreement:
    """Compare the gold of two folders, file by file.

    Raises GoldError where a file stands on one side only, or the two label different texts.
    """
    left = {gold.name: gold for gold in load_gold_folder(one)}
    right = {gold.name: gold for gold in load_gold_folder(other)}
    for name in sorted(left.keys() ^ right.keys()):
        absent = other if name in left else one
        raise GoldError(f"has no gold for {name}", place=str(absent), remedy="compare equal sets")
    return compare_gold([(left[name], right[name]) for name in sorted(left)])


def compare_gold(files: Sequence[tuple[GoldFile, GoldFile]]) -> Agreement:
    """Compare two labellings of each text; raise GoldError where the texts differ."""
    compared = [_pair_file(one, other) for one, other in files]
    pairs = [pair for file in compared for pair in file.pairs if not _is_optional(pair)]
    only_one = sum(not m.optional for file in compared for m in file.only_one)
    only_other = sum(not m.optional for file in compared for m in file.only_other)

    def measure(*needed: str) -> Measure:
        right = sum(pair.agreed.issuperset(needed) for pair in pairs)
        return Measure(right, len(pairs) + only_other, len(pairs) + only_one)

    every = [pair for file in compared for pair in file.pairs]
    return Agreement(
        files=len(files),
        mention=measure(),
        measurement=measure("value", "unit"),
        fact=measure("value", "unit", "indicator"),
        fact_strict=measure("value", "unit", "indicator_strict"),
        fields={
            name: Rate(sum(name in pair.agreed for pair in pairs), len(pairs)) for name in FIELDS
        },
        optional=Rate(sum(p.one.optional == p.other.optional for p in every), len(every)),
        kappa=cohen_kappa([(pair.one.kind, pair.other.kind) for pair in pairs]),
        disagreements=tuple(item for file in compared for item in _disagreements(file)),
    )


def cohen_kappa(labels: Sequence[tuple[str, str]]) -> float | None:
    """Return Cohen's kappa (1960) of two raters: agreement beyond that of chance.

    None of no labels; 1 where both use one and the same label throughout.

    >>> cohen_kappa([("a", "a"), ("b", "b"), ("a", "b"), ("b", "a")])
    0.0
    """
    total = len(labels)
    if not total:
        return None
    observed = sum(one == other for one, other in labels) / total
    first = Counter(one for one, _ in labels)
    second = Counter(other for _, other in labels)
    chance = sum(first[label] * second[label] for label in first) / total**2
    return 1.0 if chance == 1 else (observed - chance) / (1 - chance)


def format_agreement(agreement: Agreement, limit: int) -> Iterator[str]:
    """Yield the printed lines, with at most ``limit`` disagreements of each field."""
    yield f"{agreement.files} files"
    for name in ("mention", "measurement", "fact", "fact_strict"):
        measure: Measure = getattr(agreement, name)
        yield (
            f"{name:<17} F1 {format_share(measure.f1)}  both {measure.right}"
            f"  first {measure.gold}  second {measure.program}"
        )
    for name, rate in (*agreement.fields.items(), ("optional", agreement.optional)):
        yield f"{name:<17}    {format_share(rate.share)}  {rate.right}/{rate.total}"
    yield f"{'kappa of kinds':<17}    {format_share(agreement.kappa)}"
    shown: Counter[str] = Counter()
    for item in agreement.disagreements:
        shown[item.field] += 1
        if shown[item.field] <= limit:
            yield f"{item.field}  {item.file}:{item.start}  {item.text}  {item.one} | {item.other}"
            yield f"    {item.sentence}"


def to_json(agreement: Agreement) -> str:
    """Return the agreement as a JSON document."""
    document = agreement._asdict() | {
        name: getattr(agreement, name)._asdict() | {"f1": getattr(agreement, name).f1}
        for name in ("mention", "measurement", "fact", "fact_strict")
    }
    document["fields"] = {name: rate._asdict() for name, rate in agreement.fields.items()}
    document["optional"] = agreement.optional._asdict()
    document["disagreements"] = [item._asdict() for item in agreement.disagreements]
    return json.dumps(document, ensure_ascii=False, indent=2)


def _pair_file(one: GoldFile, other: GoldFile) -> _FilePairs:
    if one.text != other.text:
        raise GoldError(
            "labels another text", place=str(other.path), remedy=f"compare it with {one.path}"
        )
    left, right = in_text_order(one.mentions), in_text_order(other.mentions)
    aligned = align_spans([m.span for m in left], [m.span for m in right])
    partner = {left[i].start: right[j].start for i, j in aligned}
    pairs = tuple(_Pair(left[i], right[j], _agreed(left[i], right[j], partner)) for i, j in aligned)
    paired_left, paired_right = {i for i, _ in aligned}, {j for _, j in aligned}
    return _FilePairs(
        one,
        pairs,
        tuple(mention for i, mention in enumerate(left) if i not in paired_left),
        tuple(mention for j, mention in enumerate(right) if j not in paired_right),
    )


def _agreed(one: GoldMention, other: GoldMention, partner: Mapping[int, int]) -> frozenset[str]:
    """``partner`` gives, by the start of a mention of the first side, that of its pair."""
    whole = None if one.part_of is None else partner.get(one.part_of, -1)
    plain = set(map(plain_wording, one.indicators)) & set(map(plain_wording, other.indicators))
    likeness = max((best_likeness(i, other.indicators) for i in one.indicators), default=0.0)
    checks = {
        "span": one.span == other.span,
        "value": values_agree(one, other.value, other.value_max)
        or values_agree(other, one.value, one.value_max),
        "unit": one.unit == other.unit,
        "comparator": one.comparator == other.comparator,
        "kind": one.kind == other.kind,
        "period": one.period == other.period,
        "status": one.status == other.status,
        "part_of": whole == other.part_of,
        "indicator": likeness >= RELAXED,
        "indicator_strict": bool(plain),
    }
    return frozenset(name for name, same in checks.items() if same)


def _is_optional(pair: _Pair) -> bool:
    return pair.one.optional or pair.other.optional


def _disagreements(file: _FilePairs) -> list[Disagreement]:
    spans = list(sentences(file.file.text))

    def disagreement(field: str, at: GoldMention, one: str, other: str) -> Disagreement:
        sentence = sentence_at(file.file.text, spans, at.start)
        return Disagreement(field, file.file.name, at.start, at.text, one, other, sentence)

    found = [disagreement("mention", m, "labelled", "-") for m in file.only_one if not m.optional]
    found += [
        disagreement("mention", m, "-", "labelled") for m in file.only_other if not m.optional
    ]
    for pair in file.pairs:
        if pair.one.optional != pair.other.optional:
            sides = ("optional", "-") if pair.one.optional else ("-", "optional")
            found.append(disagreement("optional", pair.one, *sides))
        if not _is_optional(pair):
            found += [
                disagreement(name, pair.one, _told(pair.one, name), _told(pair.other, name))
                for name in FIELDS
                if name not in pair.agreed and not _is_listed(name, pair)
            ]
    return sorted(found, key=lambda item: item.start)


def _is_listed(field: str, pair: _Pair) -> bool:
    """Say whether the disagreement is there already: wordings too far apart differ strictly too."""
    return field == "indicator_strict" and "indicator" not in pair.agreed


def _told(mention: GoldMention, field: str) -> str:
    if field == "span":
        return mention.text
    if field == "value":
        high = "" if mention.value_max is None else f"..{mention.value_max}"
        return f"{mention.value}{high}"
    if field.startswith("indicator"):
        return " / ".join(mention.indicators)
    told = getattr(mention, field)
    return "-" if told is None or told == "" else str(told)

"""Prints an evaluation: sums, a table by file, and the errors by type with their sentences."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from govextract.evaluation.evaluate import Evaluation
from govextract.evaluation.gold import GoldMention
from govextract.evaluation.mentions import Mention
from govextract.evaluation.score import FIELDS, FileResult, Measure, Rate, Score, score_results
from govextract.model import Span
from govextract.text import enclosing, sentences

if TYPE_CHECKING:
    from govextract.evaluation.calibration import Calibration
    from govextract.evaluation.rules import RuleScore

ERROR_TYPES = ("missed", "spurious", "span", *FIELDS)
"""The order in which errors are listed."""

# Heads of the table by file, short so that it fits a terminal; measures (F1), then fields.
_FILE_MEASURES = {
    "mention": "mention", "exact_span": "exact", "measurement": "measure", "fact": "fact",
    "fact_strict": "strict",
}  # fmt: skip
_FILE_FIELDS = {"period": "period", "part_of": "part_of"}


class ScoringError(NamedTuple):
    """One thing that went wrong: where, what the gold says and what the program said."""

    type: str
    file: str
    start: int
    gold: str
    found: str
    sentence: str
    rules: str


def list_errors(files: Iterable[FileResult]) -> list[ScoringError]:
    """Return all errors over mentions that are not optional, by type, then in text order.

    An indicator that is wrong is listed once, as ``indicator``; ``indicator_strict`` are those
    that are right but for their wording.
    """
    errors = [error for result in files for error in _file_errors(result)]
    return sorted(errors, key=lambda error: ERROR_TYPES.index(error.type))


def format_lines(evaluation: Evaluation, errors: int = 0) -> Iterator[str]:
    """Yield the lines of the printed report, with at most ``errors`` errors of each type."""
    yield from _sum_lines(evaluation.score)
    yield ""
    yield from _file_lines(evaluation.files)
    if errors:
        yield from error_lines(list_errors(evaluation.files), errors)


def to_json(
    evaluation: Evaluation,
    errors: int = 0,
    calibration: Calibration | None = None,
    rules: Sequence[RuleScore] = (),
) -> str:
    """Return the evaluation as a JSON document; figures are shares, null where undefined."""
    document: dict[str, Any] = {
        "sum": _score_object(evaluation.score),
        "files": {
            result.gold.name: _score_object(score_results([result])) for result in evaluation.files
        },
    }
    if errors:
        document["errors"] = [
            error._asdict()
            for group in _grouped(list_errors(evaluation.files))
            for error in group[:errors]
        ]
    if calibration:
        bins = [item._asdict() | {"share": item.share} for item in calibration.bins]
        document["calibration"] = calibration._asdict() | {"bins": bins}
    if rules:
        document["rules"] = [score._asdict() for score in rules]
    return json.dumps(document, ensure_ascii=False, indent=2)


def format_share(share: float | None) -> str:
    """Return a share with three places, a dash where there is none.

    >>> format_share(0.98765), format_share(None)
    ('0.988', '    -')
    """
    return "    -" if share is None else f"{share:.3f}"


def _sum_lines(score: Score) -> Iterator[str]:
    yield f"{'measure':<17}    F1  precision  recall   right   program   gold"
    for name, measure in score.measures.items():
        yield (
            f"{name:<17} {format_share(measure.f1)}  {format_share(measure.precision):>9}"
            f"  {format_share(measure.recall):>6}  {measure.right:>6}"
            f"  {measure.program:>8}  {measure.gold:>5}"
        )
    yield ""
    yield f"{'field':<17} accuracy  right/pairs    where either side gives one"
    for name, rate in score.fields.items():
        stated = score.stated.get(name)
        beside = (
            f"    {format_share(stated.share)}  {stated.right}/{stated.total}" if stated else ""
        )
        of = f"{rate.right}/{rate.total}"
        yield f"{name:<17} {format_share(rate.share):>8}  {of:<11}{beside}".rstrip()
    if score.corrected:
        yield f"{score.corrected} gold mentions corrected a program's output: they flatter it"


def _file_lines(files: Sequence[FileResult]) -> Iterator[str]:
    heads = [*_FILE_MEASURES.values(), *_FILE_FIELDS.values(), "missed", "spurious", "gold"]
    yield " ".join([*(f"{head:>7}" for head in heads), "file"])
    for result in files:
        score = score_results([result])
        shares = [score.measures[name].f1 for name in _FILE_MEASURES]
        shares += [score.fields[name].share for name in _FILE_FIELDS]
        counts = [len(result.missed), len(result.spurious), len(result.gold.mentions)]
        cells = [*map(format_share, shares), *map(str, counts)]
        aligned = [f"{cell:>{max(7, len(head))}}" for head, cell in zip(heads, cells, strict=True)]
        yield " ".join([*aligned, result.gold.name])


def error_lines(errors: Sequence[ScoringError], limit: int) -> Iterator[str]:
    """Yield the lines that list errors by type, at most ``limit`` of each."""
    for group in _grouped(errors):
        yield ""
        yield f"{group[0].type}: {len(group)}"
        for error in group[:limit]:
            yield f"  {error.file}:{error.start}  gold {error.gold}  found {error.found}"
            yield f"      {error.sentence}"
            if error.rules:
                yield f"      {error.rules}"


def _grouped(errors: Sequence[ScoringError]) -> list[list[ScoringError]]:
    groups = [[error for error in errors if error.type == name] for name in ERROR_TYPES]
    return [group for group in groups if group]


def _file_errors(result: FileResult) -> Iterator[ScoringError]:
    spans = list(sentences(result.gold.text))
    for name, start, gold, found, rules in _plain_errors(result):
        sentence = sentence_at(result.gold.text, spans, start)
        yield ScoringError(name, result.gold.name, start, gold, found, sentence, rules)


def _plain_errors(result: FileResult) -> Iterator[tuple[str, int, str, str, str]]:
    """Yield (type, start, the gold's side, the program's side, rules) of each error."""
    for missed in result.missed:
        yield "missed", missed.start, gold_summary(missed), "-", ""
    for spurious in result.spurious:
        yield "spurious", spurious.start, "-", _found_summary(spurious), spurious.rules
    for pair in result.pairs:
        if pair.gold.optional:
            continue
        for name in ("span", *FIELDS):
            listed_already = name == "indicator_strict" and "indicator" not in pair.right
            if name not in pair.right and not listed_already:
                gold, found = both_sides(name, pair.gold, pair.mention)
                yield name, pair.gold.start, gold, found, pair.mention.rules


def sentence_at(text: str, spans: Sequence[Span], offset: int) -> str:
    """Return the sentence of ``text`` that holds ``offset``; ``spans`` are all its sentences."""
    span = enclosing(spans, offset)
    return text[span.start : span.end] if span else ""


def both_sides(name: str, gold: GoldMention, mention: Mention) -> tuple[str, str]:
    """Return what the gold and what the program says of the field ``name``, to be read."""
    if name == "span":
        return gold.text, mention.text
    if name == "value":
        return _value(gold), f"{gold.text} -> {_value(mention)}"
    if name.startswith("indicator"):
        return f"{gold.text} {' / '.join(gold.indicators)}", mention.indicator or "-"
    ours = getattr(gold, name)
    return f"{gold.text} {'-' if ours is None else ours}", getattr(mention, name) or "-"


def gold_summary(gold: GoldMention) -> str:
    """Return a gold mention in a few words: its text and what it measures."""
    return f"{gold.text} ({' / '.join(gold.indicators)})"


def _found_summary(mention: Mention) -> str:
    return f"{mention.text} ({mention.indicator})"


def _value(side: GoldMention | Mention) -> str:
    high = "" if side.value_max is None else f"..{side.value_max}"
    return f"{side.value}{high}"


def _score_object(score: Score) -> dict[str, Any]:
    return {
        "measures": {name: _measure_object(m) for name, m in score.measures.items()},
        "accuracy": {name: _rate_object(rate) for name, rate in score.fields.items()},
        "accuracy_where_stated": {name: _rate_object(r) for name, r in score.stated.items()},
        "corrected": score.corrected,
    }


def _measure_object(measure: Measure) -> dict[str, Any]:
    return {
        "f1": measure.f1,
        "precision": measure.precision,
        "recall": measure.recall,
        **measure._asdict(),
    }


def _rate_object(rate: Rate) -> dict[str, Any]:
    return {"share": rate.share, **rate._asdict()}

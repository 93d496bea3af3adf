"""What goes to a labelling tool and comes back: a text, its labels, and how they were made."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path, PurePosixPath
from typing import NamedTuple, cast

from govextract.errors import GoldError, UsageError
from govextract.evaluation.gold import (
    SUFFIX,
    GoldFile,
    GoldMention,
    Labelled,
    format_gold,
    format_number,
    in_text_order,
)
from govextract.labelling.notes import Fields
from govextract.model import COMPARATORS, KINDS, Comparator, Extraction, Kind, Span, Status
from govextract.writers.files import write_new

STATUSES: tuple[Status, ...] = ("target", "prior")
PART_OF = "part_of"
"""The name of the relation from a part to its whole, in every tool."""


class LabelTask(NamedTuple):
    """One text to label. ``name`` is a path without suffix, ``/`` between.

    ``labelled`` is ``blind`` where the labeller sees no program's output: it goes out with the
    task, comes back with it and stands in the gold.
    """

    name: str
    text: str
    mentions: tuple[GoldMention, ...]
    labelled: Labelled


class RawLabel(NamedTuple):
    """A label as a tool gives it back: its span, its kind, its other fields as text."""

    span: Span
    kind: str
    fields: Fields
    whole: Span | None
    """Where the mention stands that this one is a part of."""


def name_reports(paths: Sequence[Path]) -> list[str]:
    """Return a name for each report: its path below the folder that holds all, without suffix.

    Raises UsageError where two would have the same name.
    """
    whole = [path.absolute() for path in paths]
    root = os.path.commonpath([path.parent for path in whole])
    names = [Path(os.path.relpath(_without_suffix(path), root)).as_posix() for path in whole]
    for name, path in zip(names, paths, strict=True):
        if names.count(name) > 1:
            raise UsageError(
                "has the name of another report", place=str(path), remedy="export it alone"
            )
    return names


def task_from_gold(name: str, gold: GoldFile) -> LabelTask:
    """Return the task that shows the labels of ``gold``; one corrected label makes all so."""
    blind = all(mention.labelled == "blind" for mention in gold.mentions)
    return LabelTask(name, gold.text, gold.mentions, "blind" if blind else "corrected")


def task_from_extraction(name: str, extraction: Extraction) -> LabelTask:
    """Return the task that shows the facts that the program found in the text of a report."""
    facts = [fact for fact in extraction.facts if fact.origin == "text" and fact.value is not None]
    starts = {fact.fact_id: fact.start for fact in facts}
    mentions = (
        GoldMention(
            start=fact.start,
            end=fact.end,
            text=fact.text,
            value=cast(Decimal, fact.value),
            value_max=fact.value_max,
            unit=fact.unit,
            comparator=fact.comparator,
            indicators=(fact.indicator,),
            kind=fact.kind,
            period=fact.period,
            status=fact.status,
            part_of=starts.get(fact.part_of),
            labelled="corrected",
        )
        for fact in facts
    )
    return LabelTask(name, extraction.report.text, tuple(in_text_order(mentions)), "corrected")


def fields_of(mention: GoldMention) -> dict[str, list[str]]:
    """Return all of a label but its span, kind and whole, as text; defaults are left out."""
    fields = {"value": [str(format_number(mention.value))]}
    if mention.value_max is not None:
        fields["value_max"] = [str(format_number(mention.value_max))]
    if mention.unit:
        fields["unit"] = [mention.unit]
    if mention.comparator != "=":
        fields["comparator"] = [mention.comparator]
    fields["indicator"] = list(mention.indicators)
    if mention.period:
        fields["period"] = [mention.period]
    if mention.status != "actual":
        fields["status"] = [mention.status]
    if mention.optional:
        fields["optional"] = ["yes"]
    return fields


def build_task(
    name: str, text: str, labelled: Labelled, labels: Iterable[RawLabel], place: str
) -> LabelTask:
    """Return the task that a tool gave back.

    Raises GoldError, naming ``place``, that lists every label which is not complete.
    """
    mentions, faults = [], []
    for label in labels:
        try:
            mentions.append(_build_mention(text, label, labelled))
        except (ValueError, InvalidOperation) as error:
            quote = text[label.span.start : label.span.end]
            faults.append(f"{quote!r} at {label.span.start}: {error}")
    if faults:
        raise GoldError(
            f"labels of {name} are not complete: {'; '.join(faults)}",
            place=place,
            remedy="complete them in the tool and export again",
        )
    return LabelTask(name, text, tuple(in_text_order(mentions)), labelled)


def write_tasks(tasks: Sequence[LabelTask], folder: Path, *, force: bool = False) -> list[Path]:
    """Write each task's gold file, with its text beside it, into ``folder``; return the gold.

    Raises GoldError for a name that leads out of the folder, UsageError where a file is there
    already, unless ``force``.
    """
    files: dict[str, str] = {}
    for task in tasks:
        if PurePosixPath(task.name).is_absolute() or ".." in PurePosixPath(task.name).parts:
            raise GoldError("is no name for a gold file", place=task.name)
        files[f"{task.name}{SUFFIX}"] = format_gold(task.mentions)
        files[f"{task.name}.txt"] = task.text
    return [path for path in write_new(folder, files, force=force) if path.name.endswith(SUFFIX)]


def parse_labelled(value: object) -> Labelled:
    """Return how labels were made; what does not say that it is blind counts as corrected."""
    return "blind" if value == "blind" else "corrected"


def _without_suffix(path: Path) -> Path:
    if path.name.endswith(SUFFIX):
        return path.with_name(path.name.removesuffix(SUFFIX))
    return path.with_suffix("")


def _build_mention(text: str, label: RawLabel, labelled: Labelled) -> GoldMention:
    indicators = tuple(i for i in label.fields.get("indicator", ()) if i)
    if not indicators:
        raise ValueError("no indicator")
    high = _field(label.fields, "value_max")
    return GoldMention(
        start=label.span.start,
        end=label.span.end,
        text=text[label.span.start : label.span.end],
        value=_value(_field(label.fields, "value")),
        value_max=_value(high) if high else None,
        unit=_field(label.fields, "unit"),
        comparator=cast(Comparator, _known(_field(label.fields, "comparator", "="), COMPARATORS)),
        indicators=indicators,
        kind=cast(Kind, _known(label.kind, KINDS)),
        period=_field(label.fields, "period"),
        status=cast(
            Status, _known(_field(label.fields, "status", "actual"), ("actual", *STATUSES))
        ),
        part_of=label.whole.start if label.whole else None,
        optional=_field(label.fields, "optional") == "yes",
        labelled=labelled,
    )


def _field(fields: Mapping[str, Sequence[str]], name: str, default: str = "") -> str:
    given = fields.get(name, ())
    return given[0].strip() if given and given[0].strip() else default


def _value(text: str) -> Decimal:
    if not text:
        raise ValueError("no value")
    value = Decimal(text.replace(",", ""))
    if not value.is_finite():
        raise ValueError(f"{text} is no value")
    return value


def _known(name: str, names: Iterable[str]) -> str:
    if name not in names:
        raise ValueError(f"unknown {name!r}")
    return name

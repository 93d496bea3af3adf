"""Label Studio: tasks as JSON, with a labelling interface that has a field for everything.

Kinds are labels, all other fields are per-region text areas and choices, ``part_of`` is a
relation. Label Studio counts code points (older versions UTF-16 units); every region quotes its
text, by which the counting is checked when it comes back.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from govextract.errors import GoldError
from govextract.evaluation.gold import GoldMention, read_utf8
from govextract.labelling.offsets import Counting, Offsets, resolve_span
from govextract.labelling.task import (
    PART_OF,
    STATUSES,
    LabelTask,
    RawLabel,
    build_task,
    fields_of,
    parse_labelled,
)
from govextract.model import COMPARATORS, KINDS, Span
from govextract.writers.files import write_new

COUNTING: Counting = "code-points"

_TEXTS = ("value", "value_max", "unit", "indicator", "period")
_CHOICES: Mapping[str, Sequence[str]] = {
    "comparator": COMPARATORS,
    "status": STATUSES,
    "optional": ("yes",),
}


def write_label_studio(
    tasks: Sequence[LabelTask], folder: Path, *, force: bool = False
) -> list[Path]:
    """Write the tasks and the labelling interface into ``folder``; return the files.

    Raises UsageError where one is there already, unless ``force``.
    """
    files = {
        "label-studio.json": json.dumps([_task(task) for task in tasks], ensure_ascii=False),
        "label-studio.xml": "\n".join(_interface()) + "\n",
    }
    return write_new(folder, files, force=force)


def read_label_studio(path: Path) -> list[LabelTask]:
    """Read what Label Studio exported ("JSON"): the last annotation of each task that has one.

    Raises GoldError where the file is not that, or a region's text is not where it says.
    """
    try:
        rows = json.loads(read_utf8(path))
        return [
            _read_task(row, f"{path} task {number}") for number, row in enumerate(rows, start=1)
        ]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise GoldError(
            f"is no JSON export of Label Studio ({error!r})", place=str(path)
        ) from error


def _task(task: LabelTask) -> dict[str, Any]:
    offsets = Offsets(task.text, COUNTING)
    ids = {mention.start: f"m{mention.start}" for mention in task.mentions}
    result = [item for mention in task.mentions for item in _regions(mention, offsets)]
    result += [
        {
            "type": "relation",
            "from_id": ids[mention.start],
            "to_id": ids[mention.part_of],
            "direction": "right",
            "labels": [PART_OF],
        }
        for mention in task.mentions
        if mention.part_of in ids
    ]
    document: dict[str, Any] = {
        "data": {"text": task.text, "name": task.name, "labelled": task.labelled}
    }
    if task.mentions:
        document["predictions"] = [{"model_version": "govextract", "result": result}]
    return document


def _regions(mention: GoldMention, offsets: Offsets) -> Iterator[dict[str, Any]]:
    """Yield the label of a mention, then each of its fields, all with one region id."""
    start, end = offsets.to_tool(mention.span)

    def region(name: str, kind: str, key: str, values: Sequence[str]) -> dict[str, Any]:
        value = {"start": start, "end": end, "text": mention.text, key: list(values)}
        return {
            "id": f"m{mention.start}",
            "from_name": name,
            "to_name": "text",
            "type": kind,
            "value": value,
        }

    yield region("kind", "labels", "labels", [mention.kind])
    for name, alternatives in fields_of(mention).items():
        if name in _CHOICES:
            yield region(name, "choices", "choices", alternatives)
        else:
            yield region(name, "textarea", "text", alternatives)


def _read_task(row: Mapping[str, Any], place: str) -> LabelTask:
    data = row["data"]
    text, name = data["text"], data["name"]
    given = row.get("annotations") or row.get("predictions") or [{"result": []}]
    result = given[-1]["result"]
    spans: dict[str, Span] = {}
    kinds: dict[str, str] = {}
    fields: dict[str, dict[str, Sequence[str]]] = {}
    for item in result:
        if item["type"] == "labels":
            value = item["value"]
            kinds[item["id"]] = value["labels"][0]
            spans[item["id"]] = _resolve(text, value, f"{place} ({name})")
        elif item["type"] in ("textarea", "choices"):
            values = item["value"]["text" if item["type"] == "textarea" else "choices"]
            listed = [values] if isinstance(values, str) else values
            fields.setdefault(item["id"], {})[item["from_name"]] = listed
    wholes = {
        item["from_id"]: spans[item["to_id"]]
        for item in result
        if item["type"] == "relation" and item["to_id"] in spans
    }
    labels = [
        RawLabel(span, kinds[key], fields.get(key, {}), wholes.get(key))
        for key, span in spans.items()
    ]
    return build_task(name, text, parse_labelled(data.get("labelled")), labels, place)


def _resolve(text: str, value: Mapping[str, Any], place: str) -> Span:
    span = Span(int(value["start"]), int(value["end"]))
    quote = value.get("text")
    if quote is None:
        return Offsets(text, COUNTING).from_tool(span)
    found = resolve_span(text, span, quote, COUNTING)
    if found is None:
        raise GoldError(f"{quote!r} does not stand at {span.start}", place=place)
    return found


def _interface() -> Iterator[str]:
    """Yield the lines of the labelling interface."""
    yield "<View>"
    yield '  <Labels name="kind" toName="text">'
    yield from (f"    <Label value={quoteattr(kind)}/>" for kind in KINDS)
    yield "  </Labels>"
    yield f'  <Relations><Relation value="{PART_OF}"/></Relations>'
    yield "  <Style>.htx-text{ white-space: pre-wrap; }</Style>"
    yield '  <Text name="text" value="$text"/>'
    for name in _TEXTS:
        several = "" if name == "indicator" else ' maxSubmissions="1"'
        yield f"  <Header value={quoteattr(name)}/>"
        yield f'  <TextArea name="{name}" toName="text" perRegion="true" editable="true"{several}/>'
    for name, choices in _CHOICES.items():
        yield f'  <Choices name="{name}" toName="text" perRegion="true" showInline="true">'
        yield from (f"    <Choice value={quoteattr(choice)}/>" for choice in choices)
        yield "  </Choices>"
    yield "</View>"

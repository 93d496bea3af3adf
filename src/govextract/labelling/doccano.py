"""doccano: JSON lines with entities and relations (project "Sequence labeling", relations on).

The label of an entity is the kind; doccano has no other fields for a span. They stand in
``notes``, which doccano keeps as metadata, and a labeller writes or corrects them in comments:
``247件: value=247; unit=件; indicator=收到申请`` is the note of the first 247件, ``247件#2: …``
that of the second (doccano's export loses the order of comments). doccano counts UTF-16 units
(its issue 2290) unless the project counts grapheme clusters, which must stay off.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from govextract.errors import GoldError
from govextract.evaluation.align import align_spans
from govextract.evaluation.gold import numbered_lines, parse_line
from govextract.labelling.notes import Fields, format_note, parse_note
from govextract.labelling.offsets import Counting, Offsets
from govextract.labelling.task import (
    PART_OF,
    LabelTask,
    RawLabel,
    build_task,
    fields_of,
    parse_labelled,
)
from govextract.model import KINDS, Span
from govextract.writers.files import write_new

COUNTING: Counting = "utf-16"

_COMMENT = re.compile(r"([^:：]+?)\s*(?:[#＃](\d+))?\s*[:：](.*)", re.DOTALL)

# ColorBrewer "Paired": nine colours that are told apart.
_COLOURS = (
    "#a6cee3", "#1f78b4", "#b2df8a", "#33a02c", "#fb9a99", "#e31a1c", "#fdbf6f", "#ff7f00",
    "#cab2d6",
)  # fmt: skip


def write_doccano(tasks: Sequence[LabelTask], folder: Path, *, force: bool = False) -> list[Path]:
    """Write the tasks and the label types of the project into ``folder``; return the files.

    Raises UsageError where one is there already, unless ``force``.
    """
    kinds = [
        {"text": kind, "backgroundColor": colour}
        for kind, colour in zip(KINDS, _COLOURS, strict=True)
    ]
    files = {
        "doccano.jsonl": "".join(_dumps(_document(task)) + "\n" for task in tasks),
        "span_types.json": _dumps(kinds),
        "relation_types.json": _dumps([{"text": PART_OF, "backgroundColor": "#999999"}]),
    }
    return write_new(folder, files, force=force)


def read_doccano(path: Path) -> list[LabelTask]:
    """Read what doccano exported (JSONL with relations); raise GoldError where it is not that."""
    return [
        _read_document(parse_line(line, f"{path}:{number}"), f"{path}:{number}")
        for number, line in numbered_lines(path)
    ]


def _document(task: LabelTask) -> dict[str, Any]:
    offsets = Offsets(task.text, COUNTING)
    ids = {mention.start: number for number, mention in enumerate(task.mentions, start=1)}
    entities, notes, relations = [], {}, []
    for number, mention in enumerate(task.mentions, start=1):
        start, end = offsets.to_tool(mention.span)
        entities.append(
            {"id": number, "label": mention.kind, "start_offset": start, "end_offset": end}
        )
        notes[f"{start}-{end}"] = format_note(fields_of(mention))
        if mention.part_of in ids:
            whole = ids[mention.part_of]
            relations.append({"id": number, "from_id": number, "to_id": whole, "type": PART_OF})
    return {
        "text": task.text,
        "entities": entities,
        "relations": relations,
        "name": task.name,
        "labelled": task.labelled,
        "notes": notes,
    }


def _read_document(row: Mapping[str, Any], place: str) -> LabelTask:
    try:
        text, name = row["text"], row["name"]
        offsets = Offsets(text, COUNTING)
        spans = {
            entity["id"]: offsets.from_tool(Span(entity["start_offset"], entity["end_offset"]))
            for entity in row["entities"]
        }
        kinds = {entity["id"]: entity["label"] for entity in row["entities"]}
        wholes = {
            relation["from_id"]: spans[relation["to_id"]]
            for relation in row.get("relations", ())
            if relation["type"] == PART_OF
        }
        notes = {
            offsets.from_tool(_parse_key(key)): parse_note(note)
            for key, note in (row.get("notes") or {}).items()
        }
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise GoldError(
            f"is no document of doccano's JSONL with relations ({error!r})", place=place
        ) from error
    fields = _fields_by_span(text, list(spans.values()), notes, row.get("Comments") or ())
    labels = [
        RawLabel(span, kinds[key], fields[span], wholes.get(key)) for key, span in spans.items()
    ]
    return build_task(name, text, parse_labelled(row.get("labelled")), labels, place)


def _fields_by_span(
    text: str, spans: Sequence[Span], notes: Mapping[Span, Fields], comments: Iterable[object]
) -> dict[Span, Fields]:
    """Return the fields of each span: its note's (a span may have been moved), then comments'."""
    fields: dict[Span, dict[str, Sequence[str]]] = {span: {} for span in spans}
    noted = list(notes)
    for i, j in align_spans(spans, noted):
        fields[spans[i]].update(notes[noted[j]])
    for comment in comments:
        quote, number, note = _parse_comment(str(comment))
        same = sorted(span for span in spans if text[span.start : span.end] == quote)
        if 0 < number <= len(same):
            fields[same[number - 1]].update(note)
    return dict(fields)


def _parse_comment(comment: str) -> tuple[str, int, Fields]:
    """Return the words that a comment is about, which of them it means, and its fields."""
    match = _COMMENT.fullmatch(comment.strip())
    if not match:
        return "", 0, {}
    quote, number, note = match.groups()
    return quote, int(number or 1), parse_note(note)


def _parse_key(key: str) -> Span:
    start, end = key.split("-")
    return Span(int(start), int(end))


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)

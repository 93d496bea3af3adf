"""brat: a folder with NAME.txt, NAME.ann and annotation.conf.

Kinds are entity types, comparator, status and optional are attributes, ``part_of`` is a relation;
value, unit, indicator and period stand in the annotator's note of the span. brat counts code
points. How the labels were made stands in ``labelled.json``, because brat keeps no metadata.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from govextract.errors import GoldError
from govextract.evaluation.gold import GoldMention, read_utf8
from govextract.labelling.notes import format_note, parse_note
from govextract.labelling.offsets import Counting, resolve_span
from govextract.labelling.task import (
    PART_OF,
    STATUSES,
    LabelTask,
    RawLabel,
    build_task,
    fields_of,
    parse_labelled,
)
from govextract.model import KINDS, Span
from govextract.writers.files import write_new

COUNTING: Counting = "code-points"

_SIDECAR = "labelled.json"

# Signs have a meaning in annotation.conf, so that comparators go by name there.
_COMPARATORS = {">": "more", ">=": "at_least", "<": "less", "<=": "at_most", "~": "about"}
_BY_NAME = {name: sign for sign, name in _COMPARATORS.items()}


def write_brat(tasks: Sequence[LabelTask], folder: Path, *, force: bool = False) -> list[Path]:
    """Write texts, annotations and configuration into ``folder``; return the files.

    Raises UsageError where one is there already, unless ``force``.
    """
    files = {"annotation.conf": "\n".join(_configuration()) + "\n"}
    made = {task.name: task.labelled for task in tasks}
    files[_SIDECAR] = json.dumps(made, ensure_ascii=False, indent=2) + "\n"
    for task in tasks:
        files[f"{task.name}.txt"] = task.text
        files[f"{task.name}.ann"] = "".join(line + "\n" for line in _annotations(task))
    return write_new(folder, files, force=force)


def read_brat(folder: Path) -> list[LabelTask]:
    """Read all NAME.ann in and below ``folder``; raise GoldError where one is broken."""
    sidecar = folder / _SIDECAR
    try:
        made = json.loads(read_utf8(sidecar)) if sidecar.is_file() else {}
    except ValueError as error:
        raise GoldError(f"is no JSON ({error})", place=str(sidecar)) from error
    tasks = []
    for path in sorted(folder.rglob("*.ann")):
        name = path.relative_to(folder).with_suffix("").as_posix()
        try:
            tasks.append(_read_annotations(path, name, made))
        except (KeyError, IndexError, ValueError) as error:
            raise GoldError(f"is no brat file ({error!r})", place=str(path)) from error
    return tasks


def _annotations(task: LabelTask) -> Iterator[str]:
    ids = {mention.start: number for number, mention in enumerate(task.mentions, start=1)}
    attributes = relations = 0
    for number, mention in enumerate(task.mentions, start=1):
        fields = fields_of(mention)
        quote = mention.text.replace("\n", " ")
        yield f"T{number}\t{mention.kind} {_fragments(mention)}\t{quote}"
        for name in ("comparator", "status", "optional"):
            for value in fields.pop(name, ()):
                attributes += 1
                said = "" if name == "optional" else f" {_COMPARATORS.get(value, value)}"
                yield f"A{attributes}\t{name} T{number}{said}"
        yield f"#{number}\tAnnotatorNotes T{number}\t{format_note(fields)}"
        if mention.part_of in ids:
            relations += 1
            yield f"R{relations}\t{PART_OF} Arg1:T{number} Arg2:T{ids[mention.part_of]}"


def _fragments(mention: GoldMention) -> str:
    """Return the offsets; brat cuts a span at each line end."""
    pieces = []
    at = mention.start
    for line in mention.text.split("\n"):
        pieces.append(f"{at} {at + len(line)}")
        at += len(line) + 1
    return ";".join(pieces)


def _read_annotations(path: Path, name: str, made: Mapping[str, str]) -> LabelTask:
    text = read_utf8(path.with_suffix(".txt"))
    spans: dict[str, Span] = {}
    kinds: dict[str, str] = {}
    fields: dict[str, dict[str, list[str]]] = {}
    wholes: dict[str, str] = {}
    for line in read_utf8(path).split("\n"):
        key, _, rest = line.partition("\t")
        said, _, tail = rest.partition("\t")
        words = said.split()
        if key.startswith("T"):
            kinds[key] = words[0]
            spans[key] = _resolve(text, said.partition(" ")[2], tail, str(path))
        elif key.startswith("A"):
            value = words[2] if len(words) > 2 else "yes"
            fields.setdefault(words[1], {})[words[0]] = [_BY_NAME.get(value, value)]
        elif key.startswith("#") and words[0] == "AnnotatorNotes":
            fields.setdefault(words[1], {}).update(parse_note(tail))
        elif key.startswith("R") and words[0] == PART_OF:
            wholes[words[1].removeprefix("Arg1:")] = words[2].removeprefix("Arg2:")
    labels = [
        RawLabel(span, kinds[key], fields.get(key, {}), spans.get(wholes.get(key, "")))
        for key, span in spans.items()
    ]
    return build_task(name, text, parse_labelled(made.get(name)), labels, str(path))


def _resolve(text: str, offsets: str, quote: str, place: str) -> Span:
    numbers = [int(number) for number in offsets.replace(";", " ").split()]
    span = Span(numbers[0], numbers[-1])
    found = resolve_span(text, span, quote, COUNTING)
    if found is None:
        raise GoldError(f"{quote!r} does not stand at {span.start}", place=place)
    return found


def _configuration() -> Iterator[str]:
    """Yield the lines of annotation.conf."""
    yield "[entities]"
    yield from KINDS
    yield "[relations]"
    yield f"{PART_OF}\tArg1:<ENTITY>, Arg2:<ENTITY>"
    yield "[events]"
    yield "[attributes]"
    yield f"comparator\tArg:<ENTITY>, Value:{'|'.join(_COMPARATORS.values())}"
    yield f"status\tArg:<ENTITY>, Value:{'|'.join(STATUSES)}"
    yield "optional\tArg:<ENTITY>"

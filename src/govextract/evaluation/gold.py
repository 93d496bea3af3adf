"""Gold files: what a person labelled in a report, as records.

``NAME.gold.jsonl`` holds one JSON object a line, in text order; its text is ``NAME.txt`` beside
it, or the file of the same relative path in the folder ``corpus/`` that is the sister of the
folder ``gold/`` which it lies in.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, NamedTuple

from govextract.errors import GoldError, UsageError
from govextract.model import Comparator, Kind, Span, Status
from govextract.writers.files import replacing

SUFFIX = ".gold.jsonl"

Labelled = Literal["blind", "corrected"]


class GoldMention(NamedTuple):
    """One labelled quantity; the fields are those of the labelling rules.

    ``indicators`` are the wordings that are equally right, the best first. ``period`` is empty and
    ``status`` is ``actual`` where the file leaves them out. ``part_of`` is the ``start`` of the
    mention that this one is a part of. ``labelled`` says whether a person wrote the label without
    seeing a program's output (``blind``) or corrected one (``corrected``).
    """

    start: int
    end: int
    text: str
    value: Decimal
    value_max: Decimal | None
    unit: str
    comparator: Comparator
    indicators: tuple[str, ...]
    kind: Kind
    period: str = ""
    status: Status = "actual"
    part_of: int | None = None
    optional: bool = False
    labelled: Labelled = "blind"

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)


class GoldFile(NamedTuple):
    """A gold file with the text that it labels. ``name`` is its path below the gold folder."""

    name: str
    path: Path
    text_path: Path
    text: str
    mentions: tuple[GoldMention, ...]


def find_gold_files(folder: Path) -> list[Path]:
    """Return the gold files in and below ``folder`` (or ``folder`` itself, if it is one), sorted.

    Raises UsageError where there is none.
    """
    if folder.is_file() and folder.name.endswith(SUFFIX):
        return [folder]
    found = sorted(folder.rglob(f"*{SUFFIX}")) if folder.is_dir() else []
    if not found:
        raise UsageError(
            "no gold files here", place=str(folder), remedy=f"give a folder with *{SUFFIX} files"
        )
    return found


def find_gold_text(path: Path) -> Path:
    """Return the text file that the gold file ``path`` labels; raise GoldError where none is."""
    name = path.name.removesuffix(SUFFIX) + ".txt"
    beside = path.with_name(name)
    if beside.is_file():
        return beside
    absolute = path.absolute()
    for parent in absolute.parents:
        if parent.name == "gold":
            sister = parent.with_name("corpus") / absolute.parent.relative_to(parent) / name
            if sister.is_file():
                return sister
    raise GoldError(
        "has no text",
        place=str(path),
        remedy=f"put {name} beside it, or under corpus/ with the same relative path",
    )


def load_gold(path: Path, root: Path | None = None) -> GoldFile:
    """Load one gold file; its name is the path below ``root`` without the suffix.

    Raises GoldError, with file and line, where a line cannot be read as a mention. What can be
    read but breaks the rules (order, slices, units) is for :mod:`govextract.evaluation.lint`.
    """
    text_path = find_gold_text(path)
    mentions = []
    for number, row in read_rows(path):
        try:
            mentions.append(parse_mention(row))
        except (KeyError, TypeError, ValueError, ArithmeticError) as error:
            raise GoldError(
                f"is no gold mention ({error!r})",
                place=f"{path}:{number}",
                remedy="run `govextract gold lint` over the folder",
            ) from error
    relative = path.relative_to(root) if root and root != path else Path(path.name)
    name = relative.as_posix().removesuffix(SUFFIX)
    return GoldFile(name, path, text_path, read_utf8(text_path), tuple(mentions))


def load_gold_folder(folder: Path) -> list[GoldFile]:
    """Load all gold files in and below ``folder``."""
    return [load_gold(path, folder) for path in find_gold_files(folder)]


def read_utf8(path: Path) -> str:
    """Return the text of a file as it is, line ends included; raise GoldError if not UTF-8."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise GoldError("is not UTF-8", place=str(path), remedy="save it as UTF-8") from error


def read_rows(path: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Yield (line number, object) of a gold file; raise GoldError at a line that holds none."""
    for number, line in numbered_lines(path):
        yield number, parse_line(line, f"{path}:{number}")


def numbered_lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines of a file that are not blank, with their numbers from 1."""
    for number, line in enumerate(read_utf8(path).split("\n"), start=1):
        if line.strip():
            yield number, line


def parse_line(line: str, place: str) -> Mapping[str, Any]:
    """Return the JSON object of a line, numbers with a point as Decimal; raise GoldError."""
    try:
        row = json.loads(line, parse_float=Decimal, parse_constant=_refuse_constant)
    except ValueError as error:
        raise GoldError(f"is no JSON ({error})", place=place) from error
    if not isinstance(row, dict):
        raise GoldError("is no JSON object", place=place)
    return row


def parse_mention(row: Mapping[str, Any]) -> GoldMention:
    """Return the mention of one line's object; raise KeyError or ValueError where it is none."""
    indicator = row["indicator"]
    high = row.get("value_max")
    part_of = row.get("part_of")
    return GoldMention(
        start=int(row["start"]),
        end=int(row["end"]),
        text=str(row["text"]),
        value=Decimal(row["value"]),
        value_max=None if high is None else Decimal(high),
        unit=str(row["unit"]),
        comparator=row["comparator"],
        indicators=(indicator,) if isinstance(indicator, str) else tuple(indicator),
        kind=row["kind"],
        period=row.get("period") or "",
        status=row.get("status") or "actual",
        part_of=None if part_of is None else int(part_of),
        optional=bool(row.get("optional", False)),
        labelled=row.get("labelled") or "blind",
    )


def in_text_order(mentions: Iterable[GoldMention]) -> list[GoldMention]:
    """Return the mentions sorted by where they stand; equal spans by what they say."""
    return sorted(mentions, key=lambda mention: (mention.start, mention.end, str(mention)))


def format_mention(mention: GoldMention) -> str:
    """Return the line of ``mention``, without its line end; fields at their default are absent."""
    row: dict[str, Any] = {
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "value": format_number(mention.value),
    }
    if mention.value_max is not None:
        row["value_max"] = format_number(mention.value_max)
    row["unit"] = mention.unit
    row["comparator"] = mention.comparator
    one = len(mention.indicators) == 1
    row["indicator"] = mention.indicators[0] if one else list(mention.indicators)
    row["kind"] = mention.kind
    if mention.period:
        row["period"] = mention.period
    if mention.status != "actual":
        row["status"] = mention.status
    if mention.part_of is not None:
        row["part_of"] = mention.part_of
    if mention.optional:
        row["optional"] = True
    if mention.labelled != "blind":
        row["labelled"] = mention.labelled
    return json.dumps(row, ensure_ascii=False)


def write_gold(path: Path, mentions: Iterable[GoldMention]) -> None:
    """Write a gold file, in text order."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as part:
        part.write_text(format_gold(mentions), encoding="utf-8", newline="\n")


def format_gold(mentions: Iterable[GoldMention]) -> str:
    """Return the content of a gold file, in text order."""
    return "".join(format_mention(mention) + "\n" for mention in in_text_order(mentions))


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no number")


def format_number(value: Decimal) -> int | float:
    """Return a value as JSON has it: an integer where it is one."""
    return int(value) if value == value.to_integral_value() else float(value)

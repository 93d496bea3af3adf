"""Checks gold files against the labelling rules: every finding names file, line and rule."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple, get_args

from govextract.errors import GoldError
from govextract.evaluation.gold import (
    Labelled,
    find_gold_files,
    find_gold_text,
    numbered_lines,
    parse_line,
    read_utf8,
)
from govextract.model import COMPARATORS, KINDS

STATUSES = ("target", "prior")

_POINT = r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"
_PERIOD = re.compile(rf"({_POINT})?(?:/({_POINT}))?")

_TYPES: Mapping[str, tuple[type, ...]] = {
    "start": (int,),
    "end": (int,),
    "text": (str,),
    "value": (int, Decimal),
    "unit": (str,),
    "comparator": (str,),
    "indicator": (str, list),
    "kind": (str,),
}
_OPTIONAL_TYPES: Mapping[str, tuple[type, ...]] = {
    "value_max": (int, Decimal),
    "period": (str,),
    "status": (str,),
    "part_of": (int,),
    "optional": (bool,),
    "labelled": (str,),
}

Row = Mapping[str, Any]


class Finding(NamedTuple):
    """Something in a gold file that breaks a rule."""

    file: str
    line: int
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message} [{self.rule}]"


def lint_folder(folder: Path, units: Collection[str] | None = None) -> list[Finding]:
    """Return what is wrong in the gold files in and below ``folder``.

    ``units`` are the known base units; None leaves units unchecked.
    """
    return [finding for path in find_gold_files(folder) for finding in lint_file(path, units)]


def lint_file(path: Path, units: Collection[str] | None = None) -> list[Finding]:
    """Return what is wrong in one gold file, by line."""
    findings: list[Finding] = []

    def report(line: int, rule: str, message: str) -> None:
        findings.append(Finding(str(path), line, rule, message))

    rows: list[tuple[int, Row]] = []
    for number, line in numbered_lines(path):
        try:
            row = parse_line(line, f"{path}:{number}")
        except GoldError as error:
            report(number, "gold/json", error.message)
            continue
        faults = list(_field_faults(row))
        for fault in faults:
            report(number, *fault)
        if not any(rule == "gold/type" for rule, _ in faults):
            rows.append((number, row))
    for number, rule, message in _file_faults(path, rows, units):
        report(number, rule, message)
    return sorted(findings)


def is_period(period: str) -> bool:
    """Say whether ``period`` has a form of the labelling rules and does not run backwards.

    >>> [is_period(p) for p in ("2020", "2020-01/2020-12", "/2020-12", "2020-13", "2020/2016", "")]
    [True, True, True, False, False, False]
    """
    match = _PERIOD.fullmatch(period)
    if not match or period.endswith("/") or not period:
        return False
    first, last = match.groups()
    return not (first and last) or first[: len(last)] <= last[: len(first)]


def _field_faults(row: Row) -> Iterator[tuple[str, str]]:
    """Yield (rule, message) for what a line shows by itself."""
    yield from _type_faults(row)
    if row.get("comparator") not in COMPARATORS:
        yield "gold/comparator", f"unknown comparator {row.get('comparator')!r}"
    if row.get("kind") not in KINDS:
        yield "gold/kind", f"unknown kind {row.get('kind')!r}"
    if "status" in row and row["status"] not in STATUSES:
        yield "gold/status", f"unknown status {row['status']!r} (a fact has none)"
    if "period" in row and not (isinstance(row["period"], str) and is_period(row["period"])):
        yield "gold/period", f"{row['period']!r} is no period"
    if "labelled" in row and row["labelled"] not in get_args(Labelled):
        yield "gold/labelled", f"{row['labelled']!r} is neither blind nor corrected"
    indicators = row.get("indicator")
    alternatives = indicators if isinstance(indicators, list) else [indicators]
    if not alternatives or not all(isinstance(i, str) and _is_wording(i) for i in alternatives):
        yield "gold/indicator", "an indicator is empty, no text, or has blanks around it"
    elif len(set(alternatives)) < len(alternatives):
        yield "gold/indicator", "the same wording stands twice"


def _is_known(unit: str, units: Collection[str]) -> bool:
    """Say whether ``unit`` is none, a known one, or known ones with a slash (元/吨)."""
    return not unit or unit in units or all(part in units for part in unit.split("/"))


def _is_wording(text: str) -> bool:
    return bool(text) and text == text.strip() and "\n" not in text


def _type_faults(row: Row) -> Iterator[tuple[str, str]]:
    for name, types in _TYPES.items():
        if name not in row:
            yield "gold/type", f"lacks {name}"
        elif not _has_type(row[name], types):
            yield "gold/type", f"{name} is {row[name]!r}"
    for name in row:
        if name in _OPTIONAL_TYPES:
            if not _has_type(row[name], _OPTIONAL_TYPES[name]):
                yield "gold/type", f"{name} is {row[name]!r}"
        elif name not in _TYPES:
            yield "gold/field", f"unknown field {name!r}"


def _has_type(value: object, types: tuple[type, ...]) -> bool:
    return isinstance(value, types) and (bool in types or not isinstance(value, bool))


def _file_faults(
    path: Path, rows: list[tuple[int, Row]], units: Collection[str] | None
) -> Iterator[tuple[int, str, str]]:
    """Yield (line, rule, message) for what shows against the text and the other lines."""
    try:
        text = read_utf8(find_gold_text(path))
    except GoldError as error:
        yield 1, "gold/text", str(error)
        return
    starts = {row["start"] for _, row in rows}
    end_before = 0
    for number, row in rows:
        start, end = row["start"], row["end"]
        if not 0 <= start < end <= len(text):
            yield number, "gold/slice", f"{start} to {end} is no span of a text of {len(text)}"
        elif text[start:end] != row["text"]:
            yield (
                number,
                "gold/slice",
                f"the text there is {text[start:end]!r}, not {row['text']!r}",
            )
        if start < end_before:
            yield number, "gold/order", f"starts at {start}, before the end of the mention above"
        end_before = end
        if "part_of" in row and (row["part_of"] not in starts or row["part_of"] == start):
            yield number, "gold/part_of", f"no other mention starts at {row['part_of']}"
        if units is not None and not _is_known(row["unit"], units):
            yield number, "gold/unit", f"unknown unit {row['unit']!r}"
        if "value_max" in row and row["value_max"] <= row["value"]:
            yield number, "gold/value_max", "the high end is not above the low end"

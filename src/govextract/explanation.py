"""Why a number is a fact, or is none: the derivation in words, or as a record."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from govextract.errors import UsageError
from govextract.model import Exclusion, Extraction, Fact, Indicator, Region


def find_offsets(text: str, number: str) -> list[int]:
    """Return where ``number`` stands in ``text``."""
    found: list[int] = []
    at = text.find(number)
    while number and at >= 0:
        found.append(at)
        at = text.find(number, at + 1)
    return found


def explain_at(extraction: Extraction, offset: int) -> Iterator[str]:
    """Yield the lines that tell what stands at ``offset``; UsageError where that is outside."""
    text = extraction.report.text
    found = _find_at(extraction, offset)
    if isinstance(found, Fact):
        yield from _explain_fact(found, _indicator_of(extraction, found))
    elif isinstance(found, Exclusion):
        words = text[found.start : found.end]
        yield f"{words!r} at {found.start} is no quantity: rule {found.rule}"
    elif isinstance(found, Region):
        yield f"offset {offset} lies in a {found.kind}, which is not read as prose"
    else:
        around = text[max(0, offset - 8) : offset + 8].replace("\n", " ")
        yield f"no rule finds a quantity at {offset}: …{around}…"


def derive_at(extraction: Extraction, offset: int) -> dict[str, Any]:
    """Return what stands at ``offset`` as a record; UsageError where that is outside.

    ``found`` is ``fact``, ``exclusion``, ``region`` or ``nothing``, ``lines`` the derivation in
    words. A fact comes with its columns and the steps of its indicator.
    """
    found = _find_at(extraction, offset)
    record: dict[str, Any] = {
        "offset": offset,
        "found": "nothing" if found is None else type(found).__name__.lower(),
    }
    if isinstance(found, Fact):
        indicator = _indicator_of(extraction, found)
        record["fact"] = {name: _plain(cell) for name, cell in found._asdict().items()}
        record["steps"] = [step._asdict() for step in indicator.steps] if indicator else []
    elif isinstance(found, Exclusion):
        record["rule"] = found.rule
    return record | {"lines": list(explain_at(extraction, offset))}


def _find_at(extraction: Extraction, offset: int) -> Fact | Exclusion | Region | None:
    length = len(extraction.report.text)
    if not 0 <= offset < length:
        raise UsageError(
            f"offset {offset} is outside the text (0 to {length - 1})",
            remedy="see the offsets with: govextract text FILE --offsets",
        )
    for spans in (extraction.facts, extraction.exclusions, extraction.report.regions):
        for span in spans:
            if span.start <= offset < span.end:
                return span
    return None


def _indicator_of(extraction: Extraction, fact: Fact) -> Indicator | None:
    """Return how the indicator of a fact of the prose was made; a cell's is its heads."""
    # The facts of the prose come first, in the order of the quantities they are made of.
    for indicator, candidate in zip(extraction.indicators, extraction.facts, strict=False):
        if candidate.fact_id == fact.fact_id:
            return indicator
    return None


def _plain(cell: object) -> object:
    return float(cell) if isinstance(cell, Decimal) else cell


def _explain_fact(fact: Fact, indicator: Indicator | None) -> Iterator[str]:
    yield f"{fact.text} at {fact.start}-{fact.end} is a fact ({fact.fact_id})"
    yield f"  sentence    {fact.sentence}"
    highest = "" if fact.value_max is None else f"-{fact.value_max}"
    yield f"  value       {fact.comparator} {fact.value}{highest} {fact.unit} ({fact.kind})"
    yield f"  indicator   {fact.indicator}"
    for step in indicator.steps if indicator else ():
        place = f"from {step.start}-{step.end}" if step.start >= 0 else "carried"
        yield f"    {step.rule:24} {step.words} ({place})"
    if fact.origin != "text":
        yield f"  cell        {fact.origin}"
    yield f"  period      {fact.period or 'unknown'} ({fact.period_source or 'unknown'})"
    yield f"  area        {fact.area or 'unknown'} ({fact.area_source or 'unknown'})"
    yield f"  status      {fact.status}"
    if fact.basis:
        yield f"  basis       {fact.basis}"
    if fact.part_of:
        yield f"  part of     {fact.part_of}"
    if fact.same_as:
        yield f"  same as     {fact.same_as}"
    if fact.indicator_id:
        yield f"  concept     {fact.indicator_id} {fact.indicator_name}"
    yield f"  rules       {fact.rules}"
    yield f"  confidence  {fact.confidence}"

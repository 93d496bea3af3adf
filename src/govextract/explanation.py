"""Why a number is a fact, or is none: the derivation in words."""

from __future__ import annotations

from collections.abc import Iterator

from govextract.errors import UsageError
from govextract.model import Extraction, Fact, Indicator


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
    if not 0 <= offset < len(text):
        raise UsageError(f"offset {offset} is outside the text (0 to {len(text) - 1})")
    for index, quantity in enumerate(extraction.quantities):
        if quantity.start <= offset < quantity.end:
            yield from _explain_fact(extraction.facts[index], extraction.indicators[index], text)
            return
    for exclusion in extraction.exclusions:
        if exclusion.start <= offset < exclusion.end:
            words = text[exclusion.start : exclusion.end]
            yield f"{words!r} at {exclusion.start} is no quantity: rule {exclusion.rule}"
            return
    for region in extraction.report.regions:
        if region.start <= offset < region.end:
            yield f"offset {offset} lies in a {region.kind}, which is not read as prose"
            return
    around = text[max(0, offset - 8) : offset + 8].replace("\n", " ")
    yield f"no rule finds a quantity at {offset}: …{around}…"


def _explain_fact(fact: Fact, indicator: Indicator, text: str) -> Iterator[str]:
    yield f"{fact.text} at {fact.start}-{fact.end} is a fact ({fact.fact_id})"
    yield f"  sentence    {fact.sentence}"
    yield f"  value       {fact.comparator} {fact.value} {fact.unit} ({fact.kind})"
    yield f"  indicator   {fact.indicator}"
    for step in indicator.steps:
        place = f"from {step.start}-{step.end}" if step.start >= 0 else "carried"
        yield f"    {step.rule:24} {step.words} ({place})"
    yield f"  period      {fact.period or 'unknown'} ({fact.period_source or 'unknown'})"
    yield f"  area        {fact.area or 'unknown'} ({fact.area_source or 'unknown'})"
    yield f"  status      {fact.status}"
    if fact.basis:
        yield f"  basis       {fact.basis}"
    if fact.part_of:
        yield f"  part of     {fact.part_of}"
    if fact.indicator_id:
        yield f"  concept     {fact.indicator_id} {fact.indicator_name}"
    yield f"  rules       {fact.rules}"
    yield f"  confidence  {fact.confidence}"

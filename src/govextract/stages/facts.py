"""Fact rows: what the stages found for each quantity, put side by side."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from govextract.model import (
    Area,
    Fact,
    Indicator,
    Period,
    Quantity,
    Report,
    Section,
    Span,
    Status,
)

_NOWHERE = Area("", "", "", "", "")


class Links(NamedTuple):
    """What the linking stages say, one entry for each quantity, in the same order."""

    indicators: Sequence[Indicator]
    periods: Sequence[Period]
    statuses: Sequence[Status]
    areas: Sequence[Area | None]
    wholes: Sequence[int | None]
    """Index of the quantity that this one is a part of."""
    bases: Sequence[str]
    concepts: Sequence[tuple[str, str]]
    """Id and name of the canonical indicator, or two empty strings."""


def fact_id(report: Report, origin: str, start: int, end: int) -> str:
    """Return the id of a fact: stable for one content, origin and span; 16 hexadecimal digits."""
    key = f"{report.content_hash}\0{report.document}\0{origin}\0{start}\0{end}"
    return hashlib.blake2b(key.encode(), digest_size=8).hexdigest()


def build_facts(
    report: Report,
    sections: Sequence[Section],
    sentences: Sequence[Span],
    quantities: Sequence[Quantity],
    links: Links,
) -> tuple[Fact, ...]:
    """Return one fact for each quantity, in text order."""
    ids = [fact_id(report, "text", item.start, item.end) for item in quantities]
    places = _Places(report, sections, sentences)
    return tuple(
        _fact(report, places, quantity, index, ids, links)
        for index, quantity in enumerate(quantities)
    )


class _Places:
    """Where an offset lies: its sentence, its section, its page."""

    def __init__(
        self, report: Report, sections: Sequence[Section], sentences: Sequence[Span]
    ) -> None:
        self._text = report.text
        self._pages = report.pages
        self._sentences = sentences
        self._sentence_starts = [span.start for span in sentences]
        self._sections = sections
        self._section_starts = [section.start for section in sections]

    def sentence(self, offset: int) -> str:
        at = bisect_right(self._sentence_starts, offset) - 1
        if at < 0 or offset >= self._sentences[at].end:
            return ""
        span = self._sentences[at]
        return self._text[span.start : span.end]

    def section(self, offset: int) -> tuple[str, str]:
        """Return path and title of the innermost section that holds ``offset``."""
        at = bisect_right(self._section_starts, offset) - 1
        if at < 0:
            return "", ""
        section = self._sections[at]
        return section.path, section.title

    def page(self, offset: int) -> int | None:
        return bisect_right(self._pages, offset) if self._pages else None


def _fact(
    report: Report,
    places: _Places,
    quantity: Quantity,
    index: int,
    ids: Sequence[str],
    links: Links,
) -> Fact:
    metadata = report.metadata
    indicator = links.indicators[index]
    period = links.periods[index]
    area = links.areas[index] or _NOWHERE
    whole = links.wholes[index]
    path, title = places.section(quantity.start)
    concept_id, concept_name = links.concepts[index]
    return Fact(
        fact_id=ids[index],
        document=report.document,
        title=metadata.title,
        issuer=metadata.issuer,
        year=metadata.year,
        published=metadata.published,
        area_code=area.code,
        area=area.name,
        area_source=area.source,
        province=area.province,
        city=area.city,
        county=area.county,
        section=path,
        section_title=title,
        indicator_id=concept_id,
        indicator_name=concept_name,
        indicator=indicator.text,
        action=indicator.action,
        object=indicator.object,
        value=quantity.value,
        value_max=quantity.value_max,
        unit=quantity.unit,
        number=quantity.number,
        number_unit=quantity.number_unit,
        comparator=quantity.comparator,
        kind=quantity.kind,
        period=period.value,
        period_source=period.source,
        status=links.statuses[index],
        basis=links.bases[index],
        part_of="" if whole is None else ids[whole],
        origin="text",
        text=quantity.text,
        start=quantity.start,
        end=quantity.end,
        sentence=places.sentence(quantity.start),
        rules=";".join((*quantity.rules, *(step.rule for step in indicator.steps), period.rule)),
        confidence=round(quantity.confidence * indicator.confidence, 2),
        reader=report.reader,
        page=places.page(quantity.start),
    )

"""Fact rows: what the stages found for each quantity, put side by side."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Callable, Sequence
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
    make,
)

# The longest sentence of the reports at hand has 500 characters.
_LONGEST_SENTENCE = 2000
_NOWHERE = Area("", "", "", "", "")


class Links(NamedTuple):
    """What the linking stages say, one entry for each quantity, in the same order."""

    indicators: tuple[Indicator, ...]
    periods: Sequence[Period]
    statuses: Sequence[Status]
    areas: Sequence[Area | None]
    wholes: Sequence[int | None]
    """Index of the quantity that this one is a part of."""
    bases: Sequence[str]


def fact_ids(report: Report) -> Callable[[str, int, int], str]:
    """Return what gives the id of a fact of ``report`` by its origin, start and end.

    An id is stable for one content, origin and span: 16 hexadecimal digits.
    """
    of_all = hashlib.blake2b(f"{report.content_hash}\0{report.document}\0".encode(), digest_size=8)

    def fact_id(origin: str, start: int, end: int) -> str:
        digest = of_all.copy()
        digest.update(f"{origin}\0{start}\0{end}".encode())
        return digest.hexdigest()

    return fact_id


def build_facts(
    report: Report,
    sections: Sequence[Section],
    sentences: Sequence[Span],
    quantities: Sequence[Quantity],
    links: Links,
) -> tuple[Fact, ...]:
    """Return one fact for each quantity, in text order."""
    fact_id = fact_ids(report)
    ids = [fact_id("text", item.start, item.end) for item in quantities]
    places = Places(report, sections, sentences)
    about = of_report(report)
    facts: list[Fact] = []
    # By place, not by name: forty named arguments take five times as long, and this is done for
    # each number. The lines are those of the columns in model.Fact.
    for own_id, quantity, indicator, period, status, area, whole, basis in zip(
        ids, quantities, links.indicators, links.periods, links.statuses, links.areas, links.wholes,
        links.bases, strict=True,
    ):  # fmt: skip
        (start, end, text, number, number_unit, value, value_max, unit, sign, kind, sure,
         rules) = quantity  # fmt: skip
        wording, action, thing, steps, trust = indicator
        when, source, rule, _, _ = period
        code, name, province, city, county, area_source = area or _NOWHERE
        facts.append(make(Fact, (
            own_id, *about,
            code, name, area_source, province, city, county,
            *places.section(start), "", "",
            wording, action, thing,
            value, value_max, unit, number, number_unit, sign, kind,
            when, source, status, basis,
            "" if whole is None else ids[whole],
            "text", text, start, end, places.sentence(start, end),
            ";".join((*rules, *[step.rule for step in steps], rule)),
            trust if sure == 1 else round(sure * trust, 2),
            places.reader, places.page(start), "", "",
        )))  # fmt: skip
    return tuple(facts)


class Places:
    """Where an offset lies: its sentence, its section, its page."""

    def __init__(
        self, report: Report, sections: Sequence[Section], sentences: Sequence[Span]
    ) -> None:
        self._text = report.text
        self.reader = report.reader
        self._pages = report.pages
        self._sentences = sentences
        self._sentence_starts = [span.start for span in sentences]
        self._last = 0, -1, ""
        self._section = 0, 0, ("", "")
        self._sections = sections
        self._section_starts = [section.start for section in sections]

    def sentence(self, offset: int, stop: int) -> str:
        """Return the sentence that holds ``offset``: one string for all that it holds.

        Of a text without full stops (a list in one line) only what stands around ``offset``. A
        mention that runs over a line end, up to ``stop``, has all lines that it stands in.
        """
        first, last_of_it, text = self._last
        if first <= offset and stop <= last_of_it:  # mostly that of the one before
            return text
        at = bisect_right(self._sentence_starts, offset) - 1
        if at < 0 or offset >= self._sentences[at].end:
            return ""
        start, end = self._sentences[at]
        if stop > end:
            last = self._sentences[bisect_right(self._sentence_starts, stop - 1) - 1]
            return self._text[start : max(stop, last.end)]
        if end - start > _LONGEST_SENTENCE:
            start = max(start, offset - _LONGEST_SENTENCE // 2)
            return self._text[start : min(end, start + _LONGEST_SENTENCE)]
        self._last = start, end, self._text[start:end]
        return self._last[2]

    def section(self, offset: int) -> tuple[str, str]:
        """Return path and title of the innermost section that holds ``offset``."""
        start, end, found = self._section
        if not start <= offset < end:
            starts = self._section_starts
            at = bisect_right(starts, offset)
            section = self._sections[at - 1] if at else None
            found = (section.path, section.title) if section else ("", "")
            end = starts[at] if at < len(starts) else len(self._text) + 1
            self._section = starts[at - 1] if at else 0, end, found
        return found

    def page(self, offset: int) -> int | None:
        """Return the page that holds ``offset``, ``None`` where there are no pages."""
        return bisect_right(self._pages, offset) if self._pages else None


def of_report(report: Report) -> tuple[str, str, str, int | None, str]:
    """Return the columns from document to published, the same for all facts of a report."""
    metadata = report.metadata
    return report.document, metadata.title, metadata.issuer, metadata.year, metadata.published


def of_area(area: Area) -> tuple[str, ...]:
    """Return the columns that say where, from area_code to county."""
    return area.code, area.name, area.source, area.province, area.city, area.county

"""The stages in order: from a report to its facts."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from typing import Any, NamedTuple

from govextract.lexicon import Lexicon, default_lexicon
from govextract.lexicon.areas import load_area_words
from govextract.lexicon.audit import load_audit
from govextract.lexicon.comparison import load_comparison
from govextract.lexicon.forms import load_blocks, load_forms
from govextract.lexicon.headings import load_headings
from govextract.lexicon.indicators import load_indicators
from govextract.lexicon.metadata import load_metadata
from govextract.lexicon.periods import load_periods
from govextract.lexicon.phrases import load_phrases
from govextract.lexicon.relations import load_relations
from govextract.lexicon.status import load_status
from govextract.model import (
    Extraction,
    Fact,
    Indicator,
    Problem,
    Quantity,
    Report,
    Section,
    Span,
)
from govextract.stages.areas import ReportAreas, find_areas, link_areas
from govextract.stages.concepts import link_concepts
from govextract.stages.facts import Links, build_facts
from govextract.stages.flat import find_flat, states_flat
from govextract.stages.frames import find_frames
from govextract.stages.indicators import link_indicators
from govextract.stages.issuer_areas import to_area
from govextract.stages.outline import find_sections
from govextract.stages.periods import link_periods
from govextract.stages.quantities import find_quantities
from govextract.stages.quantities.grammar import load_grammar
from govextract.stages.relations import link_bases, link_wholes
from govextract.stages.status import link_status
from govextract.stages.table_facts import build_table_facts
from govextract.stages.table_units import load_table_reader
from govextract.stages.tables import find_table_facts
from govextract.stages.timeline import Timeline, find_stands, find_timeline
from govextract.text import prose, sentences, split_at

_REPORTS_A_COLLECTION = 1_000
"""After so many reports the old objects are collected too, which takes some 80 ms."""
_rests = count(1)
"""How many reports have been extracted."""

PARTS: tuple[Callable[[Lexicon], Any], ...] = (
    load_area_words,
    load_audit,
    load_blocks,
    load_comparison,
    load_forms,
    load_grammar,
    load_headings,
    load_indicators,
    load_metadata,
    load_periods,
    load_phrases,
    load_relations,
    load_status,
    load_table_reader,
)
"""All that is loaded from a lexicon; those of units, comparators and the like by the grammar."""


class Stated(NamedTuple):
    """The quantities of a text, what each one measures, and their facts."""

    quantities: tuple[Quantity, ...]
    indicators: tuple[Indicator, ...]
    facts: tuple[Fact, ...]


def check_lexicon(lexicon: Lexicon) -> None:
    """Load all parts of ``lexicon``, so that one that is broken raises before a report is read."""
    for load in PARTS:
        load(lexicon)


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Let Python's collector of cycles rest: a report makes many records, and no cycle.

    Walking them again and again as they are made and kept takes a twentieth of the time. So they go
    to the oldest generation unwalked: to freeze all objects and to thaw them joins the generations.
    What others have left behind is collected before, and with all that is old now and then.
    """
    if not gc.isenabled():
        yield
        return
    gc.collect(2 if next(_rests) % _REPORTS_A_COLLECTION == 0 else 1)
    gc.disable()
    try:
        yield
    finally:
        if not gc.get_freeze_count():  # what the caller has frozen stays so
            gc.freeze()
            gc.unfreeze()
        gc.enable()


@_collector_at_rest()
def extract(report: Report, lexicon: Lexicon | None = None) -> Extraction:
    """Find all facts of ``report``: its sections, its quantities, and what each one measures.

    Content never raises; what could not be read is in ``problems``. ``lexicon`` is the package's
    own unless one with overlays is given (see :func:`govextract.load_lexicon`).
    """
    rules = lexicon or default_lexicon()
    found = find_quantities(report.text, rules, report.regions)
    sections = find_sections(report.text, rules, report.regions)
    spans = find_sentences(report, sections)
    timeline = find_timeline(report, sections, rules)
    areas = find_areas(report, sections, found.quantities, rules)
    links = _link(report, sections, spans, found.quantities, timeline, areas, rules)
    facts = build_facts(report, sections, spans, found.quantities, links)
    values = find_table_facts(report, rules)
    tables, wordings = build_table_facts(report, sections, values, facts, rules)
    linked = link_concepts(facts + tables, report.metadata.genre, rules, wordings)
    stated = Stated(found.quantities, links.indicators, linked[: len(facts)])
    flat = _find_flat(report, sections, spans, timeline, areas, rules)
    quantities, indicators, in_text = _in_order(stated, flat)
    return Extraction(
        report=report,
        area=None if areas.own is None else to_area(areas.own),
        sections=sections,
        facts=in_text + linked[len(facts) :],
        problems=report.problems
        + tuple(_problem(report, code, start, text) for code, start, _, text in found.problems),
        quantities=quantities,
        exclusions=found.exclusions,
        indicators=indicators,
    )


def _find_flat(
    report: Report,
    sections: Sequence[Section],
    spans: Sequence[Span],
    timeline: Timeline,
    areas: ReportAreas,
    rules: Lexicon,
) -> list[tuple[Quantity, Indicator, Fact]]:
    """Return what the report says did not move, where that is a figure; read by itself."""
    quantities = find_flat(report.text, spans, rules)
    if not quantities:
        return []
    links = _link(report, sections, spans, quantities, timeline, areas, rules)
    facts = build_facts(report, sections, spans, quantities, links)
    linked = link_concepts(facts, report.metadata.genre, rules)
    entries = zip(quantities, links.indicators, linked, strict=True)
    return [entry for entry in entries if states_flat(entry[2], rules)]


def _in_order(stated: Stated, flat: Sequence[tuple[Quantity, Indicator, Fact]]) -> Stated:
    """Return what a text states, and what it states to be as it was, in the order of the text."""
    if not flat:
        return stated
    entries = sorted((*zip(*stated, strict=True), *flat), key=lambda entry: entry[0].start)
    return Stated(*zip(*entries, strict=True))


def find_sentences(report: Report, sections: Sequence[Section] = ()) -> tuple[Span, ...]:
    """Return the sentences of the report's prose, in order.

    A heading that its line goes on behind (六、财政金融 全年收入…) is a sentence of its own.
    """
    bodies = [section.body for section in sections]
    found = (
        sentence
        for stretch in prose(len(report.text), report.regions)
        for sentence in sentences(report.text, stretch.start, stretch.end)
    )
    return tuple(split_at(report.text, found, bodies))


def _link(
    report: Report,
    sections: Sequence[Section],
    spans: Sequence[Span],
    quantities: Sequence[Quantity],
    timeline: Timeline,
    areas: ReportAreas,
    rules: Lexicon,
) -> Links:
    frames = list(find_frames(report.text, spans, quantities))
    stands = find_stands(timeline, quantities)
    periods = link_periods(timeline, quantities, stands)
    own_names = (areas.own.name, *areas.own.aliases) if areas.own else ()
    indicators = link_indicators(report.text, frames, quantities, rules, sections, own_names)
    return Links(
        indicators=indicators,
        periods=periods,
        statuses=link_status(timeline, quantities, periods, rules, stands),
        areas=link_areas(areas, quantities),
        wholes=link_wholes(report.text, frames, quantities, indicators, rules),
        bases=link_bases(report.text, frames, quantities, rules),
    )


_REMEDIES = {
    "unexplained-number": "if it is a quantity, add its unit to a file for --lexicon; "
    "why: govextract explain FILE --at {start}",
    "unknown-unit": "add the unit to a file for --lexicon",
}


def _problem(report: Report, code: str, start: int, message: str) -> Problem:
    return Problem(
        document=report.document,
        code=code,
        place=f"offset {start}",
        message=message,
        remedy=_REMEDIES[code].format(start=start),
    )

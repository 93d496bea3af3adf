"""The records that pass between the parts.

All of them are immutable. Offsets are code points into ``Report.text``, half-open; for each
mention ``report.text[start:end]`` is exactly what was found. Named tuples are used instead of
frozen dataclasses because a report makes thousands of them (five times faster to build).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from importlib import import_module
from typing import Literal, NamedTuple

Comparator = Literal["=", ">", ">=", "<", "<=", "~"]
Kind = Literal[
    "count", "amount", "ratio", "change", "multiple", "rank", "duration", "measure", "score"
]
Status = Literal["actual", "target", "prior"]
PeriodSource = Literal["stated", "inherited", "report", ""]
AreaSource = Literal["stated", "report", ""]
CueScope = Literal["sentence", "clause", "base"]
RegionKind = Literal["header", "contents", "navigation", "table", "caption", "note"]

make = tuple.__new__
"""``make(Span, (start, end))`` is ``Span(start, end)`` without the step through Python that a named
tuple takes. For the few records that are made for each number; the fields stand in their order."""

COMPARATORS: tuple[Comparator, ...] = ("=", ">", ">=", "<", "<=", "~")
KINDS: tuple[Kind, ...] = (
    "count", "amount", "ratio", "change", "multiple", "rank", "duration", "measure", "score",
)  # fmt: skip


class Span(NamedTuple):
    """A half-open range of code points."""

    start: int
    end: int


class Region(NamedTuple):
    """A stretch of the text that is not prose: stages that read sentences leave it out."""

    kind: RegionKind
    start: int
    end: int


class Cell(NamedTuple):
    """One cell of a table. ``row`` and ``column`` count from 1; merged cells keep their spans."""

    row: int
    column: int
    text: str
    start: int
    end: int
    rowspan: int = 1
    colspan: int = 1
    header: bool = False


class Table(NamedTuple):
    """A table of a report; its cells stand in ``Report.text`` too, divided by ``|``."""

    number: int
    title: str
    unit: str
    cells: tuple[Cell, ...]
    start: int
    end: int
    page: int | None = None

    def _repr_html_(self) -> str:
        """Return the table as Jupyter shows it."""
        return str(import_module("govextract.notebook").render_table(self))


class Metadata(NamedTuple):
    """What a report says of itself; an empty string or ``None`` is unknown."""

    title: str = ""
    issuer: str = ""
    index_number: str = ""
    document_number: str = ""
    published: str = ""
    """ISO date of publication."""
    year: int | None = None
    """The year that the report is about (not the one it was published in)."""
    area: str = ""
    """Name of the issuer's own place, as written, e.g. ``襄阳市``."""
    genre: str = ""
    """Permanent genre id, e.g. ``statistical_bulletin``; see ``data/genres.toml``."""
    source: str = ""


class Report(NamedTuple):
    """One document as it was read: its text in reading order, its tables and its metadata."""

    document: str
    """Path below the input folder, ``/`` between; or the file's name."""
    text: str
    metadata: Metadata = Metadata()
    regions: tuple[Region, ...] = ()
    tables: tuple[Table, ...] = ()
    pages: tuple[int, ...] = ()
    """Where each page starts in ``text``; empty where the format has no pages."""
    reader: str = "text"
    encoding: str = ""
    content_hash: str = ""
    """SHA-256 of the file's bytes (or of the UTF-8 text, where there was no file), hexadecimal."""
    problems: tuple[Problem, ...] = ()


class Section(NamedTuple):
    """A numbered section. ``start`` is the heading's first character, ``end`` the section's end.

    ``number`` is the number as printed (``（一）``), ``path`` the normalised way from the root
    (``二/(二)/6``), ``body`` the offset behind the heading.
    """

    level: int
    number: str
    title: str
    path: str
    start: int
    body: int
    end: int
    rule: str


class Quantity(NamedTuple):
    """A number with its unit, found in the text.

    ``number`` and ``number_unit`` are as written (``855.8``, ``万元``); ``value``, ``value_max``
    and ``unit`` are in the base unit (8558000, ``元``). ``rules`` are the permanent ids of all
    rules that took part.
    """

    start: int
    end: int
    text: str
    number: str
    number_unit: str
    value: Decimal
    value_max: Decimal | None
    unit: str
    comparator: Comparator
    kind: Kind
    confidence: float
    rules: tuple[str, ...]


class Exclusion(NamedTuple):
    """Something that looks like a quantity and is none, and the rule that says so."""

    start: int
    end: int
    rule: str


class Period(NamedTuple):
    """When: an ISO period as in the labelling rules, and where it was stated."""

    value: str
    source: PeriodSource
    rule: str
    start: int = -1
    end: int = -1


@dataclass(slots=True)
class PeriodCue:
    """Words that say when: ``value`` is an ISO period whose years may be anchors (``{0}-05``).

    ``{0}`` is the year that the passage is about, ``{R}`` the report's, ``{S}`` the year it was
    given in, ``{P}`` the report's own period. ``scope`` says how far the cue governs: to the
    sentence's end, to the next comma, or (``base`` of a comparison) only a number right behind it.
    """

    start: int
    end: int
    value: str
    rule: str
    scope: CueScope


class Area(NamedTuple):
    """A place by its GB/T 2260 code."""

    code: str
    name: str
    province: str
    city: str
    county: str
    source: AreaSource = ""


class Step(NamedTuple):
    """One step of a derivation: which words were taken, from where, by which rule."""

    rule: str
    words: str
    start: int
    end: int


class Indicator(NamedTuple):
    """What a quantity measures. ``text`` is action and object resolved, in the report's words."""

    text: str
    action: str
    object: str
    steps: tuple[Step, ...]
    confidence: float


class Fact(NamedTuple):
    """One row of the facts table; the columns are described in :mod:`govextract.table`."""

    fact_id: str
    document: str
    title: str
    issuer: str
    year: int | None
    published: str
    area_code: str
    area: str
    area_source: AreaSource
    province: str
    city: str
    county: str
    section: str
    section_title: str
    indicator_id: str
    indicator_name: str
    indicator: str
    action: str
    object: str
    value: Decimal | None
    value_max: Decimal | None
    unit: str
    number: str
    number_unit: str
    comparator: Comparator
    kind: Kind
    period: str
    period_source: PeriodSource
    status: Status
    basis: str
    part_of: str
    origin: str
    text: str
    start: int
    end: int
    sentence: str
    rules: str
    confidence: float
    reader: str = ""
    page: int | None = None
    same_as: str = ""
    checks: str = ""


class Problem(NamedTuple):
    """Something that could not be done: where, what, and what to do about it."""

    document: str
    code: str
    place: str
    message: str
    remedy: str


class Extraction(NamedTuple):
    """All that was found in one report."""

    report: Report
    sections: tuple[Section, ...]
    facts: tuple[Fact, ...]
    problems: tuple[Problem, ...]
    quantities: tuple[Quantity, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    """One for each of ``quantities``, in the same order: the derivation behind ``explain``."""
    area: Area | None = None
    """The issuer's own place."""

    def _repr_html_(self) -> str:
        """Return the facts as Jupyter shows them."""
        return str(import_module("govextract.notebook").render_extraction(self))

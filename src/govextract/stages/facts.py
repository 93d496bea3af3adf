"""Fact rows: what the stages found for each quantity, put side by side."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

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
from govextract.stages.same_as import link_same_as
from govextract.stages.tables import TableValue

# The longest sentence of the reports at hand has 500 characters.
_LONGEST_SENTENCE = 2000
_NOWHERE = Area("", "", "", "", "")
# Heads of columns that say what kind of figure stands below them, and nothing of the thing.
_FIGURE_HEAD = re.compile(
    r"绝对[数值量]|数[量值据]?|指标值?|总量|金额|本年|全年|(?:19|20)\d\d年?|年末数|实绩|完成数?|"
    r"(?:比|较)(?:上年|去年|上年末)(?:同期)?(?:±|增减|增长|增加|提高)?|同比(?:增长|增减|增速)?|增[长速幅减]"
)
_REMARK = re.compile(r"[（(][^（）()]*[）)]")
_TABLE_CONFIDENCE = 0.9
_REPEATED_CONFIDENCE = 0.97


class Links(NamedTuple):
    """What the linking stages say, one entry for each quantity, in the same order."""

    indicators: Sequence[Indicator]
    periods: Sequence[Period]
    statuses: Sequence[Status]
    areas: Sequence[Area | None]
    wholes: Sequence[int | None]
    """Index of the quantity that this one is a part of."""
    bases: Sequence[str]


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
    about = _of_report(report)
    return tuple(
        _fact(about, places, quantity, index, ids, links)
        for index, quantity in enumerate(quantities)
    )


def build_table_facts(
    report: Report,
    sections: Sequence[Section],
    area: Area | None,
    values: Sequence[TableValue],
    facts: Sequence[Fact],
) -> tuple[Fact, ...]:
    """Return one fact for each value of the report's tables, in their order.

    ``facts`` are those of the text; a value that repeats one of them carries its id in
    ``same_as``. The sentence of a table fact is its table, row and column, divided by ``|``.
    """
    same = link_same_as(facts, values)
    places = _Places(report, sections, ())
    about = _of_report(report)
    return tuple(
        _table_fact(report, about, places, area or _NOWHERE, value, _repeated(same, facts, index))
        for index, value in enumerate(values)
    )


def _repeated(same: Mapping[int, int], facts: Sequence[Fact], index: int) -> str:
    return facts[same[index]].fact_id if index in same else ""


class _Places:
    """Where an offset lies: its sentence, its section, its page."""

    def __init__(
        self, report: Report, sections: Sequence[Section], sentences: Sequence[Span]
    ) -> None:
        self._text = report.text
        self.reader = report.reader
        self._pages = report.pages
        self._sentences = sentences
        self._sentence_starts = [span.start for span in sentences]
        self._last, self._last_text = -1, ""
        self._sections = sections
        self._section_starts = [section.start for section in sections]

    def sentence(self, offset: int, stop: int) -> str:
        """Return the sentence that holds ``offset``: one string for all that it holds.

        Of a text without full stops (a list in one line) only what stands around ``offset``. A
        mention that runs over a line end, up to ``stop``, has all lines that it stands in.
        """
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
        if at != self._last:
            self._last, self._last_text = at, self._text[start:end]
        return self._last_text

    def section(self, offset: int) -> tuple[str, str]:
        """Return path and title of the innermost section that holds ``offset``."""
        at = bisect_right(self._section_starts, offset) - 1
        if at < 0:
            return "", ""
        section = self._sections[at]
        return section.path, section.title

    def page(self, offset: int) -> int | None:
        return bisect_right(self._pages, offset) if self._pages else None


def _of_report(report: Report) -> tuple[str, str, str, int | None, str]:
    """Return the columns from document to published, the same for all facts of a report."""
    metadata = report.metadata
    return report.document, metadata.title, metadata.issuer, metadata.year, metadata.published


def _of_area(area: Area) -> tuple[str, ...]:
    """Return the columns that say where, from area_code to county."""
    return area.code, area.name, area.source, area.province, area.city, area.county


def _fact(
    about: Sequence[Any],
    places: _Places,
    quantity: Quantity,
    index: int,
    ids: Sequence[str],
    links: Links,
) -> Fact:
    # By place, not by name: forty named arguments take five times as long, and this is called
    # for each number. The lines are those of the columns in model.Fact.
    (start, end, text, number, number_unit, value, value_max, unit, sign, kind, sure,
     rules) = quantity  # fmt: skip
    indicator = links.indicators[index]
    period = links.periods[index]
    whole = links.wholes[index]
    steps = [step.rule for step in indicator.steps]
    return Fact._make(
        (
            ids[index], *about,
            *_of_area(links.areas[index] or _NOWHERE),
            *places.section(start), "", "",
            indicator.text, indicator.action, indicator.object,
            value, value_max, unit, number, number_unit, sign, kind,
            period.value, period.source, links.statuses[index], links.bases[index],
            "" if whole is None else ids[whole],
            "text", text, start, end, places.sentence(start, end),
            ";".join([*rules, *steps, period.rule]), round(sure * indicator.confidence, 2),
            places.reader, places.page(start), "", "",
        )
    )  # fmt: skip


def _table_fact(
    report: Report,
    about: Sequence[Any],
    places: _Places,
    area: Area,
    value: TableValue,
    same_as: str,
) -> Fact:
    year = report.metadata.year
    indicator = table_indicator(value)
    path = (value.title, value.row_path, value.column_path)
    return Fact._make(
        (
            fact_id(report, value.origin, value.start, value.end), *about,
            *_of_area(area),
            *places.section(value.start), "", "",
            indicator, "", indicator,
            value.value, None, value.unit, value.number, value.number_unit, "=", value.kind,
            str(year) if year else "", "report" if year else "", "actual", "",
            "",
            value.origin, value.text, value.start, value.end, " | ".join(filter(None, path)),
            "table/value;period/report" if year else "table/value",
            _REPEATED_CONFIDENCE if same_as else _TABLE_CONFIDENCE,
            report.reader, places.page(value.start), same_as, "",
        )
    )  # fmt: skip


def table_indicator(value: TableValue) -> str:
    """Return what a table's value measures: the labels of its row, then of its column.

    Column heads that only say what kind of figure stands below (绝对数, 数量) add nothing.
    """
    labels = [label.strip() for label in value.row_path.split(">")]
    labels += [
        label.strip()
        for label in value.column_path.split(">")
        if not _FIGURE_HEAD.fullmatch(_REMARK.sub("", label).strip())
    ]
    return "".join(dict.fromkeys(label for label in labels if label))

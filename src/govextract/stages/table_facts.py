"""Facts of tables: what a value measures, where and when, by the labels that it stands under.

A label may name a place (固始县, 全市) or a year (2021年): it says where or when, others say what.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from govextract.lexicon import Lexicon
from govextract.lexicon.areas import Place
from govextract.lexicon.tables import TableWords, load_table_words, squeeze
from govextract.model import Area, Fact, Report, Section, Status, make
from govextract.stages.areas import label_places, own_place
from govextract.stages.concepts import Wording
from govextract.stages.facts import Places, fact_ids, of_area, of_report
from govextract.stages.issuer_areas import to_area
from govextract.stages.same_as import link_same_as
from govextract.stages.tables import TableValue

_NOWHERE = Area("", "", "", "", "")
_CONFIDENCE = 0.9
_REPEATED_CONFIDENCE = 0.97
_PART = re.compile(r"^(?:其中|#)[:：]?\s*")


class Labels(NamedTuple):
    """The labels of a value that say what it is; and where and when, if they say so."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    place: Place | None = None
    year: int | None = None

    @property
    def indicator(self) -> str:
        """What the value measures: the labels of its row, then of its column.

        A row that names an amount itself has no need of the column's 产量 (发电量).
        """
        told = self.columns[:1] == ("产量",) and self.rows[-1:] and self.rows[-1].endswith("量")
        columns = self.columns[1:] if told else self.columns
        return "".join(dict.fromkeys((*self.rows, *columns)))


def build_table_facts(
    report: Report,
    sections: Sequence[Section],
    values: Sequence[TableValue],
    facts: Sequence[Fact],
    lexicon: Lexicon,
) -> tuple[tuple[Fact, ...], dict[str, Iterator[Wording]]]:
    """Return one fact for each value of the report's tables, and other wordings by fact id.

    Few facts need these, so each is made as it is asked for, once.

    ``facts`` are those of the text; a value that repeats one of them carries its id in
    ``same_as``. The sentence of a table fact is its table, row and column, divided by ``|``.
    """
    same = link_same_as(facts, values)
    places = Places(report, sections, ())
    own = own_place(report, lexicon)
    names = label_places(own, report.metadata.year, lexicon)
    area = _NOWHERE if own is None else to_area(own)
    words = load_table_words(lexicon)
    reader = _LabelReader(names, report.metadata.year, words)
    fact_id = fact_ids(report)
    found: list[Fact] = []
    wordings: dict[str, Iterator[Wording]] = {}
    left: tuple[TableValue, Labels] | None = None
    for index, value in enumerate(values):
        labels = reader.read(value)
        if left and not labels.columns and _is_growth_of(left[0], value):
            labels = labels._replace(columns=left[1].columns)
        left = value, labels
        where = to_area(labels.place, stated=True) if labels.place else area
        repeated = facts[same[index]].fact_id if index in same else ""
        own_id = fact_id(value.origin, value.start, value.end)
        fact = _fact(report, own_id, places, where, value, labels, repeated)
        found.append(fact)
        wordings[fact.fact_id] = _wordings(labels, value.title, words)
    return tuple(found), wordings


class _Label(NamedTuple):
    """A label with what it names: a place, a year, or only what kind of figure stands below."""

    text: str
    place: Place | None
    year: int | None
    is_figure: bool

    @property
    def says_what(self) -> bool:
        """Whether it says what is measured, not where or when."""
        return self.place is None and self.year is None


class _LabelReader:
    """Sorts the labels of the values of one report; the labels of a path are read once."""

    def __init__(self, places: Mapping[str, Place], year: int | None, words: TableWords) -> None:
        self._places = places
        self._year = year
        self._words = words
        self._known: dict[str, list[_Label]] = {}

    def read(self, value: TableValue) -> Labels:
        """Sort the labels of a value: which place, which year, and what it measures.

        Column heads that only say what kind of figure stands below (绝对数, 数量) say nothing.
        Where labels name several years, none is taken.
        """
        rows, columns = self._labels(value.row_path), self._labels(value.column_path)
        both = rows + columns
        years = {label.year for label in both if label.year is not None}
        places = [label.place for label in both if label.place is not None]
        return Labels(
            tuple(label.text for label in rows if label.says_what),
            tuple(label.text for label in columns if label.says_what and not label.is_figure),
            places[-1] if places else None,
            years.pop() if len(years) == 1 else None,
        )

    def _labels(self, path: str) -> list[_Label]:
        found = self._known.get(path)
        if found is None:
            texts = (label for part in path.split(" > ") if (label := part.strip()))
            found = self._known[path] = [self._label(text) for text in texts]
        return found

    def _label(self, text: str) -> _Label:
        place = self._places.get(squeeze(text))
        year = self._words.year_of(text, self._year)
        return _Label(text, place, year, self._words.is_figure(text))


def _is_growth_of(level: TableValue, value: TableValue) -> bool:
    """Tell whether a growth without a head of its own is of the figure on its left."""
    return (
        value.kind == "change" != level.kind
        and (value.table, value.row) == (level.table, level.row)
        and value.row_path == level.row_path
    )


def _wordings(labels: Labels, title: str, words: TableWords) -> Iterator[Wording]:
    """Yield other wordings of what is measured, the surest first.

    The column before the row (城镇居民, 人均可支配收入), the row alone within the one above it
    (第一产业 of 地区生产总值), a total by the table's title.
    """
    rows = [_PART.sub("", row) for row in labels.rows]
    columns = "".join(labels.columns)
    if rows and columns:
        yield Wording(columns + "".join(rows))
    if len(rows) > 1:
        yield from (
            Wording(text, "".join(rows[:-1])) for text in _inner(rows[-1], rows[0], columns)
        )
    if rows and all(words.total.fullmatch(squeeze(row)) for row in rows):
        yield Wording(words.thing_of(title) + columns)


def _inner(row: str, outer: str, columns: str) -> Iterator[str]:
    yield row + columns
    overlap = max((n for n in range(2, len(outer)) if row.endswith(outer[:n])), default=0)
    if overlap:
        yield row + outer[overlap:] + columns


def _fact(
    report: Report,
    own_id: str,
    places: Places,
    area: Area,
    value: TableValue,
    labels: Labels,
    same_as: str,
) -> Fact:
    year = report.metadata.year
    about = labels.year or year
    rule = "period/label" if labels.year else "period/report"
    source = "stated" if labels.year else "report"
    path = (value.title, value.row_path, value.column_path)
    indicator = labels.indicator
    return make(
        Fact, (
            own_id, *of_report(report),
            *of_area(area),
            *places.section(value.start), "", "",
            indicator, "", indicator,
            value.value, None, value.unit, value.number, value.number_unit, "=", value.kind,
            str(about) if about else "", source if about else "", _status(about, year), "",
            "",
            value.origin, value.text, value.start, value.end, " | ".join(filter(None, path)),
            f"table/value;{rule}" if about else "table/value",
            _REPEATED_CONFIDENCE if same_as else _CONFIDENCE,
            report.reader, places.page(value.start), same_as, "",
        )
    )  # fmt: skip


def _status(about: int | None, year: int | None) -> Status:
    """Return ``prior`` for a year before the report's, ``target`` for one behind it."""
    if about is None or year is None or about == year:
        return "actual"
    return "prior" if about < year else "target"

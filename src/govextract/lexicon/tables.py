"""Words that say how a table is to be read, from ``data/tables.toml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import cast, get_args

from govextract.errors import LexiconError
from govextract.lexicon import Entry, Lexicon
from govextract.model import Kind
from govextract.text import fold

_FILE = "tables.toml"
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class KindWords:
    """Words of a header that decide a kind, and whether numbers without a unit are percent."""

    kind: Kind
    percent: bool
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class TableWords:
    """All words of tables, compiled; they are matched against folded text without blanks."""

    roles: tuple[tuple[str, re.Pattern[str]], ...]
    blanks: frozenset[str]
    units: tuple[tuple[str, re.Pattern[str]], ...]
    kinds: tuple[KindWords, ...]
    lone: re.Pattern[str]
    number_mark: re.Pattern[str]
    """One group for each level, the highest first."""
    part_mark: re.Pattern[str]
    figure: re.Pattern[str]
    year: re.Pattern[str]
    """Group 1 is the year."""
    year_before: re.Pattern[str]
    total: re.Pattern[str]
    title_start: re.Pattern[str]
    title_end: re.Pattern[str]

    def role_of(self, header: str) -> str:
        """Return the role of a column of this header: unit, code, label, note, or ``""``.

        >>> from govextract.lexicon import default_lexicon
        >>> load_table_words(default_lexicon()).role_of("序 号")
        'code'
        """
        return _first(self.roles, _BRACKETED.sub("", squeeze(header)))

    def unit_of(self, header: str) -> str:
        """Return the unit that a header names with no bracket, or ``""``."""
        return _first(self.units, _BRACKETED.sub("", squeeze(header)))

    def kind_of(self, header: str) -> KindWords | None:
        """Return what the words of a header or title decide, None where they do not."""
        squeezed = squeeze(header)
        return next((words for words in self.kinds if words.pattern.search(squeezed)), None)

    def is_section(self, text: str) -> bool:
        """Say whether the text of a row of one cell may name the rows below it."""
        return not self.lone.fullmatch(squeeze(text))

    def level_of(self, label: str) -> int:
        """Return the level of a label's number: 0 for 一、, more for those below, most for none."""
        match = self.number_mark.match(squeeze(label))
        return (match.lastindex or 1) - 1 if match else self.number_mark.groups

    def is_figure(self, header: str) -> bool:
        """Say whether a header says only what kind of figure stands below it."""
        return self.figure.fullmatch(_BRACKETED.sub("", squeeze(header))) is not None

    def year_of(self, label: str, report_year: int | None) -> int | None:
        """Return the year that a label names: 2021年, 上年 of ``report_year``."""
        squeezed = _BRACKETED.sub("", squeeze(label))
        stated = self.year.fullmatch(squeezed)
        if stated:
            return int(stated[1])
        before = report_year is not None and self.year_before.fullmatch(squeezed)
        return report_year - 1 if report_year is not None and before else None

    def thing_of(self, title: str) -> str:
        """Return what the numbers of a table are of, by its title, without year and division.

        >>> from govextract.lexicon import default_lexicon
        >>> load_table_words(default_lexicon()).thing_of("表5 2025年分行业固定资产投资增长速度")
        '固定资产投资'
        """
        rest = squeeze(title)
        while (start := self.title_start.match(rest)) and start.end():
            rest = rest[start.end() :]
        return self.title_end.sub("", rest)

    def is_blank(self, text: str) -> bool:
        """Say whether a cell of this text has no number and no words: empty, ``-``, ``/``."""
        squeezed = squeeze(text)
        return not squeezed or squeezed in self.blanks


@cache
def load_table_words(lexicon: Lexicon) -> TableWords:
    """Load and compile the words; raises LexiconError where an entry is broken."""
    columns = [(_field(e, "role"), _compile(e)) for e in lexicon.entries(_FILE, "column")]
    marks, years, titles = (
        lexicon.entries(_FILE, table) for table in ("table_mark", "year", "table_title")
    )
    return TableWords(
        tuple(columns),
        frozenset(squeeze(form) for e in lexicon.entries(_FILE, "blank") for form in e["forms"]),
        tuple((_field(e, "unit"), _compile(e)) for e in lexicon.entries(_FILE, "head_unit")),
        tuple(_kind(e) for e in lexicon.entries(_FILE, "kind")),
        _joined(lexicon.entries(_FILE, "lone")),
        re.compile("|".join(f"({_compile(e).pattern})" for e in _of_role(marks, "number"))),
        _joined(_of_role(marks, "part")),
        _joined(lexicon.entries(_FILE, "figure")),
        _joined(_of_role(years, "stated")),
        _joined(_of_role(years, "before")),
        _joined(lexicon.entries(_FILE, "table_total")),
        _joined(_of_role(titles, "start")),
        re.compile(f"(?:{_joined(_of_role(titles, 'end')).pattern})$"),
    )


@lru_cache(maxsize=1 << 12)
def squeeze(text: str) -> str:
    """Return ``text`` with widths folded and without blanks, as the words are matched.

    >>> squeeze("比 上年（％）")
    '比上年(%)'
    """
    return _BLANKS.sub("", fold(text))


def _first(patterns: tuple[tuple[str, re.Pattern[str]], ...], text: str) -> str:
    return next((name for name, pattern in patterns if pattern.fullmatch(text)), "")


def _of_role(entries: list[Entry], role: str) -> list[Entry]:
    return [entry for entry in entries if entry.get("role") == role]


def _compile(entry: Entry) -> re.Pattern[str]:
    forms = entry.get("forms")
    try:
        return re.compile("|".join(f"(?:{fold(form)})" for form in forms or ()))
    except (re.error, TypeError) as error:
        raise LexiconError(
            f"has a broken form ({error})", place=f"{_FILE} {entry['id']}"
        ) from error


def _joined(entries: list[Entry]) -> re.Pattern[str]:
    return re.compile("|".join(_compile(entry).pattern for entry in entries) or "(?!)")


def _kind(entry: Entry) -> KindWords:
    kind = entry.get("kind")
    if kind not in get_args(Kind):
        raise LexiconError(f"unknown kind {kind!r}", place=f"{_FILE} {entry['id']}")
    return KindWords(cast(Kind, kind), bool(entry.get("percent")), _compile(entry))


def _field(entry: Entry, name: str) -> str:
    value = entry.get(name)
    if not isinstance(value, str):
        raise LexiconError(f"has no {name}", place=f"{_FILE} {entry['id']}")
    return value

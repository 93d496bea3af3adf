"""Which place each quantity is about: one stated as its clause's subject, else the issuer's own.

Only places inside the issuer's own one are candidates, and the places that hold it by their
general words (全省, 全国), so that 鼓楼区 in a report of 南京 is 南京's. A place that is part of an
object (a project's name, a partner city) does not govern.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from govextract.lexicon import Lexicon
from govextract.lexicon.areas import (
    COUNTRY,
    Areas,
    AreaWords,
    Place,
    load_area_words,
    load_areas,
)
from govextract.model import Area, Quantity, Report, Section
from govextract.stages.issuer_areas import resolve_place, to_area
from govextract.stages.zone_areas import find_zones

_SENTENCE_END = re.compile(r"[。！？!?\n]")
_CLAUSE_END = re.compile(r"[,，;；:：。！？!?\n]")
# What may stand between the start of a clause and the place that is its subject.
_LEAD = re.compile(
    r"(?:^|[,，;；:：。！？!?\n、（()）\s])"
    r"(?:其中|此外|同时|另外|包括|分地区看|分县区看|分区域看)?[:：,，]?"
    r"(?:截至|截止|到|至)?[\d年月日底末初份度半季一二三四上下前今去全]*[,，]?$"
)
_LEAD_LENGTH = 24
_FIRST_NUMBER = re.compile(r"[\d０-９]|[,，;；:：。！？!?\n]")
_JOINED = frozenset("、和与及")
_RESPECTIVELY = "分别"
_OBJECT_LENGTH = 40
# Behind short names of counties, which may be other words too: 香洲、金湾两个行政区分别.
_OF_COUNTIES = re.compile(
    r"(?:[两二三四五六七八九十\d]{1,3}个?(?:行政)?(?:县市区|县区|区县|市县|县市|区|县|市))?[^,，。\d]{0,20}?分别"
)


class _Subjects(NamedTuple):
    """The words that name a place in one report: full names, short names and general words."""

    pattern: re.Pattern[str]
    places: dict[str, Place]
    short: frozenset[str]
    counties: frozenset[str]
    """Short names of counties, which are read in lists only."""
    above: frozenset[str]
    """Words of places that hold the issuer's own: they govern their clause only."""


class _Scope(NamedTuple):
    """From ``start`` to ``end`` (code points) numbers are about ``place``."""

    start: int
    end: int
    place: Place


class ReportAreas(NamedTuple):
    """Where a report is about; made once for it."""

    own: Place | None
    """The issuer's place."""
    stated: Sequence[tuple[int, int, Area]]
    """Start and end (code points) of what the text says other places of; of several the last."""


def find_areas(
    report: Report, sections: Sequence[Section], quantities: Sequence[Quantity], lexicon: Lexicon
) -> ReportAreas:
    """Return where a report is about; ``quantities`` are all that it has, in order."""
    year = report.metadata.year
    own = own_place(report, lexicon)
    subjects = _subjects(own, year, lexicon)
    words = load_area_words(lexicon)
    scopes = [*_section_scopes(sections, subjects)]
    scopes += _sentence_scopes(report.text, quantities, subjects, words)
    stated = [(scope.start, scope.end, to_area(scope.place, stated=True)) for scope in scopes]
    stated += find_zones(report, own, quantities, lexicon)
    return ReportAreas(own, stated)


def link_areas(areas: ReportAreas, quantities: Sequence[Quantity]) -> tuple[Area | None, ...]:
    """Return the place of each quantity, in their order.

    ``None`` where neither the sentence nor the report tells a place. ``Area.source`` is ``stated``
    for a place in the text and ``report`` for the issuer's own.
    """
    default = None if areas.own is None else to_area(areas.own)
    linked: list[Area | None] = [default] * len(quantities)
    starts = [item.start for item in quantities]
    for start, end, area in areas.stated:
        for at in range(bisect_left(starts, start), bisect_left(starts, end)):
            linked[at] = area
    return tuple(linked)


def own_place(report: Report, lexicon: Lexicon) -> Place | None:
    """Return the issuer's own place, by the report's metadata and its path."""
    about = report.metadata
    names = (about.area, about.issuer, about.title, about.source, report.document)
    return resolve_place(names, lexicon, about.year)


@lru_cache(maxsize=32)
def label_places(own: Place | None, year: int | None, lexicon: Lexicon) -> Mapping[str, Place]:
    """Return the places that a label of a table may name: those in ``own``, short too, and 全市."""
    words = load_area_words(lexicon)
    inside = load_areas().inside(own, year) if own is not None and own.level != "country" else []
    short = {word: item for item in inside for word in item.aliases if word not in words.plain}
    return short | _subjects(own, year, lexicon).places


@lru_cache(maxsize=32)
def _subjects(own: Place | None, year: int | None, lexicon: Lexicon) -> _Subjects:
    """Return the words that name a place in a report of ``own``; built once a place and year."""
    areas, words = load_areas(), load_area_words(lexicon)
    scopes = {}
    chain = () if own is None else (own, *areas.parents(own, year))
    for word, unit in words.scopes.items():
        place = _place_of_scope(unit, chain, areas, year)
        if place is not None:
            scopes[word] = place
    inside = areas.inside(own, year) if own is not None and own.level != "country" else []
    names = {item.name: item for item in inside if item.name not in words.plain}
    short = {
        word: item
        for item in inside
        if item.level == "city"
        for word in item.aliases
        if word not in words.plain
    }
    counties = {
        word: item
        for item in inside
        if item.level == "county"
        for word in item.aliases
        if word not in words.plain and word not in short
    }
    places = counties | short | names | scopes
    above = {word for word, place in scopes.items() if own is None or place.holds(own)}
    alternatives = "|".join(map(re.escape, sorted(places, key=len, reverse=True)))
    pattern = re.compile(alternatives or r"(?!)")
    return _Subjects(pattern, places, frozenset(short), frozenset(counties), frozenset(above))


def _place_of_scope(
    unit: str, chain: Sequence[Place], areas: Areas, year: int | None
) -> Place | None:
    """Return the place that a general word names: the nearest of its kind in ``chain``.

    That is the issuer's own place and those that hold it, from itself upwards.
    """
    if unit == "国":
        return areas.at(COUNTRY, year)
    if unit == "本":
        return chain[0] if chain else None
    return next((place for place in chain if place.name.endswith(unit)), None)


def _section_scopes(sections: Sequence[Section], subjects: _Subjects) -> Iterator[_Scope]:
    """Yield a scope for each section that is headed by a place's name alone."""
    for section in sections:
        place = subjects.places.get(section.title.strip(" 　:：()（）"))
        if place is not None:
            yield _Scope(section.body, section.end, place)


def _sentence_scopes(
    text: str, quantities: Sequence[Quantity], subjects: _Subjects, words: AreaWords
) -> Iterator[_Scope]:
    """Yield the scopes of all places that are the subject of a clause, in text order.

    A scope runs to the next subject or the sentence's end, whichever comes first; that of a place
    above the issuer's own (全省) ends with its clause.
    """
    last: _Scope | None = None
    run: list[re.Match[str]] = []
    for match in subjects.pattern.finditer(text):
        run = [*run, match] if _continues(text, run, match) else [match]
        if not _is_subject(text, run[0], match, subjects, words):
            continue
        if last is not None:
            yield last._replace(end=min(last.end, match.start()))
        ender = _CLAUSE_END if match[0] in subjects.above else _SENTENCE_END
        last = _Scope(match.end(), _next(ender, text, match.end()), subjects.places[match[0]])
        if len(run) > 1:
            last = None
            yield from _respectively(text, run, quantities, subjects)
    if last is not None:
        yield last


def _continues(text: str, run: Sequence[re.Match[str]], match: re.Match[str]) -> bool:
    """Tell whether ``match`` stands right behind the run of places, joined by 、 or 和."""
    if not run:
        return False
    left = run[-1].end()
    return match.start() == left + 1 and text[left] in _JOINED


def _is_subject(
    text: str,
    first: re.Match[str],
    match: re.Match[str],
    subjects: _Subjects,
    words: AreaWords,
) -> bool:
    """Tell whether a place is what its clause is about; ``first`` opens its list of places."""
    left = max(0, first.start() - _LEAD_LENGTH)
    before = text[left : first.start()]
    if not _LEAD.search(before) or _follows_bare_name(before):
        return False
    after = text[match.end() : match.end() + _OBJECT_LENGTH]
    if first is not match and not after.startswith(_RESPECTIVELY) and _RESPECTIVELY not in after:
        return False
    if after[:1] in _JOINED or after.startswith(words.not_after):
        return False
    if match[0] in subjects.above and not after.startswith(words.statistics):
        return False
    if match[0] in subjects.short and not after.startswith(words.verbs):
        return False
    if match[0] in subjects.counties and (first is match or not _OF_COUNTIES.match(after)):
        return False
    return not _is_thing(after, words)


def _follows_bare_name(before: str) -> bool:
    """Tell whether 、 joins the place to a name without a number of its own (a list of names)."""
    if not before.endswith("、"):
        return False
    item = _CLAUSE_END.split(before[:-1])[-1].split("、")[-1]
    return not re.search(r"\d", item)


def _is_thing(after: str, words: AreaWords) -> bool:
    """Tell whether the name goes on to a project or a body (临江县体育中心项目) before any verb."""
    number = _FIRST_NUMBER.search(after)
    if number is not None:
        after = after[: number.start()]
    thing, verb = words.thing.search(after), words.verb.search(after)
    return thing is not None and (verb is None or thing.start() < verb.start())


def _respectively(
    text: str, run: Sequence[re.Match[str]], quantities: Sequence[Quantity], subjects: _Subjects
) -> Iterator[_Scope]:
    """Yield a scope a number for ``A区、B区分别增长3%、4%``, where there are as many numbers.

    What the sentence gives each of them behind that (，分别增长3%、4%) is theirs too.
    """
    at = text.find(_RESPECTIVELY, run[-1].end(), run[-1].end() + _OBJECT_LENGTH)
    stop = _next(_SENTENCE_END, text, run[-1].end())
    while at >= 0:
        end = _next(_CLAUSE_END, text, at)
        first = bisect_left(quantities, at, key=_start)
        last = bisect_left(quantities, end, first, key=_start)
        numbers = [item.start for item in quantities[first:last]]
        if len(numbers) != len(run):
            return
        for number, match in zip(numbers, run, strict=True):
            yield _Scope(number, number + 1, subjects.places[match[0]])
        at = text.find(_RESPECTIVELY, end, stop)


def _start(quantity: Quantity) -> int:
    return quantity.start


def _next(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.search(text, at)
    return match.start() if match else len(text)

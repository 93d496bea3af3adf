"""Parts of a place that have no code of their own, as the subject of a sentence.

``高新区完成投资5亿元`` is not the city's investment, and no code says whose it is: the area has its
name and the province and city it lies in. Where several are named at once (``北部县区、中部县区
分别为…``) and there is a number for each, each has its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from govextract.lexicon import Lexicon
from govextract.lexicon.areas import Place, load_area_words
from govextract.model import Area, Quantity, Report

_SENTENCE_END = re.compile(r"[。！？!?;；\n]")
_COMMA = re.compile(r"[,，](?!\d)")
_RESPECTIVELY = "分别"
_CLAUSE_SIGN = re.compile(r"[,，;；:：。！？!?\s]")
_NAME_LENGTH = 80
"""Longest stretch before a zone's end that is read for its name and those joined to it."""


class ZoneScope(NamedTuple):
    """From ``start`` to ``end`` (code points) numbers are about ``area``."""

    start: int
    end: int
    area: Area


def find_zones(
    report: Report, own: Place | None, quantities: Sequence[Quantity], lexicon: Lexicon
) -> Iterator[ZoneScope]:
    """Yield the scopes of the zones that are subjects, in text order.

    There are none in a zone's own report.
    """
    about = report.metadata
    names = (about.area, about.issuer, about.title, *((own.name, *own.aliases) if own else ()))
    if any(zone in name for name in names for zone in load_area_words(lexicon).zones):
        return
    patterns = _patterns(lexicon)
    ends = list(patterns.end.finditer(report.text))
    starts = [item.start for item in quantities] if ends else []
    for match in ends:
        left = report.text[max(0, match.start() - _NAME_LENGTH) : match.end()]
        subject = patterns.subject.search(_CLAUSE_SIGN.split(left)[-1])
        if subject is not None:
            yield from _scopes(report.text, match.end(), subject[1], starts, own)


class _Patterns(NamedTuple):
    end: re.Pattern[str]
    """The end of a zone's name, a verb behind it."""
    subject: re.Pattern[str]
    """A clause's beginning that is the name of a zone, or of several."""


@lru_cache(maxsize=8)
def _patterns(lexicon: Lexicon) -> _Patterns:
    words = load_area_words(lexicon)
    ends, verb, not_first = (
        "|".join(map(re.escape, group)) or "(?!)"
        for group in (words.zones, words.verbs, words.not_zones)
    )
    zone = rf"(?!{not_first})[\u4e00-\u9fff]{{0,8}}?(?:{ends})"
    return _Patterns(
        re.compile(rf"(?:{ends})(?={verb})"),
        re.compile(rf"^(?:全年|其中|\d{{4}}年){{0,2}}({zone}(?:[、和]{zone}){{0,5}})$"),
    )


def _scopes(
    text: str, start: int, name: str, starts: Sequence[int], own: Place | None
) -> Iterator[ZoneScope]:
    end = _SENTENCE_END.search(text, start)
    stop = end.start() if end else len(text)
    yield ZoneScope(start, stop, _area(name, own))
    names = re.split("[、和]", name)
    at = text.find(_RESPECTIVELY, start, stop)
    while len(names) > 1 and at >= 0:
        numbers = starts[bisect_left(starts, at) : bisect_left(starts, _clause_end(text, at, stop))]
        if len(numbers) == len(names):
            for each, number in zip(names, numbers, strict=True):
                yield ZoneScope(number, number + 1, _area(each, own))
        at = text.find(_RESPECTIVELY, at + 1, stop)


def _clause_end(text: str, at: int, stop: int) -> int:
    comma = _COMMA.search(text, at, stop)
    return comma.start() if comma else stop


def _area(name: str, own: Place | None) -> Area:
    province, city, county = (own.province, own.city, own.county) if own else ("", "", "")
    return Area("", name, province, city, county, "stated")

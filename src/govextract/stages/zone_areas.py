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
_LEAD = r"(?:^|(?<=[,，;；:：。！？!?\s]))(?:全年|其中|\d{4}年){0,2}"


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
    starts = [item.start for item in quantities]
    for match in _pattern(lexicon).finditer(report.text):
        yield from _scopes(report.text, match, starts, own)


@lru_cache(maxsize=8)
def _pattern(lexicon: Lexicon) -> re.Pattern[str]:
    words = load_area_words(lexicon)
    ends, verb, not_first = (
        "|".join(map(re.escape, group)) for group in (words.zones, words.verbs, words.not_zones)
    )
    zone = rf"(?!{not_first})[\u4e00-\u9fff]{{0,8}}?(?:{ends})"
    return re.compile(rf"{_LEAD}({zone}(?:[、和]{zone}){{0,5}})(?={verb})", re.MULTILINE)


def _scopes(
    text: str, match: re.Match[str], starts: Sequence[int], own: Place | None
) -> Iterator[ZoneScope]:
    end = _SENTENCE_END.search(text, match.end())
    stop = end.start() if end else len(text)
    yield ZoneScope(match.end(), stop, _area(match[1], own))
    names = re.split("[、和]", match[1])
    at = text.find(_RESPECTIVELY, match.end(), stop)
    while len(names) > 1 and at >= 0:
        numbers = starts[bisect_left(starts, at) : bisect_left(starts, _clause_end(text, at, stop))]
        if len(numbers) == len(names):
            for name, number in zip(names, numbers, strict=True):
                yield ZoneScope(number, number + 1, _area(name, own))
        at = text.find(_RESPECTIVELY, at + 1, stop)


def _clause_end(text: str, at: int, stop: int) -> int:
    comma = _COMMA.search(text, at, stop)
    return comma.start() if comma else stop


def _area(name: str, own: Place | None) -> Area:
    province, city, county = (own.province, own.city, own.county) if own else ("", "", "")
    return Area("", name, province, city, county, "stated")

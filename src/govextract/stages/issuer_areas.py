"""Which place a report is from: its names (issuer, title, site, file) read as places.

A name that several places share (鼓楼区) is not guessed: another name must tell which it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from govextract.lexicon import Lexicon
from govextract.lexicon.areas import Areas, AreaWords, Place, load_area_words, load_areas
from govextract.model import Area

_NAME_LENGTH = 300
"""Longest stretch of a name that is read: titles and paths are shorter."""
_HAN = re.compile(r"[\u3400-\u9fff]")


class _Mention(NamedTuple):
    start: int
    end: int
    places: tuple[Place, ...]


class _Table(NamedTuple):
    """What names are read by."""

    areas: Areas
    words: AreaWords
    year: int | None


def resolve_issuer_area(
    names: Sequence[str], lexicon: Lexicon, year: int | None = None
) -> Area | None:
    """Return the place that ``names`` speak of, or ``None`` where they do not say which.

    ``names`` stand in the order in which they are believed: issuer, title, site, file and folder
    names. The first one that names a place decides; the others tell places of one name apart.
    ``year`` chooses between the names and codes a place had over time.
    """
    place = resolve_place(tuple(names), lexicon, year)
    return None if place is None else to_area(place)


@lru_cache(maxsize=64)
def resolve_place(names: tuple[str, ...], lexicon: Lexicon, year: int | None) -> Place | None:
    """Return the same as :func:`resolve_issuer_area`, as an entry of the table of places."""
    table = _Table(load_areas(), load_area_words(lexicon), year)
    read = [list(_find_mentions(name[:_NAME_LENGTH], table)) for name in names]
    context = [place for mentions in read for item in mentions for place in item.places]
    general: Place | None = None
    for mentions in read:
        place = _deepest(mentions, context)
        if place is not None and place.level != "country":
            return place
        if any(item.places and item.places[0].level != "country" for item in mentions):
            return None
        general = general or place
    return general


def to_area(place: Place, stated: bool = False) -> Area:
    """Return a place as the record that facts carry."""
    return Area(
        place.code,
        place.name,
        place.province,
        place.city,
        place.county,
        "stated" if stated else "report",
    )


def _deepest(mentions: Sequence[_Mention], context: Sequence[Place]) -> Place | None:
    """Return the lowest place of a name's mentions, if it is one place only."""
    own = [place for item in mentions for place in item.places]
    for item in sorted(mentions, key=lambda item: -max(place.depth for place in item.places)):
        for known in (own, context):
            backed = [place for place in item.places if any(up.holds(place) for up in known)]
            backed = _longest_backing(backed, known)
            if len(backed) == 1:
                return backed[0]
        return item.places[0] if len(item.places) == 1 else None
    return None


def _longest_backing(places: Sequence[Place], known: Sequence[Place]) -> list[Place]:
    """Return those of ``places`` that the deepest of ``known`` holds (the country backs nobody)."""
    depth = {
        place.code: max((up.depth for up in known if up.depth and up.holds(place)), default=0)
        for place in places
    }
    best = max(depth.values(), default=0)
    return [place for place in places if best and depth[place.code] == best]


def _find_mentions(name: str, table: _Table) -> Iterator[_Mention]:
    """Yield the places named in ``name``, the longest name at each offset."""
    at, before = 0, None
    while at < len(name):
        found = _mention_at(name, at, table, before)
        if found is None:
            at += 1
            continue
        yield found
        at, before = found.end, found


def _mention_at(name: str, at: int, table: _Table, before: _Mention | None) -> _Mention | None:
    areas = table.areas
    if name[at : at + 2] not in areas.openings:
        return None
    for end in range(min(len(name), at + areas.longest), at + 1, -1):
        word = name[at:end]
        if word in areas.by_name:
            return _Mention(at, end, _of_year(areas.by_name[word], table.year))
        if word in areas.by_short:
            found = _Mention(at, end, _of_year(areas.by_short[word], table.year))
            places = _short(name, found, table.words, before)
            if places:
                return found._replace(places=places)
    return None


def _short(
    name: str, found: _Mention, words: AreaWords, before: _Mention | None
) -> tuple[Place, ...]:
    """Return the places of a short name; the highest level wins (吉林 is the province).

    A county's short name counts where it stands alone (between signs that are no Han characters)
    or right behind the name of a place that holds it (福建平潭).
    """
    if before is not None and before.end == found.start:
        inside = tuple(item for item in found.places if any(up.holds(item) for up in before.places))
        if inside and name[found.start : found.end] not in words.plain:
            return inside
    top = min(place.depth for place in found.places)
    places = tuple(place for place in found.places if place.depth == top)
    return places if top < 3 or _stands_alone(name, found) else ()


def _stands_alone(name: str, found: _Mention) -> bool:
    left, right = name[found.start - 1 : found.start], name[found.end : found.end + 1]
    return not (_HAN.match(left) or _HAN.match(right))


def _of_year(places: Sequence[Place], year: int | None) -> tuple[Place, ...]:
    """Return the places that held in ``year``, else those that hold now, else the last ones."""
    for when in (year, None):
        valid = [place for place in places if place.is_valid(when)]
        if valid:
            return tuple(valid)
    last = max(place.valid_to or 0 for place in places)
    return tuple(place for place in places if place.valid_to == last)

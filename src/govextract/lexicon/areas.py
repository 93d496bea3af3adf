"""Places: the dated table of GB/T 2260 codes, indexed by name, short name and code.

``data/areas.tsv`` is built by ``scripts/build_areas.py``; ``data/areas.toml`` holds the general
words (全市, 我省) and what tells a place from a project that carries its name.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal, NamedTuple

from govextract.lexicon import Lexicon

Level = Literal["country", "province", "city", "county"]

COUNTRY = "100000"
_KINDS = frozenset("国省市区县州旗盟")
_DEPTH: Mapping[str, int] = {"country": 0, "province": 1, "city": 2, "county": 3}
_PREFIX = {"country": 0, "province": 2, "city": 4, "county": 6}


class Place(NamedTuple):
    """One code with one name. A year in which a change fell holds for the old and the new name."""

    code: str
    name: str
    level: Level
    province: str
    city: str
    county: str
    valid_from: int | None
    valid_to: int | None
    successor: str
    aliases: tuple[str, ...]

    @property
    def depth(self) -> int:
        """0 for the country, 3 for a county."""
        return _DEPTH[self.level]

    def is_valid(self, year: int | None) -> bool:
        """Tell whether the name held in ``year``; without a year, whether it holds now."""
        if year is None:
            return self.valid_to is None
        return (self.valid_from or year) <= year <= (self.valid_to or year)

    def holds(self, other: Place) -> bool:
        """Tell whether ``other`` lies in this place (and is not this place)."""
        return self.depth < other.depth and other.code.startswith(self.code[: _PREFIX[self.level]])


class Areas(NamedTuple):
    """All places, indexed.

    ``by_name`` has the names that end in their kind (襄阳市, 恩施州, 平潭综合实验区), ``by_short``
    the others (襄阳).
    """

    by_code: Mapping[str, tuple[Place, ...]]
    by_province: Mapping[str, tuple[Place, ...]]
    """Places by the first two digits of their code."""
    by_name: Mapping[str, tuple[Place, ...]]
    by_short: Mapping[str, tuple[Place, ...]]
    longest: int
    """Length of the longest name, in code points."""
    openings: frozenset[str]
    """The first two characters of all names: what opens with others is none."""

    def at(self, code: str, year: int | None) -> Place | None:
        """Return the place of a code as it was called in ``year``; the last name it had, else."""
        return best_of_year(self.by_code.get(code, ()), year)

    def parents(self, place: Place, year: int | None) -> list[Place]:
        """Return the places that hold ``place``, from the nearest to the country."""
        codes = (place.code[:4] + "00", place.code[:2] + "0000", COUNTRY)
        found = (self.at(code, year) for code in codes if code != place.code)
        return [item for item in found if item is not None and item.holds(place)]

    def inside(self, place: Place, year: int | None) -> list[Place]:
        """Return the places in ``place``, no country, that held in ``year`` or hold now."""
        prefix, depth = place.code[: _PREFIX[place.level]], place.depth
        return [
            item
            for item in self.by_province.get(place.code[:2], ())
            if item.code.startswith(prefix)
            and depth < _DEPTH[item.level]
            and (item.is_valid(None) or item.is_valid(year))
        ]


def best_of_year(places: Iterable[Place], year: int | None) -> Place | None:
    """Return the one that held in ``year``, else the last one."""
    ordered = sorted(places, key=lambda item: (item.is_valid(year), item.valid_to or 9999))
    return ordered[-1] if ordered else None


class AreaWords(NamedTuple):
    """The general words of ``data/areas.toml``."""

    scopes: Mapping[str, str]
    """General word to how the name of its place ends (``本``: the issuer's own; ``国``)."""
    not_after: tuple[str, ...]
    statistics: tuple[str, ...]
    thing: re.Pattern[str]
    verb: re.Pattern[str]
    verbs: tuple[str, ...]
    zones: tuple[str, ...]
    not_zones: tuple[str, ...]
    plain: frozenset[str]


def load_areas() -> Areas:
    """Return the places of ``data/areas.tsv``."""
    return _load_areas()


@cache
def _load_areas() -> Areas:
    text = (files("govextract") / "data" / "areas.tsv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    places = [_place(row) for row in rows]
    words = [(word, item) for item in places for word in (item.name, *item.aliases)]
    return Areas(
        by_code=_index((item.code, item) for item in places),
        by_province=_index((item.code[:2], item) for item in places),
        by_name=_index((word, item) for word, item in words if word[-1] in _KINDS),
        by_short=_index((word, item) for word, item in words if word[-1] not in _KINDS),
        longest=max(len(word) for word, _ in words),
        openings=frozenset(word[:2] for word, _ in words),
    )


@lru_cache(maxsize=8)
def load_area_words(lexicon: Lexicon) -> AreaWords:
    """Return the general words, with the lexicon's overlays."""

    def words(table: str) -> tuple[str, ...]:
        entries = lexicon.entries("areas.toml", table)
        return tuple(word for entry in entries for word in entry["words"])

    scopes = {
        word: str(entry["unit"])
        for entry in lexicon.entries("areas.toml", "scope")
        for word in entry["words"]
    }
    return AreaWords(
        scopes=scopes,
        not_after=words("not_after"),
        statistics=words("statistic"),
        thing=_any_of(words("thing")),
        verb=_any_of(words("verb")),
        verbs=words("verb"),
        zones=words("zone"),
        not_zones=words("not_zone"),
        plain=frozenset(words("plain")),
    )


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words)) or r"(?!)")


def _place(row: Mapping[str, str]) -> Place:
    return Place(
        code=row["code"],
        name=row["name"],
        level=row["level"],  # type: ignore[arg-type]
        province=row["province"],
        city=row["city"],
        county=row["county"],
        valid_from=int(row["valid_from"]) if row["valid_from"] else None,
        valid_to=int(row["valid_to"]) if row["valid_to"] else None,
        successor=row["successor"],
        aliases=tuple(row["aliases"].split()),
    )


def _index(pairs: Iterable[tuple[str, Place]]) -> Mapping[str, tuple[Place, ...]]:
    found: dict[str, list[Place]] = defaultdict(list)
    for key, place in pairs:
        found[key].append(place)
    return {key: tuple(group) for key, group in found.items()}

"""What is asked for: which indicator, which kind, which years and areas."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import NamedTuple, get_args

from govextract.errors import UsageError
from govextract.lexicon import Lexicon
from govextract.lexicon.indicators import Concept, clean, load_indicators
from govextract.model import Kind

_YEARS = re.compile(r"(\d{4})(?:\s*[-~至]\s*(\d{4}))?")
_CHANGES = frozenset({"change", "multiple"})


class Request(NamedTuple):
    """What to compare. ``indicator`` is an id, a name or any wording of a concept."""

    indicator: str
    kind: str = ""
    """A kind of quantity; empty: the level, or the change where only changes are stated."""
    years: frozenset[int] = frozenset()
    """Empty: all years."""
    areas: frozenset[str] = frozenset()
    """Names (of the area or its province) or codes; empty: all areas."""
    per_capita: bool = False

    def wants_area(self, code: str, name: str, province: str) -> bool:
        """Tell whether an area is asked for: by code, name or province; 信阳 and 信阳市 are one."""
        if not self.areas:
            return True
        return any(
            wanted in (code, name, province) or (len(wanted) > 1 and name.startswith(wanted))
            for wanted in self.areas
        )


def parse_years(text: str) -> frozenset[int]:
    """Return the years of ``2020-2023`` or ``2020,2022``; raises UsageError for anything else.

    >>> sorted(parse_years("2020-2022,2025"))
    [2020, 2021, 2022, 2025]
    """
    years: set[int] = set()
    for part in filter(None, re.split(r"[,，\s]+", text)):
        match = _YEARS.fullmatch(part)
        if match is None:
            raise UsageError(f"{part!r} is no year", remedy="give 2020-2025 or 2020,2022")
        years.update(range(int(match[1]), int(match[2] or match[1]) + 1))
    return frozenset(years)


def parse_areas(text: str) -> frozenset[str]:
    """Return the names and codes of ``信阳,南宁``.

    >>> sorted(parse_areas("信阳市，4101"))
    ['4101', '信阳市']
    """
    return frozenset(filter(None, re.split(r"[,，、\s]+", text)))


def check_kind(kind: str) -> str:
    """Return ``kind``; raises UsageError where it is no kind of quantity."""
    if kind and kind not in get_args(Kind):
        raise UsageError(f"there is no kind {kind!r}", remedy="use " + ", ".join(get_args(Kind)))
    return kind


def find_concept(name: str, lexicon: Lexicon) -> Concept:
    """Return the concept of an id, a name or a wording.

    Raises UsageError where there is none (with those that come near) or more than one.
    """
    indicators = load_indicators(lexicon)
    if name in indicators.concepts:
        return indicators.concepts[name]
    by_name = [item for item in indicators.concepts.values() if item.name == name]
    found = by_name or [item.concept for item in indicators.candidates(clean(name))]
    if len(found) == 1:
        return found[0]
    if found:
        ids = ", ".join(item.id for item in found)
        raise UsageError(f"{name!r} may be several concepts", remedy=f"give one of {ids}")
    near = suggest(name, (item.name for item in indicators.concepts.values()))
    remedy = f"did you mean {'、'.join(near)}?" if near else "see `govextract indicators`"
    raise UsageError(f"there is no concept {name!r}", remedy=remedy)


def suggest(name: str, names: Iterable[str]) -> list[str]:
    """Return at most five of ``names`` that hold ``name`` or come near it."""
    every = list(names)
    inside = [item for item in every if name in item or item in name]
    return (inside or get_close_matches(name, every, 5, 0.5))[:5]


def is_change(kind: str) -> bool:
    """Tell whether a kind says how much something changed, not how much it is."""
    return kind in _CHANGES

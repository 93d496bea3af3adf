"""What looks like a quantity and is none, from ``data/exclusions.toml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, Literal, NamedTuple, get_args

from govextract.errors import LexiconError
from govextract.lexicon import Lexicon
from govextract.lexicon.words import alternation

First = Literal["run", "arabic", "chinese", "ordinal"]


class ExclusionRule(NamedTuple):
    """One rule: a pattern that begins at the number (words before it are a look-behind)."""

    id: str
    first: First
    pattern: str
    before: str
    after: str
    """Characters, one of which stands right before the digits or right behind them."""
    aside: bool
    """Whether it is looked for before plain numbers, which ``after`` then holds up no more."""
    late: bool
    """Whether the rule is tried only where the number is no quantity by its unit."""
    examples: tuple[str, ...]
    counters: tuple[str, ...]


@cache
def load_exclusions(lexicon: Lexicon) -> tuple[ExclusionRule, ...]:
    """Return the rules in the order in which they are tried; raises LexiconError."""
    return tuple(_read_rule(entry) for entry in lexicon.entries("exclusions.toml", "exclusion"))


def _read_rule(entry: Mapping[str, Any]) -> ExclusionRule:
    place = f"exclusions.toml {entry['id']}"
    try:
        pattern = entry["pattern"] if "pattern" in entry else alternation(entry["words"])
        re.compile(pattern)
        if entry["first"] not in get_args(First):
            raise LexiconError(f"unknown first {entry['first']!r}", place=place)
        return ExclusionRule(
            entry["id"],
            entry["first"],
            pattern,
            entry.get("before", ""),
            entry.get("after", ""),
            bool(entry.get("aside", False)),
            bool(entry.get("late", False)),
            tuple(entry["examples"]),
            tuple(entry["counters"]),
        )
    except KeyError as error:
        raise LexiconError(
            f"lacks {error}", place=place, remedy="give first, pattern, examples and counters"
        ) from error
    except re.error as error:
        raise LexiconError(f"is no valid pattern ({error})", place=place) from error

"""Cues of relations: what opens a whole, what a change is measured against."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from govextract.errors import LexiconError
from govextract.lexicon import Entry, Lexicon
from govextract.lexicon.sieve import Sieve


@dataclass(frozen=True, slots=True)
class Relations:
    """Compiled cues; group names of ``bases`` are the places of ``basis_ids``."""

    parts: Sieve
    part_ids: tuple[str, ...]
    """Rule id of each alternative of ``parts``, in the order of its groups."""
    bases: re.Pattern[str]
    basis_ids: tuple[tuple[str, str], ...]
    """Rule id and basis of each alternative of ``bases``, in the order of its groups."""


@cache
def load_relations(lexicon: Lexicon) -> Relations:
    """Return the cues of ``data/relations.toml``; LexiconError where a pattern is broken."""
    parts = lexicon.entries("relations.toml", "parts")
    bases = lexicon.entries("relations.toml", "bases")
    try:
        part_pattern = Sieve(_alternation(parts))
        basis_pattern = re.compile(_alternation(bases))
    except re.error as error:
        raise LexiconError(f"has a broken pattern ({error})", place="relations.toml") from error
    return Relations(
        parts=part_pattern,
        part_ids=tuple(entry["id"] for entry in parts),
        bases=basis_pattern,
        basis_ids=tuple((entry["id"], entry["basis"]) for entry in bases),
    )


def _alternation(entries: Sequence[Entry]) -> str:
    return "|".join(f"({entry['pattern']})" for entry in entries)

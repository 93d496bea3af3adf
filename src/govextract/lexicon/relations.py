"""Cues of relations: what opens a whole, what a change is measured against."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from govextract.errors import LexiconError
from govextract.lexicon import Lexicon


class Relations(NamedTuple):
    """Compiled cues; group names of ``bases`` are the places of ``basis_ids``."""

    parts: re.Pattern[str]
    part_ids: dict[str, str]
    """Rule id by the cue's words."""
    bases: re.Pattern[str]
    basis_ids: tuple[tuple[str, str], ...]
    """Rule id and basis of each alternative of ``bases``, in the order of its groups."""


@cache
def load_relations(lexicon: Lexicon) -> Relations:
    """Return the cues of ``data/relations.toml``; LexiconError where a pattern is broken."""
    part_ids = {
        word: entry["id"]
        for entry in lexicon.entries("relations.toml", "parts")
        for word in entry["words"]
    }
    words = sorted(part_ids, key=len, reverse=True)
    bases = lexicon.entries("relations.toml", "bases")
    try:
        pattern = re.compile("|".join(f"({entry['pattern']})" for entry in bases))
    except re.error as error:
        raise LexiconError(f"has a broken pattern ({error})", place="relations.toml") from error
    return Relations(
        parts=re.compile("(?<!不)(?:" + "|".join(map(re.escape, words)) + ")"),
        part_ids=part_ids,
        bases=pattern,
        basis_ids=tuple((entry["id"], entry["basis"]) for entry in bases),
    )

"""The words that phrases around a number are read by, indexed by role."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from govextract.errors import LexiconError
from govextract.lexicon import Lexicon

ROLES = (
    "verb",
    "empty_verb",
    "opening",
    "adverb",
    "occasion",
    "restart",
    "predicate",
    "result",
    "modifier",
    "average",
    "account",
    "transaction",
    "noun_verb",
    "outcome",
    "line_attribute",
    "same",
    "move",
    "arrival",
    "origin",
    "filler",
    "agent_suffix",
    "region",
    "closing",
    "direction",
    "basis",
    "rank",
    "preposition",
    "organisation_suffix",
    "head",
    "whole_suffix",
    "attribute",
    "added",
    "harvest",
    "planted",
    "state",
    "rest",
    "member",
    "reach",
    "class_suffix",
    "joined",
)


_SUFFIXES = (
    "account",
    "line_attribute",
    "origin",
    "organisation_suffix",
    "agent_suffix",
    "head",
    "whole_suffix",
    "planted",
    "class_suffix",
    "joined",
)


class Phrases(NamedTuple):
    """Words by role (``data/phrases.toml`` says what each is for)."""

    verb: frozenset[str]
    empty_verb: frozenset[str]
    opening: frozenset[str]
    adverb: frozenset[str]
    occasion: frozenset[str]
    restart: frozenset[str]
    predicate: frozenset[str]
    result: frozenset[str]
    modifier: frozenset[str]
    average: frozenset[str]
    account: tuple[str, ...]
    """Longest first."""
    transaction: frozenset[str]
    noun_verb: frozenset[str]
    outcome: frozenset[str]
    line_attribute: tuple[str, ...]
    same: frozenset[str]
    move: frozenset[str]
    arrival: frozenset[str]
    origin: tuple[str, ...]
    filler: frozenset[str]
    agent_suffix: tuple[str, ...]
    region: frozenset[str]
    closing: frozenset[str]
    direction: frozenset[str]
    basis: frozenset[str]
    rank: frozenset[str]
    preposition: frozenset[str]
    organisation_suffix: tuple[str, ...]
    head: tuple[str, ...]
    """Longest first."""
    whole_suffix: tuple[str, ...]
    attribute: frozenset[str]
    added: frozenset[str]
    harvest: frozenset[str]
    planted: tuple[str, ...]
    state: frozenset[str]
    rest: frozenset[str]
    member: frozenset[str]
    reach: frozenset[str]
    class_suffix: tuple[str, ...]
    joined: tuple[str, ...]
    """Names that the segmenter's dictionary would cut, longest first."""


@cache
def load_phrases(lexicon: Lexicon) -> Phrases:
    """Return the phrase words of ``lexicon``; LexiconError where a role is unknown."""
    words: dict[str, set[str]] = {role: set() for role in ROLES}
    for entry in lexicon.entries("phrases.toml", "words"):
        role = entry.get("role")
        if role not in words:
            raise LexiconError(
                f"has the unknown role {role!r}",
                place=f"phrases.toml [[words]] {entry['id']}",
                remedy="use one of " + ", ".join(ROLES),
            )
        words[role].update(entry["words"])
    return Phrases(
        **{  # type: ignore[arg-type]
            role: _longest_first(found) if role in _SUFFIXES else frozenset(found)
            for role, found in words.items()
        }
    )


def _longest_first(words: set[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=lambda word: (-len(word), word)))

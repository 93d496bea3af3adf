"""What the wording of an indicator may lose before it is looked up among the concepts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from govextract.lexicon import Entry, Lexicon

_WORDING = "indicator_wording.toml"
_NUMBERED = "[一二三四五六七八九十]{1,3}、"
_YEAR = "(?:19|20)[0-9]{2}年"


@dataclass(frozen=True, slots=True)
class Losses:
    """What a wording may lose."""

    prefix: re.Pattern[str]
    suffix: re.Pattern[str]
    opening: re.Pattern[str]
    """The words of a heading that runs into its sentence, up to what opens that."""
    own_level: re.Pattern[str]
    own_accounts: Mapping[str, frozenset[str]]
    """Word of a title to the fields of concepts that its report's money is not about."""
    firsts: frozenset[str]
    """What ``prefix`` and ``own_level`` can begin with."""
    lasts: frozenset[str]
    """What ``suffix`` can end in."""
    openers: tuple[str, ...]
    """One of these stands in what ``opening`` matches."""


def read_wording(lexicon: Lexicon) -> Losses:
    """Return what the entries of ``indicator_wording.toml`` say."""
    words = {
        table: [word for entry in lexicon.entries(_WORDING, table) for word in entry["words"]]
        for table in ("prefix", "suffix", "own_level", "opening")
    }
    return Losses(
        prefix=re.compile(_alternatives(words["prefix"])),
        suffix=re.compile(f"(?:{_alternatives(words['suffix'])})$"),
        opening=_opening(lexicon.entries(_WORDING, "opening")),
        own_level=_own_level(lexicon.entries(_WORDING, "own_level")),
        own_accounts={
            word: frozenset(entry["fields"])
            for entry in lexicon.entries(_WORDING, "own_accounts")
            for word in entry["words"]
        },
        firsts=frozenset(word[:1] for word in words["prefix"] + words["own_level"]),
        lasts=frozenset(word[-1:] for word in words["suffix"]),
        openers=("年", *(word for word in words["opening"] if "年" not in word)),
    )


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def _opening(entries: Iterable[Entry]) -> re.Pattern[str]:
    """Return what matches a heading up to the words that open the sentence it runs into."""
    patterns = []
    for entry in entries:
        words, ends = ("|".join(map(re.escape, entry.get(key, ()))) for key in ("words", "behind"))
        patterns.append(
            rf".{{0,40}}?(?:{ends})(?={words}|{_YEAR})"
            if ends
            else rf"(?:{_NUMBERED}.{{0,14}}?|.{{0,7}}?)[^上去前](?={words})"
        )
    return re.compile("|".join(patterns))


def _own_level(entries: Iterable[Entry]) -> re.Pattern[str]:
    """Return the words of own levels, each with what must follow it where the entry says so."""
    patterns = []
    for entry in entries:
        words = _alternatives(entry["words"])
        following = "|".join(map(re.escape, entry.get("followed_by", ())))
        patterns.append(f"(?:{words})(?={following})" if following else f"(?:{words})")
    return re.compile("|".join(patterns))

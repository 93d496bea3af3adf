"""Period cues and what governs them, from ``data/periods.toml``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from govextract.errors import LexiconError
from govextract.lexicon import Entry, Lexicon
from govextract.lexicon.sieve import first_characters

_FILE = "periods.toml"
Scope = Literal["sentence", "clause", "none"]

_NUMBER = "十?[一二两三四五六七八九]|十|[1-9]?[0-9]"
# What the short names in the patterns stand for; each <…> but <TO> is a group of that name.
_MACROS = {
    "Y": r"(?P<y>(?<!\d)(?:19|20)\d\d|[一二][九零][零一二三四五六七八九]{2})\s?",
    "Y2": r"(?P<y2>(?:19|20)\d\d|[一二][九零][零一二三四五六七八九]{2})\s?",
    "M": r"(?P<m>(?<![\d.])(?:1[0-2]|0?[1-9])|十[一二]?|(?<!十)[二三四五六七八九])\s?",
    "M2": r"(?P<m2>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])\s?",
    "D": r"\s?(?:[12]\d|3[01]|0?[1-9])\s?",
    "D2": r"\s?(?:[12]\d|3[01]|0?[1-9])\s?",
    "N": rf"(?P<n>{_NUMBER})\s?",
    "P": r"(?P<p>[一二三四五六])",
    "TO": r"\s?(?:[-—~至到]|——)\s?",
}
_NUMERALS = "0123456789一二两三四五六七八九十"
# Any cue holds one of these signs, at most so many characters behind its first one.
_SIGN = re.compile("[年月季期前今末底五]")
_REACH = 16
# Digits that are no part of a cue are passed over quickly.
_DIGITS = r"[0-9]{1,4}(?=\s?[年月季日\-—~至到])"
_MACRO = re.compile(r"<([A-Z]+2?)>")
_GROUP = re.compile(r"\(\?P<(\w+)>")


@dataclass(frozen=True, slots=True)
class CueRule:
    """One kind of cue: the template of its ISO value, how far it governs, and if it is of old."""

    id: str
    value: str
    scope: Scope
    earlier: bool


class CueFinder:
    """The patterns of all cues: what finds them in a text, the earlier entry where several match.

    They are tried only near one of the signs that any cue holds, and of them those that can begin
    with the character there.
    """

    def __init__(self, branches: Iterable[tuple[str, str]]) -> None:
        """Compile ``branches``, each with what must follow it."""
        by_first: dict[str, list[str]] = {}
        for pattern, following in branches:
            # What can begin with any digit, \d, is of the numerals.
            firsts = _first_characters(pattern) or _NUMERALS
            for first in {"" if first in _NUMERALS else first for first in firsts}:
                by_first.setdefault(first, []).append(pattern + following)
        numerals = by_first.pop("", ["(?!)"])
        words = {first: _compile("|".join(group), "cue") for first, group in by_first.items()}
        self._patterns = words | dict.fromkeys(_NUMERALS, _compile("|".join(numerals), "cue"))
        self._firsts = re.compile(f"{_DIGITS}|[{re.escape(''.join(words))}{_NUMERALS[10:]}]")

    def finditer(self, folded: str) -> Iterator[re.Match[str]]:
        """Yield the cues of a folded text as ``re.Pattern.finditer`` does."""
        find_first, patterns = self._firsts.search, self._patterns
        done = 0
        for sign in _SIGN.finditer(folded):
            end = sign.end()
            at = max(done, end - _REACH)
            while first := find_first(folded, at, end):
                start = first.start()
                match = patterns[folded[start]].match(folded, start)
                if match is None:
                    at = first.end()
                else:
                    yield match
                    at = match.end()
            done = max(at, end)


@dataclass(frozen=True, slots=True)
class Periods:
    """All period data. Patterns are for folded text (:func:`govextract.text.fold`)."""

    rules: tuple[CueRule, ...]
    cue: CueFinder
    """Of a match, ``lastgroup`` is ``c`` and the rule's index."""
    branches: Mapping[str, tuple[CueRule, Sequence[tuple[str, str]]]]
    """By ``lastgroup``: the rule, and its groups (``y``, ``m`` …) with what they are called."""
    base: re.Pattern[str]
    """Searched in the characters before a cue: the cue is the base of a comparison."""
    name: re.Pattern[str]
    """Matched behind a cue: the cue is part of a name."""
    frame: re.Pattern[str]
    """Searched in a heading's title: its period governs the section."""
    stock: re.Pattern[str]
    year_end_stock: re.Pattern[str]
    flow: re.Pattern[str]

    @property
    def earlier(self) -> frozenset[str]:
        """The ids of the rules whose figures are given for comparison (上年, 前年)."""
        return frozenset(rule.id for rule in self.rules if rule.earlier)

    def read(self, match: re.Match[str]) -> tuple[CueRule, dict[str, str]]:
        """Return the rule of a match of ``cue`` and what its groups hold; none that has no part."""
        rule, groups = self.branches[match.lastgroup or ""]
        return rule, {name: held.strip() for name, group in groups if (held := match[group])}


@cache
def load_periods(lexicon: Lexicon) -> Periods:
    """Load and compile the period data; raises LexiconError where an entry is broken."""
    entries = lexicon.entries(_FILE, "cue")
    rules = tuple(_rule(entry) for entry in entries)
    patterns = [
        f"(?P<c{number}>{_expand(entry['pattern'], number)})"
        for number, entry in enumerate(entries)
    ]
    following = [f"(?!{entry['not_before']})" if "not_before" in entry else "" for entry in entries]
    groups = map(_groups, patterns)
    return Periods(
        rules=rules,
        cue=CueFinder(zip(patterns, following, strict=True)),
        branches={
            f"c{number}": branch for number, branch in enumerate(zip(rules, groups, strict=True))
        },
        base=_compile(_join(lexicon, "base"), "base"),
        name=_compile(_join(lexicon, "name"), "name"),
        frame=_compile(_join(lexicon, "frame"), "frame"),
        stock=_compile(_join(lexicon, "stock"), "stock"),
        year_end_stock=_compile(_join(lexicon, "year_end_stock"), "year_end_stock"),
        flow=_compile(_join(lexicon, "flow"), "flow"),
    )


def compile_cue(pattern: str) -> re.Pattern[str]:
    """Compile one cue's pattern by itself, its short names expanded (for tests of the data)."""
    return re.compile(_expand(pattern, 0))


def _rule(entry: Entry) -> CueRule:
    scope = entry.get("scope", "sentence")
    if scope not in ("sentence", "clause", "none") or "value" not in entry:
        raise LexiconError(
            "has no value or an unknown scope",
            place=f"data/{_FILE} {entry['id']}",
            remedy="give value, and scope = sentence, clause or none",
        )
    return CueRule(entry["id"], entry["value"], scope, bool(entry.get("earlier", False)))


def _groups(pattern: str) -> list[tuple[str, str]]:
    """Return the groups of one rule, each with its name in the joined pattern."""
    return [(group.partition("_")[0], group) for group in _GROUP.findall(pattern)[1:]]


def _expand(pattern: str, number: int) -> str:
    """Put the short names in and number the groups, so that the patterns can be joined."""
    expanded = _MACRO.sub(lambda match: _MACROS[match[1]], pattern)
    seen: set[str] = set()

    def rename(match: re.Match[str]) -> str:
        if match[1] in seen:
            return "(?:"
        seen.add(match[1])
        return f"(?P<{match[1]}_{number}>"

    return _GROUP.sub(rename, expanded)


def _join(lexicon: Lexicon, table: str) -> str:
    return "|".join(f"(?:{entry['pattern']})" for entry in lexicon.entries(_FILE, table)) or "(?!)"


def _first_characters(pattern: str) -> frozenset[str] | None:
    if _SIGN.search(pattern) is None:
        raise LexiconError(
            f"{pattern!r} would never be found, as it has none of {_SIGN.pattern}",
            place=f"data/{_FILE} cue",
            remedy="give a pattern with one of them, as all periods have",
        )
    try:
        return first_characters(pattern)
    except re.error as error:
        raise _broken(error, "cue") from error


def _compile(pattern: str, name: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except re.error as error:
        raise _broken(error, name) from error


def _broken(error: re.error, name: str) -> LexiconError:
    return LexiconError(f"is no valid pattern ({error})", place=f"data/{_FILE} {name}")

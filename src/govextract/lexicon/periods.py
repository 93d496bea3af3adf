"""Period cues and what governs them, from ``data/periods.toml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Literal, NamedTuple

from govextract.errors import LexiconError
from govextract.lexicon import Entry, Lexicon

_FILE = "periods.toml"
Scope = Literal["sentence", "clause", "none"]

_NUMBER = "十?[一二两三四五六七八九]|十|[1-9]?\\d"
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
# What any cue begins with: what can be none is passed over quickly. A class of nothing but single
# characters is looked up at once, so it has no \d.
_DIGITS = "一二两三四五六七八九十"
_FIRST = (
    rf'(?=[0-9{_DIGITS}"“上前头下去今本当年近过连截同往明自从第全这最未接来迄至入目])'
    r"(?=(?<![0-9])[0-9]{1,4}\s?[年月季日\-—~至到]"
    rf"|全年|年[年末底内初终以\s0-9{_DIGITS}]"
    r"|(?![0-9全年]).{1,8}?[年月季期前今末底五])"
)
_MACRO = re.compile(r"<([A-Z]+2?)>")
_GROUP = re.compile(r"\(\?P<(\w+)>")


class CueRule(NamedTuple):
    """One kind of cue: the template of its ISO value, how far it governs, and if it is of old."""

    id: str
    value: str
    scope: Scope
    earlier: bool


class Periods(NamedTuple):
    """All period data. Patterns are for folded text (:func:`govextract.text.fold`)."""

    rules: tuple[CueRule, ...]
    cue: re.Pattern[str]
    """One alternation; ``Match.lastgroup`` is ``c`` and the rule's index."""
    branches: Mapping[str, tuple[CueRule, Mapping[str, int]]]
    """By ``lastgroup``: the rule, and the number of each of its groups (``y``, ``m`` …)."""
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
        """Return the rule of a match of ``cue`` and what its groups hold; empty where absent."""
        rule, groups = self.branches[match.lastgroup or ""]
        return rule, {name: (match[number] or "").strip() for name, number in groups.items()}


@cache
def load_periods(lexicon: Lexicon) -> Periods:
    """Load and compile the period data; raises LexiconError where an entry is broken."""
    entries = lexicon.entries(_FILE, "cue")
    rules = tuple(_rule(entry) for entry in entries)
    branches = [
        f"(?P<c{number}>{_expand(entry['pattern'], number)})"
        + (f"(?!{entry['not_before']})" if "not_before" in entry else "")
        for number, entry in enumerate(entries)
    ]
    cue = _compile(_FIRST + "(?:" + "|".join(branches) + ")", "cue")
    return Periods(
        rules=rules,
        cue=cue,
        branches={f"c{number}": (rule, _groups(cue, number)) for number, rule in enumerate(rules)},
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


def _groups(cue: re.Pattern[str], number: int) -> dict[str, int]:
    """Return the numbers of the groups of one rule, by the names that its pattern gives them."""
    end = f"_{number}"
    found = cue.groupindex.items()
    return {name.removesuffix(end): group for name, group in found if name.endswith(end)}


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


def _compile(pattern: str, name: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except re.error as error:
        raise LexiconError(
            f"is no valid pattern ({error})", place=f"data/{_FILE} {name}"
        ) from error

"""Heading styles, titles and what is no heading, from ``data/headings.toml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from govextract.errors import LexiconError
from govextract.lexicon import Entry, Lexicon

_FILE = "headings.toml"
_CHINESE = "一二三四五六七八九"
# A heading opens a line, or follows one of these signs; a first part may follow any character.
_BEFORE = r"(?:(?<![^\s。!?”’」』)》】:;\d#*])|(?=[(\[]?[一1①]))(?<!第)"
_CIRCLED_ONE = ord("①")


@dataclass(frozen=True, slots=True)
class Style:
    """One way to number a heading; a lower ``rank`` stands higher in the tree of sections."""

    id: str
    rank: int
    pattern: str
    numeral: str
    path: str


@dataclass(frozen=True, slots=True)
class Headings:
    """All heading data. Patterns are for folded text (:func:`govextract.text.fold`)."""

    styles: tuple[Style, ...]
    marker: re.Pattern[str]
    """One alternation of all styles; ``Match.lastgroup`` is ``s`` and the style's index."""
    titles: tuple[tuple[Style, re.Pattern[str]], ...]
    excluded_line: re.Pattern[str]
    """Matched behind the number of a heading that opens its line, to the line's end."""
    excluded_row: re.Pattern[str]
    """Matched behind the number of a heading, wherever it stands."""
    notes: re.Pattern[str]
    title_ends: tuple[re.Pattern[str], ...]

    def style_of(self, match: re.Match[str]) -> Style:
        """Return the style of a match of ``marker``."""
        return self.styles[int(str(match.lastgroup)[1:])]

    def ordinal_of(self, match: re.Match[str]) -> int:
        """Return the ordinal of a match of ``marker`` (1 for ``一``, ``1``, ``①``)."""
        group = match.re.groupindex[str(match.lastgroup)] + 1
        return _parse_ordinal(match.group(group), self.style_of(match).numeral)

    def path_of(self, match: re.Match[str]) -> str:
        """Return how the section is written in a path: ``二``, ``(二)``, ``6``."""
        group = match.re.groupindex[str(match.lastgroup)] + 1
        return self.style_of(match).path.format(match.group(group))


@cache
def load_headings(lexicon: Lexicon) -> Headings:
    """Load and compile the heading data; raises LexiconError where an entry is broken."""
    entries = lexicon.entries(_FILE, "style")
    styles = tuple(_style(entry) for entry in entries)
    marker = "|".join(
        f"(?P<s{number}>{style.pattern})(?!\\s*(?:{entry.get('not_before', '(?!)')}))"
        for number, (style, entry) in enumerate(zip(styles, entries, strict=True))
    )
    return Headings(
        styles=styles,
        marker=_compile(
            rf"(?=[第(\[0-9一二三四五六七八九十①-⑳]){_BEFORE}(?:{marker})(?=\s{{0,5}}[^\s|])",
            "style",
        ),
        titles=tuple(
            (_style(entry), _compile(entry["pattern"], entry["id"]))
            for entry in lexicon.entries(_FILE, "title")
        ),
        excluded_line=_union(lexicon, "line"),
        excluded_row=_union(lexicon, "row"),
        notes=_union(lexicon, "notes"),
        title_ends=tuple(
            _compile(entry["pattern"], entry["id"]) for entry in lexicon.entries(_FILE, "title_end")
        ),
    )


def _style(entry: Entry) -> Style:
    try:
        return Style(
            entry["id"],
            int(entry["rank"]),
            entry["pattern"],
            entry.get("numeral", ""),
            entry.get("path", ""),
        )
    except (KeyError, ValueError) as error:
        raise LexiconError(
            f"lacks {error}", place=f"data/{_FILE} {entry['id']}", remedy="give rank and pattern"
        ) from error


def _union(lexicon: Lexicon, table: str) -> re.Pattern[str]:
    patterns = [f"(?:{entry['pattern']})" for entry in lexicon.entries(_FILE, table)]
    return _compile("|".join(patterns) or "(?!)", table)


def _compile(pattern: str, name: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except re.error as error:
        raise LexiconError(
            f"is no valid pattern ({error})", place=f"data/{_FILE} {name}"
        ) from error


def _parse_ordinal(numeral: str, kind: str) -> int:
    """Return the value of an ordinal below 100; 0 for a malformed one (``十十``)."""
    if kind == "arabic":
        return int(numeral)
    if kind == "circled":
        return ord(numeral) - _CIRCLED_ONE + 1
    tens, ten, ones = numeral.rpartition("十")
    if not ten:
        return _digit(ones)
    if ones and not _digit(ones):
        return 0
    return (_digit(tens) if tens else 1) * 10 + _digit(ones)


def _digit(character: str) -> int:
    return _CHINESE.find(character) + 1 if len(character) == 1 else 0

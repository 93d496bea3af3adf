"""The words of metadata headers and of navigation, and the genres: indexed and immutable."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from govextract.errors import LexiconError
from govextract.lexicon import Entry, Lexicon, default_lexicon

_BLANKS = r"[^\S\n\t]{0,4}"
_FILE = "metadata.toml"


@dataclass(frozen=True)
class Genre:
    """A genre of reports: the pattern of its titles, and of its first paragraphs."""

    id: str
    name: str
    title: re.Pattern[str]
    opening: re.Pattern[str]


@dataclass(frozen=True)
class MetadataLexicon:
    """What ``data/metadata.toml`` and ``data/genres.toml`` say, ready to search with.

    All patterns are for folded text. ``label`` finds a label with what divides it from its value;
    its group ``name``, blanks taken out, goes through ``fields`` to the field of Metadata and the
    rank within the field (the lower wins); ``meta_fields`` does so for the names of HTML meta tags.
    ``navigation`` are the lines that are no prose,
    ``share`` a run of share buttons inside a line.
    """

    label: re.Pattern[str]
    fields: Mapping[str, tuple[str, int]]
    meta_fields: Mapping[str, tuple[str, int]]
    navigation: Mapping[str, re.Pattern[str]]
    any_navigation: re.Pattern[str]
    title_end: re.Pattern[str]
    title_end_about: re.Pattern[str]
    institution_end: tuple[str, ...]
    genres: tuple[Genre, ...]

    def find_genre(self, *names: str) -> str:
        """Return the id of the genre that the first telling one of ``names`` states, else ``""``.

        Names are titles, headings, file names; their widths are folded.
        """
        for name in names:
            closed = "".join(name.split())
            for genre in self.genres:
                if genre.title.search(closed):
                    return genre.id
        return ""

    def find_genre_of_opening(self, opening: str) -> str:
        """Return the id of the genre that the folded first paragraphs speak of, else ``""``."""
        return next((genre.id for genre in self.genres if genre.opening.search(opening)), "")

    def is_navigation(self, line: str) -> bool:
        """Tell whether a folded line is navigation: breadcrumb, share buttons, site links."""
        return self.any_navigation.search(line) is not None


@cache
def load_metadata(lexicon: Lexicon | None = None) -> MetadataLexicon:
    """Return the metadata part of ``lexicon`` (the package's own by default)."""
    source = lexicon or default_lexicon()
    fields = _ranked_fields(source.entries(_FILE, "label"))
    navigation = {
        str(entry["id"]): _compile(entry, "pattern")
        for entry in source.entries(_FILE, "navigation")
    }
    ends = source.entries(_FILE, "title_word")
    return MetadataLexicon(
        label=_label_pattern(fields),
        fields=fields,
        meta_fields=_ranked_fields(source.entries(_FILE, "meta")),
        navigation=navigation,
        any_navigation=re.compile("|".join(f"(?:{rule.pattern})" for rule in navigation.values())),
        title_end=_end_pattern(_words(entry for entry in ends if not entry["about"])),
        title_end_about=_end_pattern(_words(entry for entry in ends if entry["about"])),
        institution_end=_words(source.entries(_FILE, "institution_end")),
        genres=tuple(_genre(entry) for entry in source.entries("genres.toml", "genre")),
    )


def _genre(entry: Entry) -> Genre:
    return Genre(
        str(entry["id"]), str(entry["name"]), _compile(entry, "pattern"), _compile(entry, "opening")
    )


def _ranked_fields(entries: Iterable[Entry]) -> dict[str, tuple[str, int]]:
    """Name to field and rank, in the order of the names in the file."""
    pairs = ((name, str(entry["field"])) for entry in entries for name in entry["names"])
    return {name: (field, rank) for rank, (name, field) in enumerate(pairs)}


def _label_pattern(names: Iterable[str]) -> re.Pattern[str]:
    """A label stands at the start of a line or behind what is no letter of a word.

    It may have blanks between its characters. A colon, bracket, tab, cell's end or date closes it.
    """
    spaced = (_BLANKS.join(map(re.escape, name)) for name in sorted(names, key=len, reverse=True))
    before = (
        r"(?<![\w/])|(?<=[\d日号])|(?<=[局府厅院会室队部报网])(?=发布|公开|信息|浏览|阅读|字体)"
    )
    return re.compile(
        rf"(?:{before})(?P<name>{'|'.join(spaced)})"
        rf"{_BLANKS}(?::{_BLANKS}\|?|\]|\||\t|(?=(?:19|20)\d\d[-./年]\d))"
    )


def _end_pattern(words: Iterable[str]) -> re.Pattern[str]:
    """The end of a title; a bracket or a year may follow it."""
    ends = "|".join(map(re.escape, words))
    return re.compile(rf"(?:{ends})(?:\([^()]{{1,30}}\))?(?=\s*(?:\d{{4}}年?|\[\d+\])?$)")


def _words(entries: Iterable[Entry]) -> tuple[str, ...]:
    words = {str(word) for entry in entries for word in entry["words"]}
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def _compile(entry: Entry, key: str) -> re.Pattern[str]:
    try:
        return re.compile(entry[key])
    except (KeyError, re.error) as error:
        raise LexiconError(
            f"has no valid {key} ({error})", place=f"entry {entry['id']!r}"
        ) from error

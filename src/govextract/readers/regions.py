"""Stretches of a text that are no prose: contents lists, captions, the foot of a page.

Nothing is taken out of the text: the stages leave these regions aside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from govextract.lexicon.metadata import MetadataLexicon, load_metadata
from govextract.model import Region, Span
from govextract.readers.captions import is_caption
from govextract.text import enclosing, fold, paragraphs

_CONTENTS = re.compile(r"(?m)^[^\S\n]*目[^\S\n]{0,6}录[^\S\n]*$")
_LEADER = re.compile(r"(?<![\s.…·。])(?=[.·。]*?(?:\.{3}|·{3}|[…\s]))[\s.…·。]++(?<!。)\d{0,3}$")
_LONGEST_ENTRY = 60
_MOST_ENTRIES = 200
_CONTENTS_WITHIN = 20_000
_FOOT_LINES = 25


def find_regions(text: str, known: Sequence[Region]) -> list[Region]:
    """Return contents lists, captions and the navigation at the foot, outside of ``known``."""
    lines = lines_outside(text, known)
    foot = _find_foot(text, lines[-_FOOT_LINES:], load_metadata())
    captions = (
        Region("caption", *line) for line in lines if is_caption(text[line.start : line.end])
    )
    return [*_find_contents(text, lines), *captions, *foot]


def _find_contents(text: str, lines: Sequence[Span]) -> Iterator[Region]:
    """The list under 目录: lines that end in dots and a page, or come again as headings below."""
    heading = _CONTENTS.search(text, 0, _CONTENTS_WITHIN)
    if heading is None:
        return
    following = [line for line in lines if line.start >= heading.end()][:_MOST_ENTRIES]
    end = 0
    first = ""
    for line in following:
        entry = text[line.start : min(line.end, line.start + _LONGEST_ENTRY + 1)]
        key = _LEADER.sub("", entry).strip()
        if len(entry) > _LONGEST_ENTRY or not key or key == first:
            break
        first = first or key
        if key == entry and text.find(key, line.end) < 0:
            break
        end = line.end
    if end:
        yield Region("contents", heading.start(), end)


def _find_foot(text: str, lines: Sequence[Span], words: MetadataLexicon) -> Iterator[Region]:
    for line in lines:
        if line.end - line.start > 2 * _LONGEST_ENTRY:
            continue
        if words.is_navigation(fold(text[line.start : line.end])):
            yield Region("navigation", *line)


def lines_outside(text: str, regions: Sequence[Region]) -> list[Span]:
    """Return the non-empty lines of ``text`` that begin in none of ``regions``."""
    taken = sorted(Span(region.start, region.end) for region in regions)
    return [line for line in paragraphs(text) if enclosing(taken, line.start) is None]

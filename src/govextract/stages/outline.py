"""The tree of sections: which marks are headings, by their order, and where each section ends.

In a stretch of text the style of highest rank whose ordinals run (1, 2, 3 …) divides it; each part
is then divided by the styles below. So numbers restart under a new parent, a number that does not
fit the run is no heading, and of two candidates for the same number the better placed one is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from govextract.lexicon import Lexicon
from govextract.lexicon.headings import Headings, load_headings
from govextract.model import Region, Section, Span
from govextract.stages.headings import Mark, find_marks, find_titles
from govextract.text import fold_report

_SKIPPED, _RESTARTED, _LATE_START = 2.0, 3.5, 1.5
_ENOUGH = 2.0
_MAX_TITLE = 200
_TITLE_STOP = re.compile(r"[。!?！？\n;；:：]")
_NOT_BLANK = re.compile(r"\S")
# A blank behind the title; a title of two characters may be set apart (综 合 初步核算…).
_BLANK = re.compile(r"(?<=[^\s\d]{2})\s+(?=\S{2})|(?<=\s[\u4e00-\u9fff])\s+(?=\S{2})")


class _Run(NamedTuple):
    """A chain of marks whose ordinals run; ``before`` is the chain without its last mark."""

    score: float
    mark: Mark
    before: _Run | None

    def marks(self) -> list[Mark]:
        found: list[Mark] = []
        run: _Run | None = self
        while run is not None:
            found.append(run.mark)
            run = run.before
        return found[::-1]


def find_sections(
    text: str, lexicon: Lexicon, regions: Sequence[Region] = ()
) -> tuple[Section, ...]:
    """Return the sections in text order, parents before children; they nest.

    A section ends where the next of the same or a higher level starts, or at the text's end.
    Nothing in ``regions`` (tables, contents, notes …) is a heading. Never raises on content.
    """
    folded = fold_report(text)
    headings = load_headings(lexicon)
    marks = find_marks(folded, headings, regions)
    titles = [
        Mark(style, 0, text[start:end].strip(), start, start, end, True, _ENOUGH)
        for style, start, end in find_titles(folded, headings, regions)
    ]
    whole = Span(0, len(text))
    found: list[Section] = []
    for span, parent in _main_parts(text, whole, marks, titles, found):
        inner = [mark for mark in marks if span.start <= mark.start < span.end]
        _divide(text, span, inner, headings, parent, found=found)
    return tuple(sorted(found, key=lambda section: (section.start, section.level)))


def _main_parts(
    text: str, whole: Span, marks: list[Mark], titles: list[Mark], found: list[Section]
) -> Iterator[tuple[Span, Section | None]]:
    """Yield the stretches between unnumbered titles, with the section of each title."""
    kept = [title for title in titles if not _inside_run(title, marks)]
    starts = [title.start for title in kept] + [whole.end]
    yield Span(whole.start, starts[0]), None
    for title, end in zip(kept, starts[1:], strict=True):
        name = title.path
        section = Section(1, "", name, name, title.start, title.line_end, end, title.style.id)
        found.append(section)
        yield Span(title.line_end, end), section


def _inside_run(title: Mark, marks: list[Mark]) -> bool:
    """True where the numbers of a main style run on across ``title``: it opens no main part."""
    top = min((mark.style.rank for mark in marks), default=0)
    main = [mark for mark in marks if mark.style.rank == top]
    before = [mark.ordinal for mark in main if mark.start < title.start]
    after = [mark.ordinal for mark in main if mark.start > title.start]
    return bool(before and after) and after[0] == before[-1] + 1


def _divide(
    text: str,
    span: Span,
    marks: list[Mark],
    headings: Headings,
    parent: Section | None,
    *,
    found: list[Section],
) -> None:
    """Append the sections within ``span``, and theirs, to ``found``."""
    chain = _best_chain(marks, whole=parent is None)
    if not chain:
        return
    rank = chain[0].style.rank
    below = [mark for mark in marks if mark.style.rank > rank]
    at = 0
    bounds = [span.start, *(mark.start for mark in chain), span.end]
    for number, (start, end) in enumerate(pairwise(bounds)):
        owner = parent
        if number:
            mark = chain[number - 1]
            limit = min(end, _next_start(below, at, start, end))
            stop = _title_end(text, mark, limit, headings)
            owner = _section(text, mark, parent, Span(stop, end))
            found.append(owner)
        first = at
        while at < len(below) and below[at].start < end:
            at += 1
        _divide(text, Span(start, end), below[first:at], headings, owner, found=found)


def _best_chain(marks: list[Mark], *, whole: bool) -> list[Mark]:
    """Return the chain of the highest style whose ordinals run, or an empty list."""
    by_rank: dict[int, list[Mark]] = {}
    for mark in marks:
        by_rank.setdefault(mark.style.rank, []).append(mark)
    for rank in sorted(by_rank):
        run = _best_run(by_rank[rank], late=whole)
        if run is not None:
            return run.marks()
    return []


def _best_run(marks: list[Mark], *, late: bool) -> _Run | None:
    """Return the weightiest run of ordinals among marks of one style, or None.

    A run may skip or repeat a number, restart at 1 or (with ``late``) begin above 1, each at a
    price.
    """
    by_ordinal: dict[int, _Run] = {}
    best: _Run | None = None
    for mark in marks:
        run = max(_ways_to(mark, by_ordinal, best, late), key=_score, default=None)
        if run is None:
            continue
        known = by_ordinal.get(mark.ordinal)
        if known is None or run.score >= known.score:
            by_ordinal[mark.ordinal] = run
        if best is None or run.score >= best.score:
            best = run
    return best if best is not None and best.score >= _ENOUGH else None


def _ways_to(
    mark: Mark, by_ordinal: dict[int, _Run], best: _Run | None, late: bool
) -> Iterator[_Run]:
    """Yield the runs that can end in ``mark``."""
    previous = by_ordinal.get(mark.ordinal - 1)
    if previous is not None:
        yield _Run(previous.score + mark.weight, mark, previous)
    if mark.ordinal == 1:
        yield _Run(mark.weight, mark, None)
        if best is not None and best.mark.ordinal > 1:
            yield _Run(best.score + mark.weight - _RESTARTED, mark, best)
    elif mark.at_line:
        if late:
            yield _Run(mark.weight - _LATE_START, mark, None)
        # A number left out, or printed twice.
        for ordinal in (mark.ordinal - 2, mark.ordinal):
            known = by_ordinal.get(ordinal)
            if known is not None:
                yield _Run(known.score + mark.weight - _SKIPPED, mark, known)


def _score(run: _Run) -> float:
    return run.score


def _section(text: str, mark: Mark, parent: Section | None, body: Span) -> Section:
    title = " ".join(text[mark.end : body.start].split()).strip("*# ")
    path = f"{parent.path}/{mark.path}" if parent else mark.path
    level = parent.level + 1 if parent else 1
    number = text[mark.start : mark.end].strip()
    return Section(level, number, title, path, mark.start, body.start, body.end, mark.style.id)


def _title_end(text: str, mark: Mark, limit: int, headings: Headings) -> int:
    """Return where the title ends: at the full stop, or where the text is seen to begin."""
    limit = min(limit, mark.line_end, mark.end + _MAX_TITLE)
    opens = _NOT_BLANK.search(text, mark.end, limit)
    left = opens.start() + 2 if opens else mark.end
    stop = _TITLE_STOP.search(text, left, limit)
    if stop is not None:
        limit = stop.start()
    elif mark.at_line and limit == mark.line_end:
        return limit
    blank = _BLANK.search(text, left, limit)
    ends = [limit, blank.start() if blank else limit]
    # A heading on a line of its own ends with its full stop, however long it is.
    for pattern in () if mark.at_line else headings.title_ends:
        match = pattern.search(text, left, limit)
        ends += [match.start()] if match else []
    return min(ends)


def _next_start(marks: list[Mark], at: int, start: int, end: int) -> int:
    """Return where the first of ``marks``, from the one numbered ``at`` on, starts in the span."""
    while at < len(marks) and marks[at].start <= start:
        at += 1
    return marks[at].start if at < len(marks) else end

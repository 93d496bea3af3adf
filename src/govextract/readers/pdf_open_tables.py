"""Tables that are ruled only across: between the rules, columns are where no row has a character.

Bulletins set tables between three rules: above the header, below it, and at the end; or they rule
off each row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from govextract.readers.pdf_glyphs import Glyph
from govextract.readers.pdf_lines import find_lines
from govextract.readers.pdf_rulings import Frame, cluster, nearest
from govextract.readers.pdf_strokes import Segment

# Rules of one table begin and end within this many points of one another.
_SAME_END = 6.0
_FEWEST_RULES = 3
# What stands on one height in several columns may be as many lines.
_MOST_LINES_OF_ROW = 3
# White from top to bottom, at least this many ems wide, divides two columns.
_COLUMN_GAP = 0.8
_NUMBER = re.compile(r"[-+－−]?[\d.,]+[%％]?|[-—/…]")


def find_open_frames(
    segments: Sequence[Segment], frames: Sequence[Frame], glyphs: Sequence[Glyph]
) -> Iterator[Frame]:
    """Yield the grids between rules that are no part of ``frames``."""
    for rules in _rule_groups([s for s in segments if not _is_inside(s, frames)]):
        low, high = min(rule.low for rule in rules), max(rule.high for rule in rules)
        ys = cluster(rule.at for rule in rules)
        held = [
            glyph
            for glyph in glyphs
            if low <= glyph.left and glyph.right <= high and ys[0] < glyph.bottom < ys[-1]
        ]
        bands = [[g for g in held if bottom < g.bottom < top] for bottom, top in pairwise(ys)]
        for first, behind in _runs_between_prose(bands):
            rows = bands[first:behind]
            body = _body(rows)
            xs = (low, *_column_gaps(body), high)
            if len(xs) > 2 and _has_numbers(body, xs):
                yield _frame(xs, ys[first : behind + 1], rows)


def _runs_between_prose(bands: Sequence[Sequence[Glyph]]) -> Iterator[tuple[int, int]]:
    """Yield the runs of bands without prose: tables of one width stand below one another."""
    first = 0
    for at, band in enumerate((*bands, None)):
        if band is None or any("。" in line.text for line in find_lines(band)):
            if at - first >= _FEWEST_RULES - 1:
                yield first, at
            first = at + 1


def _body(bands: Sequence[Sequence[Glyph]]) -> Sequence[Glyph]:
    """Return what stands below the header (the band on top): all bands, where each is a row."""
    largest = max(bands, key=len, default=[])
    if len(bands) < _FEWEST_RULES or len(list(find_lines(largest))) > _MOST_LINES_OF_ROW:
        return largest
    return [glyph for band in bands[:-1] for glyph in band]


def _rule_groups(segments: Sequence[Segment]) -> Iterator[list[Segment]]:
    """Yield the rules, each whole, that begin and end alike and follow one another."""
    group: list[Segment] = []
    for rule in _whole_rules(segments):
        if group and not _alike(group[-1], rule):
            if len(group) >= _FEWEST_RULES:
                yield group
            group = []
        group.append(rule)
    if len(group) >= _FEWEST_RULES:
        yield group


def _whole_rules(segments: Sequence[Segment]) -> list[Segment]:
    """Join the strokes of one height: a rule may be drawn cell by cell."""
    level = [segment for segment in segments if segment.horizontal]
    heights = cluster(segment.at for segment in level)
    strokes: list[list[Segment]] = [[] for _ in heights]
    for segment in level:
        strokes[nearest(heights, segment.at)].append(segment)
    return [
        Segment(True, at, min(s.low for s in parts), max(s.high for s in parts))
        for at, parts in zip(heights, strokes, strict=True)
        if parts
    ]


def _alike(rule: Segment, other: Segment) -> bool:
    return abs(rule.low - other.low) <= _SAME_END and abs(rule.high - other.high) <= _SAME_END


def _is_inside(segment: Segment, frames: Sequence[Frame]) -> bool:
    return any(
        frame.ys[0] - _SAME_END <= segment.at <= frame.ys[-1] + _SAME_END
        and frame.xs[0] - _SAME_END <= segment.low
        and segment.high <= frame.xs[-1] + _SAME_END
        for frame in frames
    )


def _column_gaps(glyphs: Sequence[Glyph]) -> list[float]:
    """Return the middles of the white strips that no character of the body stands in."""
    gaps: list[float] = []
    end = None
    for glyph in sorted(glyphs, key=lambda glyph: glyph.left):
        em = glyph.top - glyph.bottom
        if end is not None and glyph.left - end > _COLUMN_GAP * em:
            gaps.append((end + glyph.left) / 2)
        end = glyph.right if end is None else max(end, glyph.right)
    return gaps


def _has_numbers(glyphs: Sequence[Glyph], xs: Sequence[float]) -> bool:
    """Say whether a column beside the first holds numbers only, two or more."""
    for left, right in list(pairwise(xs))[1:]:
        column = [glyph for glyph in glyphs if left <= glyph.left < right]
        texts = [line.text for line in find_lines(column)]
        if len(texts) > 1 and all(_NUMBER.fullmatch(text) for text in texts):
            return True
    return False


def _frame(xs: Sequence[float], ys: Sequence[float], bands: Sequence[Sequence[Glyph]]) -> Frame:
    """Return the grid; a header that stands over several columns is one cell."""
    columns = len(xs) - 1
    cell_of = {(c, r): r * columns + c for r in range(len(ys) - 1) for c in range(columns)}
    for row, band in enumerate(bands):
        for word in _words(band):
            first = _column_of(xs, word[0].left)
            for column in range(first + 1, _column_of(xs, word[-1].right) + 1):
                cell_of[column, row] = cell_of[first, row]
    return Frame(tuple(xs), tuple(ys), cell_of)


def _words(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    word: list[Glyph] = []
    for glyph in glyphs:
        em = glyph.top - glyph.bottom
        if word and not -em < glyph.left - word[-1].right < _COLUMN_GAP * em:
            yield word
            word = []
        word.append(glyph)
    if word:
        yield word


def _column_of(xs: Sequence[float], x: float) -> int:
    return max(0, sum(border < x - 1 for border in xs[:-1]) - 1)

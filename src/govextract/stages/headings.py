"""Where a heading may begin: the marks of all styles in a text, with how sure each one is.

A mark is only a candidate: which of them are headings is settled by their order, in
:mod:`govextract.stages.outline`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from govextract.lexicon import Lexicon
from govextract.lexicon.headings import Headings, Style, load_headings
from govextract.model import Region
from govextract.text import fold

# Signs behind which a heading may begin within a line.
_STOPS = "。!?”’」』)）》】;"
_GLUED_TITLE = re.compile(r"[^\n。!?,;:]{2,40}")
_NOTE_NUMBERS = "1[(①"
_NOTE_NUMBER = re.compile(r"[1①]")
_CHINESE_NUMBERS = "一二三四五六七八九十(第"
# The cells of a table that was laid out in lines: a figure alone on the next one.
_FIGURE_LINE = re.compile(r"[^\S\n]{0,20}\n\s{0,20}-?\d[\d,.]*%?[^\S\n]{0,20}(?:\n|$)")
# What may stand before a heading on its line: blanks, bullets, the signs of Markdown.
_BULLETS = " \t\u200b\ufeff#*●•■◆▪>"
# A title that stands on the line behind its number, for the styles of Chinese ordinals.
_TITLE_LINE = re.compile(r"[^\S\n]{0,20}\n\s{0,20}[^\s\d|][^\n|。]{1,59}(?=\n|$)")
_REST_BLANK = re.compile(r"[^\S\n]*(?:\n|$)")
_MAX_SPLIT_RANK = 50
_SENTENCE = re.compile(r"[。!?;]")
_MIN_CONTENTS = 2
_WRAPPED = 20
_MAIN_STYLE = "heading/chinese"

# How much a place speaks for a heading (see ``Mark.weight``).
_AT_LINE, _BEHIND_STOP, _BEHIND_BLANK, _GLUED, _BEHIND_FIGURE = 2.0, 1.5, 1.0, 1.0, 0.9
_ALONE, _NO_BODY = 3.0, 0.0


class Mark(NamedTuple):
    """A place where a heading may begin. ``start`` to ``end`` is the number as printed.

    ``weight`` says how much the place speaks for a heading; 0 is a line that only another line of
    the same style follows, as in a list of contents. ``line_end`` is where its line ends.
    """

    style: Style
    ordinal: int
    path: str
    start: int
    end: int
    line_end: int
    at_line: bool
    weight: float


def find_marks(folded: str, headings: Headings, regions: Sequence[Region] = ()) -> list[Mark]:
    """Return the marks of numbered headings in a folded text, in order.

    None is in ``regions``, in notes, or in a list of contents.
    """
    marks = _all_marks(folded, headings, [*_spans(regions), *find_notes(folded, headings)])
    contents = _Ranges(_spans(_contents(folded, marks)))
    return [mark for mark in marks if not contents.holds(mark.start)]


def find_contents_regions(text: str, lexicon: Lexicon) -> tuple[Region, ...]:
    """Return the lists of contents: lines of headings with nothing between that come again later.

    Of the lines of the highest style at least two, and half, stand in the text a second time; the
    list ends with the last line that does.
    """
    folded = fold(text)
    return tuple(_contents(folded, _all_marks(folded, load_headings(lexicon), [])))


def find_titles(
    folded: str, headings: Headings, regions: Sequence[Region] = ()
) -> Iterator[tuple[Style, int, int]]:
    """Yield style, start and end of each line that is the title of a main part, unnumbered."""
    barred = _Ranges(_spans(regions))
    for start, end in _short_lines(folded):
        line = folded[start:end]
        for style, pattern in headings.titles:
            if pattern.fullmatch(line) and not barred.holds(start):
                yield style, start, end
                break


def _all_marks(folded: str, headings: Headings, barred: Sequence[tuple[int, int]]) -> list[Mark]:
    ranges = _Ranges(barred)
    marks: list[Mark] = []
    line_end = -1
    for match in headings.marker.finditer(folded):
        start = match.start()
        if ranges.holds(start):
            continue
        if start > line_end:
            line_end = folded.find("\n", start)
            line_end = len(folded) if line_end < 0 else line_end
        mark = _mark(folded, match, headings, marks[-1] if marks else None, line_end)
        if mark is not None:
            marks.append(mark)
    return _without_bodiless(folded, marks)


def _contents(folded: str, marks: Sequence[Mark]) -> Iterator[Region]:
    lines = [mark for mark in marks if mark.at_line]
    names = [_contents_key(folded, mark) for mark in lines]
    later = Counter(names)
    for run in _bodiless_runs(folded, lines):
        again = []
        for number in run:
            later[names[number]] -= 1
            if later[names[number]]:
                again.append(number)
        rank = min(lines[number].style.rank for number in run)
        main = sum(lines[number].style.rank == rank for number in run)
        main_again = sum(lines[number].style.rank == rank for number in again)
        if main_again >= _MIN_CONTENTS and main_again * 2 >= main:
            yield Region("contents", lines[run[0]].start, lines[again[-1]].line_end)


def _mark(
    text: str, match: re.Match[str], headings: Headings, before: Mark | None, line_end: int
) -> Mark | None:
    """Return the mark for a match, or None where no heading can stand."""
    start, end = match.span()
    ordinal = headings.ordinal_of(match)
    at_line = _opens_line(text, start)
    style = headings.style_of(match)
    weight = _AT_LINE if at_line else _weight_in_line(text, start, ordinal, style, before)
    if not ordinal or not weight or headings.excluded_row.match(text, end):
        return None
    if _REST_BLANK.match(text, end):
        line_end = _title_line_end(text, line_end) if at_line else -1
        if line_end < 0 or style.rank > _MAX_SPLIT_RANK:
            return None
    if at_line:
        # A huge line is prose: only a short one can be a table row or alone on its line.
        line = text[end:line_end] if line_end - end < 200 else ""
        if headings.excluded_line.match(line):
            return None
        if line and not _SENTENCE.search(line):
            weight = _NO_BODY if _FIGURE_LINE.match(text, line_end) else _ALONE
    path = headings.path_of(match)
    return Mark(style, ordinal, path, start, end, line_end, at_line, weight)


def _title_line_end(text: str, line_end: int) -> int:
    """Return where the next line ends, if it may be the title of a number alone on its line."""
    match = _TITLE_LINE.match(text, line_end)
    return match.end() if match else -1


def _weight_in_line(
    text: str, start: int, ordinal: int, style: Style, before: Mark | None
) -> float:
    """How much speaks for a heading that does not open its line; 0 is nothing."""
    previous = text[start - 1]
    if previous == ":":
        return _GLUED if ordinal == 1 else 0.0
    if previous in _STOPS:
        return 0.0 if previous == ";" else _BEHIND_STOP
    if previous.isspace():
        return _BEHIND_BLANK
    # A table that was flattened into the line ends with a figure: …总计1020五、存在的问题.
    if previous.isdigit() and style.id == _MAIN_STYLE:
        return _BEHIND_FIGURE
    # A first part right behind its parent's title: 一、总体情况（一）主动公开.
    if ordinal == 1 and before is not None and before.style.rank < style.rank:
        return _GLUED if _GLUED_TITLE.fullmatch(text, before.end, start) else 0.0
    return 0.0


def _without_bodiless(text: str, marks: list[Mark]) -> list[Mark]:
    """Give no weight to lines that are followed by a line of their own style and nothing else."""
    lines = [number for number, mark in enumerate(marks) if mark.at_line]
    result = list(marks)
    for number, following in pairwise(lines):
        mark, after = marks[number], marks[following]
        if mark.style is after.style and _bodiless(text, mark, after):
            result[number] = mark._replace(weight=_NO_BODY)
    return result


def _bodiless(text: str, mark: Mark, after: Mark, wrapped: int = 0) -> bool:
    """True where ``mark`` is alone on its line and ``after`` opens the next one.

    ``wrapped`` is how many characters may stand between: a title that runs on in a second line.
    """
    return (
        mark.weight in (_ALONE, _NO_BODY)
        and after.start - mark.line_end < 80
        and len(text[mark.line_end : after.start].strip()) <= wrapped
    )


def _bodiless_runs(text: str, marks: list[Mark]) -> Iterator[list[int]]:
    """Yield the runs of marks (as indexes) that follow each other with no text between."""
    run: list[int] = []
    for number, mark in enumerate(marks):
        if run and not _bodiless(text, marks[number - 1], mark, _WRAPPED):
            yield run
            run = []
        run.append(number)
    if run:
        yield run


def _contents_key(text: str, mark: Mark) -> str:
    title = text[mark.end : min(mark.line_end, mark.end + 60)]
    return f"{mark.path} {''.join(title.split()).rstrip('.…·-_0123456789')}"


@lru_cache(maxsize=1)
def find_notes(text: str, headings: Headings) -> tuple[tuple[int, int], ...]:
    """Return the notes: a cue and the numbered lines behind it, to the next Chinese ordinal.

    Those of the last text are kept for the next stage that asks for them.
    """
    return tuple(_notes(text, headings))


def _notes(text: str, headings: Headings) -> Iterator[tuple[int, int]]:
    open_at = cue_at = -1
    for start, end in _lines(text):
        line = text[start : min(end, start + 40)]
        if not line:
            continue
        if cue_at >= 0 and line[0] in _NOTE_NUMBERS:
            open_at = cue_at
        cue_at = -1
        if open_at >= 0:
            if line[0] in _CHINESE_NUMBERS and headings.marker.match(line):
                yield open_at, start
                open_at = -1
        elif headings.notes.match(line):
            cue_at = start
            open_at = start if _NOTE_NUMBER.search(line) else -1
    if open_at >= 0:
        yield open_at, len(text)


def _opens_line(text: str, start: int) -> bool:
    at = start - 1
    # Indents are short; a longer run of blanks is a layout that puts columns side by side.
    while at >= 0 and start - at < 40 and text[at] in _BULLETS:
        at -= 1
    return at < 0 or text[at] in "\n\r\f\v"


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each line without its indent."""
    start = 0
    for line in text.split("\n"):
        left = start + len(line) - len(line.lstrip())
        yield left, start + len(line)
        start += len(line) + 1


def _short_lines(text: str) -> Iterator[tuple[int, int]]:
    for start, end in _lines(text):
        if 4 <= end - start <= 40:
            yield start, start + len(text[start:end].rstrip())


def _spans(regions: Iterable[Region]) -> Iterator[tuple[int, int]]:
    return ((region.start, region.end) for region in regions)


class _Ranges:
    """Ranges that may overlap, asked whether they hold an offset."""

    def __init__(self, ranges: Iterable[tuple[int, int]]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(ranges):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def holds(self, offset: int) -> bool:
        """Return whether ``offset`` lies in one of the ranges."""
        at = bisect_right(self._starts, offset) - 1
        return at >= 0 and offset < self._ends[at]

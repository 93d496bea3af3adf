"""Lines of PDF pages to paragraphs: what stands in the margins dropped, line ends joined.

Chinese type breaks a line anywhere, so that a line runs on where it is full; a paragraph begins
where a line is indented, where the one before is short, or where the size of the type changes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from govextract.readers.joining import join_lines
from govextract.readers.pdf_lines import Line
from govextract.readers.pdf_tables import RuledTable, continues, join_tables

# Heads and page numbers stand in this outer share of the page's height.
_MARGIN = 0.13
_PAGE_NUMBER = re.compile(
    r"[-—–－―·•\s]*+(?:第\s*+)?\d{1,4}\s*+页?\s*+(?:[/／,，]?\s*+共?\s*+\d{1,4}\s*+页?)?[-—–－―·•\s]*+"
)
_HEADING = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十]{1,3}(?:部分|章|节)"
    r"|\d{1,2}[、.．](?!\d))"
)
# Main headings: no sentence goes on with one, but behind these signs.
_MAIN_HEADING = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}(?:部分|章|节))"
)
_GOES_ON = tuple("第，、（“《及和与至—-：")
_SENTENCE_END = tuple("。；！？：")
# A line of prose that ends within so many ems of the border, without a full stop, is unfinished.
_RAGGED = 5.0
_FEWEST_OF_PROSE = 16


class Page(NamedTuple):
    """A page: its size in points, its lines and tables in reading order; has it a picture?"""

    number: int
    width: float
    height: float
    blocks: tuple[Line | RuledTable, ...]
    picture: bool = False


class Paragraph(NamedTuple):
    """A paragraph; ``breaks`` are the offsets in ``text`` at which a new page begins."""

    text: str
    breaks: tuple[int, ...] = ()


class NewPage(NamedTuple):
    """A page that begins between two paragraphs."""

    number: int


class Setting(NamedTuple):
    """How the body of a document is set: its borders, type size and distance of lines."""

    left: float
    right: float
    em: float
    leading: float


def in_reading_order(blocks: list[Line | RuledTable]) -> list[Line | RuledTable]:
    """Return the blocks of a page from the top down; as they are where some stand side by side.

    Some programs write the foot of a page first, or a table before the text above it.
    """
    ordered = sorted(blocks, key=lambda block: -_extent(block)[1])
    for upper, lower in pairwise(ordered):
        bottom, top = _extent(lower)
        if top - _extent(upper)[0] > 0.5 * (top - bottom):
            return blocks
    return ordered


def drop_margins(pages: Sequence[Page]) -> list[Page]:
    """Return the pages without page numbers and without heads that stand on many pages.

    Two pages are enough where it stands at one height.
    """
    edges = [list(_edge_lines(page)) for page in pages]
    seen = Counter(text for lines in edges for text in {_without_digits(line) for line in lines})
    placed = Counter(place for lines in edges for place in {_placed(line) for line in lines})
    often = max(3, 0.4 * len(pages))
    at_one_height = max(2, 0.4 * len(pages))
    kept = []
    for page, lines in zip(pages, edges, strict=True):
        dropped = {
            line
            for line in lines
            if _PAGE_NUMBER.fullmatch(line.text)
            or seen[_without_digits(line)] >= often
            or placed[_placed(line)] >= at_one_height
        }
        kept.append(page._replace(blocks=tuple(b for b in page.blocks if b not in dropped)))
    return kept


def join_pages(pages: Sequence[Page]) -> Iterator[Paragraph | RuledTable | NewPage]:
    """Yield the paragraphs and tables of the pages, each whole where a page end cuts it."""
    settings = {size: _setting(group) for size, group in _by_size(pages).items()}
    pending: list[Line | RuledTable] = []
    breaks: list[int] = []
    for page in pages:
        setting = settings[round(page.width)]
        fresh = True
        for block in page.blocks:
            if pending and _runs_on(pending[-1], block, setting, fresh):
                if fresh and isinstance(block, Line):
                    breaks.append(_length(pending))
                _extend(pending, block)
            else:
                yield from _close(pending, breaks)
                pending, breaks = [block], []
                if fresh:
                    yield NewPage(page.number)
            fresh = False
        if fresh:
            yield from _close(pending, breaks)
            pending, breaks = [], []
            yield NewPage(page.number)
    yield from _close(pending, breaks)


def _extent(block: Line | RuledTable) -> tuple[float, float]:
    """Return the y of the bottom and of the top."""
    if isinstance(block, Line):
        return block.bottom, block.top
    return -max(box.bottom for box in block.boxes), -min(box.top for box in block.boxes)


def _edge_lines(page: Page) -> Iterator[Line]:
    """Yield the outermost two lines at the top and the bottom, where they stand in the margin."""
    lines = sorted((b for b in page.blocks if isinstance(b, Line)), key=lambda line: -line.top)
    inner = page.height * _MARGIN
    yield from (line for line in lines[:2] if line.bottom > page.height - inner)
    yield from (line for line in lines[-2:] if line.top < inner)


def _without_digits(line: Line) -> str:
    return re.sub(r"\d+", "0", line.text)


def _placed(line: Line) -> tuple[str, int]:
    return _without_digits(line), round(line.bottom)


def _by_size(pages: Sequence[Page]) -> dict[int, list[Page]]:
    groups: dict[int, list[Page]] = {}
    for page in pages:
        groups.setdefault(round(page.width), []).append(page)
    return groups


def _setting(pages: Sequence[Page]) -> Setting:
    lines = [block for page in pages for block in page.blocks if isinstance(block, Line)]
    if not lines:
        return Setting(0.0, 0.0, 1.0, 1.0)
    wide = [line for line in lines if line.right - line.left > 0.4 * pages[0].width] or lines
    ems = Counter[float]()
    for line in lines:
        ems[round(line.em)] += len(line.text)
    lefts = Counter(4 * round(line.left / 4) for line in wide)
    often = [left for left, count in lefts.items() if count >= 0.1 * len(wide)]
    left = min(often, default=min(lefts))
    steps = [
        before.top - line.top
        for before, line in pairwise(lines)
        if 0 < before.top - line.top < 5 * line.em
    ]
    return Setting(
        median([line.left for line in wide if abs(line.left - left) <= 4] or [left]),
        _right_border(wide),
        float(ems.most_common(1)[0][0]) or 1.0,
        median(steps) if steps else 1.0,
    )


def _right_border(lines: Sequence[Line]) -> float:
    """Return the commonest right end; where the lines are ragged, the one few go beyond."""
    rights = Counter(4 * round(line.right / 4) for line in lines)
    right, count = rights.most_common(1)[0]
    if count >= 0.2 * len(lines):
        return median(line.right for line in lines if abs(line.right - right) <= 4)
    return sorted(line.right for line in lines)[int(0.9 * (len(lines) - 1))]


def _runs_on(
    before: Line | RuledTable, block: Line | RuledTable, setting: Setting, new_page: bool
) -> bool:
    if isinstance(before, RuledTable) or isinstance(block, RuledTable):
        return (
            new_page
            and isinstance(before, RuledTable)
            and isinstance(block, RuledTable)
            and continues(before, block)
        )
    if before.cjk and block.cjk and abs(before.em - block.em) > 0.12 * setting.em:
        return False
    scale = max(1.0, block.em / setting.em)
    if not new_page and before.top - block.top > 1.7 * setting.leading * scale:
        return False
    if _MAIN_HEADING.match(block.text) and not before.text.endswith(_GOES_ON):
        return False
    if before.em > 1.2 * setting.em and block.em > 1.2 * setting.em:
        return not _HEADING.match(block.text)
    if _is_indented(before, block, setting):
        return False
    return _is_full(before, block, setting) or _is_unfinished(before, block, setting)


def _is_full(before: Line, block: Line, setting: Setting) -> bool:
    """Say whether the first word of ``block`` had no room in the line before it."""
    return before.right + block.opening > setting.right + 0.2 * setting.em


def _is_unfinished(before: Line, block: Line, setting: Setting) -> bool:
    """Say whether a line of prose stops at the ragged border in the middle of a sentence.

    Signs that hang beyond the border make it seem wider than it is.
    """
    return (
        before.right > setting.right - _RAGGED * setting.em
        and len(before.text) >= _FEWEST_OF_PROSE
        and " " not in before.text
        and not before.text.endswith(_SENTENCE_END)
        and not _HEADING.match(before.text)
        and not _HEADING.match(block.text)
        and abs(block.left - setting.left) <= 0.5 * setting.em
        and before.top - block.top < 1.25 * setting.leading
    )


def _is_indented(before: Line, block: Line, setting: Setting) -> bool:
    if block.left <= setting.left + 0.8 * setting.em:
        return False
    if not before.text.endswith(_SENTENCE_END) and _is_centred(block, setting):
        return False
    in_block = abs(block.left - before.left) <= 0.3 * setting.em
    return not in_block or before.text.endswith(_SENTENCE_END) or bool(_HEADING.match(block.text))


def _is_centred(line: Line, setting: Setting) -> bool:
    middle = (setting.left + setting.right) / 2
    off = abs((line.left + line.right) / 2 - middle)
    return off < setting.em and line.left > setting.left + 4 * setting.em


def _length(pending: Iterable[Line | RuledTable]) -> int:
    return len(join_lines(block.text for block in pending if isinstance(block, Line)))


def _extend(pending: list[Line | RuledTable], block: Line | RuledTable) -> None:
    before = pending[-1]
    if isinstance(before, RuledTable) and isinstance(block, RuledTable):
        pending[-1] = join_tables(before, block)
    else:
        pending.append(block)


def _close(
    pending: Sequence[Line | RuledTable], breaks: Sequence[int]
) -> Iterator[Paragraph | RuledTable]:
    if pending and isinstance(pending[0], RuledTable):
        yield pending[0]
    elif pending:
        lines = [block.text for block in pending if isinstance(block, Line)]
        yield Paragraph(join_lines(lines), tuple(breaks))

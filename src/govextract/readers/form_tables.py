"""Prescribed tables that were copied as text: their cells are found again by what is known of them.

The header says where such a table is and what its columns are. Where the numbers have run together
(``270020130``), they are told apart by the sums of the form, or left out where more than one way
fits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from govextract.lexicon import default_lexicon
from govextract.lexicon.forms import Block, Form, load_blocks, load_forms
from govextract.model import Cell, Region, Span, Table

_NUMERAL = "一二三四五六七八九十"
_MARK = rf"(?:[{_NUMERAL}]{{1,3}}、|[（(][{_NUMERAL}]{{1,3}}[）)]|\d{{1,2}}[.、．](?=\D))"
_LABEL = re.compile(rf"(?:{_MARK})?(?:(?!{_MARK})[^\d|。\n]){{2,60}}")
# The digits that a mark of the next label begins with are no part of the numbers.
_NUMBERS = re.compile(r"(?!\d{1,2}[.、．]\D)\d(?:[\d\s|]*?(?=\d[.、．]\D)|[\d\s|]*\d|)")
_BETWEEN = re.compile(r"[\s|]*")
_TOP_LEVEL = re.compile(rf"([{_NUMERAL}])、")
_BLOCK_LABEL = re.compile(r"(?!第)[\u4e00-\u9fff、（）()]{2,20}[\s|]*(?=[-+－—/\d])")
_BLOCK_NUMBER = re.compile(
    r"[\s|]*((?:[-+－]?\d[\d,.]*(?:[万亿]?元)?|[-－—/]+))(?=[\s|]|$|[\u4e00-\u9fff])"
)
_LONGEST_RUN = 26
_MOST_ROWS = 60
# Tables of the older and newer forms whose numbers cannot be told apart: no prose, at least.
_RUN_ON = (
    re.compile(r"第二十条\s*第（一）项\s*信息内容[^。]{0,600}?行政事业性收费\s*\d[\d.,\s]*"),
    re.compile(r"指标名称\s*(?:计量)?单位[^。\n]{20,3000}"),
)


def find_form_tables(text: str, known: Sequence[Region]) -> tuple[list[Table], list[Region]]:
    """Return the prescribed tables that stand in ``text`` outside the tables known (numbered 0)."""
    taken = [region for region in known if region.kind == "table"]
    tables = [
        table
        for form in load_forms(default_lexicon())
        for match in form.pattern.finditer(text)
        if not _is_inside(match.start(), taken)
        and (table := _read_table(text, form, match)) is not None
    ]
    for block in load_blocks(default_lexicon()):
        heads = [m for m in block.pattern.finditer(text) if not _is_inside(m.start(), taken)]
        table = _read_blocks(text, block, heads)
        tables += [table] if table else []
    regions = [Region("table", table.start, table.end) for table in tables]
    around = [
        Region("table", start, end)
        for pattern in _RUN_ON
        for match in pattern.finditer(text)
        if not _is_inside(match.start(), taken) and "|" not in match.group()
        for start, end in _outside(match.start(), match.end(), regions)
    ]
    return tables, [*regions, *around]


def _outside(start: int, end: int, regions: Sequence[Region]) -> Iterator[tuple[int, int]]:
    """Yield what of a stretch lies in none of ``regions``."""
    for region in sorted(regions):
        if region.start < end and start < region.end:
            if start < region.start:
                yield start, region.start
            start = region.end
    if start < end:
        yield start, end


def tell_apart(digits: str, form: Form) -> list[Span] | None:
    """Return where each number of a row stands in a run of digits, None where that is not sure.

    >>> form = load_forms(default_lexicon())[0]
    >>> [tuple(span) for span in tell_apart("640020470", form) or ()]
    [(0, 2), (2, 3), (3, 4), (4, 5), (5, 6), (6, 7), (7, 9)]
    >>> tell_apart("270020130", form) is None  # 27 0 0 2 0 1 30, or 2 7 0 0 20 1 30
    True
    """
    if not form.width <= len(digits) <= _LONGEST_RUN:
        return None
    ways: list[list[int]] = [[0]]
    for total, first, _ in form.sums:
        ways = [
            [*way, *more] for way in ways for more in _splits(digits, way[-1], total - first + 1)
        ]
    whole = [way for way in ways if way[-1] == len(digits)]
    if len(whole) != 1:
        return None
    return [Span(*pair) for pair in zip(whole[0], whole[0][1:], strict=False)]


def _is_inside(offset: int, regions: Sequence[Region]) -> bool:
    return any(region.start <= offset < region.end for region in regions)


def _splits(digits: str, start: int, parts: int) -> Iterator[list[int]]:
    """Yield the ends of ``parts`` numbers from ``start`` on, the last the sum of the others."""

    def go_on(at: int, left: int, summed: int, ends: list[int]) -> Iterator[list[int]]:
        if left == 1:
            end = at + len(str(summed))
            if digits[at:end] == str(summed):
                yield [*ends, end]
            return
        longest = 1 if digits[at : at + 1] == "0" else len(digits) - at - left + 1
        for end in range(at + 1, at + longest + 1):
            yield from go_on(end, left - 1, summed + int(digits[at:end]), [*ends, end])

    yield from go_on(start, parts, 0, [])


def _read_table(text: str, form: Form, match: re.Match[str]) -> Table | None:
    rows = list(_rows(text, form, match.end()))
    if not any(numbers for _, numbers in rows):
        return None
    stub = max(len(labels) for labels, _ in rows)
    start = match.start()
    cells = [Cell(1, 1, "", start, start, form.height, stub, True)] if stub else []
    for at, cell in enumerate(form.header, start=1):
        place = cell.row, stub + cell.column
        cells.append(Cell(*place, match[at], *match.span(at), cell.rowspan, cell.colspan, True))
    for row, (labels, numbers) in enumerate(rows, start=form.height + 1):
        first = 1 + stub - len(labels)
        cells += [
            Cell(row, column, text[span.start : span.end], *span)
            for column, span in enumerate((*labels, *numbers), start=first)
        ]
        if not numbers:
            after = labels[-1].end
            cells.append(Cell(row, stub + 1, "", after, after, 1, form.width))
    end = max(cell.end for cell in cells)
    return Table(0, form.title, "", tuple(cells), start, end)


def _read_blocks(text: str, block: Block, heads: Sequence[re.Match[str]]) -> Table | None:
    """Return the table of the blocks under ``heads``, as one; None where no row is divided."""
    cells: list[Cell] = []
    row = 1
    for head in heads:
        first, *header = (Span(*head.span(at)) for at in range(1, head.re.groups + 1) if head[at])
        values = list(_block_rows(text, head.end(), len(header)))
        if not values:
            continue
        cells.append(Cell(row, 1, text[first.start : first.end], *first, 1, len(header)))
        for at, spans in enumerate((header, *values), start=row + 1):
            cells += [
                Cell(at, column, text[span.start : span.end], *span)
                for column, span in enumerate(spans, start=1)
            ]
        row += 2 + len(values)
    if not cells:
        return None
    return Table(0, block.title, "", tuple(cells), cells[0].start, cells[-1].end)


def _block_rows(text: str, at: int, width: int) -> Iterator[list[Span]]:
    """Yield a label and as many numbers as the header has; what is run together ends the block."""
    for _ in range(_MOST_ROWS):
        at = _after(_BETWEEN, text, at)
        label = _BLOCK_LABEL.match(text, at)
        if label is None:
            return
        spans = [Span(at, at + len(label[0].rstrip(" |\t\n\u3000")))]
        at = label.end()
        while len(spans) < width and (number := _BLOCK_NUMBER.match(text, at)):
            spans.append(Span(*number.span(1)))
            at = number.end()
        if len(spans) < width:
            return
        yield spans


def _rows(text: str, form: Form, at: int) -> Iterator[tuple[list[Span], list[Span]]]:
    """Yield the labels and the numbers of each row; a form without labels has one row."""
    labels: list[Span] = []
    order = 0
    for _ in range(_MOST_ROWS * 4):
        at = _after(_BETWEEN, text, at)
        numbers = _NUMBERS.match(text, at)
        if numbers:
            yield labels, _number_spans(text, Span(*numbers.span()), form)
            if not labels:
                return
            labels, at = [], numbers.end()
            continue
        label = _LABEL.match(text, at)
        if label is None:
            return
        top = _TOP_LEVEL.match(label.group())
        if top:
            # A number that does not go up belongs to the next heading of the report.
            if _NUMERAL.index(top[1]) < order:
                return
            order = _NUMERAL.index(top[1]) + 1
        labels.append(Span(at, at + len(label.group().rstrip())))
        at = label.end()


def _after(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at


def _number_spans(text: str, run: Span, form: Form) -> list[Span]:
    """Return the numbers of a row: as they are divided, or told apart by their sums."""
    divided = [Span(*m.span()) for m in re.compile(r"\d+").finditer(text, *run)]
    if len(divided) == form.width:
        return divided
    places = [at for at in range(run.start, run.end) if text[at].isdigit()]
    spans = tell_apart("".join(text[at] for at in places), form)
    if spans is None or len(divided) > 3:
        return []
    return [Span(places[span.start], places[span.end - 1] + 1) for span in spans]

"""The labels of rows: cleaned, and with those that they stand under."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from govextract.lexicon.tables import squeeze
from govextract.model import Cell
from govextract.stages.table_grid import Row
from govextract.stages.table_rows import Label, ancestors, label_paths, nest_rows
from govextract.stages.table_units import TableReader

_BLANK_BETWEEN_WORDS = re.compile(r"(?<=[^\x00-\x7f])\s+|(?<!\s)\s+(?=[^\x00-\x7f])")
_NOTE_MARK = re.compile(r"(?:\[\d{1,2}\]|[①-⑳*＊]|注\d{0,2})$")


class Panel(NamedTuple):
    """Columns that belong together: those of labels, and those of the values beside them."""

    labels: list[int]
    values: list[int]


def row_paths(rows: Sequence[Row], text: str, panel: Panel, reader: TableReader) -> list[list[str]]:
    """Return for each row the labels that it stands under, the outermost first, its own last.

    Merged cells say it themselves; a single column of labels by indentation, 其中 and sums; and
    where the merged cells are lost, as in plain text, the levels of the labels' numbers.
    """
    cells = [_label_cells(row, panel.labels) for row in rows]
    labels = [[clean_label(cell.text, reader) for cell in found] for found in cells]
    if len(panel.labels) == 1:
        parents = _nest(rows, text, panel, reader)
        above = [[labels[at][-1] for at in ancestors(parents, row) if labels[at]]
                 for row in range(len(rows))]  # fmt: skip
        return [[*outer, *own] for outer, own in zip(above, labels, strict=True)]
    if panel.labels and any(panel.labels[0] not in row.cells for row in rows):
        levels = [[reader.words.level_of(cell.text) for cell in found] for found in cells]
        return label_paths(
            [list(zip(*pair, strict=True)) for pair in zip(levels, labels, strict=True)]
        )
    return labels


def clean_label(text: str, reader: TableReader) -> str:
    """Return a row's label without its number, its marks and blanks inside Chinese words."""
    label = clean(text)
    mark = reader.words.number_mark.match(squeeze(label))
    if mark and len(squeeze(label)) == len(label):
        label = label[mark.end() :] or label
    return label.lstrip("#＃")


def clean(text: str) -> str:
    """Return a label without footnote marks and without blanks inside Chinese words."""
    return _NOTE_MARK.sub("", _BLANK_BETWEEN_WORDS.sub("", text.strip())) or text


def _label_cells(row: Row, columns: Sequence[int]) -> list[Cell]:
    cells = dict.fromkeys(row.cells[n] for n in columns if n in row.cells)
    return [cell for cell in cells if cell.text]


def _nest(
    rows: Sequence[Row],
    text: str,
    panel: Panel,
    reader: TableReader,
) -> list[int | None]:
    """Return the row that each row is a part of."""
    marked = []
    for row in rows:
        cell = row.cells.get(panel.labels[0])
        first = row.cells.get(panel.values[0])
        number = reader.read_number(first.text) if first else None
        marked.append(
            Label(
                indent=_indent(text, cell.start) if cell else 0,
                value=number.value if number else None,
                is_part=bool(cell and reader.words.part_mark.match(squeeze(cell.text))),
                is_numbered=bool(cell and reader.words.number_mark.match(squeeze(cell.text))),
            )
        )
    return nest_rows(marked)


def _indent(text: str, start: int) -> int:
    """Return how many blanks stand before a cell beyond the one that divides cells."""
    at = start
    while at and text[at - 1] in " \u3000\xa0":
        at -= 1
    blanks = sum(2 if blank == "\u3000" else 1 for blank in text[at:start])
    return blanks - 1 if at and text[at - 1] == "|" else blanks

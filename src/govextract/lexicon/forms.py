"""Tables that a rule prescribes, from ``data/forms.toml``."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from govextract.errors import LexiconError
from govextract.lexicon import Lexicon


class HeaderCell(NamedTuple):
    """A cell of a prescribed header; its column counts from the first column of values."""

    text: str
    row: int
    column: int
    rowspan: int
    colspan: int


class Form(NamedTuple):
    """A prescribed table: its header in reading order, and which columns are totals of which."""

    id: str
    title: str
    header: tuple[HeaderCell, ...]
    sums: tuple[tuple[int, int, int], ...]
    pattern: re.Pattern[str]
    """Matches the header as text, with any blanks; a group for each cell."""

    @property
    def width(self) -> int:
        """The number of columns of values."""
        return max(cell.column + cell.colspan - 1 for cell in self.header)

    @property
    def height(self) -> int:
        """The number of rows of the header."""
        return max(cell.row + cell.rowspan - 1 for cell in self.header)


@cache
def load_forms(lexicon: Lexicon) -> tuple[Form, ...]:
    """Return the forms; raises LexiconError where an entry is broken."""
    forms = []
    for entry in lexicon.entries("forms.toml", "form"):
        try:
            header = tuple(HeaderCell(*cell) for cell in entry["header"])
            sums = tuple((total, first, last) for total, first, last in entry["sums"])
            title = entry["title"]
        except (KeyError, TypeError, ValueError) as error:
            raise LexiconError(f"is broken ({error})", place=f"forms.toml {entry['id']}") from error
        cells = (r"\s*".join(map(re.escape, cell.text)) for cell in header)
        pattern = re.compile(r"[\s|]*".join(f"({cell})" for cell in cells))
        forms.append(Form(entry["id"], title, header, sums, pattern))
    return tuple(forms)


class Block(NamedTuple):
    """A prescribed table of blocks, each under the name of an article and a header of its own."""

    id: str
    title: str
    pattern: re.Pattern[str]
    """Matches the head of a block as text, with any blanks; a group for each cell that is there."""


@cache
def load_blocks(lexicon: Lexicon) -> tuple[Block, ...]:
    """Return the tables of blocks; raises LexiconError where an entry is broken."""
    blocks = []
    for entry in lexicon.entries("forms.toml", "block"):
        try:
            headers = [r"[\s|]*".join(map(_cell, header)) for header in entry["headers"]]
            pattern = re.compile(rf"({entry['opening']})[\s|]*(?:{'|'.join(headers)})")
            blocks.append(Block(entry["id"], entry["title"], pattern))
        except (KeyError, TypeError, re.error) as error:
            raise LexiconError(f"is broken ({error})", place=f"forms.toml {entry['id']}") from error
    return tuple(blocks)


def _cell(text: str) -> str:
    """Return a pattern of a cell's text, with any blanks and widths of brackets."""
    signs = {"（": "[（(]", "）": "[）)]", "：": "[：:]"}
    return "(" + r"\s*".join(signs.get(sign, re.escape(sign)) for sign in text) + ")"

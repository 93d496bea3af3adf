"""Numbers and units of table cells: from the cell, its row, its headers or the table's caption."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from govextract.lexicon import Lexicon
from govextract.lexicon.tables import KindWords, TableWords, load_table_words, squeeze
from govextract.lexicon.units import Units, load_units
from govextract.model import Kind
from govextract.numerals import scale_value

# An optional sign, digits that commas may group, a fraction; what follows must be a unit.
_NUMBER = re.compile(
    r"(?P<number>[+\-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(?P<unit>[^\d.,]{0,8}?)"
    r"(?:\[\d{1,2}\]|[①-⑳*])?"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_BRACKET = re.compile(r"\(([^()]*)\)")
_STATED = re.compile(r"(?:计量)?单位[:]?(.+)")
_STATED_OUTSIDE = re.compile(r"(?:计量)?单位:(.+)")
_SCALES = "十百千万亿"
_DIVIDERS = re.compile(r"[、,;]|和")


class Unit(NamedTuple):
    """A unit as written, what one of it is worth, and in which base unit."""

    written: str
    name: str
    scale: Decimal = Decimal(1)
    kind: Kind | None = None


class Number(NamedTuple):
    """A number as written, its value, and the unit that stands behind it in the cell."""

    written: str
    value: Decimal
    unit: Unit | None


@dataclass(frozen=True, slots=True)
class TableReader:
    """What is needed to read the cells of one report: the words of tables and the units."""

    words: TableWords
    units: Units
    numbers: dict[str, Number | None]
    """By text, what the cells hold that were read already: each is asked for some times."""

    def read_number(self, text: str) -> Number | None:
        """Return the number that a cell holds and nothing else, None for other text and blanks."""
        if text not in self.numbers:
            self.numbers[text] = self._number(squeeze(text))
        return self.numbers[text]

    def _number(self, text: str) -> Number | None:
        match = _NUMBER.fullmatch(text)
        if match is None:
            return None
        suffix = match["unit"]
        unit = self.read_unit(suffix) if suffix else None
        if suffix and (unit is None or (suffix == "年" and _YEAR.fullmatch(match["number"]))):
            return None
        return Number(match["number"], Decimal(match["number"].replace(",", "")), unit)

    def read_unit(self, text: str, *, stated: bool = False) -> Unit | None:
        """Return the unit that ``text`` is, with the scale before it (``万元``).

        An unknown one is None, but where it is ``stated`` to be a unit it is taken as it is.
        """
        form = squeeze(text)
        for cut in range(len(form)):
            if form[:cut].strip(_SCALES):
                break
            found = self.units.get(form[cut:])
            if found is not None:
                return Unit(form, found.name, scale_value(form[:cut]), found.kind)
        if not form or not stated:
            return None
        name = form.lstrip("万亿")
        return Unit(form, name, scale_value(form[: len(form) - len(name)]))

    def unit_in(self, label: str) -> Unit | None:
        """Return the unit that a header or label names: in brackets, after 单位, or as a whole."""
        text = squeeze(label)
        for inside in reversed(_BRACKET.findall(text)):
            stated = _STATED.fullmatch(inside)
            unit = self.read_unit(stated[1] if stated else inside, stated=stated is not None)
            if unit is not None:
                return unit
        stated = _STATED_OUTSIDE.search(text.strip("()"))
        if stated:
            return self.read_unit(stated[1], stated=True)
        if text.endswith("%"):
            return self.read_unit("%")
        return self.read_unit(text) or self.read_unit(self.words.unit_of(text))

    def stated_units(self, caption: str) -> list[Unit]:
        """Return the units that a table's caption lists (``万元、%``)."""
        parts = _DIVIDERS.split(squeeze(caption))
        return [unit for part in parts if (unit := self.read_unit(part, stated=True)) is not None]

    def kind_in(self, labels: Iterable[str]) -> KindWords | None:
        """Return what the first of ``labels`` with a deciding word says of the kind."""
        return next((kind for label in labels if (kind := self.words.kind_of(label))), None)

    def column_unit(self, headers: Sequence[str]) -> tuple[bool, Unit | None]:
        """Return whether the headers of a column settle the unit of its numbers, and that unit.

        ``headers`` run from the outermost to the innermost. A share or a growth takes the percent
        sign, a score none.
        """
        named = self._innermost_unit(headers)
        words = self.kind_in(reversed(headers))
        if named is not None or (words and words.kind == "score"):
            return True, named
        if words and words.percent:
            return True, self.read_unit("%")
        return False, None

    def row_unit(self, labels: Sequence[str], caption: Sequence[Unit]) -> Unit | None:
        """Return the unit of numbers in a row where neither they nor their columns have one.

        It is that of the row's labels, else the first of the table's caption that is no percent
        sign.
        """
        others = [unit for unit in caption if unit.name != "%"]
        return self._innermost_unit(labels) or next(iter(others or caption), None)

    def _innermost_unit(self, labels: Sequence[str]) -> Unit | None:
        return next((unit for text in reversed(labels) if (unit := self.unit_in(text))), None)


def load_table_reader(lexicon: Lexicon) -> TableReader:
    """Return what reads the cells of one report with the words and units of ``lexicon``."""
    return TableReader(load_table_words(lexicon), load_units(lexicon), {})

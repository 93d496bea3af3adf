"""Units: what may follow a number, from ``data/units.toml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, NamedTuple, cast, get_args

from govextract.errors import LexiconError
from govextract.lexicon import Lexicon
from govextract.model import Kind
from govextract.numerals import SCALES
from govextract.text import fold

_COMPOUND = re.compile(r"([(（/])")
_SIGNS = re.compile(r"[)）、/]")
_PARTS = frozenset({"classifier", "time", "length", "area", "volume", "mass", "energy", "admin"})


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit. A quantity of 1 ``name`` is ``factor`` times 1 ``base``."""

    id: str
    name: str
    """What stands in the ``unit`` column, in full Chinese form."""
    forms: tuple[str, ...]
    dimension: str
    kind: Kind
    base: str
    factor: Decimal
    ucum: str
    example: str
    counter: str
    not_before: str = ""
    """Characters that make the form the beginning of another word (分别)."""
    only_before: str = ""
    """A pattern that must follow the form (级 is a unit before 地震, a grade elsewhere)."""
    arabic_only: bool = False
    """Whether a Chinese numeral before it makes a phrase and no quantity (十分, 四面)."""
    rules: tuple[str, ...] = ()
    """The id alone, as a quantity in this unit lists it."""


class Units(NamedTuple):
    """All units, by each of their written forms (widths folded)."""

    by_form: Mapping[str, Unit]
    kept_scales: Mapping[str, str]
    """For 千 in 千瓦 and the like: a scale character and what follows it in a unit's form."""
    guards: Mapping[str, str]
    """For some forms a look-ahead: what must, or must not, follow."""
    parts: tuple[str, ...]
    """The forms that may stand in a bracket or under a slash behind another unit."""

    def find(self, form: str) -> Unit:
        """Return the unit that is written ``form``. Raises KeyError where there is none."""
        unit = self.get(form)
        if unit is None:
            raise KeyError(form)
        return unit

    def get(self, form: str) -> Unit | None:
        """Return the unit that is written ``form``, or None; 台（套） and 部/百人 are put together.

        A bracketed second unit is joined to the first (LABELLING: 件(次) is 件次).
        """
        unit = self.by_form.get(form)
        if unit is not None:
            return unit
        parts = _COMPOUND.split(form.replace(" ", ""), maxsplit=1)
        whole = self.by_form.get(parts[0])
        if len(parts) == 1 or whole is None:
            return whole
        _, sign, rest = parts
        if sign == "/":
            name = f"{whole.name}/{rest}"
            kind: Kind = "amount" if whole.kind == "amount" else "measure"
            return replace(
                whole, id="unit/per", name=name, kind=kind, dimension="rate", rules=("unit/per",)
            )
        name = whole.name + _SIGNS.sub("", rest)
        return replace(whole, id="unit/bracket", name=name, rules=("unit/bracket",))


@cache
def load_units(lexicon: Lexicon) -> Units:
    """Return the units of ``lexicon``. Raises LexiconError where an entry is incomplete."""
    units = [_read_unit(entry) for entry in lexicon.entries("units.toml", "unit")]
    by_form: dict[str, Unit] = {}
    for unit in units:
        for form in unit.forms:
            other = by_form.setdefault(fold(form), unit)
            if other is not unit and other.name != unit.name:
                raise LexiconError(
                    f"the form {form!r} also belongs to {other.id}", place=f"units.toml {unit.id}"
                )
    kept: dict[str, str] = {}
    for form in by_form:
        if form[0] in SCALES and len(form) > 1:
            kept[form[0]] = kept.get(form[0], "") + form[1]
    guards = {form: guard for form, unit in by_form.items() if (guard := _guard(unit))}
    parts = tuple(
        form
        for form, unit in by_form.items()
        if unit.dimension in _PARTS and not _COMPOUND.search(form)
    )
    return Units(by_form, kept, guards, parts)


def _guard(unit: Unit) -> str:
    """Return the look-ahead that must hold behind the forms of ``unit``; empty for none."""
    if unit.only_before:
        return f"(?={unit.only_before})"
    return f"(?![{unit.not_before}])" if unit.not_before else ""


def _read_unit(entry: Mapping[str, Any]) -> Unit:
    try:
        kind = entry["kind"]
        if kind not in get_args(Kind):
            raise LexiconError(f"unknown kind {kind!r}", place=f"units.toml {entry['id']}")
        return Unit(
            entry["id"],
            entry["name"],
            tuple(entry["forms"]),
            entry["dimension"],
            cast(Kind, kind),
            entry.get("base", entry["name"]),
            Decimal(entry.get("factor", "1")),
            entry.get("ucum", ""),
            entry["example"],
            entry["counter"],
            entry.get("not_before", ""),
            entry.get("only_before", ""),
            bool(entry.get("arabic_only", False)),
            (entry["id"],),
        )
    except (KeyError, InvalidOperation) as error:
        raise LexiconError(
            f"lacks or has a wrong {error}",
            place=f"units.toml {entry['id']}",
            remedy="give id, name, forms, dimension, kind, example and counter",
        ) from error

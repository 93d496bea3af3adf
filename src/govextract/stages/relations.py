"""Which number is part of which whole, and what a change is measured against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from govextract.lexicon import Lexicon
from govextract.lexicon.relations import Relations, load_relations
from govextract.model import Indicator, Quantity
from govextract.stages.frames import Frame
from govextract.stages.sums import link_sums

_LEVELS = frozenset({"count", "amount", "measure", "duration"})


@dataclass
class _Scope:
    """An open 其中: by unit the whole, and what its parts have summed to."""

    wholes: dict[str, int]
    sentence: int
    paragraph: int
    sums: dict[str, Decimal] = field(default_factory=dict)
    akin: bool = False
    """The first part shares a character with the whole's name (夏粮 of 粮食): all others must."""
    parts: int = 0


def link_wholes(
    text: str,
    frames: Sequence[Frame],
    quantities: Sequence[Quantity],
    indicators: Sequence[Indicator],
    lexicon: Lexicon,
) -> tuple[int | None, ...]:
    """Return, for each quantity, the index of the quantity that it is a part of, or None.

    A part needs 其中, 包括, 占 or a sum that is stated (see the labelling rules); a change is a
    part only where the whole is one too (the groups of a price index).
    """
    linker = _Linker(text, quantities, indicators, load_relations(lexicon))
    for frame in frames:
        linker.link(frame)
    return link_sums(frames, quantities, indicators, linker.wholes)


def link_bases(
    text: str, frames: Sequence[Frame], quantities: Sequence[Quantity], lexicon: Lexicon
) -> tuple[str, ...]:
    """Return what each change is measured against (``yoy``, ``mom`` …); empty for the others.

    A change without words of its own takes the basis of the change before it in its paragraph
    (比上年增加10万元，增长2%).
    """
    relations = load_relations(lexicon)
    found = [""] * len(quantities)
    paragraph, basis = -1, ""
    for frame in frames:
        if frame.paragraph != paragraph:
            paragraph, basis = frame.paragraph, ""
        if quantities[frame.ordinal].kind not in ("change", "multiple"):
            continue
        for match in relations.bases.finditer(text, frame.lead.start, frame.lead.end):
            basis = relations.basis_ids[(match.lastindex or 1) - 1][1]
        found[frame.ordinal] = basis
    return tuple(found)


class _Linker:
    """Reads the frames in order; holds the open scopes, the innermost last."""

    def __init__(
        self,
        text: str,
        quantities: Sequence[Quantity],
        indicators: Sequence[Indicator],
        relations: Relations,
    ) -> None:
        self.text = text
        self.quantities = quantities
        self.indicators = indicators
        self.relations = relations
        self.wholes: list[int | None] = [None] * len(quantities)
        self.scopes: list[_Scope] = []
        self.recent: list[Frame] = []
        """Frames of this sentence and the one before: what a 其中 can refer to."""
        self.share: int | None = None

    def link(self, frame: Frame) -> None:
        self._leave(frame)
        quantity = self.quantities[frame.ordinal]
        start = frame.topic.start if frame.topic.end > frame.topic.start else frame.lead.start
        if frame.bracket and not frame.joined:
            self._bracket(frame)
        elif self.relations.parts.search(self.text, start, frame.lead.end):
            self._open(frame)
        words = self.text[frame.lead.start : frame.lead.end]
        if quantity.kind == "ratio" and ("占" in words or "比重" in words):
            self.wholes[frame.ordinal] = self._denominator(frame, words)
        elif self.scopes and not frame.bracket:
            self._join(frame)
        self.recent.append(frame)

    def _leave(self, frame: Frame) -> None:
        """Close what does not reach this frame."""
        keep = [old for old in self.recent if frame.sentence - old.sentence <= 1]
        self.recent = [old for old in keep if old.paragraph == frame.paragraph]
        if any(scope.paragraph != frame.paragraph for scope in self.scopes):
            self.scopes = []
        if not self.recent or self.recent[-1].sentence != frame.sentence:
            self.share = None
            self.scopes = [scope for scope in self.scopes if self._goes_on(scope, frame)]

    def _goes_on(self, scope: _Scope, frame: Frame) -> bool:
        """A scope runs past a full stop for names akin to the whole (猪肉…。牛肉…)."""
        return scope.akin and frame.sentence - scope.sentence <= 3

    def _open(self, frame: Frame) -> None:
        wholes: dict[str, int] = {}
        for old in self.recent:
            quantity = self.quantities[old.ordinal]
            if quantity.kind in _LEVELS and not old.bracket:
                wholes[quantity.unit] = old.ordinal
            elif quantity.kind == "change" and old.ordinal == self.recent[-1].ordinal:
                wholes.setdefault("change", old.ordinal)
        if wholes:
            self.scopes.append(_Scope(wholes, frame.sentence, frame.paragraph))

    def _bracket(self, frame: Frame) -> None:
        """A number in brackets behind another of its unit is a part of it."""
        if not self.recent:
            return
        before = self.quantities[self.recent[-1].ordinal]
        quantity = self.quantities[frame.ordinal]
        near = 0 <= quantity.start - before.end <= 24
        if near and before.unit == quantity.unit and quantity.value <= before.value:
            self.wholes[frame.ordinal] = self.recent[-1].ordinal

    def _join(self, frame: Frame) -> None:
        quantity = self.quantities[frame.ordinal]
        scope = self.scopes[-1]
        if quantity.kind == "ratio" and scope.parts == 0 and len(scope.wholes) == 1:
            self.wholes[frame.ordinal] = next(iter(scope.wholes.values()))
            return
        key = "change" if quantity.kind == "change" and frame.lead else quantity.unit
        if quantity.kind not in _LEVELS and not self._is_own_change(frame):
            return
        while self.scopes and not self._fits(self.scopes[-1], key, frame):
            if len(self.scopes) == 1 and key not in self.scopes[-1].wholes:
                return
            self.scopes.pop()
        if not self.scopes:
            return
        scope = self.scopes[-1]
        whole = scope.wholes[key]
        if scope.parts == 0:
            scope.akin = self._akin(frame.ordinal, whole)
        scope.parts += 1
        scope.sums[key] = scope.sums.get(key, Decimal(0)) + quantity.value
        self.wholes[frame.ordinal] = whole

    def _is_own_change(self, frame: Frame) -> bool:
        """A change that names its thing, under a whole that is a change (price groups)."""
        if (
            self.quantities[frame.ordinal].kind != "change"
            or "change" not in self.scopes[-1].wholes
        ):
            return False
        whole = self.scopes[-1].wholes["change"]
        mine, its = self.indicators[frame.ordinal], self.indicators[whole]
        return mine.text != its.text and "价格" in its.text

    def _fits(self, scope: _Scope, key: str, frame: Frame) -> bool:
        """Tell whether a number can still be a part: unit, size, and names that are akin."""
        if key not in scope.wholes:
            return False
        if key == "change":
            return True
        whole = self.quantities[scope.wholes[key]]
        value = self.quantities[frame.ordinal].value
        total = scope.sums.get(key, Decimal(0)) + value
        if total > whole.value and whole.comparator == "=":
            return False
        return not (scope.parts and scope.akin and not self._akin(frame.ordinal, scope.wholes[key]))

    def _akin(self, part: int, whole: int) -> bool:
        """Tell whether two names share a character beside the measure at their end."""
        mine, its = self.indicators[part].text, self.indicators[whole].text
        while mine and its and mine[-1] == its[-1]:
            mine, its = mine[:-1], its[:-1]
        return bool(set(mine) & set(its) - set("的各类全年主要总"))

    def _denominator(self, frame: Frame, words: str) -> int | None:
        """The number that a share is a share of, where the report gives it."""
        _, sign, behind = words.rpartition("占")
        name = behind.split("比重")[0].split("比例")[0].strip("的全市省区县约达到 ")
        if not sign or not name or name == "比":
            if self.share is None and sign and self.recent:
                return self.wholes[self.recent[-1].ordinal]
            return self.share
        for old in reversed(self.recent):
            its = self.indicators[old.ordinal].text
            if self.quantities[old.ordinal].kind in _LEVELS and its.endswith(name[-6:]):
                self.share = old.ordinal
                return old.ordinal
        self.share = None
        return None

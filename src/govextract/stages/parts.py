"""Parts that a cue announces: 其中, 包括, 分产业看; a scope opens, takes parts, and closes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from govextract.lexicon.relations import Relations
from govextract.model import Indicator, Quantity
from govextract.stages.frames import Frame

LEVELS = frozenset({"count", "amount", "measure", "duration"})
_NEAR = 24  # characters between a number and the bracket behind it
# What stands between a whole and the part that 中 takes from it.
_OF_NUMBER = re.compile(
    r"[^，,。；;：:]{1,20}中[，,]?(?:[^，,。；;：:]{0,16}[有仅])[^，,。；;：:]{0,8}"
)
_FEWEST = 2  # parts that make a sum
_NAME = 4  # characters at the end of a name that tell it
_DIVIDES = ("看", "分", "统计", "划分")
_SLACK = Decimal("1.1")  # parts that exceed the whole by more than a slip are none of it
_VAGUE = Decimal(2)  # so far may a vague whole (2300多人) lie below its parts
_RUN_ON = 3  # sentences that a scope may run past a full stop
_MOST_FRAMES = 60
"""Numbers of a sentence that are looked back or ahead at: none that is written has as many."""
_TURNS = "次套"
_NO_PART = ("比", "较", "由", "每")
_COMMON = frozenset("的各项类全年主要总级省市县")


@dataclass
class _Scope:
    """An open 其中: by unit the whole, and what its parts have summed to."""

    wholes: dict[str, int]
    sentence: int
    sums: dict[str, Decimal] = field(default_factory=dict)
    sure: bool = False
    """Its parts sum to the whole: their names need not be akin."""
    akin: bool = False
    """The first part shares a character with the whole's name (夏粮 of 粮食): all others must."""
    parts: int = 0


def link_parts(
    text: str,
    frames: Sequence[Frame],
    quantities: Sequence[Quantity],
    indicators: Sequence[Indicator],
    relations: Relations,
) -> list[int | None]:
    """Return for each quantity the index of the whole that a cue makes it a part of, or None."""
    linker = _Linker(text, frames, quantities, indicators, relations)
    for place, frame in enumerate(frames):
        linker.link(place, frame)
    return linker.wholes


class _Linker:
    """Reads the frames in order; holds the open scopes, the innermost last."""

    def __init__(
        self,
        text: str,
        frames: Sequence[Frame],
        quantities: Sequence[Quantity],
        indicators: Sequence[Indicator],
        relations: Relations,
    ) -> None:
        self.text = text
        self.frames = frames
        self.quantities = quantities
        self.indicators = indicators
        self.relations = relations
        self.wholes: list[int | None] = [None] * len(quantities)
        self.scopes: list[_Scope] = []
        self.recent: list[Frame] = []
        """Frames of this sentence and some before: what a cue can refer to."""
        self.past: list[Frame] = []
        """The levels before, which the parts of a later sentence may sum to."""
        self.past_values: list[Decimal] = []

    def link(self, place: int, frame: Frame) -> None:
        """Read one frame: open or close scopes, and link its number."""
        if self.recent and self.recent[-1].sentence != frame.sentence:
            self._leave(frame)
        is_level = self.quantities[frame.ordinal].kind in LEVELS
        if frame.bracket:
            self._bracket(frame)
        else:
            opens, ends = frame.topic
            start, end = frame.lead
            cue = self.relations.parts.search(self.text, opens if ends > opens else start, end)
            if cue:
                self._open(place, frame, cue[0])
            if self.scopes:
                self._join(frame)
            elif is_level and self.recent and self._is_of_number(self.recent[-1], frame):
                self.wholes[frame.ordinal] = self.recent[-1].ordinal
        self.recent.append(frame)
        if len(self.recent) > _MOST_FRAMES:  # a text without full stops is one sentence
            del self.recent[0]
        if is_level:
            self.past.append(frame)
            self.past_values.append(self.quantities[frame.ordinal].value)

    def _is_of_number(self, before: Frame, frame: Frame) -> bool:
        """Tell whether the number before is the whole: 41个大类中，有28个实现增长."""
        if before.sentence != frame.sentence:
            return False
        whole, part = self.quantities[before.ordinal], self.quantities[frame.ordinal]
        if whole.unit != part.unit or part.value >= whole.value:
            return False
        return _OF_NUMBER.fullmatch(self.text, whole.end, part.start) is not None

    def _leave(self, frame: Frame) -> None:
        """Close what does not reach this frame, the first of its sentence."""
        if self.recent[-1].paragraph != frame.paragraph:
            self.scopes, self.recent = [], []
        else:
            self.recent = [old for old in self.recent if frame.sentence - old.sentence <= _RUN_ON]
            self.scopes = [scope for scope in self.scopes if self._runs_on(scope, frame)]

    def _runs_on(self, scope: _Scope, frame: Frame) -> bool:
        """A scope runs past a full stop for names of the whole's kind (猪肉…。牛肉…)."""
        unit = self.quantities[frame.ordinal].unit
        whole = scope.wholes.get(unit) if unit in scope.sums else None
        if whole is None or not scope.akin or frame.sentence - scope.sentence > _RUN_ON:
            return False
        mine, its = self.indicators[frame.ordinal].text, self.indicators[whole].text
        return mine[-2:] == its[-2:] and self._akin(frame.ordinal, whole)

    def _open(self, place: int, frame: Frame, cue: str) -> None:
        wholes: dict[str, int] = {}
        own = any(self._is_level(old, frame.sentence) for old in self.recent)
        for old in self.recent:
            if frame.sentence - old.sentence > (0 if own else 1):
                continue
            quantity = self.quantities[old.ordinal]
            if quantity.kind in LEVELS and not old.bracket:
                if quantity.unit in wholes and self._is_smaller(old.ordinal, frame.ordinal):
                    continue
                wholes[quantity.unit] = old.ordinal
                if len(quantity.unit) == 2 and quantity.unit[1] in _TURNS:
                    wholes[quantity.unit[0]] = old.ordinal
            elif quantity.kind == "change" and old is self.recent[-1]:
                wholes["change"] = old.ordinal
        if cue.endswith(_DIVIDES):  # anew, what was divided before
            wholes = {unit: self._root(whole) for unit, whole in wholes.items()}
        summed = self._summed(place, frame)
        stated = self._within(cue)
        if stated is None:
            stated = summed
        if stated is not None:
            wholes[self.quantities[stated].unit] = stated
        if wholes:
            self.scopes.append(_Scope(wholes, frame.sentence, sure=summed is not None))

    def _root(self, ordinal: int) -> int:
        """The whole of a part; of a whole itself."""
        whole = self.wholes[ordinal]
        return ordinal if whole is None else whole

    def _is_smaller(self, whole: int, part: int) -> bool:
        """Tell whether a number is too small to be the whole of another of its unit."""
        mine, its = self.quantities[part], self.quantities[whole]
        return mine.unit == its.unit and mine.kind == its.kind and mine.value > its.value

    def _is_level(self, old: Frame, sentence: int) -> bool:
        return (
            old.sentence == sentence
            and not old.bracket
            and self.quantities[old.ordinal].kind in LEVELS
        )

    def _within(self, cue: str) -> int | None:
        """The recent number that 在…中 names."""
        name = cue.removeprefix("在").removesuffix("中")
        if name == cue:
            return None
        for old in reversed(self.recent):
            if self.indicators[old.ordinal].text.endswith(name[-_NAME:]) and (
                self.quantities[old.ordinal].kind in LEVELS
            ):
                return old.ordinal
        return None

    def _summed(self, place: int, frame: Frame) -> int | None:
        """The recent number that the rest of the sentence sums to, or of its part before a ；."""
        unit = self.quantities[frame.ordinal].unit
        total, parts, end = Decimal(0), 0, 0
        before = [
            old.ordinal
            for old in self.recent
            if self._is_level(old, frame.sentence) and self._counts(old, unit)
        ]
        for later in self.frames[place : place + _MOST_FRAMES]:
            quantity = self.quantities[later.ordinal]
            if later.sentence != frame.sentence:
                break
            if parts and "；" in self.text[end : quantity.start]:
                whole = self._equal(frame, unit, total, parts)
                if whole is not None:
                    return whole
            if quantity.unit == unit and quantity.kind in LEVELS:
                total += quantity.value
                parts += 1
                if before and parts >= _FEWEST and total == self.quantities[before[-1]].value:
                    return before[-1]
            end = quantity.end
        return self._equal(frame, unit, total, parts)

    def _counts(self, old: Frame, unit: str) -> bool:
        """Tell whether a number counts in a unit, or in that and its turns (件次)."""
        its = self.quantities[old.ordinal].unit
        return its == unit or (its[:-1] == unit and its[-1] in _TURNS)

    def _equal(self, frame: Frame, unit: str, total: Decimal, parts: int) -> int | None:
        """The last number before that is what so many parts sum to."""
        if parts < _FEWEST or total not in self.past_values[-_MOST_FRAMES:]:
            return None
        for old in reversed(self.past[-_MOST_FRAMES:]):
            if self.quantities[old.ordinal].value != total:
                continue
            near = old.paragraph == frame.paragraph or parts > _FEWEST
            if near and self._counts(old, unit):
                return old.ordinal
        return None

    def _bracket(self, frame: Frame) -> None:
        """A number in brackets behind another of its unit is a part of it."""
        if not self.recent:
            return
        before = self.recent[-1]
        quantity = self.quantities[frame.ordinal]
        if before.bracket and frame.joined:
            self.wholes[frame.ordinal] = self.wholes[before.ordinal]
            return
        whole = self.quantities[before.ordinal]
        near = 0 <= quantity.start - whole.end <= _NEAR
        if near and whole.unit == quantity.unit and quantity.value <= whole.value:
            self.wholes[frame.ordinal] = before.ordinal

    def _join(self, frame: Frame) -> None:
        quantity = self.quantities[frame.ordinal]
        scope = self.scopes[-1]
        if quantity.kind == "ratio":
            if scope.parts == 0 and len(scope.wholes) == 1:
                self.wholes[frame.ordinal] = next(iter(scope.wholes.values()))
            return
        key = "change" if quantity.kind == "change" else quantity.unit
        if quantity.kind not in LEVELS and not self._is_own_change(frame):
            return
        while self.scopes and not self._fits(self.scopes[-1], key, frame):
            if key not in self.scopes[-1].wholes:
                return
            self.scopes.pop()
        if not self.scopes or self.text.startswith(_NO_PART, frame.lead.start):
            return
        scope = self.scopes[-1]
        whole = scope.wholes[key]
        if scope.parts == 0 and not scope.sure:
            scope.akin = self._akin(frame.ordinal, whole)
        scope.parts += 1
        scope.sums[key] = scope.sums.get(key, Decimal(0)) + quantity.value
        self.wholes[frame.ordinal] = whole

    def _is_own_change(self, frame: Frame) -> bool:
        """A change that names its thing, under a whole that is a change (price groups)."""
        whole = self.scopes[-1].wholes.get("change")
        if self.quantities[frame.ordinal].kind != "change" or whole is None:
            return False
        mine, its = self.indicators[frame.ordinal], self.indicators[whole]
        return mine.text != its.text and "价格" in its.text

    def _fits(self, scope: _Scope, key: str, frame: Frame) -> bool:
        """Tell whether a number can still be a part: unit, size, and names that are akin."""
        if key not in scope.wholes:
            return False
        if key == "change":
            return True
        whole = self.quantities[scope.wholes[key]]
        before = scope.sums.get(key, Decimal(0))
        total = before + self.quantities[frame.ordinal].value
        slack = _SLACK if whole.comparator == "=" else _VAGUE
        if total > whole.value * slack or before == whole.value > 0:
            return False
        return not (scope.parts and scope.akin and not self._akin(frame.ordinal, scope.wholes[key]))

    def _akin(self, part: int, whole: int) -> bool:
        """Tell whether two names share a character beside the measure at their end."""
        mine, its = self.indicators[part].text, self.indicators[whole].text
        if mine == its or ("级" in mine[:3] and "级" in its[:3] and mine[-_NAME:] == its[-_NAME:]):
            return True
        while mine and its and mine[-1] == its[-1]:
            mine, its = mine[:-1], its[:-1]
        return bool(set(mine) & set(its) - _COMMON)

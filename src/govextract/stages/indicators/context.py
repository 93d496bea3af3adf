"""What stands open while the numbers of a paragraph are read, and what is read with."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from govextract.lexicon.phrases import Phrases
from govextract.model import Indicator, Quantity, Step, make
from govextract.stages.frames import Frame
from govextract.stages.indicators.words import NOTE_ENDS, NOTE_MARK, Segment, Words

# What bounds the number before (400家以上、服务业企业300家), and is none of the next one's words.
_BOUND = re.compile(r"(?:以上|以下|以内|左右|上下|之间)(?=[、，,和及与])")
# The number of an item of a list in running text: 1.教育支出, （2）国防支出; and what is left of
# the ratio before: 由1.98∶1缩小到.
_ITEM = re.compile(
    r"(?:\s*(?:[（(]\d{1,2}[）)]|\d{1,2}[.．、]|[①-⑳])\s*|[:：∶] ?1)(?=[\u4e00-\u9fff])"
)
_SENTENCED = "判处"  # the term is of the name: 判处五年以上有期徒刑的23人
# What a ratio is to, where it stands first: 1:12.5.
_BASE_FIRST = re.compile(r"1 ?[:：∶] ?\Z")
UNKNOWN = Indicator("", "", "", (), 0.3)
_REACH = 3  # sentences: how far an object stays open


@dataclass
class State:
    """The open verb, objects, measure and account of a paragraph; each clause updates it."""

    action: str = ""
    objects: dict[str, Step] = field(default_factory=dict)
    """By unit, the last object that was named: 件 -> 行政复议申请."""
    places: dict[str, int] = field(default_factory=dict)
    """By unit, the sentence in which that object was named."""
    object: Step | None = None
    """The last object, of whatever unit."""
    head: Step | None = None
    """The measure at the end of the last name, e.g. 增加值."""
    head_unit: str = ""
    head_sentence: int = -1
    """The sentence in which that measure was named."""
    account: Step | None = None
    """The last account without its side, e.g. 社会保险基金 of 社会保险基金收入."""
    trades: bool = False
    """That account is of trade (出口, 进口), whose sides are not those of a budget."""
    line: Step | None = None
    """The last line of accounts, e.g. 财政拨款支出 of 财政拨款支出年初预算."""
    among: Step | None = None
    """The object that an open 其中 divides."""
    divided_from: int = 0
    """Where that 其中 stands: up to a ； what it divides stays the open object."""
    level: Indicator = UNKNOWN
    """The last indicator that is no change and no share: what a change is of."""
    by_unit: dict[str, Indicator] = field(default_factory=dict)
    """By unit, the last level."""
    before: dict[str, Indicator] = field(default_factory=dict)
    """By unit, the last level of the paragraph before."""
    ratio: Indicator | None = None
    """The number before this one, where it is a ratio: what 提高0.3个百分点 is of."""
    share: tuple[str, str] | None = None
    """An open share whose denominator's figure stands first (占支出809亿元的75%)."""
    last: Indicator = UNKNOWN
    last_kind: str = ""
    """The kind of the number before this one in its sentence."""
    inside: Indicator = UNKNOWN
    """The last number in an open bracket, which a share in it is of (其中新能源车12辆，占80%)."""
    sentence: int = -1
    levels: list[Indicator] = field(default_factory=list)
    """The levels of this sentence, for 分别 across clauses."""
    invested: Words | None = None
    """投资 of the number before, which a list of sums leaves out (3800万元的道路改造)."""
    read: int = 0
    """Up to where the words are used up: the noun behind a number is not the next one's lead."""

    def enter(self, sentence: int) -> None:
        """Close what ends with the sentence before."""
        self.sentence = sentence
        self.levels = []
        self.last_kind = ""
        self.invested = None
        self.among = None

    def open_level(self, found: Indicator, unit: str) -> None:
        """Let ``found`` be what the next change is of."""
        if found.text:
            self.level = found
            self.by_unit[unit] = found
            self.levels.append(found)

    def open_object(self, name: str, start: int, unit: str) -> None:
        """Let ``name`` be the object of the next bare verbs."""
        step = make(Step, ("carry/object", name, start, start + len(name)))
        self.objects[unit] = step
        self.places[unit] = self.sentence
        self.object = step

    def object_of(self, unit: str) -> Step | None:
        """The open object that is counted in ``unit``, if it was named near enough."""
        step = self.objects.get(unit)
        if step is None or self.sentence - self.places.get(unit, self.sentence) > _REACH:
            return None
        return step

    def named_lately(self) -> Step | None:
        """The last object, if this sentence or the one before named it."""
        places = (self.places[unit] for unit, step in self.objects.items() if step is self.object)
        return self.object if self.sentence - max(places, default=-2) <= 1 else None


class PlaceNames:
    """The names that a phrase may open with: those of all places and the issuer's own.

    Two containers, as joining them would take longer than reading a short report.
    """

    def __init__(
        self, of_all: Container[str], of_issuer: Iterable[str], openings: Container[str]
    ) -> None:
        self._of_all = of_all
        self._of_issuer = frozenset(of_issuer)
        self._openings = openings
        self._openings_of_issuer = {name[:2] for name in self._of_issuer}

    def __contains__(self, name: object) -> bool:
        """Tell whether ``name`` is that of a place."""
        return name in self._of_all or name in self._of_issuer

    def may_open(self, words: Sequence[str], at: int) -> bool:
        """Tell whether a name can begin with the word at place ``at``, by its two characters."""
        opening = words[at][:2]
        if len(opening) == 1 and at + 1 < len(words):
            opening += words[at + 1][:1]
        return opening in self._openings or opening in self._openings_of_issuer


class Context:
    """The text with its quantities, the words, and the state."""

    def __init__(
        self,
        text: str,
        quantities: Sequence[Quantity],
        lexicon: Phrases,
        places: PlaceNames,
        segment: Segment,
        topics: Sequence[tuple[int, str]] = (),
    ) -> None:
        self.text = text
        self.quantities = quantities
        self.lexicon = lexicon
        self.places = places
        self.segment = segment
        self.topics = topics
        self._topic_starts = [start for start, _ in topics]
        self.series: Mapping[int, str] = {}
        """By ordinal, the end that a noun takes from the last of its list."""
        self.state = State()

    def topic(self, offset: int) -> Step | None:
        """What the section that holds ``offset`` is about, by its title."""
        at = bisect_right(self._topic_starts, offset) - 1
        if at < 0 or not self.topics[at][1]:
            return None
        start, name = self.topics[at]
        return Step("carry/section", name, start, start)

    def words(self, start: int, end: int) -> Words:
        """The words between two offsets."""
        return Words(self.segment(self.text[start:end]) if start < end else [], start)

    def lead(self, frame: Frame) -> Words:
        """The words before a number that no other number has taken.

        What opens with 以上 or 以下 takes the number before it along (判处三年以上有期徒刑134人).
        """
        text = self.text
        start, end = frame.lead
        if start < self.state.read <= end:
            start = self.state.read
        if frame.joined:
            bounds = end - start > 2 and text.startswith(("以上", "以下", "以内"), start)
            if bounds and text[start + 2] not in "、，,和":
                start = self._bounded(frame.ordinal - 1, start)
            bound = _BOUND.match(text, start, end)
            start = bound.end() if bound else start
        if start >= end:
            return Words([], start)
        if text[end - 1] in NOTE_ENDS:
            mark = NOTE_MARK.search(text, start, end)
            end = mark.start() if mark else end
        elif text[end - 1] in ":：∶":
            base = _BASE_FIRST.search(text, start, end)
            end = base.start() if base else end
        if not text[start].isalpha():  # so a character of Chinese is
            item = _ITEM.match(text, start, end)
            start = item.end() if item else start
        return self.words(start, end)

    def _bounded(self, ordinal: int, start: int) -> int:
        """Return where a name begins that a number with 以上 opens, ``start`` behind the number.

        A term of prison and the verb before it are of the name, how old a thing is, is not.
        """
        bound = self.quantities[ordinal]
        if self.text.startswith(_SENTENCED, bound.start - 2):
            return bound.start - 2
        return start + 2 if bound.unit == "年" else bound.start


def carried(found: Indicator, rule: str, confidence: float) -> Indicator:
    """Return ``found`` as what another number measures too."""
    if not found.text:
        return UNKNOWN
    text, action, thing, steps, _ = found
    step = make(Step, (rule, text, -1, -1))
    return make(Indicator, (text, action, thing, (*steps, step), confidence))

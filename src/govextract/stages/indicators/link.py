"""The state of a paragraph, and the rules that resolve one number after another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from govextract.lexicon import Lexicon
from govextract.lexicon.phrases import Phrases, load_phrases
from govextract.model import Indicator, Quantity, Step
from govextract.segmenter import load_segmenter
from govextract.stages.frames import Frame
from govextract.stages.indicators.nouns import adjacent_verbs, follows_noun, read_noun
from govextract.stages.indicators.phrases import (
    Segment,
    Words,
    close_phrase,
    count_verbs,
    cut_rank,
    drop_change,
    drop_reached,
    open_phrase,
    read_words,
    split_share,
)
from govextract.stages.indicators.respectively import Share, find_groups

UNKNOWN = Indicator("", "", "", (), 0.3)
_SEPARATORS = ("、", "和", "及", "以及", "与", "，", "；")
_INVESTED = frozenset({"投资", "投入", "总投资", "完成投资"})
_THESE = ("此类", "该类", "上述", "这类", "该")


@dataclass
class State:
    """What stands open in a paragraph."""

    action: str = ""
    object: Step | None = None
    """The last object that was named, e.g. 行政复议申请."""
    object_unit: str = ""
    head: Step | None = None
    """The measure at the end of the last name, e.g. 增加值."""
    head_unit: str = ""
    level: Indicator = UNKNOWN
    """The last indicator that is no change and no share: what a change is of."""
    last: Indicator = UNKNOWN
    sentence: int = -1
    levels: list[Indicator] = field(default_factory=list)
    """The levels of this sentence, for 分别 across clauses."""
    read: int = 0
    """Up to where the words are used up: the noun behind a number is not the next one's lead."""


def link_indicators(
    text: str, frames: Sequence[Frame], quantities: Sequence[Quantity], lexicon: Lexicon
) -> tuple[Indicator, ...]:
    """Return what each quantity measures, in the order of ``quantities``.

    ``frames`` are those of :func:`govextract.stages.frames.find_frames`; a quantity without one
    (it lies in no sentence) gets an empty indicator.
    """
    resolver = _Resolver(text, quantities, load_phrases(lexicon), load_segmenter())
    found = [UNKNOWN] * len(quantities)
    shares = find_groups(text, frames, quantities, resolver.lexicon, resolver.segment)
    paragraph = -1
    for at, frame in enumerate(frames):
        if frame.paragraph != paragraph:
            paragraph = frame.paragraph
            resolver.state = State()
        following = frames[at + 1] if at + 1 < len(frames) else None
        found[frame.ordinal] = resolver.resolve(frame, following, shares.get(frame.ordinal))
    return tuple(found)


class _Resolver:
    """Resolves the frames of a text in order."""

    def __init__(
        self, text: str, quantities: Sequence[Quantity], lexicon: Phrases, segment: Segment
    ) -> None:
        self.text = text
        self.quantities = quantities
        self.lexicon = lexicon
        self.segment = segment
        self.state = State()

    def resolve(self, frame: Frame, following: Frame | None, share: Share | None) -> Indicator:
        """Return the indicator of one frame and update the state.

        ``share`` is what 分别 gives this number: its own words, and its place among how many.
        """
        state = self.state
        if frame.sentence != state.sentence:
            state.sentence = frame.sentence
            state.levels = []
        quantity = self.quantities[frame.ordinal]
        if frame.bracket:
            self.state = replace(state, levels=[])
        found = self._respectively(share, quantity) if share else None
        if found is None:
            found = self._by_kind(frame, following, quantity)
        if frame.bracket:
            self.state = state
            return found
        state.last = found
        return found

    def _by_kind(self, frame: Frame, following: Frame | None, quantity: Quantity) -> Indicator:
        words = self._lead(frame)
        parts = split_share(words)
        if parts:
            return self._share(*parts)
        if quantity.kind == "change":
            return self._change(words, quantity)
        if quantity.kind == "rank":
            return self._rank(words)
        found = self._level(frame, following, words, quantity)
        if found.text:
            self.state.level = found
            self.state.levels.append(found)
        return found

    def _lead(self, frame: Frame) -> Words:
        """The words before the number that no other number has taken."""
        start = max(frame.lead.start, min(self.state.read, frame.lead.end))
        return read_words(self.text, start, frame.lead.end, self.segment)

    # ---- levels ----

    def _level(
        self, frame: Frame, following: Frame | None, words: Words, quantity: Quantity
    ) -> Indicator:
        phrase = close_phrase(open_phrase(words, self.lexicon), self.lexicon)
        verbs = count_verbs(phrase.words, self.lexicon)
        bare = verbs == len(phrase.words)
        tail = self._tail(frame, following, bare)
        if follows_noun(phrase, bare, tail, quantity.unit, self.lexicon):
            return self._noun_behind(frame, phrase, tail, quantity)
        if not phrase.words:
            return self._nothing(frame)
        if bare:
            return self._bare_verb(frame, phrase, quantity)
        return self._named(phrase, verbs, quantity)

    def _tail(self, frame: Frame, following: Frame | None, bare: bool) -> Words:
        """The words behind the number that may name it, and not the next number.

        Between two numbers, words that a separator closes belong to the first, words that one
        opens to the second; with none they go to the first where that has no name of its own.
        """
        start, end = frame.tail
        if following and following.joined and following.lead.start == start:
            gap = self.text[start:end].strip()
            if gap.startswith(_SEPARATORS) or not (gap.endswith(_SEPARATORS) or bare):
                return Words([], start)
        return read_words(self.text, start, end, self.segment)

    def _named(self, phrase: Words, verbs: int, quantity: Quantity) -> Indicator:
        phrase = drop_reached(phrase, self.lexicon)
        verbs = count_verbs(phrase.words[:verbs], self.lexicon)
        action = "".join(phrase.words[:verbs])
        rest = phrase.behind(verbs)
        name = rest.text
        own = Step("indicator/named", action + name, phrase.start, rest.start + len(name))
        if self.state.object and not action:
            whole = self._of_object(own, rest, quantity)
            if whole:
                return whole
        if name.startswith(_THESE) and self.state.object:
            return self._bare_verb_of(action, own, self.state.object)
        carried = self._carried_head(name, quantity) if not action else None
        self._remember(action, name, rest.start, quantity, carried)
        if carried:
            return Indicator(name + carried.words, "", name + carried.words, (own, carried), 0.85)
        return Indicator(action + name, action, name, (own,), 0.95)

    def _of_object(self, own: Step, name: Words, quantity: Quantity) -> Indicator | None:
        """Names that say nothing without the thing before: 标的额, 行政许可类, 结果纠正."""
        thing = self.state.object
        assert thing is not None
        words = own.words
        if words in self.lexicon.attribute:
            text, rule = thing.words + words, "indicator/attribute"
        elif words.endswith(self.lexicon.class_suffix):
            text, rule = words + thing.words, "indicator/class"
        elif quantity.unit == self.state.object_unit and all(
            word in self.lexicon.result for word in name.words
        ):
            text, rule = thing.words + words, "indicator/result"
        else:
            return None
        return Indicator(text, "", text, (own._replace(rule=rule), thing), 0.85)

    def _remember(
        self, action: str, name: str, start: int, quantity: Quantity, carried: Step | None
    ) -> None:
        state = self.state
        if name:
            state.object = Step("carry/object", name, start, start + len(name))
            state.object_unit = quantity.unit
        state.action = action
        head = next((word for word in self.lexicon.head if name.endswith(word)), "")
        if head and head != name:
            state.head = Step("carry/head", head, start + len(name) - len(head), start + len(name))
            state.head_unit = quantity.unit
        elif not carried:
            state.head = None

    def _carried_head(self, name: str, quantity: Quantity) -> Step | None:
        """The head that a list leaves out after its first item (夏粮 507 万吨: 产量)."""
        head = self.state.head
        if head is None or name.endswith(self.lexicon.whole_suffix + self.lexicon.head):
            return None
        return head if quantity.kind == "change" or quantity.unit == self.state.head_unit else None

    def _bare_verb(self, frame: Frame, phrase: Words, quantity: Quantity) -> Indicator:
        """A verb alone: of the object that stands open, or of the clause before."""
        action = phrase.text
        own = Step("indicator/bare-verb", action, phrase.start, phrase.start + len(action))
        if action in _INVESTED:
            return self._invested(frame, own)
        thing = self.state.object
        if thing and quantity.unit == self.state.object_unit:
            return self._bare_verb_of(action, own, thing)
        thing = self._topic_object(frame)
        if thing:
            self.state.object, self.state.object_unit = thing, quantity.unit
            return self._bare_verb_of(action, own, thing)
        self.state.action = action
        return Indicator(action, action, "", (own,), 0.6)

    def _bare_verb_of(self, action: str, own: Step, thing: Step) -> Indicator:
        return Indicator(action + thing.words, action, thing.words, (own, thing), 0.85)

    def _topic_object(self, frame: Frame) -> Step | None:
        """The object of the clause before, where it has a verb and no number (严惩…犯罪)."""
        if frame.topic.end <= frame.topic.start:
            return None
        words = read_words(self.text, frame.topic.start, frame.topic.end, self.segment)
        phrase = open_phrase(words, self.lexicon)
        verbs = count_verbs(phrase.words, self.lexicon)
        rest = phrase.behind(verbs)
        if not rest.text or (verbs == 0 and len(phrase.words) == len(words.words)):
            return None
        return Step("carry/topic", rest.text, rest.start, frame.topic.end)

    def _invested(self, frame: Frame, own: Step) -> Indicator:
        """投资5亿元的…项目, 投资4360万元，对…进行改造: the thing stands behind."""
        start = frame.tail.start
        end = frame.tail.end
        if not self.text[start:end].strip():
            stop = len(self.text)
            start = min(end + 1, stop)
            end = min(start + 40, stop)
            end = min(self.text.find(sign, start, end) % (end + 1) for sign in "，,。；;\n")
        words = read_words(self.text, start, end, self.segment)
        if words.words and words.words[0] == "的":
            words = words.behind(1)
        opened = open_phrase(words, self.lexicon)
        verbs = 0
        while verbs < len(opened.words) and opened.words[verbs] in self.lexicon.verb | {"了"}:
            verbs += 1
        noun = read_noun(opened.behind(verbs), self.lexicon)
        name = noun.text
        if not name:
            return Indicator(own.words, own.words, "", (own,), 0.5)
        thing = Step("indicator/noun-behind", name, noun.start, noun.start + len(name))
        return Indicator(name + own.words, "", name + own.words, (own, thing), 0.75)

    def _noun_behind(
        self, frame: Frame, phrase: Words, tail: Words, quantity: Quantity
    ) -> Indicator:
        noun = read_noun(tail, self.lexicon)
        verbs = adjacent_verbs(phrase, self.lexicon)
        name, action = noun.text, verbs.text
        end = noun.start + len("".join(noun.words))
        self.state.read = end
        steps = [Step("indicator/noun-behind", name, noun.start, end)]
        if frame.joined and not action and not phrase.words and self.state.action:
            action = self.state.action
            steps.insert(0, Step("carry/action", action, -1, -1))
        elif action:
            steps.insert(0, Step("indicator/verb", action, verbs.start, verbs.start + len(action)))
        self._remember(action, name, noun.start, quantity, None)
        return Indicator(action + name, action, name, tuple(steps), 0.85)

    def _nothing(self, frame: Frame) -> Indicator:
        """No words of its own: the number before (件 and 人 of one thing), or the clause before."""
        last = self.state.last
        if frame.joined and last.text:
            return last._replace(
                steps=(*last.steps, Step("carry/same", last.text, -1, -1)), confidence=0.85
            )
        if frame.topic.end > frame.topic.start:
            topic = read_words(self.text, frame.topic.start, frame.topic.end, self.segment)
            phrase = close_phrase(open_phrase(topic, self.lexicon), self.lexicon)
            if phrase.words:
                own = Step("indicator/topic", phrase.text, phrase.start, frame.topic.end)
                return Indicator(phrase.text, "", phrase.text, (own,), 0.6)
        return last._replace(confidence=0.5) if last.text else UNKNOWN

    # ---- changes, shares, ranks ----

    def _change(self, words: Words, quantity: Quantity) -> Indicator:
        phrase = drop_change(open_phrase(words, self.lexicon), self.lexicon)
        name = phrase.text
        if not name or name in self.lexicon.basis or name in self.lexicon.direction:
            level = self.state.level
            return level._replace(
                steps=(*level.steps, Step("carry/level", level.text, -1, -1)), confidence=0.9
            )
        verbs = count_verbs(phrase.words, self.lexicon)
        found = self._named(phrase, verbs if verbs < len(phrase.words) else 0, quantity)
        self.state.level = found
        return found

    def _rank(self, words: Words) -> Indicator:
        phrase = cut_rank(open_phrase(words, self.lexicon), self.lexicon)
        phrase = close_phrase(phrase, self.lexicon)
        name = phrase.text
        if name:
            own = Step("indicator/ranked", name, phrase.start, phrase.start + len(name))
            return Indicator(name, "", name, (own,), 0.85)
        level = self.state.level
        return level._replace(
            steps=(*level.steps, Step("carry/level", level.text, -1, -1)), confidence=0.8
        )

    def _share(self, numerator: Words, denominator: Words) -> Indicator:
        above = open_phrase(numerator, self.lexicon).text
        steps: list[Step] = []
        if above:
            steps.append(Step("share/numerator", above, numerator.start, denominator.start))
        elif self.state.level.text:
            above = self.state.level.object or self.state.level.text
            steps.append(Step("carry/numerator", above, -1, -1))
        below = close_phrase(open_phrase(denominator, self.lexicon), self.lexicon)
        name = below.text.removesuffix("比重").removesuffix("比例").removesuffix("的")
        if not name:
            return Indicator(above + "占比", "", above + "占比", tuple(steps), 0.8)
        steps.append(Step("share/denominator", name, below.start, below.start + len(name)))
        text = f"{above}占{name}比重"
        return Indicator(text, "", text, tuple(steps), 0.85)

    def _respectively(self, share: Share, quantity: Quantity) -> Indicator | None:
        words, place, count = share
        if not words:
            levels = self.state.levels
            if len(levels) < count:
                return None
            level = levels[len(levels) - count + place]
            return level._replace(steps=(*level.steps, Step("list/levels", level.text, -1, -1)))
        found = Indicator(words, "", words, (Step("list/respectively", words, -1, -1),), 0.85)
        if quantity.kind == "change":
            self.state.level = found
        return found

"""Levels: what a number that is no change, share or rank measures."""

from __future__ import annotations

import re

from govextract.lexicon.phrases import BLANK_WORDS
from govextract.model import Indicator, Quantity, Step
from govextract.stages.frames import Frame
from govextract.stages.indicators.before import measure_before, open_target, topic_object
from govextract.stages.indicators.behind import (
    find_tail,
    read_invested,
    read_noun_behind,
    read_purpose,
    read_sized,
    read_spent,
    reads_on,
)
from govextract.stages.indicators.closing import (
    close_phrase,
    count_verbs,
    cut_state,
    drop_origin,
    is_motion,
    last_act,
)
from govextract.stages.indicators.context import UNKNOWN, Context, carried
from govextract.stages.indicators.names import as_case, is_act, name_level
from govextract.stages.indicators.nouns import (
    follows_noun,
    opens_noun,
    shares_predicate,
    skip_bound,
)
from govextract.stages.indicators.opening import open_phrase, skip_places
from govextract.stages.indicators.series import share_action
from govextract.stages.indicators.words import Words

_INVESTED = frozenset({"投资", "投入"})
# 连续六年保持在: the thing stands before.
_YEARS_RUNNING = re.compile(r"已?连续(?:[一二三四五六七八九十\d]{1,3}年(?:保持|稳定|维持)?在?)?")
# What such words, or the blanks behind them, end in.
_RUNNING_ENDS = frozenset("续年持定在") | BLANK_WORDS
_OWN_LEVEL = frozenset({"市本级", "县本级", "区本级", "省本级", "州本级", "本级"})
_PLACES = ("区", "市", "县", "镇")
_FRONTED = 3  # words: an object, 共, a verb
_TOGETHER = frozenset({"共", "共计", "累计", "合计", "总计", "总共"})


def read_level(
    context: Context, frame: Frame, following: Frame | None, words: Words, quantity: Quantity
) -> Indicator:
    """Return what a level measures, by the words before it, behind it or open."""
    lexicon = context.lexicon
    moves = not lexicon.of_motion.isdisjoint(words.words)
    if moves:
        words = drop_origin(words, lexicon)
    last = words.words[-1] if words.words else ""
    if last[-1:] in _RUNNING_ENDS and _YEARS_RUNNING.fullmatch(words.text):
        return carried(context.state.level, "carry/years", 0.7)
    if not lexicon.average_openings.isdisjoint(words.words):
        measure = _averaged(context, frame, words)
        if measure.text:
            return name_level(context, measure, 0, quantity)
    if moves and is_motion(words, lexicon):
        return _stated(context, frame) or _same(context, frame, quantity)
    opened = skip_places(open_phrase(words, lexicon), context.places, lexicon)
    phrase = close_phrase(opened, lexicon)
    found = _of_open_level(context, frame, words, phrase, quantity)
    if found:
        return found
    if quantity.kind == "amount":
        phrase = last_act(phrase, lexicon)
    return _by_phrase(context, frame, following, words, phrase, quantity)


def _averaged(context: Context, frame: Frame, words: Words) -> Words:
    """Return what a number is an average of, where ``words`` say only that it is one; or none."""
    average = context.lexicon.average
    if words.text in average:
        return words
    if close_phrase(words, context.lexicon).text in average:
        return measure_before(context, frame)
    return Words([], words.start)


def _of_open_level(
    context: Context, frame: Frame, words: Words, phrase: Words, quantity: Quantity
) -> Indicator | None:
    """Phrases that say something of the number before, or of what stands behind; else None."""
    lexicon, state, text = context.lexicon, context.state, phrase.text
    if frame.bracket and words.text.startswith("不含") and text.endswith(_PLACES):
        return _left_out(context, phrase)
    if text in lexicon.same:
        return _same(context, frame, quantity)
    if text in _INVESTED:
        return read_invested(context, frame, phrase)
    if not phrase.words:
        if state.invested and quantity.kind == "amount" and frame.joined:
            return read_invested(context, frame, state.invested)
    elif phrase.words[0] in lexicon.direction and lexicon.direction.issuperset(phrase.words):
        nouny = opens_noun(context.words(*frame.tail), lexicon)  # 加快600个项目建设
        return None if nouny else _gained(context, phrase)
    if reads_on(context, frame):
        sized = read_sized(context, frame, phrase)
        if sized:
            return sized
    contributed = text.endswith("贡献率") and words.text.startswith("对")
    if contributed and state.last_kind and "分别" not in words.words:
        return _contribution(context, phrase)
    return None


def _by_phrase(
    context: Context,
    frame: Frame,
    following: Frame | None,
    words: Words,
    phrase: Words,
    quantity: Quantity,
) -> Indicator:
    """Return what a number measures whose lead says ``phrase``, once opened and closed."""
    lexicon = context.lexicon
    verbs = count_verbs(phrase.words, lexicon)
    bare = verbs == len(phrase.words) or phrase.text in lexicon.verb
    tail = find_tail(context, frame, following, bare, quantity)
    if tail.words and (quantity.kind == "ratio" or following is None or not following.joined):
        tail = skip_bound(tail, lexicon)
    nouny = bool(tail.words) and opens_noun(tail, lexicon)
    if not nouny:
        if bare and quantity.unit in lexicon.counted:
            return Indicator(quantity.unit, "", quantity.unit, (_counted(quantity),), 0.8)
        fronted = _fronted(context, phrase, quantity)
        if fronted:
            return fronted
    if tail.words:
        if frame.joined and context.state.last.text and shares_predicate(words, tail, lexicon):
            return _nothing(context, frame, words, quantity)
        given = quantity.kind == "amount" and words.words[-1:] == ["的"] and nouny
        if given or follows_noun(
            phrase, bare, tail, quantity.unit, lexicon, listed=words.words[-1:] == ["等"]
        ):
            return read_noun_behind(context, frame, words, phrase, tail, quantity)
    if not phrase.words or phrase.text in _OWN_LEVEL:
        return _nothing(context, frame, words, quantity)
    if quantity.kind == "amount" and not tail.words:
        purpose = read_purpose(context, frame, phrase)
        if purpose:
            return purpose
    if bare:
        open_target(context, words, quantity)
        return _bare_verb(context, frame, phrase, quantity)
    named = name_level(context, phrase, verbs, quantity)
    return share_action(context, frame, named) if frame.joined else named


def _counted(quantity: Quantity) -> Step:
    """What a unit says itself: 辖7镇8乡."""
    return Step("indicator/unit", quantity.unit, quantity.end - len(quantity.unit), quantity.end)


def _fronted(context: Context, phrase: Words, quantity: Quantity) -> Indicator | None:
    """交通警情共接报923起: the object stands before its verb, and 共 parts them."""
    words, lexicon = phrase.words, context.lexicon
    if len(words) < _FRONTED or words[-2] not in _TOGETHER or words[-1] not in lexicon.verb:
        return None
    thing = Words(words[:-2], phrase.start)
    action = words[-1]
    context.state.action = action
    if not is_act(thing, lexicon):
        context.state.open_object(thing.text, thing.start, quantity.unit)
    end = phrase.start + len("".join(words))
    verb = Step("indicator/verb", action, end - len(action), end)
    named = Step("indicator/fronted", thing.text, thing.start, thing.start + len(thing.text))
    name = thing.text + action if action in lexicon.noun_verb else action + thing.text
    return Indicator(name, action, thing.text, (verb, named), 0.85)


def _stated(context: Context, frame: Frame) -> Indicator | None:
    """The measure of the clause before, which says how it stands: 粮食产量再创新高，达到202万吨."""
    if frame.joined or frame.topic.end <= frame.topic.start:
        return None
    phrase = open_phrase(context.words(frame.topic.start, frame.topic.end), context.lexicon)
    measure = cut_state(phrase, context.lexicon)
    if measure is phrase:
        return None
    own = Step("indicator/topic", measure.text, measure.start, frame.topic.end)
    return Indicator(measure.text, "", measure.text, (own,), 0.8)


def _same(context: Context, frame: Frame, quantity: Quantity) -> Indicator:
    """The same thing at another time: 由86%提高到98%, 连续三年保持在95%以上."""
    state = context.state
    alike = state.last_kind == "change" or state.last_kind == quantity.kind == "ratio"
    if (frame.joined or alike) and state.last.text:
        return carried(state.last, "carry/same", 0.85)
    if context.text.startswith(("由", "从"), frame.lead.start):
        return carried(state.level, "carry/same", 0.75)
    return carried(state.by_unit.get(quantity.unit, state.level), "carry/same", 0.75)


def _bare_verb(context: Context, frame: Frame, phrase: Words, quantity: Quantity) -> Indicator:
    """A verb alone: of the object that stands open, or of the clause before."""
    state = context.state
    action = phrase.text
    own = Step("indicator/bare-verb", action, phrase.start, phrase.start + len(action))
    spent = read_spent(context, frame, own) if quantity.kind == "amount" else None
    if spent:
        return spent
    reached = state.levels[-1].text if action in context.lexicon.reach and state.levels else ""
    if reached:
        act = Step("carry/act", reached, -1, -1)
        return Indicator(reached + action, action, reached, (act, own), 0.75)
    thing = state.object_of(quantity.unit) or topic_object(context, frame)
    if thing is None and quantity.unit == "%" and state.levels:
        thing = Step("carry/level", state.level.object or state.level.text, -1, -1)
    if thing is None:
        state.action = action
        return Indicator(action, action, "", (own,), 0.6)
    if thing.rule == "carry/topic":
        state.open_object(thing.words, thing.start, quantity.unit)
    thing = as_case(context, action, thing)
    return Indicator(action + thing.words, action, thing.words, (own, thing), 0.85)


def _gained(context: Context, phrase: Words) -> Indicator:
    """净增132家: how many more there are of what stands open."""
    level = context.state.level
    action = phrase.text
    own = Step("indicator/gained", action, phrase.start, phrase.start + len(action))
    thing = level.object or level.text
    return Indicator(action + thing, action, thing, (own, *level.steps), 0.75)


def _nothing(context: Context, frame: Frame, words: Words, quantity: Quantity) -> Indicator:
    """No words of its own: the number before (件 and 人 of one thing), or the clause before."""
    state = context.state
    if frame.bracket and state.last_kind == "ratio" and quantity.kind != "ratio":
        return carried(_numerator(state.last), "carry/numerator", 0.75)
    if frame.joined and state.last.text:
        return carried(state.last, "carry/same", 0.85)
    level = state.by_unit.get(quantity.unit) or state.before.get(quantity.unit)
    if words.text and level:
        return carried(level, "carry/unit", 0.75)
    if frame.topic.end > frame.topic.start:
        topic = context.words(frame.topic.start, frame.topic.end)
        phrase = close_phrase(open_phrase(topic, context.lexicon), context.lexicon)
        if phrase.words:
            own = Step("indicator/topic", phrase.text, phrase.start, frame.topic.end)
            return Indicator(phrase.text, "", phrase.text, (own,), 0.6)
    return carried(state.last, "carry/last", 0.5) if state.last.text else UNKNOWN


def _numerator(share: Indicator) -> Indicator:
    """Return what a share is of: 优良天数 of 优良天数占比 and of 优良天数占全年比重."""
    name = share.text.removesuffix("占比")
    if name.endswith("比重") and "占" in name:
        name = name[: name.rindex("占")]
    return share._replace(text=name, object=name) if name else share


def _contribution(context: Context, phrase: Words) -> Indicator:
    """X增长8%，对工业增长贡献率35%: what X, the open level, contributed."""
    level = context.state.level
    own = Step("indicator/contribution", phrase.text, phrase.start, phrase.start + len(phrase.text))
    name = f"{level.object or level.text}对{phrase.text}"
    return Indicator(name, "", name, (*level.steps, own), 0.75)


def _left_out(context: Context, phrase: Words) -> Indicator:
    """收入28亿元（不含某经开区36亿元）: the same figure of a place that is not counted in."""
    level = context.state.level
    name = level.text
    for own in _OWN_LEVEL:
        name = name.removeprefix(own)
    who = phrase.text.removeprefix("不含")
    place = Step("indicator/left-out", who, phrase.start, phrase.start + len(phrase.text))
    text = who + name
    return Indicator(text, "", text, (place, *level.steps), 0.75)

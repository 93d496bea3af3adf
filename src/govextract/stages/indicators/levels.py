"""Levels: what a number that is no change, share or rank measures."""

from __future__ import annotations

from govextract.model import Indicator, Quantity, Step
from govextract.stages.frames import Frame
from govextract.stages.indicators.closing import close_phrase, count_verbs, is_motion, last_act
from govextract.stages.indicators.context import UNKNOWN, Context, carried
from govextract.stages.indicators.names import as_case, is_act, name_level
from govextract.stages.indicators.nouns import adjacent_verbs, follows_noun, opens_noun, opens_predicate, read_noun, skip_bound
from govextract.stages.indicators.opening import open_phrase, skip_places
from govextract.stages.indicators.words import Words

_SEPARATORS = ("、", "和", "及", "以及", "与", "，", "；")
_SHORT_PREDICATE = 6  # characters: a longer one names its own thing (享受最低生活保障)
_INVESTED = frozenset({"投资", "投入"})
_YEARS = frozenset({"连续", "已连续"})
_OWN_LEVEL = frozenset({"市本级", "县本级", "区本级", "省本级", "州本级", "本级"})
_NOT_SPENT = frozenset({"以上", "以下", "左右", "以内", "、", "和", "及", "，", "（", "(", "”"})
_FRONTED = 3  # words: an object, 共, a verb
_TOGETHER = frozenset({"共", "共计", "累计", "合计", "总计", "总共"})
_AFTER = 40  # characters: how far behind 投资…， the thing may stand


def read_level(
    context: Context, frame: Frame, following: Frame | None, words: Words, quantity: Quantity
) -> Indicator:
    """Return what a level measures, by the words before it, behind it or open."""
    lexicon = context.lexicon
    if is_motion(words, lexicon):
        return _same(context, frame, quantity)
    if words.text in _YEARS:
        return carried(context.state.level, "carry/years", 0.7)
    if words.text in lexicon.average:
        return name_level(context, words, 0, quantity)
    opened = skip_places(open_phrase(words, lexicon), context.places, lexicon)
    phrase = close_phrase(opened, lexicon)
    if phrase.text in lexicon.same:
        return _same(context, frame, quantity)
    if phrase.text in _INVESTED:
        return _invested(context, frame, phrase)
    if phrase.words and all(word in lexicon.direction for word in phrase.words):
        return _gained(context, phrase)
    if quantity.kind == "amount":
        phrase = last_act(phrase, lexicon)
    verbs = count_verbs(phrase.words, lexicon)
    bare = verbs == len(phrase.words) or phrase.text in lexicon.verb
    tail = _tail(context, frame, following, bare, quantity)
    if following is None or not following.joined:
        tail = skip_bound(tail, lexicon)
    fronted = None if opens_noun(tail, lexicon) else _fronted(context, phrase, quantity)
    if fronted:
        return fronted
    given = quantity.kind == "amount" and words.words[-1:] == ["的"] and opens_noun(tail, lexicon)
    if given or follows_noun(phrase, bare, tail, quantity.unit, lexicon):
        return _noun_behind(context, frame, words, phrase, tail, quantity)
    if not phrase.words or phrase.text in _OWN_LEVEL:
        return _nothing(context, frame, words, quantity)
    if bare:
        return _bare_verb(context, frame, phrase, quantity)
    return name_level(context, phrase, verbs, quantity)


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
    return Indicator(action + thing.text, action, thing.text, (verb, named), 0.85)


def _tail(
    context: Context, frame: Frame, following: Frame | None, bare: bool, quantity: Quantity
) -> Words:
    """The words behind the number that may name it, and not the next number.

    Between two numbers, words that a separator closes belong to the first, words that one opens
    to the second; with none they go to the first where that has no name of its own.
    """
    start, end = frame.tail
    if following and following.joined and following.lead.start == start:
        gap = context.text[start:end].strip()
        if gap.startswith(_SEPARATORS):
            return Words([], start)
        if "、" in gap.rstrip("、"):
            end = context.text.rindex("、", start, end) + (0 if gap.endswith("、") else 1)
            return context.words(start, end)
        words = context.words(start, end)
        if gap.endswith(_SEPARATORS) or bare or _is_counted(context, words, quantity):
            return words
        return Words([], start)
    return context.words(start, end)


def _is_counted(context: Context, words: Words, quantity: Quantity) -> bool:
    """Tell whether words between two numbers are the thing counted and what it did."""
    if quantity.kind != "count" or not words.words or is_motion(words, context.lexicon):
        return False
    noun = read_noun(words, context.lexicon)
    return 0 < len(noun.words) < len(words.words) and noun.words[0] not in context.lexicon.verb


def _same(context: Context, frame: Frame, quantity: Quantity) -> Indicator:
    """The same thing at another time: 由86%提高到98%, 连续三年保持在95%以上."""
    state = context.state
    if (frame.joined or state.last_kind == "change") and state.last.text:
        return carried(state.last, "carry/same", 0.85)
    if context.text.startswith(("由", "从"), frame.lead.start):
        return carried(state.level, "carry/same", 0.75)
    return carried(state.by_unit.get(quantity.unit, state.level), "carry/same", 0.75)


def _bare_verb(context: Context, frame: Frame, phrase: Words, quantity: Quantity) -> Indicator:
    """A verb alone: of the object that stands open, or of the clause before."""
    state = context.state
    action = phrase.text
    own = Step("indicator/bare-verb", action, phrase.start, phrase.start + len(action))
    spent = _spent(context, frame, own) if quantity.kind == "amount" else None
    if spent:
        return spent
    thing = state.object_of(quantity.unit) or _topic_object(context, frame)
    if thing is None:
        state.action = action
        return Indicator(action, action, "", (own,), 0.6)
    if thing.rule == "carry/topic":
        state.open_object(thing.words, thing.start, quantity.unit)
    thing = as_case(context, action, thing)
    return Indicator(action + thing.words, action, thing.words, (own, thing), 0.85)


def _topic_object(context: Context, frame: Frame) -> Step | None:
    """The object of the clause before, where it has a verb and no number (严惩…犯罪)."""
    if frame.topic.end <= frame.topic.start:
        return None
    words = context.words(frame.topic.start, frame.topic.end)
    phrase = open_phrase(words, context.lexicon)
    verbs = count_verbs(phrase.words, context.lexicon)
    rest = phrase.behind(verbs)
    if not rest.text or (verbs == 0 and len(phrase.words) == len(words.words)):
        return None
    return Step("carry/topic", rest.text, rest.start, frame.topic.end)


def _gained(context: Context, phrase: Words) -> Indicator:
    """净增132家: how many more there are of what stands open."""
    level = context.state.level
    action = phrase.text
    own = Step("indicator/gained", action, phrase.start, phrase.start + len(action))
    thing = level.object or level.text
    return Indicator(action + thing, action, thing, (own, *level.steps), 0.75)


def _spent(context: Context, frame: Frame, own: Step) -> Indicator | None:
    """安排500万元支持…, 拨付1828万元城市更新资金: what the money is for stands behind it."""
    words = context.words(*frame.tail)
    if not words.words or not words.text or words.words[0] in _NOT_SPENT:
        return None
    context.state.read = frame.tail.end
    if words.words[0] in context.lexicon.verb:
        step = Step("indicator/purpose", words.text, words.start, frame.tail.end)
        return Indicator(words.text, words.words[0], words.text, (own, step), 0.75)
    noun = read_noun(words, context.lexicon)
    step = Step("indicator/noun-behind", noun.text, noun.start, frame.tail.end)
    return Indicator(own.words + noun.text, own.words, noun.text, (own, step), 0.75)


def _invested(context: Context, frame: Frame, phrase: Words) -> Indicator:
    """投资5亿元的…项目; 投资4360万元，对…进行改造: the thing stands behind."""
    own = Step("indicator/invested", phrase.text, phrase.start, frame.lead.end)
    start, end = frame.tail
    if not context.text[start:end].strip():
        start = min(end + 1, len(context.text))
        stop = min(start + _AFTER, len(context.text))
        signs = (context.text.find(sign, start, stop) for sign in "，,。；;\n")
        end = min((at for at in signs if at >= 0), default=stop)
    words = context.words(start, end)
    if words.words and words.words[0] == "的":
        words = words.behind(1)
    opened = open_phrase(words, context.lexicon)
    verbs = 0
    while verbs < len(opened.words) and opened.words[verbs] in context.lexicon.verb | {"了"}:
        verbs += 1
    noun = read_noun(opened.behind(verbs), context.lexicon)
    name = noun.text
    if not name:
        return Indicator(own.words, own.words, "", (own,), 0.5)
    thing = Step("indicator/noun-behind", name, noun.start, noun.start + len(name))
    return Indicator(name + own.words, "", name + own.words, (own, thing), 0.75)


def _noun_behind(
    context: Context, frame: Frame, lead: Words, phrase: Words, tail: Words, quantity: Quantity
) -> Indicator:
    """设置4个窗口: the noun stands behind the number, its verb or what tells it apart before."""
    state = context.state
    noun = read_noun(tail, context.lexicon)
    name = noun.text
    thing = state.object_of(quantity.unit)
    if not phrase.words and thing and opens_predicate(noun, context.lexicon):
        said = Step("indicator/predicate", name, noun.start, noun.start + len(name))
        if len(name) > _SHORT_PREDICATE:
            return Indicator(name, name, "", (said,), 0.7)
        return Indicator(name + thing.words, name, thing.words, (said, thing), 0.7)
    state.read = noun.start + len("".join(noun.words))
    steps = [Step("indicator/noun-behind", name, noun.start, state.read)]
    verbs = adjacent_verbs(phrase, context.lexicon)
    action = verbs.text
    if lead.words and lead.words[-1] == "的" and phrase.words:
        own = phrase.text
        steps.insert(0, Step("indicator/attribute-before", own, phrase.start, phrase.start))
        action, name = "", own + name
    elif frame.joined and not action and not phrase.words and state.action:
        action = state.action
        steps.insert(0, Step("carry/action", action, -1, -1))
    elif action:
        steps.insert(0, Step("indicator/verb", action, verbs.start, verbs.start + len(action)))
    state.action = action
    if not is_act(noun, context.lexicon):
        state.open_object(name, noun.start, quantity.unit)
    return Indicator(action + name, action, name, tuple(steps), 0.85)


def _nothing(context: Context, frame: Frame, words: Words, quantity: Quantity) -> Indicator:
    """No words of its own: the number before (件 and 人 of one thing), or the clause before."""
    state = context.state
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

"""What stands behind a number: the noun that it counts, what the money is for."""

from __future__ import annotations

import re

from govextract.lexicon.phrases import Phrases
from govextract.model import Indicator, Quantity, Step
from govextract.stages.frames import Frame
from govextract.stages.indicators.closing import count_verbs, is_motion
from govextract.stages.indicators.context import Context
from govextract.stages.indicators.names import is_act
from govextract.stages.indicators.nouns import (
    adjacent_verbs,
    opens_predicate,
    read_noun,
    read_predicate,
)
from govextract.stages.indicators.opening import open_phrase
from govextract.stages.indicators.words import BRACKETED, NO_WORDS, Words

_SEPARATORS = ("、", "和", "及", "以及", "与", "，", "；")
_JOINTS = ("", "、", "和")
_SHORT_PREDICATE = 6  # characters: a longer one names its own thing (享受最低生活保障)
_NOT_SPENT = frozenset({"以上", "以下", "左右", "以内", "、", "和", "及", "，", "（", "(", "”"})
_SHORT_NOUN = 2  # characters: 城市, 企业; one as short takes the words before the number along
_LONG_LEAD = 14  # characters
_ANY_NOUN = frozenset({"方面", "问题", "项目", "环节", "时间"})
_OWN_NAME = 4  # characters: a name as long as this says enough without the document it is of
_FUNDS = frozenset({"资金", "经费", "专项", "专款", "财力", "各类", "各级", "财政"})
_NEXT_CLAUSE = re.compile(r"[，,]([^，,。；;\d\n]{4,40})(?=[，,。；;\n]|\Z)")
_CLAUSE = re.compile(r"[^，,。；;、\d\n]{2,40}")
_SUPPORTS = frozenset({"支持", "保障", "推动", "推进", "落实", "用于"})
_AFTER = 40  # characters: how far behind 投资…， the thing may stand


def find_tail(
    context: Context, frame: Frame, following: Frame | None, bare: bool, quantity: Quantity
) -> Words:
    """The words behind the number that may name it, and not the next number.

    Between two numbers, words that a separator closes belong to the first, words that one opens
    to the second; with none they go to the first where that has no name of its own.
    """
    start, end = frame.tail
    if following is None or not following.joined or following.lead.start != start:
        return context.words(start, end) if start < end else NO_WORDS
    gap = context.text[start:end].strip()
    if gap.lstrip("、，") in context.lexicon.attribute and reads_on(context, following):
        return context.words(*following.tail)
    if bare and gap in _JOINTS and not frame.joined:
        return context.words(*following.tail)
    if gap.startswith(_SEPARATORS):
        return NO_WORDS
    if "、" in BRACKETED.sub("", gap).rstrip("、"):
        end = context.text.rindex("、", start, end) + (0 if gap.endswith("、") else 1)
        return context.words(start, end)
    words = context.words(start, end)
    if words.words and words.words[-1] in _SEPARATORS:
        words = Words(words.words[:-1], start)
    if gap.endswith(_SEPARATORS) or bare or _is_counted(context, words, quantity):
        return words
    return NO_WORDS


def reads_on(context: Context, frame: Frame) -> bool:
    """Tell whether the noun of a number stands behind 的 (总长度58公里的道路)."""
    return context.text.startswith("的", frame.tail.start)


def read_sized(context: Context, frame: Frame, phrase: Words) -> Indicator | None:
    """推进总投资5亿元的改造工程: the attribute of what 的 stands before; else None."""
    lexicon = context.lexicon
    own = phrase.behind(count_verbs(phrase.words, lexicon))
    if own.text not in lexicon.attribute:
        return None
    noun = read_noun(context.words(*frame.tail), lexicon)
    if not noun.text:
        return None
    end = noun.start + len("".join(noun.words))
    context.state.read = end
    attribute = Step("indicator/attribute", own.text, own.start, frame.lead.end)
    thing = Step("indicator/noun-behind", noun.text, noun.start, end)
    name = noun.text + own.text
    return Indicator(name, "", name, (attribute, thing), 0.85)


def _is_counted(context: Context, words: Words, quantity: Quantity) -> bool:
    """Tell whether words between two numbers are the thing counted and what it did."""
    if quantity.kind != "count" or not words.words or is_motion(words, context.lexicon):
        return False
    noun = read_noun(words, context.lexicon)
    return 0 < len(noun.words) < len(words.words) and noun.words[0] not in context.lexicon.verb


def read_noun_behind(
    context: Context, frame: Frame, lead: Words, phrase: Words, tail: Words, quantity: Quantity
) -> Indicator:
    """设置4个窗口: the noun stands behind the number, its verb or what tells it apart before."""
    state, lexicon = context.state, context.lexicon
    noun = read_noun(tail, lexicon)
    thing = state.object_of(quantity.unit)
    if not phrase.words and thing and opens_predicate(noun, lexicon):
        return _did(noun, thing)
    measured = quantity.kind == "count" or quantity.unit == "%"
    counted = _before_measure(noun, lexicon) if measured else None
    state.read = noun.start if counted else noun.start + len("".join(noun.words))
    noun = counted or _with_work(tail, noun, lexicon)
    action, name, steps = _told_apart(context, frame, lead, phrase, noun)
    state.action = action
    if not is_act(noun, lexicon):
        state.open_object(name, noun.start, quantity.unit)
    if quantity.unit == "%" and not action:
        return _share_of(tail, noun, name, steps, lexicon)
    predicate = read_predicate(tail, noun, lexicon)
    if predicate.words and not action and len(steps) == 1:
        step = Step("indicator/predicate", predicate.text, predicate.start, predicate.start)
        words = predicate.text + name
        return Indicator(words, predicate.words[0], name, (*steps, step), 0.75)
    return Indicator(action + name, action, name, tuple(steps), 0.85)


def _share_of(
    tail: Words, noun: Words, name: str, steps: list[Step], lexicon: Phrases
) -> Indicator:
    """三分之一的乡镇财力偏弱: how many of the things did what stands behind them."""
    did = read_predicate(tail, noun, lexicon, longest=_LONG_LEAD)
    if did.words:
        steps = [
            *steps,
            Step("indicator/predicate", did.text, did.start, did.start + len(did.text)),
        ]
    return Indicator(name + did.text, "", name + did.text, tuple(steps), 0.75)


def _with_work(tail: Words, noun: Words, lexicon: Phrases) -> Words:
    """完成17条道路的改扩建: what was done to the things counted ends the clause."""
    rest = tail.words[len(noun.words) + tail.words.index(noun.words[0]) :] if noun.words else []
    while rest and rest[-1] in "、和 ":
        rest = rest[:-1]
    work = rest[:1] == ["的"] and len(rest) > 1 and rest[-1] in lexicon.noun_verb
    acts = any(word in lexicon.verb and word not in lexicon.noun_verb for word in rest[1:])
    work = work and not acts
    return Words([*noun.words, *rest], noun.start) if work else noun


def _before_measure(noun: Words, lexicon: Phrases) -> Words | None:
    """Return the thing counted where the next number measures it (41条短视频播放量超2300万次)."""
    words = noun.words[:-1]
    measure = lexicon.measure.of("".join(words))
    if not words or noun.words[-1] not in lexicon.closing or not measure:
        return None
    rest = "".join(words).removesuffix(measure)
    stop = max(at for at in range(len(words)) if len("".join(words[:at])) <= len(rest))
    if len(measure) == 1 and words[stop:] == [measure]:  # 播放|量
        stop -= 1
    return Words(words[:stop], noun.start) if stop > 0 else None


def _did(noun: Words, thing: Step) -> Indicator:
    """Behind 其中有19项: what they did (优于上年), with what they are where it is short."""
    name = noun.text
    said = Step("indicator/predicate", name, noun.start, noun.start + len(name))
    if len(name) > _SHORT_PREDICATE:
        return Indicator(name, name, "", (said,), 0.7)
    return Indicator(name + thing.words, name, thing.words, (said, thing), 0.7)


def _told_apart(
    context: Context, frame: Frame, lead: Words, phrase: Words, noun: Words
) -> tuple[str, str, list[Step]]:
    """Return the action and the name of the things counted, by the words before the number."""
    state, lexicon = context.state, context.lexicon
    name = noun.text
    steps = [Step("indicator/noun-behind", name, noun.start, state.read)]
    end = context.series.get(frame.ordinal)
    if end:
        steps.append(Step("list/end", end, -1, -1))
        name = name.rstrip("、") + end
    verbs = adjacent_verbs(phrase, lexicon)
    action = verbs.text
    own = phrase.text
    if lead.words and lead.words[-1] == "的" and phrase.words and not _says_what_for(phrase, name):
        steps.insert(0, Step("indicator/attribute-before", own, phrase.start, phrase.start))
        return "", own + name, steps
    if own in lexicon.rest:
        steps.insert(0, Step("indicator/rest", own, phrase.start, phrase.start))
        return action, own + name, steps
    if frame.joined and not action and not phrase.words and state.action:
        action = state.action
        steps.insert(0, Step("carry/action", action, -1, -1))
    elif action:
        steps.insert(0, Step("indicator/verb", action, verbs.start, verbs.start + len(action)))
    elif not frame.joined and _tells_apart(lead, phrase, name, lexicon):
        steps.insert(0, Step("indicator/attribute-before", own, phrase.start, phrase.start))
        name = own + name
    return action, name, steps


def _tells_apart(lead: Words, phrase: Words, name: str, lexicon: Phrases) -> bool:
    """Tell whether the words before a number say which (通达境外133个城市), not where."""
    words = phrase.words
    if not words or len(name) > _SHORT_NOUN or name in _ANY_NOUN:
        return False
    if len(phrase.text) > _LONG_LEAD:
        return False
    suffixes = lexicon.organisation_suffix + lexicon.agent_suffix
    where = words[0] in lexicon.preposition or words[-1].endswith(suffixes)
    return not where and "、" not in words and lead.words[-1] not in ("等", "共", "有")


def _says_what_for(phrase: Words, name: str) -> bool:
    """Tell whether the words before 的 are of a document that a long name needs not."""
    return "《" in phrase.text and len(name) >= _OWN_NAME


def read_spent(context: Context, frame: Frame, own: Step) -> Indicator | None:
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


def read_purpose(context: Context, frame: Frame, phrase: Words) -> Indicator | None:
    """安排8亿元，用于…支出; 筹措资金3亿元，支持…: what the money is for is the next clause."""
    lexicon, words = context.lexicon, phrase.words
    if words[0] not in lexicon.funding or not all(
        word in lexicon.funding or word in _FUNDS for word in words
    ):
        return None
    clause = _NEXT_CLAUSE.match(context.text, frame.tail.end)
    if clause is None:
        return None
    behind = context.words(*clause.span(1))
    while behind.words and behind.words[0] in lexicon.adverb | lexicon.opening:
        behind = behind.behind(1)
    if behind.words and behind.words[0] in ("用于", "用以"):
        behind = behind.behind(1)
    elif not behind.words or behind.words[0] not in lexicon.verb:
        return None
    if not behind.text:
        return None
    own = Step("indicator/named", phrase.text, phrase.start, frame.lead.end)
    purpose = Step("indicator/purpose", behind.text, behind.start, clause.end(1))
    name = phrase.text + behind.text
    return Indicator(name, words[0], name.removeprefix(words[0]), (own, purpose), 0.75)


def read_invested(context: Context, frame: Frame, phrase: Words) -> Indicator:
    """投资5亿元的…项目; 投资4360万元，对…进行改造: the thing stands behind."""
    own = Step("indicator/invested", phrase.text, phrase.start, frame.lead.end)
    start, end = frame.tail
    if not context.text[start:end].strip():
        start = min(end + 1, len(context.text))
        stop = min(start + _AFTER, len(context.text))
        signs = (context.text.find(sign, start, stop) for sign in "，,。；;\n")
        end = min((at for at in signs if at >= 0), default=stop)
    words = context.words(start, end)
    if words.words[:1] and words.words[0] in _NOT_SPENT:  # 年度投资7200亿元以上
        return Indicator(own.words, own.words, "", (own,), 0.5)
    named = words.words[:1] == ["的"]
    words = words.behind(1) if named else words
    if phrase.text == "投入" and words.words[:1] and words.words[0] in _SUPPORTS:
        noun = words
    else:
        noun = read_noun(words, context.lexicon) if named else Words([], start)
        noun = noun if noun.text else _invested_in(words, context)
    if not noun.text and frame.ordinal + 1 < len(context.quantities):
        count = context.quantities[frame.ordinal + 1]
        if count.start == frame.tail.end:  # 投资650万元建成6座公厕: what was counted
            clause = _CLAUSE.match(context.text, count.end)
            noun = _invested_in(context.words(*clause.span()), context) if clause else noun
    name = noun.text
    if not name:
        return Indicator(own.words, own.words, "", (own,), 0.5)
    thing = Step("indicator/noun-behind", name, noun.start, noun.start + len(name))
    if context.text.startswith("的", start):
        context.state.read = noun.start + len("".join(noun.words))
        context.state.invested = phrase
    return Indicator(name + own.words, "", name + own.words, (own, thing), 0.75)


def _invested_in(words: Words, context: Context) -> Words:
    """Return the thing that words behind a sum name, without what was done to it before it."""
    lexicon = context.lexicon
    opened = words if words.words[:1] == ["“"] else open_phrase(words, lexicon)
    verbs = 0
    while verbs < len(opened.words) and (
        opened.words[verbs] in lexicon.verb or opened.words[verbs] == "了"
    ):
        verbs += 1
    return read_noun(opened.behind(verbs), lexicon)

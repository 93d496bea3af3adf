"""Changes, shares and ranks: numbers that say something of another number."""

from __future__ import annotations

import re

from govextract.model import Indicator, Quantity, Step
from govextract.stages.frames import Frame
from govextract.stages.indicators.basis import drop_change, says_only_change
from govextract.stages.indicators.before import measure_before, names_nothing
from govextract.stages.indicators.closing import (
    close_phrase,
    count_verbs,
    cut_rank,
    drop_origin,
    is_motion,
)
from govextract.stages.indicators.context import Context, carried
from govextract.stages.indicators.names import name_level
from govextract.stages.indicators.opening import open_phrase, skip_places
from govextract.stages.indicators.respectively import REACHED, Share
from govextract.stages.indicators.words import Words

_PLAN = re.compile(r"\w{0,8}(?:预算|计划|任务|目标)数?的?")
_FULFILS = frozenset({"完成", "为", "达到", "达"})
_REMARK = re.compile(r"[(（][^()（）]{0,40}[)）]\Z")
_AVERAGE_GAIN = re.compile(r"(?:[人户村社]均|每[人户村])(?:年均?|月均?)?增收")
_GAPS = ("高于", "低于", "高出", "低")
_LARGER = ("全国", "全省", "全市", "全区", "全州", "全盟")
_GAPS_TO_LARGER = tuple(
    gap + place for gap in ("高于", "低于", "高出", "快于", "慢于", "好于") for place in _LARGER
)


def read_change(context: Context, frame: Frame, words: Words, quantity: Quantity) -> Indicator:
    """A change is of the thing named before it, else of the level that stands open.

    The thing may be named in a clause of its own: 工业增加值，按可比价格计算，比上年增长5%.
    """
    lexicon = context.lexicon
    if quantity.kind == "change" and says_only_change(words.words, lexicon):
        phrase = measure_before(context, frame)
    else:
        words = _without_remark(context, words, frame.lead.end)
        figure = _gap(context, words) or _average_gain(words)
        if figure:
            return figure
        phrase = _changed(context, frame, words, quantity)
    if not phrase.words or not phrase.text:
        return carried(_moved(context, quantity), "carry/level", 0.9)
    found = context.state.level = _named(context, phrase, quantity)
    return found


def _moved(context: Context, quantity: Quantity) -> Indicator:
    """What a change is of that names nothing: a ratio in points, a rank in places, else a level."""
    state = context.state
    if quantity.unit == "位" and state.last_kind == "rank":
        return state.last
    return (state.ratio if quantity.unit == "百分点" else None) or state.level


def _named(context: Context, phrase: Words, quantity: Quantity) -> Indicator:
    verbs = count_verbs(phrase.words, context.lexicon)
    return name_level(context, phrase, verbs if verbs < len(phrase.words) else 0, quantity)


def _changed(context: Context, frame: Frame, words: Words, quantity: Quantity) -> Words:
    """Return what the words before a change name, or the clause before them; or none."""
    lexicon = context.lexicon
    if not is_motion(words, lexicon):
        phrase = skip_places(open_phrase(words, lexicon), context.places, lexicon)
        if quantity.kind == "multiple":
            phrase = drop_origin(phrase, lexicon)
        phrase = drop_change(phrase, lexicon)
        if not names_nothing(phrase.text, lexicon):
            return phrase
    return measure_before(context, frame)


def _without_remark(context: Context, words: Words, end: int) -> Words:
    """Leave out a remark right before the number: 增长（按可比价计算）5.1%."""
    if not words.words or context.text[end - 1].isalpha():
        return words
    remark = _REMARK.search(context.text[words.start : end].rstrip())
    return context.words(words.start, words.start + remark.start()) if remark else words


def _gap(context: Context, words: Words) -> Indicator | None:
    """高于全省平均水平1.2个百分点: how far the open level is from that of another, larger place.

    In a list the word is said once: 高于全国2.8个、全省1.1个百分点.
    """
    text, state = words.text, context.state
    if text in _LARGER and state.last.text.endswith(_GAPS_TO_LARGER):
        name = state.last.text[:-2] + text
        return Indicator(name, "", name, (*state.last.steps, _gap_step(words)), 0.75)
    to_average = "平均" in text and text.startswith((*_GAPS, "比", "较"))
    level = state.level.text
    if not level or not (to_average or text in _GAPS_TO_LARGER):
        return None
    return Indicator(level + text, "", level + text, (*state.level.steps, _gap_step(words)), 0.75)


def _gap_step(words: Words) -> Step:
    return Step("indicator/average-gap", words.text, words.start, words.start + len(words.text))


def _average_gain(words: Words) -> Indicator | None:
    """户均增收2000元: a figure of its own."""
    gain = _AVERAGE_GAIN.match(words.text)
    if gain is None:
        return None
    own = Step("indicator/average-gain", gain[0], words.start, words.start + len(gain[0]))
    return Indicator(gain[0], "", gain[0], (own,), 0.85)


def read_rank(context: Context, words: Words) -> Indicator:
    """A rank is of what stands before 居, 位列 …, else of the open level.

    Where it moves (从第20位升至第3位), both are of one thing.
    """
    lexicon = context.lexicon
    if context.state.last_kind == "rank" and is_motion(words, lexicon):
        return carried(context.state.last, "carry/same", 0.85)
    words = drop_origin(words, lexicon)
    phrase = cut_rank(open_phrase(words, lexicon), lexicon)
    phrase = close_phrase(skip_places(phrase, context.places, lexicon), lexicon)
    name = phrase.text
    if not name:
        return carried(context.state.level, "carry/level", 0.8)
    level = context.state.level
    if name in lexicon.direction and context.state.last_kind:
        own = Step("indicator/ranked", name, phrase.start, phrase.start + len(name))
        text = (level.object or level.text) + name
        return Indicator(text, "", text, (*level.steps, own), 0.8)
    own = Step("indicator/ranked", name, phrase.start, phrase.start + len(name))
    return Indicator(name, "", name, (own,), 0.85)


def read_share(
    context: Context, numerator: Words, denominator: Words, quantity: Quantity
) -> Indicator:
    """A share names what it is of and, where the report says it, what it is a share in.

    Where the figure of the denominator stands first (占支出809亿元的75%), that is a level.
    """
    level = context.state.level
    opened = open_phrase(numerator, context.lexicon)
    above = skip_places(opened, context.places, context.lexicon).text
    steps: list[Step] = []
    if above:
        steps.append(Step("share/numerator", above, numerator.start, denominator.start))
    elif level.text:
        above = level.text
        steps.append(Step("carry/numerator", above, -1, -1))
    below = close_phrase(open_phrase(denominator, context.lexicon), context.lexicon)
    name = below.text.split("比重")[0].removesuffix("比例").removesuffix("的")
    if not name or name == "比":
        return Indicator(above + "占比", "", above + "占比", tuple(steps), 0.8)
    steps.append(Step("share/denominator", name, below.start, below.start + len(name)))
    if quantity.kind in ("amount", "count", "measure"):
        context.state.share = (above, name)
        return Indicator(name, "", name, tuple(steps[-1:]), 0.85)
    text = f"{above}占{name}比重"
    return Indicator(text, "", text, tuple(steps), 0.85)


def close_share(context: Context) -> Indicator:
    """Return the share whose denominator's figure stood before (809亿元的75%)."""
    above, name = context.state.share or ("", "")
    context.state.share = None
    text = f"{above}占{name}比重"
    return Indicator(text, "", text, (Step("carry/share", text, -1, -1),), 0.8)


def read_fulfilment(context: Context, words: Words, quantity: Quantity) -> Indicator | None:
    """完成年度任务的109%, 为预算的101%: what stands before, or the open level, against its plan."""
    at = max((at for at, word in enumerate(words.words) if word in _FULFILS), default=-1)
    plan = words.behind(at + 1).text
    if at < 0 or not _PLAN.fullmatch(plan):
        return None
    lexicon, level = context.lexicon, context.state.level
    named = open_phrase(Words(words.words[:at], words.start), lexicon)
    phrase = close_phrase(skip_places(named, context.places, lexicon), lexicon)
    if phrase.text:
        level = context.state.level = _named(context, phrase, quantity)
    if not level.text:
        return None
    plan = plan.removesuffix("的").removesuffix("数")
    own = Step("indicator/fulfilment", plan, words.start, words.start + len(words.text))
    above = level.object or level.text
    name = f"{above}占{plan}比重" if words.words[at] == "为" else f"{above}完成{plan}比例"
    return Indicator(name, "", name, (*level.steps, own), 0.8)


def read_respectively(context: Context, share: Share, quantity: Quantity) -> Indicator | None:
    """What 分别 gives a number: its own name, or one of the levels before."""
    state = context.state
    if share.places:
        return _of_place(context, share, quantity)
    if not share.words:
        if len(state.levels) < share.total:
            return None
        level = state.levels[len(state.levels) - share.total + share.place]
        return carried(level, "list/levels", 0.85)
    step = Step("list/respectively", share.words, -1, -1)
    found = Indicator(share.words, "", share.words, (step,), 0.85)
    if quantity.kind == "change":
        state.level = found
    else:
        state.open_object(share.words, -1, quantity.unit)
    return found


def _of_place(context: Context, share: Share, quantity: Quantity) -> Indicator:
    """A区、B区分别收到96件和74件: the verb with the open object, or the open level.

    A measure that stands there (A区、B区分别实现增加值…) is named itself.
    """
    state = context.state
    for reached in REACHED:
        name = share.words.removeprefix(reached)
        if name and name.endswith(context.lexicon.head + context.lexicon.whole_suffix):
            return Indicator(name, "", name, (Step("list/places", name, -1, -1),), 0.8)
    thing = state.object_of(quantity.unit)
    if share.words and thing:
        own = Step("list/places", share.words, -1, -1)
        return Indicator(share.words + thing.words, share.words, thing.words, (own, thing), 0.8)
    return carried(state.by_unit.get(quantity.unit, state.level), "list/places", 0.75)

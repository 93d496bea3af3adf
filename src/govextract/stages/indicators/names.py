"""Names: words that name a measure, whole or with what stands open put back."""

from __future__ import annotations

import re

from govextract.lexicon.phrases import NameEnd, Phrases
from govextract.model import Indicator, Quantity, Step, make
from govextract.stages.indicators.closing import count_verbs, drop_reached
from govextract.stages.indicators.context import Context
from govextract.stages.indicators.words import Words

_THESE = ("此类", "该类", "上述", "这类")
_WHOLE_ACTS = ("未结案", "立案", "收案")
_REMARK = re.compile(r"[(（][^()（）]*[)）]$")
_RANK = re.compile(r"^(?:国家|省部|市厅|地市|省|市|州|县|区|乡|镇|村)级(?:及?以上)?(?:的)?")
_OWNERS = ("企业", "单位")
_SCHOOLS = ("学校", "大学", "中学", "小学", "高中", "初中", "院校", "幼儿园")
_PEOPLE = ("人", "名", "人次")
_INSTITUTIONS = (*_SCHOOLS, "机构", "医院", "院", "中心", "站", "培养单位")
_ALL_OF_IT = re.compile(r"(?:[（(]CPI[)）])?(?:总水平|总指数)?$")
_ALL = ("全市", "全省", "全县", "全区", "全州", "全年")  # without whom it is with
_HOUSES = ("所", "个", "家")  # the units that institutions are counted in
_LONG_HEAD = 5  # characters: a measure as long as this (赔款支出与给付) has no other name
_WHOLES = frozenset({"总产量", "总收入", "总支出", "总面积", "总里程"})
_THIS_TIME = ("当年", "本年", "年末", "收支", "当年收支")
_TIMES = frozenset({*_THIS_TIME, "上年", "累计"})  # before 结余: an account is no time
_LISTED = 15  # characters: a longer name is a list
_SHORT = 7  # characters: behind 其中 a name as short as this may lack its thing


def name_level(context: Context, phrase: Words, verbs: int, quantity: Quantity) -> Indicator:
    """Return the indicator that ``phrase`` names; its first ``verbs`` words are its action."""
    lexicon, state = context.lexicon, context.state
    kept = drop_reached(phrase, lexicon)
    if kept is not phrase:
        phrase, verbs = kept, count_verbs(kept.words[:verbs], lexicon)
    action = "".join(phrase.words[:verbs]) if verbs else ""
    rest = phrase.behind(verbs)
    name = rest.text
    whole = phrase.text
    same = state.object_of(quantity.unit)
    own = make(Step, ("indicator/named", whole, phrase.start, rest.start + len(name)))
    if name.startswith(_THESE):
        thing = same or state.object
        if thing:
            return Indicator(action + thing.words, action, thing.words, (own, thing), 0.85)
    cases = same if quantity.kind != "amount" else None  # 上年结转12亿元 is of no case
    if cases and lexicon.outcomes.issuperset(phrase.words) and not _is_whole_act(whole):
        first = "结果" not in whole and not whole.startswith("尚未")
        return _joined("indicator/result", as_case(context, whole, cases), own, own_first=first)
    end = lexicon.name_ends.kinds_of(name)
    head = None
    if not action:
        composed = _compose(context, own, phrase, same, end, quantity)
        if composed:
            return composed
        if state.head:
            head = _carried_head(context, name, end, quantity)
    part = _divides(context, phrase, quantity) or (same and _is_kind(name, same.words))
    if not (same and not action and part) and _is_thing(rest, lexicon):
        _open_thing(context, rest, quantity.unit)
    _remember(context, rest, end, quantity, head)
    state.action = action
    if head:
        return Indicator(name + head.words, "", name + head.words, (own, head), 0.85)
    return make(Indicator, (whole, action, name, (own,), 0.95))


def _divides(context: Context, phrase: Words, quantity: Quantity) -> bool:
    """Tell whether a name is of a part, behind which the whole goes on (其中转办4件；审结9件).

    Parts that have parts or growth of their own (institutions, lengths) are what goes on.
    """
    state = context.state
    if not state.among or quantity.kind == "measure" or quantity.unit in _HOUSES:
        return False
    return "；" not in context.text[state.divided_from : phrase.start]


def _compose(
    context: Context,
    own: Step,
    name: Words,
    same: Step | None,
    end: NameEnd,
    quantity: Quantity,
) -> Indicator | None:
    """Names that say nothing without the thing before: 标的额, 行政许可类, 刑事."""
    lexicon, state = context.lexicon, context.state
    words = own.words
    thing = same or state.object
    if end.line and words == end.line:
        line = state.line or context.topic(own.start)
        return _joined("indicator/line", line, own, own_first=False) if line else None
    owner = _owner(context, words)
    if owner:
        return _joined("indicator/owner", owner, own, own_first=False)
    account = state.account if end.side and _says_only_side(words, end.side) else None
    if account and state.trades == is_trade(words) and not _is_anew(context, account, own):
        return _joined("indicator/account", account, own, own_first=False)
    if thing and words in lexicon.attribute:
        return _attribute(context, own)
    house = _institution(context) if words in lexicon.member else None
    if house:
        return _joined("indicator/member", house, own, own_first=False)
    if thing and words.endswith(lexicon.class_suffix):
        return _joined("indicator/class", _measure_of_classes(context, thing), own, own_first=True)
    if thing and (words in lexicon.average or lexicon.average.issuperset(name.words)):
        return _joined("indicator/average", thing, own, own_first=True)
    among = state.among
    if among and same and _lacks_thing(context, name, among, end, quantity):
        return _joined("indicator/kind", _unranked(words, among), own, own_first=True)
    if same and _RANK.fullmatch(words) and _RANK.match(same.words):  # 省级示范村3个、市级12个
        return _joined("indicator/kind", _unranked(words, same), own, own_first=True)
    return None


def _unranked(rank: str, thing: Step) -> Step:
    """Leave out the rank of a thing before another rank (国家级 of 省级以上技术中心)."""
    if not _RANK.fullmatch(rank):
        return thing
    return thing._replace(words=_RANK.sub("", thing.words, count=1))


def _says_only_side(words: str, side: str) -> bool:
    """Tell whether a name is a side of an account and, at most, when (当年结余)."""
    return words == side or words.removesuffix(side) in _THIS_TIME


def _is_anew(context: Context, account: Step, own: Step) -> bool:
    """Tell whether trade is the whole place's again (对东盟进出口额…。全市进出口总额…)."""
    between = context.text[account.end : own.start]
    return context.state.trades and any(word in between for word in _ALL)


def _measure_of_classes(context: Context, thing: Step) -> Step:
    """What classes are of: the measure that the first of them named (零售额), else the thing."""
    state = context.state
    if state.head and state.head_sentence == state.sentence:
        return state.head
    return thing._replace(words=_ALL_OF_IT.sub("", thing.words))


def _institution(context: Context) -> Step | None:
    """The institution that this sentence has counted (普通高中40所)."""
    state = context.state
    counted = [
        thing
        for unit, thing in state.objects.items()
        if unit in _HOUSES
        and state.places[unit] == state.sentence
        and (unit == "所" or thing.words.endswith(_INSTITUTIONS))
    ]
    return max(counted, key=lambda thing: thing.start, default=None)


def _is_whole_act(words: str) -> bool:
    """Tell whether an outcome names the things that it became of (立案)."""
    return words == "结案" or words.endswith(_WHOLE_ACTS)


def _attribute(context: Context, own: Step) -> Indicator | None:
    """标的额 of what was named last; none where that says the same (合格率 of 检出不合格)."""
    level = context.state.level
    name = level.object or level.text
    if not name or name.endswith("率") or own.words[:2] in name:
        return None
    if len(name) > _LISTED:  # the kind, not its examples (中山路、…等城市道路)
        name = name.rpartition("等")[2]
    if own.words.startswith("总") and name.startswith("总"):
        return None
    return _joined("indicator/attribute", Step("carry/level", name, -1, -1), own, own_first=False)


def _owner(context: Context, words: str) -> Step | None:
    """What a measure is of that names nothing alone: 63家工业企业，实现增加值; 种植面积…，产量."""
    lexicon, state = context.lexicon, context.state
    if words in lexicon.added:
        near = state.named_lately()
        return near if near and near.words.endswith(_OWNERS) else None
    if words not in lexicon.harvest:
        return None
    area = state.level.object or state.level.text
    planted = lexicon.planted.of(area)
    stem = area.removesuffix(planted)
    return Step("carry/owner", stem, -1, -1) if planted and stem else None


def as_case(context: Context, action: str, thing: Step) -> Step:
    """Return the case that an outcome ends, where an application opened it."""
    if action.startswith(tuple(context.lexicon.outcome)) and thing.words.endswith("申请"):
        return thing._replace(words=thing.words.removesuffix("申请") + "案件")
    return thing


def _lacks_thing(
    context: Context, name: Words, thing: Step, end: NameEnd, quantity: Quantity
) -> bool:
    """Tell whether a part's name needs the whole's thing (刑事 of 法律援助案件)."""
    lexicon, words = context.lexicon, name.text
    if words.endswith("结转") and quantity.kind == "amount":  # of the year before, whole
        return False
    house = words.endswith(_SCHOOLS)
    if house and quantity.unit in _PEOPLE:
        return thing.words.endswith((*lexicon.agent_suffix, "生"))
    if words in lexicon.modifier or all(
        word in lexicon.modifier or word in "（）()、" for word in name.words
    ):
        return not (house and thing.words.endswith(_INSTITUTIONS))
    return (
        len(words) <= _SHORT
        and thing.words[-1] not in words
        and not end.measure
        and not any(word in lexicon.verb for word in name.words)
        and words.endswith(("级", "类", "型", "式", "等奖", "者"))
    )


def _joined(rule: str, thing: Step, own: Step, *, own_first: bool) -> Indicator:
    step = own._replace(rule=rule)
    steps = (step, thing) if own_first else (thing, step)
    text = "".join(part.words for part in steps)
    return Indicator(text, "", text, steps, 0.85)


def _remember(
    context: Context, rest: Words, end: NameEnd, quantity: Quantity, head: Step | None
) -> None:
    """Keep the measure, the line and the account of a name for those that leave it out."""
    state, name, start = context.state, rest.text, rest.start
    own_head, line, side = end.head, end.line, end.side
    if own_head and (own_head != name or len(name) >= _LONG_HEAD):
        state.head_sentence = state.sentence
        at = start + len(name) - len(own_head)
        part = own_head[1:] if own_head in _WHOLES else own_head  # 肉类总产量, 猪肉产量
        state.head = make(Step, ("carry/head", part, at, at + len(own_head)))
        state.head_unit = quantity.unit
    elif not head:
        state.head = None
    if line and line != name:
        state.line = Step("carry/line", name.removesuffix(line), start, start + len(name))
    stem = name.removesuffix(side).removesuffix("年初")
    if side and stem and stem not in _TIMES and state.among is None:
        state.account = Step("carry/account", stem, start, start + len(stem))
        state.trades = is_trade(side)


def is_trade(side: str) -> bool:
    """Tell whether a side of an account is of trade (出口), not of a budget (收入, 缺口)."""
    return "出口" in side or "进口" in side


def _is_thing(name: Words, lexicon: Phrases) -> bool:
    """Tell whether a name is of a thing: not what became of one, nor what someone did."""
    words = name.words
    if not name.text or lexicon.outcomes.issuperset(words) or is_act(name, lexicon):
        return False
    last = words[-1]
    if last.endswith(lexicon.class_suffix):
        return False
    return last not in lexicon.result or len(words) == 1 or last in lexicon.noun_verb


def is_act(name: Words, lexicon: Phrases) -> bool:
    """Tell whether words say only what was done (自行查办, 被控犯), and name no thing."""
    if not name.words or name.words[0] == "被":
        return True
    return lexicon.act.issuperset(name.words)


def _is_kind(name: str, thing: str) -> bool:
    """Tell whether a name is a kind of the open object, which stays open (网络申请)."""
    return len(name) < len(thing) and name[-2:] == thing[-2:]


def _open_thing(context: Context, name: Words, unit: str) -> None:
    """Let a name be the open object, or what it says that someone dealt with (热线受理诉求)."""
    words, transaction = name.words, context.lexicon.transaction
    if not transaction.isdisjoint(words):
        for at in range(1, len(words) - 1):
            if words[at] in transaction:
                name = name.behind(at + 1)
                break
    context.state.open_object(name.text, name.start, unit)


def _carried_head(context: Context, name: str, end: NameEnd, quantity: Quantity) -> Step | None:
    """The head that a list leaves out after its first item (夏粮 507 万吨: 产量)."""
    if quantity.kind != "change" and quantity.unit != context.state.head_unit:
        return None
    if name.endswith((")", "）")):
        end = context.lexicon.name_ends.kinds_of(_REMARK.sub("", name) or name)
    return None if end.measure else context.state.head

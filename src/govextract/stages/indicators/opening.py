"""What opens a phrase and names nothing: 其中, 全市, 2020年, 累计, 为群众, 市司法局."""

from __future__ import annotations

from govextract.lexicon.phrases import BLANK_WORDS, WHITE_WORDS, Phrases
from govextract.stages.indicators.context import PlaceNames
from govextract.stages.indicators.words import Words

_DATE_WORDS = ("年", "月", "日", "号")
_DATE_SIGNS = frozenset("至-—–－～~/.到")
# 审核率 is a name, 审核 in it no verb.
_RATES = frozenset(
    "系统 设施 率 量 数 费 额 周期 时间 天数 标准 能力 规模 水平 效率 成本 比例 人数".split()
)
# 市本级 is a budget of its own, 上年结转 and 全年预算 are items: what stands before these stays.
# A bare one is its sector's: 工业企业实现增加值.
_OF_SECTORS = frozenset({"增加值", "总产值", "工业增加值", "工业总产值", "产值", "产量", "总产量"})
# Whom trade is with is a part of what is measured: 对东盟实现进出口总额.
_WITH = frozenset({"对", "与", "同"})
_REACHED = frozenset({"实现", "完成"})
_KEPT_WITH = frozenset({"本级", "结转", "结余", "预算", "预算数"})
_POOLED = ["统筹", "的"]  # 市本级统筹的基金: who pools it tells it apart
_SENTENCE_OPENERS = frozenset({"全年", "年末", "今年", "截至", "初步", "经", "本年"})
_YEAR_ENDS = frozenset({"年", "年度"})
_NAME_AND_YEAR = 2  # words
_YEAR_DIGITS = 4
_LONG = 6  # characters: a shorter subject is kept, as it tells figures apart (农民工申请)
_PLACE_WORDS = 4  # the segmenter cuts names that it does not know (柯/桥/区)
_TRADES = ("出口", "进口")
_MEANS = ("平台", "渠道", "方式", "形式", "途径", "手段", "载体", "媒体", "媒介", "措施", "办法")
_NEAR = 5  # words: an occasion (疫情期间) is not longer
_FAR = 14  # words: a subject or a preposition's phrase is not longer in the labelled reports


def open_phrase(phrase: Words, lexicon: Phrases) -> Words:
    """Leave out what opens a phrase and names nothing: 其中, 全市, 2020年, 累计, 为群众."""
    words = phrase.words
    at = 0 if lexicon.restarting.isdisjoint(words) else _behind_restart(words, lexicon)
    while at < len(words) and (words[at] in lexicon.skipped or words[at].isdecimal()):
        step = _skip_one(words, at, lexicon)
        if step == at:
            break
        at = step
    if not lexicon.acting.isdisjoint(words):
        at = _behind_subject(words, at, lexicon)
    if len(words) - at > 1 and words[at] in lexicon.empty_verb:
        at += 1
    if at < len(words) and words[at] == "的":
        at += 1
    return phrase.behind(at)


def skip_places(phrase: Words, places: PlaceNames, lexicon: Phrases) -> Words:
    """Leave out names of places at the front: 越城区、柯桥区, 伊州区地区生产总值."""
    words = phrase.words
    if not words or not places.may_open(words, 0):
        return phrase
    at = 0
    while at < len(words):
        length = _place_length(words, at, places) if places.may_open(words, at) else 0
        if length:
            at += length
        elif at and words[at] in "、和及":
            at += 1
        else:
            break
    if not at:
        return phrase
    rest = phrase.behind(at)
    return open_phrase(rest, lexicon) if rest.words else rest


def _place_length(words: list[str], at: int, places: PlaceNames) -> int:
    """Return how many words from ``at`` on are the name of a place; 0 where none is."""
    for length in range(min(_PLACE_WORDS, len(words) - at), 0, -1):
        if "".join(words[at : at + length]) in places:
            return length
    return 0


def _behind_restart(words: list[str], lexicon: Phrases) -> int:
    """Return where the words behind the last 加上 or 其中 begin, or behind an occasion's end."""
    start = 0
    for at, word in enumerate(words):
        restarts = (
            word in lexicon.restart
            or (word in lexicon.occasion and at - start < _NEAR)
            or (word in WHITE_WORDS and _opens(words[at + 1 : at + 2], lexicon))
            or (word in _YEAR_ENDS and _dates_a_name(words, start, at, lexicon))
        )
        if restarts and at + 1 < len(words):
            start = at + 1
    return start


def _dates_a_name(words: list[str], start: int, at: int, lexicon: Phrases) -> bool:
    """Tell whether a year parts whose figure it is from what it is of (某单位2024年度收入)."""
    if at - start < _NAME_AND_YEAR or len(words[at - 1]) != _YEAR_DIGITS:
        return False
    return words[at - 1].isdecimal() and words[at - 2].endswith(lexicon.organisation_suffix)


def _opens(following: list[str], lexicon: Phrases) -> bool:
    """Tell whether a sentence opens behind a blank (a heading that no line end closes)."""
    return bool(following) and (
        following[0] in lexicon.region or (following[0] in _SENTENCE_OPENERS)
    )


def _skip_one(words: list[str], at: int, lexicon: Phrases) -> int:
    """Return where the words behind a word that may open a phrase go on; ``at`` if it is kept."""
    word = words[at]
    following = words[at + 1] if at + 1 < len(words) else ""
    if following in _KEPT_WITH or (word == "全" and following == "社会"):
        return at
    if words[at + 1 : at + 3] == _POOLED or _tells_whom(words, at):
        return at
    if word == "本年" and following in lexicon.verb and following not in lexicon.noun_verb:
        return at + 1
    if (word == "“" and "”" in words[at:]) or (word == '"' in words[at + 1 :]):
        return at
    if word in lexicon.preposition:
        return _behind_preposition(words, at, lexicon)
    if word in lexicon.adverb:
        if _names_rate(words, at + 1, lexicon):  # 及时受理率
            return at
        return at + 1 if following in lexicon.verb or following in lexicon.adverb else at
    if word in lexicon.opening or word in lexicon.region:
        return at + (2 if word + following in lexicon.region else 1)
    if word.isdecimal():
        return _behind_date(words, at)
    if word == "“" and at and words[at - 1] in _WITH:
        return at
    return at + 1 if word in BLANK_WORDS else at


def _tells_whom(words: list[str], at: int) -> bool:
    """Tell whether 对 says whom trade is with (对美国出口)."""
    return words[at] == "对" and any(word.endswith(_TRADES) for word in words[at + 1 :])


def _behind_date(words: list[str], at: int) -> int:
    """Return where the words behind a date begin (2016-2020年); ``at`` where none is (36-45岁)."""
    stop = at
    while stop < len(words) and (words[stop].isdecimal() or words[stop] in _DATE_SIGNS):
        stop += 1
    return stop if stop < len(words) and words[stop].startswith(_DATE_WORDS) else at


def _behind_preposition(words: list[str], at: int, lexicon: Phrases) -> int:
    """Return where the verb behind a preposition's phrase stands, or behind the preposition."""
    means = _behind_means(words, at)
    if means:
        return means
    for place in range(at + 2, min(len(words), at + _FAR)):
        if words[place] in lexicon.acting:
            if _is_partner(words, at, place, lexicon):
                return at + 1
            return place - (words[place - 1] == "不")
    return at + 1


def _behind_means(words: list[str], at: int) -> int:
    """Return where the words behind 通过…等平台 begin, however long the list; 0 for none."""
    for place in range(at + 1, len(words) - 2):
        if words[place] == "等" and words[place + 1].endswith(_MEANS):
            return place + 2
    return 0


def _is_partner(words: list[str], at: int, verb: int, lexicon: Phrases) -> bool:
    """Tell whether a preposition and a verb of reaching are about a measure of trade with it."""
    reached = words[at] in _WITH and words[verb] in _REACHED
    return reached and words[-1].endswith(lexicon.measure)


def _behind_subject(words: list[str], at: int, lexicon: Phrases) -> int:
    """Skip the subject of a verb: an organisation (市司法局受理), or a long one (沿线…建成)."""
    if lexicon.acting.isdisjoint(words[at + 1 :]) or words[at] in lexicon.acting:
        return at
    if _tells_whom(words, at):
        return at
    length = 0
    for place in range(at + 1, min(len(words), at + _FAR)):
        length += len(words[place - 1])
        if words[place - 1] in "、(（" or words[place - 1].startswith("每"):
            return at
        verb = place
        while verb < len(words) and (
            words[verb] in lexicon.opening or words[verb] in lexicon.adverb
        ):
            verb += 1
        if verb == len(words) or words[verb] not in lexicon.acting:
            continue
        if "“" in words[at:place] or _names_rate(words, verb, lexicon):
            return at
        if at and any(_is_partner(words, before, verb, lexicon) for before in range(at)):
            return at
        if any("".join(words[verb + 1 : stop]) in _OF_SECTORS for stop in (verb + 2, verb + 3)):
            return at
        if words[place - 1].endswith(lexicon.organisation_suffix):
            tells = words[verb : verb + 2] == _POOLED or words[verb] == "拥有"
            tells = tells or words[verb + 1 : verb + 2] == ["的"]  # 办公室制发的文件
            return at if tells else verb
        rate = any(word.endswith("率") for word in words[verb:])
        acts = length >= _LONG and not rate and _has_object(words[verb + 1 :], lexicon)
        return verb if acts else at
    return at


def _names_rate(words: list[str], verb: int, lexicon: Phrases) -> bool:
    """Tell whether verbs are part of a measure's name (收集处理率, 焚烧处理能力)."""
    while verb < len(words) and words[verb] in lexicon.verb:
        verb += 1
    return verb < len(words) and words[verb] in _RATES


def _has_object(words: list[str], lexicon: Phrases) -> bool:
    """Tell whether an object stands behind a verb, and the verb is no attribute (办理的…)."""
    return "的" not in words and any(_may_name(word, lexicon) for word in words)


def _may_name(word: str, lexicon: Phrases) -> bool:
    """Tell whether a word can be of an object: no verb, and not 同比, 增长 or 达到."""
    if word in lexicon.closing or word in lexicon.direction or word in lexicon.basis:
        return False
    return word not in lexicon.verb or word in lexicon.noun_verb

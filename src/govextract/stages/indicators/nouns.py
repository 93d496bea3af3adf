"""A number before its noun: 设置4个窗口, 62名党员干部, 投资5亿元的项目."""

from __future__ import annotations

from govextract.lexicon.phrases import Phrases
from govextract.stages.indicators.words import Words

# Words behind a number that open no noun.
_NO_NOUN = frozenset(
    {"以上", "以下", "以内", "左右", "上下", "环比", "比", "较", "且", "和", "及", "与", "或", "至"}
    | {
        "不等",
        "之间",
        "可达",
        "之多",
        "其中",
        "约",
        "近",
        "余",
        "多",
        "后",
        "前",
        "内",
        "时",
        "/",
        "之",
        "以",
        "里",
    }
    | {"上", "下", "间", "～", "~", "—", "-"}
)
_BOUNDS = frozenset({"以上", "以下", "以内", "左右"})
_SIGNS = '[【，。；：、,;:()（）“”"《》 　'
_MONEY_LIKE = frozenset({"元", "美元", "%", "‰", "百分点", "倍"})
_ENDS = frozenset({"的", "《", "，", "。", "；", "当年"})
_QUALITIES = ("化", "型", "级", "式", "性")
# Adverbs that may stand within a name (重点建设项目): they end it only before a verb.
_ATTRIBUTIVE = frozenset({"重点", "集中", "统一", "联合", "主动", "自主", "快速", "并"})
_WEAK_PREDICATES = frozenset({"进行", "予以", "全部", "均", "得到", "按期", "提供"})
_NATIONAL = "全国"  # what is national keeps the word (全国百强县), what is of the city does not
SHORT_NOUN = 2  # characters: 企业, 个人, 项目
_SHORT_PREDICATE, _LONG_PREDICATE = 4, 20  # characters
_BRACKET = 8  # words: a bracket that belongs to a noun, 县（市、区）, is not longer


def first_word(tail: Words) -> str:
    """Return the first word behind a number, or an empty string."""
    return next((word for word in tail.words if word.strip()), "")


def shares_predicate(lead: Words, tail: Words, lexicon: Phrases) -> bool:
    """Tell whether a number right behind another only says what both did (301户611人全部脱贫)."""
    return not lead.words and opens_predicate(tail, lexicon)


def opens_noun(tail: Words, lexicon: Phrases) -> bool:
    """Tell whether the words behind a number open with what may be its noun."""
    first = first_word(tail)
    if not first or first in _NO_NOUN or first[0] in _SIGNS or first == "的":
        return False
    if first in lexicon.direction:
        return False
    return first not in lexicon.predicate or _attributive(tail, lexicon)


def _attributive(tail: Words, lexicon: Phrases) -> bool:
    """Tell whether an adverb behind a number is part of a name (13个重点事项), and does no verb."""
    words = [word for word in tail.words[:2] if word.strip()]
    if not words[1:] or words[0] not in _ATTRIBUTIVE or words[0] == "并":
        return False
    return words[1] not in lexicon.verb and words[1] not in lexicon.adverb


def skip_bound(tail: Words, lexicon: Phrases) -> Words:
    """Leave out 以上 and 及以下 before the noun counted (20年以上电梯, 10吨及以下锅炉)."""
    words = tail.words
    at = 1 if words[:1] == ["及"] else 0
    if words[at : at + 1] and words[at] in _BOUNDS and len(words) > at + 1:
        noun = words[at + 1]
        if noun[0] not in _SIGNS and noun not in _NO_NOUN and noun not in lexicon.predicate:
            return tail.behind(at + 1)
    return tail


def follows_noun(
    phrase: Words, bare: bool, tail: Words, unit: str, lexicon: Phrases, *, listed: bool = False
) -> bool:
    """Tell whether the thing counted stands behind the number rather than before it.

    ``phrase`` is what the lead says once opened and closed, ``bare`` whether that is verbs only,
    ``listed`` whether it ends in 等, so that it only gives examples.
    """
    first = first_word(tail)
    if not first or first in _NO_NOUN:
        return False
    if first[0] in _SIGNS:
        return (bare or listed) and first[0] in "“《" and unit not in _MONEY_LIKE
    dangling = bare or _dangles(phrase, lexicon)
    if first == "的":
        return dangling
    if unit in _MONEY_LIKE:
        return unit == "%" and bare and first not in lexicon.predicate
    if first in lexicon.predicate and not _attributive(tail, lexicon):
        return dangling and (not phrase.words or first in lexicon.adverb)
    return True


def _dangles(phrase: Words, lexicon: Phrases) -> bool:
    """Tell whether a phrase ends in a verb that lacks its object (对路段开展 1次的巡查)."""
    last = phrase.words[-1] if phrase.words else ""
    return last in lexicon.verb and last not in lexicon.noun_verb and last not in lexicon.result


def read_noun(tail: Words, lexicon: Phrases) -> Words:
    """Return the noun that opens the words behind a number.

    It ends before the first predicate or 的; words that open with a predicate are taken whole
    (7人被判处重刑: 被判处重刑; 16件不属于受理范围的案件).
    """
    skip = 0
    words = tail.words
    while skip < len(words) and (
        words[skip] == "的"
        or (words[skip] in lexicon.region and len(words[skip]) > 1)
        or not words[skip].strip()
    ):
        skip += 1
    if skip and words[skip - 1] == _NATIONAL:
        noun = read_noun(tail.behind(skip), lexicon)
        return Words([_NATIONAL, *noun.words], noun.start - len(_NATIONAL)) if noun.words else noun
    noun = tail.behind(skip)
    words = noun.words
    if opens_predicate(noun, lexicon) and words[0] not in lexicon.adverb:
        return _whole_predicate(noun, lexicon)
    stop = 0
    while stop < len(words) and not (stop and _ends_noun(words, stop, lexicon)):
        stop = words.index("”", stop) if "”" in words[stop:] and words[stop] == "“" else stop
        stop += 1
    return Words(words[:stop], noun.start)


def opens_predicate(noun: Words, lexicon: Phrases) -> bool:
    """Tell whether words behind a number say what it did (优于上年), not what it is."""
    words = noun.words
    if not words or words[0] not in lexicon.predicate or _attributive(noun, lexicon):
        return False
    return words[0] not in lexicon.adverb or (len(words) > 1 and words[1] in lexicon.verb)


def read_predicate(tail: Words, noun: Words, lexicon: Phrases, longest: int = SHORT_NOUN) -> Words:
    """Return what the things counted did, where their noun alone says little (3家企业获奖: 获奖).

    It is what stands behind a noun of up to ``longest`` characters to the clause's end, and opens
    with a predicate.
    """
    rest = tail.behind(len(tail.words) - len(_behind(tail, noun)))
    words = rest.words
    if len(noun.text) > longest or not words or words[0] not in lexicon.predicate:
        return Words([], rest.start)
    weak = lexicon.closing | lexicon.direction | lexicon.adverb | _WEAK_PREDICATES
    if words[0] in weak:
        return Words([], rest.start)
    text = rest.text
    named = any(word not in lexicon.predicate and word.strip() for word in words)
    return (
        rest
        if named and _SHORT_PREDICATE <= len(text) <= _LONG_PREDICATE
        else Words([], rest.start)
    )


def _behind(tail: Words, noun: Words) -> list[str]:
    end = noun.start + len("".join(noun.words)) - tail.start
    length = 0
    for at, word in enumerate(tail.words):
        if length >= end:
            return tail.words[at:]
        length += len(word)
    return []


def _ends_noun(words: list[str], at: int, lexicon: Phrases) -> bool:
    word = words[at]
    if word in "(（":
        return not any(sign in ")）" for sign in words[at + 1 : at + _BRACKET])
    if word == "的" and at == 1 and words[0].endswith(_QUALITIES) and len(words) > at + 1:
        return False  # 现代化的垃圾中转站
    if word in _ENDS or (word in lexicon.predicate and word not in _ATTRIBUTIVE):
        return True
    following = words[at + 1] if at + 1 < len(words) else ""
    if word == "新" and following in lexicon.verb:
        return True
    if word == "中" and not following:  # 41个行业大类中，
        return True
    acts = following in lexicon.verb and following not in lexicon.noun_verb
    acts = acts or (following in lexicon.predicate and following not in lexicon.adverb)
    if word in lexicon.adverb and (acts or not following):
        return True
    if word not in lexicon.verb or at + 1 == len(words):
        return False
    return words[at - 1].endswith(lexicon.organisation_suffix + lexicon.agent_suffix)


def _whole_predicate(words: Words, lexicon: Phrases) -> Words:
    """What is said of the number, up to the noun behind its 的 (列入目录的决策事项)."""
    if "的" not in words.words:
        return words
    at = words.words.index("的") + 1
    while at < len(words.words) and not _ends_noun(words.words, at, lexicon):
        at += 1
    return Words(words.words[:at], words.start)


def adjacent_verbs(phrase: Words, lexicon: Phrases) -> Words:
    """Return the verbs that stand directly before the number, or the last verb before a list.

    发布《…》《…》等9个文件: 发布. A phrase that ends in a noun gives nothing.
    """
    words = phrase.words
    stop = len(words)
    while stop and words[stop - 1] in ("了", "的", "等", " "):
        stop -= 1
    if stop < len(words) and words[stop] == "等":
        for at in range(stop - 1, -1, -1):
            if words[at] in lexicon.verb:
                return Words([words[at]], phrase.behind(at).start)
        return Words([], phrase.start)
    start = stop
    while start and words[start - 1] in lexicon.verb:
        start -= 1
    return Words(words[start:stop], phrase.behind(start).start)

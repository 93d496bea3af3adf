"""Lists of numbers and lists of things: ``A、B和C分别为12件、7件和3件``."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise, takewhile
from typing import NamedTuple

from govextract.lexicon.phrases import Phrases
from govextract.stages.frames import Frame
from govextract.stages.indicators.basis import drop_change
from govextract.stages.indicators.closing import close_phrase
from govextract.stages.indicators.context import Context
from govextract.stages.indicators.opening import open_phrase, skip_places
from govextract.stages.indicators.words import NO_WORDS, Segment, Words

_EACH_WORDS = ("分别", "依次")
_EACH = re.compile("|".join(_EACH_WORDS))
_DIVIDERS = re.compile(r"、|以及|和|及|与")
_JOINTS = frozenset({"", "、", "和", "及", "与", "以及", ",", "，", ";", "；"})
_SET_REACH = 60  # characters
# How all of the things that a clause names moved.
_MANNER = re.compile(r"[“\"]?(?:[双均都呈]|实现|保持|持续|继续|明显|大幅|快速|稳步|较快|同步|全面)")
_PER = re.compile(r"每[\d０-９]+[^\d０-９]{1,4}$")  # 小麦每50公斤: the sum is per so much
_OF_ANY = ("占比", "比重")
REACHED = ("实现", "完成")
# 香洲、金湾两区, 两个县区
_SO_MANY = re.compile(
    r"(?<=[\u4e00-\u9fff])[两二三四五六七八九十]个?(?:行政)?(?:县市区|县区|区县|市县|县市|区|县|市)$"
)
_BOUNDS = frozenset({"及", "以上", "以下", "及以上", "及以下", "以内"})
_ORDINAL = re.compile(r"第?[一二三四五]")
# Words that stand for several (国家统计局《三次产业划分规定》, 《统计上划分城乡的规定》).
_SETS = {
    "三次产业": ("第一产业", "第二产业", "第三产业"),
    "城乡": ("城镇", "农村"),
}


class Share(NamedTuple):
    """What 分别 gives one number of a list."""

    words: str
    """Its name; empty where the list refers to levels of earlier clauses."""
    place: int
    total: int
    places: bool = False
    """The list names places: ``words`` is what they did (收到), or empty."""


_PAIR = 2
_BARE_CHANGE = re.compile(
    r"(?:[比较][上去]年|同比|均|名义|实际|扣除价格因素)*(?:增长|下降|上升|提高|减少|增加)"
)


def find_groups(context: Context, frames: Sequence[Frame]) -> dict[int, Share]:
    """Return, for each number of a 分别 list, its share, by its ordinal."""
    shares: dict[int, Share] = {}
    for group in _groups(context.text, frames):
        for frame, share in zip(group, _shares(context, group), strict=False):
            shares[frame.ordinal] = share
    for first, second in pairwise(frames):
        if second.joined and first.ordinal not in shares and _is_pair(context, first, second):
            shares[first.ordinal] = Share("", 0, _PAIR)
            shares[second.ordinal] = Share("", 1, _PAIR)
    return shares


def _is_pair(context: Context, first: Frame, second: Frame) -> bool:
    """Tell whether two changes are of the two levels before: 收入17元，支出5元，增长9%和8%."""
    one, two = context.quantities[first.ordinal], context.quantities[second.ordinal]
    if one.kind != "change" or two.kind != "change" or one.unit != two.unit:
        return False
    if first.joined or context.text[one.end : two.start] != "和":
        return False
    return _BARE_CHANGE.fullmatch(context.text[slice(*first.lead)].strip()) is not None


def _groups(text: str, frames: Sequence[Frame]) -> Iterator[list[Frame]]:
    """Yield the runs of two or more numbers that 分别 opens."""
    at = 0
    found = (match.start() for word in _EACH_WORDS for match in re.finditer(word, text))
    for each in sorted(found):
        at = bisect_left(frames, each + 2, at, key=_lead_end)
        if at == len(frames) or frames[at].lead.start > each:
            continue
        stop = at + 1
        while stop < len(frames) and _continues(text, frames[stop], frames[at]):
            stop += 1
        if stop - at > 1:
            yield list(frames[at:stop])
        at = stop


def _lead_end(frame: Frame) -> int:
    return frame.lead.end


def _continues(text: str, frame: Frame, first: Frame) -> bool:
    if frame.sentence != first.sentence:
        return False
    gap = text[frame.lead.start : frame.lead.end].strip()
    if frame.joined:
        gap = gap.removeprefix("左右").removeprefix("以上")
        return gap in _JOINTS or gap.strip("、和及与") in ("增长", "下降", "上升", "减少", "增加")
    return gap == ""


def _shares(context: Context, group: Sequence[Frame]) -> list[Share]:
    """Return one share a number; none where names and numbers differ in count."""
    lexicon = context.lexicon
    count = len(group)
    lead = group[0].lead
    each = _EACH.search(context.text, lead.start, lead.end)
    cut = each.start() if each else lead.end
    words = open_phrase(context.words(lead.start, cut), lexicon)
    if context.quantities[group[0].ordinal].kind == "change":
        words = drop_change(words, lexicon)
    words = close_phrase(words, lexicon)
    if not words.text or words.text in lexicon.basis:
        words = _heads_before(context, group[0])
        items = _split(words, count) if words.text else None
        if items is None:
            return [Share("", place, count) for place in range(count)]
    else:
        items = _split(words, count) or _implied(context.text, cut, words, count)
    if items is None:
        return []
    verb = _verb_behind(context.text[cut + 2 : lead.end], lexicon, context.segment)
    items[-1] = _SO_MANY.sub("", items[-1])
    if all(item in context.places for item in items) or _are_counties(items, context):
        return [Share(verb, place, count, places=True) for place in range(count)]
    names = _share_ends(items, context.lexicon, context.segment)
    names = [_named(context, name) for name in names]
    names = [name or names[-1] for name in names]
    names = _with_stem(names, context.lexicon)
    if not names[0].startswith("总"):
        first = context.segment(names[0])[:1]
        names = ["".join(first) + name if name.startswith("总") else name for name in names]
    return [Share(name + verb, place, count) for place, name in enumerate(names)]


def _heads_before(context: Context, frame: Frame) -> Words:
    """Return the names in a clause of their own: 起数、人数“双下降”，分别下降18%、21%."""
    start, end = frame.topic
    if start >= end:
        return NO_WORDS
    manner = _MANNER.search(context.text, start, end)
    return open_phrase(context.words(start, manner.start() if manner else end), context.lexicon)


def _are_counties(items: Sequence[str], context: Context) -> bool:
    """Tell whether all items are short names of counties (香洲、金湾)."""
    return all(any(item + kind in context.places for kind in ("区", "县", "市")) for item in items)


def _with_stem(names: list[str], lexicon: Phrases) -> list[str]:
    """Give a bare measure what the first name is of (企业营业收入、利润: 企业利润)."""
    first = names[0]
    head = next((head for head in lexicon.head if first.endswith(head)), "")
    stem = first.removesuffix(head)
    if not head or not stem:
        return names
    return [stem + name if at and name in lexicon.head else name for at, name in enumerate(names)]


def _named(context: Context, name: str) -> str:
    """Leave out what names nothing; an item that only says when becomes empty."""
    words = open_phrase(Words(context.segment(_PER.sub("", name)), 0), context.lexicon)
    return skip_places(words, context.places, context.lexicon).text


def _implied(text: str, cut: int, words: Words, count: int) -> list[str] | None:
    """One name for a set that was named before: 三次产业结构为…，对经济增长的贡献率分别为…"""
    if words.start < 1 or text[words.start - 1] != "对":
        return None
    before = text[max(0, cut - _SET_REACH) : cut]
    for name, members in _SETS.items():
        if name in before and len(members) == count and len(name) > 2:
            return [f"{member}对{words.text}" for member in members]
    return None


def _verb_behind(behind: str, lexicon: Phrases, segment: Segment) -> str:
    """The words between 分别 and the first number, where they name something (拉动增长)."""
    words = close_phrase(Words(segment(behind), 0), lexicon).words
    says_nothing = lexicon.direction | lexicon.closing | lexicon.basis | lexicon.move
    if all(word in says_nothing for word in words):
        return ""
    return "".join(words)


def _split(words: Words, count: int) -> list[str] | None:
    whole = words.text
    for name, members in _SETS.items():
        if whole.startswith(name) and len(members) == count:
            return [member + whole[len(name) :] for member in members]
    for pattern in (re.compile("、"), _DIVIDERS):
        items = [item.strip() for item in pattern.split(whole)]
        if len(items) == count and all(items):
            return items
    # A name may hold 和 itself (社会保障和就业): split at the last one only.
    items = whole.split("、")
    if len(items) == count - 1:
        match = list(_DIVIDERS.finditer(items[-1]))
        if match:
            last = items.pop()
            items += [last[: match[-1].start()], last[match[-1].end() :]]
            return items if all(items) else None
    return None


def _share_ends(items: list[str], lexicon: Phrases, segment: Segment) -> list[str]:
    """Give each item the end that only the last one has (粮食、棉花、油料产量: 产量).

    Where an item has an end of its own (固定资产投资), each is whole.
    """
    last = items[-1]
    if "等" in last:
        name, _, end = last.partition("等")
        return [item + end for item in (*items[:-1], name)]
    ordinal = _ORDINAL.match(last)
    if ordinal and all(_ORDINAL.fullmatch(item) for item in items[:-1]):
        end = last[ordinal.end() :]
        return [f"第{item.removeprefix('第')}{end}" for item in items[:-1]] + [
            last if last.startswith("第") else f"第{last}"
        ]
    if last.endswith(_OF_ANY):
        end = next(end for end in _OF_ANY if last.endswith(end))
        return [item if item.endswith(end) else item + end for item in items]
    words = segment(last)
    end = "".join(words[own_words(words, items[-2], lexicon) :])
    own = (words[-1], *lexicon.head) if words[-1].endswith(lexicon.head) else (words[-1],)
    if not end or any(item.endswith(own + lexicon.whole_suffix) for item in items[:-1]):
        return items
    for reached in REACHED:
        end = end.removeprefix(reached)
    return [item + end for item in items[:-1]] + [last]


def own_words(words: list[str], before: str, lexicon: Phrases) -> int:
    """Return how many words of a list's last item are its own and not its share of the end.

    They end as the item before ends (…制造业、…产业增加值: 业), else are about as long.
    """
    last = "".join(words)
    measure = next((head for head in lexicon.head if last.endswith(head) and head != last), "")
    room = len(last) - max(len(measure), len(words[-1]))
    lengths = [length for length in accumulate(map(len, words)) if length <= room]
    for count in range(len(lengths), 0, -1):
        if words[count - 1][-1] == before[-1]:
            bounds = takewhile(_BOUNDS.__contains__, words[count : len(lengths)])
            return count + sum(1 for _ in bounds)  # 60岁及以上人口
    near = min(range(len(lengths)), key=lambda at: abs(lengths[at] - len(before)), default=0) + 1
    while near < len(words) and (words[near - 1][-1] + words[near][0]).isascii():
        near += 1  # PM2.5
    return near

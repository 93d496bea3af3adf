"""Lists whose items share a word: 26公里供水、20公里燃气管网铺设; 办理建议246件、提案330件."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from govextract.model import Indicator, Step
from govextract.stages.frames import Frame
from govextract.stages.indicators.context import Context
from govextract.stages.indicators.nouns import read_noun
from govextract.stages.indicators.respectively import own_words
from govextract.stages.indicators.words import Words

_NO_ITEM = ("总数", "总量", "总额", "累计", "涉及", "率")  # of the item before, not one more
_NO_ACT = frozenset({"实现", "达到", "补助"})
_OWNS = "拥有"
_RANKS = ("级",)


def find_series(context: Context, frames: Sequence[Frame]) -> dict[int, str]:
    """Return, by the ordinal of a number, the end that the noun behind it takes from the last one.

    The numbers stand one behind the other with a noun and 、 between; only the last noun ends in
    a word for work (铺设, 改造).
    """
    ends: dict[int, str] = {}
    for chain in _chains(context, frames):
        nouns = [read_noun(context.words(*frame.tail), context.lexicon) for frame in chain]
        texts = [noun.text.rstrip("、") for noun in nouns]
        if not all(texts):
            continue
        head = _shared_head(nouns, texts)
        if head:
            ends.update({frame.ordinal: head for frame in chain[:-1]})
        if head or not _is_work(nouns[-1], context):
            continue
        if any(_is_work(noun, context) for noun in nouns[:-1]):
            continue
        words = nouns[-1].words
        end = "".join(words[own_words(words, texts[-2], context.lexicon) :])
        ends.update({frame.ordinal: end for frame in chain[:-1] if end})
    return ends


def _shared_head(nouns: Sequence[Words], texts: Sequence[str]) -> str:
    """Return what 20个国家级、19个省级重点县 share; nothing where the first are named whole."""
    if not all(text.endswith(_RANKS) for text in texts[:-1]):
        return ""
    first, *rest = nouns[-1].words
    return "".join(rest) if first.endswith(_RANKS) else ""


def _is_work(noun: Words, context: Context) -> bool:
    words = [word for word in noun.words if word.strip("、 ")]
    return len(words) > 1 and words[-1] in context.lexicon.verb


def _chains(context: Context, frames: Sequence[Frame]) -> Iterator[list[Frame]]:
    chain: list[Frame] = []
    for before, frame in pairwise(frames):
        if frame.joined and _goes_on(context.text, before, frame):
            chain += [frame] if chain else [before, frame]
        elif chain:
            yield chain
            chain = []
    if chain:
        yield chain


def _goes_on(text: str, before: Frame, frame: Frame) -> bool:
    """Tell whether only a noun and 、 stand between two numbers."""
    start, end = before.tail
    return end == frame.lead.end and end - start > 1 and text.find("、", start, end) == end - 1


def share_action(context: Context, frame: Frame, found: Indicator) -> Indicator:
    """办理建议246件、提案330件: the verb of a list stands before its first item alone."""
    action, own = _shared_action(context.state.last), found.steps[0]
    new = len(found.steps) == 1 and own.rule == "indicator/named" and not found.action
    if not new or not action or action in _NO_ACT:
        return found
    if own.words.startswith(_NO_ITEM) or own.words.endswith(_NO_ITEM):
        return found
    before = context.quantities[frame.ordinal - 1].end
    if context.text[before : own.start].strip() != "、":
        return found
    context.state.action = action
    steps = (Step("carry/action", action, -1, -1), own)
    return Indicator(action + found.text, action, found.object, steps, 0.85)


def _shared_action(last: Indicator) -> str:
    """The verb that items share, with its subject in 每百户家庭拥有汽车50辆、空调77台."""
    owner, owns, _ = last.text.partition(_OWNS)
    return owner + owns if owns and owner.startswith("每") else last.action

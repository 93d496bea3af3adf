"""Lists whose last noun alone says what was done: 26公里供水、20公里燃气管网铺设."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from govextract.stages.frames import Frame
from govextract.stages.indicators.context import Context
from govextract.stages.indicators.nouns import read_noun
from govextract.stages.indicators.respectively import own_words
from govextract.stages.indicators.words import Words

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
    for frame in frames:
        if chain and frame.joined and _goes_on(context.text, chain[-1], frame):
            chain.append(frame)
            continue
        if len(chain) > 1:
            yield chain
        chain = [frame]
    if len(chain) > 1:
        yield chain


def _goes_on(text: str, before: Frame, frame: Frame) -> bool:
    """Tell whether only a noun and 、 stand between two numbers."""
    start, end = before.tail
    return end == frame.lead.end and end - start > 1 and text.find("、", start, end) == end - 1

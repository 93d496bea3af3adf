"""One number after another: which rule reads it, and what it leaves open."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import zip_longest

from govextract.lexicon import Lexicon
from govextract.lexicon.areas import load_areas
from govextract.lexicon.phrases import load_phrases
from govextract.model import Indicator, Quantity, Section, Step
from govextract.stages.frames import Frame, is_further_part
from govextract.stages.indicators.closing import SHARE, drop_explained, split_share
from govextract.stages.indicators.context import UNKNOWN, Context, PlaceNames, State, carried
from govextract.stages.indicators.derived import (
    close_share,
    read_change,
    read_fulfilment,
    read_rank,
    read_respectively,
    read_share,
)
from govextract.stages.indicators.levels import read_level
from govextract.stages.indicators.mend import load_mended
from govextract.stages.indicators.opening import open_phrase
from govextract.stages.indicators.respectively import Share, find_groups
from govextract.stages.indicators.series import find_series

_AMONG = frozenset({"其中", "含"})
# The levels of the classification of government income and spending (财政部《政府收支分类科目》).
_ACCOUNT_LEVEL = re.compile(r"[（(][类款项][）)]")


def link_indicators(
    text: str,
    frames: Sequence[Frame],
    quantities: Sequence[Quantity],
    lexicon: Lexicon,
    sections: Sequence[Section] = (),
    own_names: Iterable[str] = (),
) -> tuple[Indicator, ...]:
    """Return what each quantity measures, in the order of ``quantities``.

    ``frames`` are those of :func:`govextract.stages.frames.find_frames`; a quantity without one
    (it lies in no sentence) gets an empty indicator. ``own_names`` are those of the issuer's own
    place, which a name leaves out as it does the full names of all places.
    """
    areas = load_areas()
    places = PlaceNames(areas.by_name, own_names, areas.openings)
    topics = [(section.start, _topic(section)) for section in sections]
    segment = load_mended(lexicon)
    context = Context(text, quantities, load_phrases(lexicon), places, segment, topics)
    shares = find_groups(context, frames)
    context.series = find_series(context, frames)
    found = [UNKNOWN] * len(quantities)
    paragraph = -1
    for frame, following in zip_longest(frames, frames[1:]):
        if frame.paragraph != paragraph:
            paragraph = frame.paragraph
            context.state = State(before=context.state.by_unit or context.state.before)
        ordinal = frame.ordinal
        found[ordinal] = _resolve(context, frame, following, shares.get(ordinal))
    return tuple(found)


def _topic(section: Section) -> str:
    """The last item of an account's path (行政运行 of 行政运行（项）); empty for other titles."""
    items = [item.strip() for item in _ACCOUNT_LEVEL.split(section.title) if item.strip(" 。")]
    return items[-1] if len(items) > 1 else ""


def _resolve(
    context: Context, frame: Frame, following: Frame | None, share: Share | None
) -> Indicator:
    """Return the indicator of one number; what stands in brackets leaves nothing open."""
    state = context.state
    if frame.sentence != state.sentence:
        state.enter(frame.sentence)
    quantity = context.quantities[frame.ordinal]
    kind = quantity.kind
    if frame.bracket:
        context.state = replace(
            state,
            levels=[],
            objects=dict(state.objects),
            places=dict(state.places),
            by_unit=dict(state.by_unit),
        )
    found = read_respectively(context, share, quantity) if share else None
    if found is None and kind == "ratio" and _is_further_part(context, frame.ordinal):
        found = carried(state.last, "carry/parts", 0.9)
        # A change behind a proportion is of the level before it, as no proportion grows.
        whole = next((level for level in state.levels[::-1] if level.text != found.text), None)
        state.level = whole or state.level
    if found is None:
        found = _by_kind(context, frame, following, quantity)
    elif share and kind not in ("change", "rank", "multiple"):
        context.state.open_level(found, quantity.unit)
    if frame.bracket:
        context.state = state
        state.inside = state.inside if kind == "ratio" else found
    else:
        state.inside = UNKNOWN
        state.last, state.last_kind = found, kind
        state.ratio = found if kind == "ratio" else None
    return found


def _is_further_part(context: Context, ordinal: int) -> bool:
    """Tell whether a number is a further part of a proportion that was named."""
    before, part = context.quantities[max(0, ordinal - 1)], context.quantities[ordinal]
    return bool(context.state.last.text) and is_further_part(context.text, before, part)


def _by_kind(
    context: Context, frame: Frame, following: Frame | None, quantity: Quantity
) -> Indicator:
    words, kind = context.lead(frame), quantity.kind
    if frame.topic.end or frame.bracket or not _AMONG.isdisjoint(words.words):
        _open_among(context, frame, words.words, quantity)
    if kind == "rank":
        return read_rank(context, words)
    if not SHARE.isdisjoint(words.words):
        words = drop_explained(words)
        parts = split_share(words)
        if parts:
            if frame.bracket and frame.joined and context.state.inside.text:
                context.state.level = context.state.inside
            return read_share(context, *parts, quantity)
    if context.state.share and words.text == "的":
        return close_share(context)
    if kind in ("change", "multiple"):
        return read_change(context, frame, words, quantity)
    if kind == "ratio":
        fulfilled = read_fulfilment(context, words, quantity)
        if fulfilled:
            return fulfilled
    found = read_level(context, frame, following, words, quantity)
    context.state.open_level(found, quantity.unit)
    return found


def _is_open(state: State, quantity: Quantity) -> bool:
    return quantity.kind != "change" and state.object_of(quantity.unit) is not None


def _open_among(context: Context, frame: Frame, words: list[str], quantity: Quantity) -> None:
    """Remember what an 其中 divides, while its parts name only what tells them apart."""
    state = context.state
    start, end = frame.topic
    among = frame.bracket or not _AMONG.isdisjoint(words)
    if end > start:
        named = context.text.find("其中", start, end) >= 0
        if not named and context.text[end - 1] == "中" and not _is_open(state, quantity):
            whole = open_phrase(context.words(start, end - 1), context.lexicon)
            if whole.text:
                state.open_object(whole.text, whole.start, quantity.unit)
        among = among or named
    if frame.bracket and state.level.text:
        state.among = Step("carry/object", state.level.object or state.level.text, -1, -1)
    elif among:
        state.among = state.object_of(quantity.unit)
    if among:
        state.divided_from = quantity.start

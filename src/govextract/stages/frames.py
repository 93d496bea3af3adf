"""Frames: the words before and behind each number, up to the clause's ends or the next number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from govextract.model import Quantity, Span

# Clauses end at these signs, but not inside a title, a quotation or a bracket. Lengths are
# bounded, so that an unclosed sign costs no more than its bound.
_SIGNS = re.compile(
    r"《[^《》\n]{0,120}》|“[^“”\n]{0,60}”|\"[^\"\n]{0,60}\"|[(（][^()（）\n]{0,120}[)）]|[,，;；:：。!?！？\n]"
)


class Frame(NamedTuple):
    """Where a quantity stands; ``ordinal`` is its place among the quantities.

    ``lead`` is what stands before it in its clause (from the clause's start or the number before),
    ``tail`` what stands behind (to the clause's end or the next number), ``topic`` the clause
    before, where that has no number. ``paragraph`` and ``sentence`` count from 0; ``joined`` says
    that another number stands before it in the same clause, ``bracket`` that it stands in
    brackets, ``sign`` is the sign that opened its clause.
    """

    ordinal: int
    paragraph: int
    sentence: int
    lead: Span
    tail: Span
    topic: Span
    joined: bool
    bracket: bool
    sign: str


def find_frames(
    text: str, sentences: Sequence[Span], quantities: Sequence[Quantity]
) -> Iterator[Frame]:
    """Yield the frame of each quantity that lies in a sentence, in text order."""
    at = paragraph = 0
    for number, sentence in enumerate(sentences):
        if number and "\n" in text[sentences[number - 1].end - 1 : sentence.start]:
            paragraph += 1
        while at < len(quantities) and quantities[at].start < sentence.start:
            at += 1
        first = at
        while at < len(quantities) and quantities[at].start < sentence.end:
            at += 1
        inside = range(first, at)
        if inside:
            yield from _sentence_frames(text, sentence, quantities, inside, paragraph, number)


def _sentence_frames(
    text: str,
    sentence: Span,
    quantities: Sequence[Quantity],
    inside: range,
    paragraph: int,
    number: int,
) -> Iterator[Frame]:
    bounds = _clause_bounds(text, sentence, quantities, inside)
    clause = 0
    for index in inside:
        quantity = quantities[index]
        while bounds[clause + 1].start < quantity.start:
            clause += 1
        left, right = bounds[clause], bounds[clause + 1]
        before = quantities[index - 1].end if index > inside.start else -1
        after = quantities[index + 1].start if index + 1 < inside.stop else right.start
        joined = before > left.start
        yield Frame(
            ordinal=index,
            paragraph=paragraph,
            sentence=number,
            lead=Span(before if joined else left.end, quantity.start),
            tail=Span(quantity.end, max(quantity.end, min(after, right.start))),
            topic=_topic(bounds, clause, before),
            joined=joined,
            bracket=text[left.start : left.end] in "(（" and left.end > left.start,
            sign=text[left.start : left.end],
        )


def _topic(bounds: Sequence[Span], clause: int, number_before: int) -> Span:
    """Return the clause before, where no number stands in it; else an empty span."""
    if clause == 0:
        return Span(0, 0)
    start, end = bounds[clause - 1].end, bounds[clause].start
    return Span(start, end) if number_before <= start else Span(0, 0)


def _clause_bounds(
    text: str, sentence: Span, quantities: Sequence[Quantity], inside: range
) -> list[Span]:
    """Return the signs that divide the sentence into clauses, with its two ends."""
    bounds = [Span(sentence.start, sentence.start)]
    at = inside.start
    for match in _SIGNS.finditer(text, sentence.start, sentence.end):
        start, end = match.span()
        while at < inside.stop and quantities[at].end <= start:
            at += 1
        holds = at < inside.stop and quantities[at].start < end
        if holds and quantities[at].start < start:
            continue
        if end - start == 1:
            bounds.append(Span(start, end))
        elif holds and text[start] in "(（":
            bounds.extend((Span(start, start + 1), Span(end - 1, end)))
    bounds.append(Span(sentence.end, sentence.end))
    return bounds

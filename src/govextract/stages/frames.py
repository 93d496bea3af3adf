"""Frames: the words before and behind each number, up to the clause's ends or the next number."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from govextract.model import Quantity, Span, make

# Clauses end at these signs, but not inside a title, a quotation, a bracket or a ratio (1:12.5).
# Lengths are bounded, so that an unclosed sign costs no more than its bound.
_SIGNS = re.compile(
    r"[,，;；:：。!?！？\n《“\"(（](?!(?<=[^\d.]1[:：])\d)(?:(?<![《“\"(（])|(?<=《)[^《》\n]{0,120}》|(?<=“)[^“”\n]{0,60}”"
    r"|(?<=[(（])[^()（）\n]{0,120}[)）]|(?<=\")[^\"\n]{0,60}\")"
)
_BRACKETS = ("(", "（")
_NOWHERE = Span(0, 0)
_COLONS = frozenset(":：∶")


@dataclass(slots=True)
class Frame:
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
    starts = [quantity.start for quantity in quantities]
    at = paragraph = before = 0
    for number, sentence in enumerate(sentences):
        start, end = sentence
        if number and text.find("\n", before - 1, start) >= 0:
            paragraph += 1
        before = end
        if at == len(starts) or starts[at] >= end:
            continue
        first = bisect_left(starts, start, at)
        at = bisect_left(starts, end, first)
        if at > first:
            inside = range(first, at)
            yield from _sentence_frames(text, sentence, quantities, inside, paragraph, number)


def is_further_part(text: str, before: Quantity, part: Quantity) -> bool:
    """Tell whether a number is a further part of the proportion before it (35 of 12:35:53)."""
    parts = before.kind == part.kind == "ratio" and not before.unit and not part.unit
    return parts and text[before.end : part.start].strip() in _COLONS


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
    before = -1  # the end of the number before
    for index in inside:
        start, end = quantities[index][:2]
        while bounds[clause + 1][0] < start:
            clause += 1
        (left, opened), right = bounds[clause], bounds[clause + 1][0]
        after = quantities[index + 1].start if index + 1 < inside.stop else right
        stop = min(after, right)
        joined = before > left
        sign = text[left:opened]
        yield Frame(
            index,
            paragraph,
            number,
            make(Span, (before if joined else opened, start)),
            make(Span, (end, stop if stop > end else end)),
            _topic(bounds, clause, before) if clause else _NOWHERE,
            joined,
            sign in _BRACKETS,
            sign,
        )
        before = end


def _topic(bounds: Sequence[tuple[int, int]], clause: int, number_before: int) -> Span:
    """Return the clause before, where no number stands in it; else an empty span."""
    start, end = bounds[clause - 1][1], bounds[clause][0]
    return make(Span, (start, end)) if number_before <= start else _NOWHERE


def _clause_bounds(
    text: str, sentence: Span, quantities: Sequence[Quantity], inside: range
) -> list[tuple[int, int]]:
    """Return the signs that divide the sentence into clauses, with its two ends."""
    bounds = [(sentence.start, sentence.start)]
    at = inside.start
    first, last = quantities[at][:2]
    for match in _SIGNS.finditer(text, sentence.start, sentence.end):
        start, end = match.span()
        while last <= start and at + 1 < inside.stop:
            at += 1
            first, last = quantities[at][:2]
        holds = first < end and last > start
        if holds and first < start:
            continue
        if end - start == 1:
            bounds.append((start, end))
        elif holds and text[start] in "(（":
            bounds += ((start, start + 1), (end - 1, end))
    bounds.append((sentence.end, sentence.end))
    return bounds

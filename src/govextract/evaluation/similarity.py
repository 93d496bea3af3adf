"""How alike two wordings of an indicator are."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

RELAXED = 0.8
"""From this likeness on a wording is right (relaxed): the labelling rules, How it is scored."""


def plain_wording(wording: str) -> str:
    """Return ``wording`` without punctuation, blanks and 的.

    >>> plain_wording("县（市、区）的数量")
    '县市区数量'
    """
    return "".join(
        sign
        for sign in wording
        if sign != "的" and not sign.isspace() and unicodedata.category(sign)[0] != "P"
    )


def likeness(one: str, other: str) -> float:
    """Return 2·LCS/(len+len) of two plain wordings: 1 where they are equal, 0 with nothing shared.

    >>> likeness("受理行政复议申请", "行政复议申请受理")
    0.75
    """
    total = len(one) + len(other)
    return 2 * lcs_length(one, other) / total if total else 1.0


def best_likeness(wording: str, alternatives: Iterable[str]) -> float:
    """Return how alike ``wording`` is to the nearest of ``alternatives``."""
    plain = plain_wording(wording)
    return max((likeness(plain, plain_wording(other)) for other in alternatives), default=0.0)


def lcs_length(one: str, other: str) -> int:
    """Return the length of the longest common subsequence, in characters.

    Bit-parallel (Hyyrö 2004, "Bit-parallel LCS-length computation revisited"): a row of the table
    is one integer, whose zero bits count.
    """
    places: dict[str, int] = {}
    for at, sign in enumerate(one):
        places[sign] = places.get(sign, 0) | 1 << at
    full = (1 << len(one)) - 1
    row = full
    for sign in other:
        matched = row & places.get(sign, 0)
        row = ((row + matched) | (row - matched)) & full
    return len(one) - row.bit_count()

"""What did not move: 居民消费价格与上年持平 is a change of 0, though no number says so.

Only for concepts that a report states by their change (``flat`` in ``data/indicators``): of all
other things 持平 is a remark on a number that stands before it, and no quantity.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache

from govextract.lexicon import Lexicon
from govextract.lexicon.indicators import load_indicators
from govextract.lexicon.words import alternation
from govextract.model import Fact, Quantity, Span
from govextract.text import enclosing

_CONFIDENCE = 0.8
# A rate that stayed as it was (涨幅与上年持平) is no change of 0.
_RATE_BEFORE = re.compile(r"(?:[涨增降跌升]幅|幅度|增速|率)[与同比较和]?(?:上年|去年)?(?:同期)?$")
_REACH = 12


def find_flat(text: str, sentences: Sequence[Span], lexicon: Lexicon) -> tuple[Quantity, ...]:
    """Return each 持平 in the sentences of ``text`` as a change of 0 percent, in text order."""
    pattern, rule = _flat_words(lexicon)
    found = []
    for match in pattern.finditer(text):
        sentence = enclosing(sentences, match.start())
        is_rate = _RATE_BEFORE.search(text, max(0, match.start() - _REACH), match.start())
        if sentence is not None and match.end() <= sentence.end and not is_rate:
            found.append(_nought(match, rule))
    return tuple(found)


def states_flat(fact: Fact, lexicon: Lexicon) -> bool:
    """Tell whether a fact that :func:`find_flat` led to is a figure: its concept has such ones."""
    concept = load_indicators(lexicon).concepts.get(fact.indicator_id)
    return concept is not None and concept.flat


@cache
def _flat_words(lexicon: Lexicon) -> tuple[re.Pattern[str], str]:
    entries = lexicon.entries("comparators.toml", "flat")
    words = [word for entry in entries for word in entry["words"]]
    return re.compile(alternation(words) or "(?!)"), entries[0]["id"] if entries else ""


def _nought(match: re.Match[str], rule: str) -> Quantity:
    return Quantity(
        start=match.start(),
        end=match.end(),
        text=match.group(),
        number=match.group(),
        number_unit="",
        value=Decimal(0),
        value_max=None,
        unit="%",
        comparator="=",
        kind="change",
        confidence=_CONFIDENCE,
        rules=(rule,),
    )

"""Measure words that the lexicon does not know: what a user may want to add to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from govextract.lexicon import Lexicon
from govextract.model import Region
from govextract.stages.quantities.scan import find_quantities
from govextract.text import enclosing, sentences

_WORD = r"\p{Han}{1,2}+"
"""Characters of the extension planes too, which names of local measures and goods have."""


class Suggestion(NamedTuple):
    """A word that stands behind numbers and is no known unit; ``sentences`` are the first few."""

    word: str
    times: int
    sentences: tuple[str, ...]


def suggest_units(
    texts: Iterable[tuple[str, tuple[Region, ...]]], lexicon: Lexicon, examples: int = 3
) -> list[Suggestion]:
    """Return the unknown words behind numbers in ``texts`` (with their regions), the most first.

    ``examples`` is how many sentences are kept of each.
    """
    import regex  # late: only this command needs the classes of Unicode

    of_word = regex.compile(_WORD)
    counts: dict[str, int] = defaultdict(int)
    kept: dict[str, list[str]] = defaultdict(list)
    for text, regions in texts:
        spans = list(sentences(text))
        for code, start, end, _ in find_quantities(text, lexicon, regions).problems:
            word = of_word.search(text, start, end) if code == "unknown-unit" else None
            if word is None:
                continue
            counts[word.group()] += 1
            sentence = enclosing(spans, start)
            if sentence is not None and len(kept[word.group()]) < examples:
                kept[word.group()].append(text[sentence.start : sentence.end])
    found = [Suggestion(word, count, tuple(kept[word])) for word, count in counts.items()]
    return sorted(found, key=lambda item: (-item.times, item.word))

"""Words as the rules need them, where the segmenter's dictionary cuts them in another way."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import accumulate, pairwise

from govextract.lexicon import Lexicon
from govextract.lexicon.phrases import Phrases, load_phrases
from govextract.segmenter import Engine, load_segmenter
from govextract.stages.indicators.words import Segment, read_words

_KEPT = 1 << 13  # some 8 MB
_VERB = 2  # characters of a verb
_GLUED = 4  # characters of a verb with its object


@cache
def load_mended(lexicon: Lexicon, engine: Engine = "auto") -> Segment:
    """Return the segmenter with its words mended by the phrases of ``lexicon``.

    The latest wordings are kept, from report to report: in reports, three of four are known.
    """
    segment = mend_segments(load_segmenter(engine), load_phrases(lexicon))

    @lru_cache(_KEPT)
    def read(piece: str) -> list[str]:
        return read_words(piece, segment)

    return read


def mend_segments(segment: Segment, lexicon: Phrases) -> Segment:
    """Return ``segment`` with names kept whole (可再生能源), verbs apart (化解 矛盾, 全面 完成)."""
    verbs = lexicon.verb - lexicon.noun_verb
    known = lexicon.all_words()
    whole = re.compile("|".join(map(re.escape, lexicon.joined)) or r"(?!)")

    def cut(piece: str) -> list[str]:
        words = segment(piece)
        if _GLUED in map(len, words) and any(map(_is_glued, words)):
            words = [part for word in words for part in _apart(word)]
        return _joined(words, piece, whole) if whole.search(piece) else words

    def _is_glued(word: str) -> bool:
        if len(word) != _GLUED or word in known:
            return False
        first = word[:_VERB]
        return first in verbs or (first in lexicon.adverb and word[_VERB:] in verbs)

    def _apart(word: str) -> tuple[str, ...]:
        return (word[:_VERB], word[_VERB:]) if _is_glued(word) else (word,)

    return cut


def _joined(words: list[str], piece: str, whole: re.Pattern[str]) -> list[str]:
    """Return the words with no cut inside a name, and one at each of its ends."""
    cuts = {0, *accumulate(map(len, words))}
    for match in whole.finditer(piece):
        start, end = match.span()
        cuts -= set(range(start + 1, end))
        cuts |= {start, end}
    order = sorted(cuts)
    return [piece[start:end] for start, end in pairwise(order)]

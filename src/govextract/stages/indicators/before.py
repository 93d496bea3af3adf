"""What the clauses before a number say, where its own leaves its measure out."""

from __future__ import annotations

import re

from govextract.lexicon.phrases import Phrases
from govextract.stages.frames import Frame
from govextract.stages.indicators.basis import drop_change
from govextract.stages.indicators.closing import cut_state
from govextract.stages.indicators.context import Context
from govextract.stages.indicators.opening import open_phrase, skip_places
from govextract.stages.indicators.words import NO_WORDS, Words

_LONGEST_CLAUSE = 30
_CLAUSE_BEFORE = re.compile(r"[^,，;；:：。!?！？\n\d]{2,30}\Z")
_PACE = frozenset({"逐年", "逐步", "稳步", "持续", "连年", "不断", "继续", "再次", "大幅"})
_ADJUSTED = ("因素后", "口径后", "因素", "影响后")
_REMARK = re.compile(r"[(（][^()（）]{0,30}[)）]\Z")


def names_nothing(name: str, lexicon: Phrases) -> bool:
    """Tell whether a phrase only says when, how or whither (同比, 按可比价格, 剔除…因素后)."""
    if not name or name.endswith(_ADJUSTED):
        return True
    return name in lexicon.basis or name in lexicon.direction or name in lexicon.opening


def _without_pace(phrase: Words) -> Words:
    """Leave out how a measure moves where that stands between it and its verb (标准逐年提高)."""
    stop = len(phrase.words)
    while stop > 1 and phrase.words[stop - 1] in _PACE:
        stop -= 1
    return Words(phrase.words[:stop], phrase.start)


def measure_before(context: Context, frame: Frame) -> Words:
    """Return the measure (增加值, 投资) named by the clause before, which has no number; or none.

    A clause that only says how it was reckoned (按可比价格计算) is passed over.
    """
    start, end = frame.topic
    if start >= end:
        return NO_WORDS
    lexicon, text = context.lexicon, context.text
    while start < end:
        opened = skip_places(
            open_phrase(context.words(start, end), lexicon), context.places, lexicon
        )
        phrase = _without_pace(cut_state(drop_change(opened, lexicon), lexicon))
        if not names_nothing(phrase.text, lexicon):
            measure = _REMARK.sub("", phrase.text)
            return phrase if measure.endswith(lexicon.head + lexicon.whole_suffix) else NO_WORDS
        clause = _CLAUSE_BEFORE.search(text, max(0, start - 1 - _LONGEST_CLAUSE), start - 1)
        start, end = clause.span() if clause else (start, start)
    return NO_WORDS

"""What the clauses before a number say, where its own leaves its measure out."""

from __future__ import annotations

import re

from govextract.lexicon.phrases import Phrases
from govextract.model import Quantity, Step
from govextract.stages.frames import Frame
from govextract.stages.indicators.basis import drop_change
from govextract.stages.indicators.closing import count_verbs, cut_state
from govextract.stages.indicators.context import Context
from govextract.stages.indicators.opening import open_phrase, skip_places
from govextract.stages.indicators.words import NO_WORDS, Words

_LONGEST_CLAUSE = 30
_CLAUSE_BEFORE = re.compile(r"[^,，;；:：。!?！？\n\d]{2,30}\Z")
_PACE = frozenset({"逐年", "逐步", "稳步", "持续", "连年", "不断", "继续", "再次", "大幅"})
_ADJUSTED = ("因素后", "口径后", "因素", "影响后")
_WORKS = frozenset({"开展", "进行", "实施"})
_WHOM = frozenset({"人", "名", "户", "家"})
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


def topic_object(context: Context, frame: Frame) -> Step | None:
    """The object of the clause before, where it has a verb and no number (严惩…犯罪)."""
    if frame.topic.end <= frame.topic.start:
        return None
    words = context.words(frame.topic.start, frame.topic.end)
    worked = _worked_on(words)
    if worked.text:
        return Step("carry/topic", worked.text, worked.start, frame.topic.end)
    phrase = open_phrase(words, context.lexicon)
    verbs = count_verbs(phrase.words, context.lexicon)
    rest = phrase.behind(verbs)
    if not rest.text or (verbs == 0 and len(phrase.words) == len(words.words)):
        return None
    return Step("carry/topic", rest.text, rest.start, frame.topic.end)


def _worked_on(words: Words) -> Words:
    """What 对…开展… says that work was done on: 对本县制发的规范性文件开展清理, 共清理186件."""
    if words.words[:1] != ["对"]:
        return NO_WORDS
    work = next((at for at, word in enumerate(words.words) if word in _WORKS), 0)
    start = max((at for at in range(1, work) if words.words[at] == "的"), default=0) + 1
    return Words(words.words[start:work], words.behind(start).start) if work > start else NO_WORDS


def open_target(context: Context, words: Words, quantity: Quantity) -> None:
    """Let whom an act is done to be the open object: 对涉罪未成年人不批捕56人.

    Only where the number counts them, not the acts (对困难职工帮扶12次).
    """
    if words.words[:1] != ["对"] or quantity.unit not in _WHOM:
        return
    verbs = (at for at, word in enumerate(words.words) if word in context.lexicon.acting)
    stop = next(verbs, 0)
    target = Words(words.words[1:stop], words.behind(1).start)
    if target.text:
        context.state.open_object(target.text, target.start, quantity.unit)

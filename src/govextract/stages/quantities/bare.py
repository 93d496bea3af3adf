"""Numbers without a unit: a score, a ratio, money with 元 left out, a count, or nothing known."""

from __future__ import annotations

import re
from typing import NamedTuple

from govextract.model import Kind
from govextract.stages.quantities.settle import LIKELY, UNSURE, Draft

_REACH = 16
_SCORE = re.compile(r"(?:指数|得分|评分|系数|分数|分值|指标值|总分|均分)[^，。；,;\n\d]{0,8}$")
_RATIO = re.compile(r"(?:率|之比|比值|倍差|收入比|比重|比例|结构|弹性)[^，。；,;\n]{0,14}$")
_MONEY = re.compile(
    r"(?:[款薪资金额税费债值润入出]|投资|收入|支出|贷款|GDP|补贴)[^，。；,;\n\d]{0,4}$"
)
_CLAUSE_STOP = re.compile(r" *(?:[，。；、;.！？)）”’\n]|,(?!\d)|$)")
_MOVED = re.compile(r"缩小|扩大|提高|下降|上升|降|升|增|减|调整")
_HAN = r"[\u3400-\u9fff\U00020000-\U0003ffff]"  # with the extension planes
_WORD = re.compile(rf"({_HAN}){_HAN}?")
_WORD_ALONE = re.compile(
    rf"((?:(?![零一二三四五六七八九十第]){_HAN}){{1,2}})(?=[，。；、;,.！？)）\n]|$)"
)


class Judgement(NamedTuple):
    """What a number without a known unit is: a quantity (or None) and a problem (or None)."""

    draft: Draft | None
    problem: tuple[str, int, int, str] | None = None


def judge_bare(text: str, draft: Draft, scaled: bool) -> Judgement:
    """Return what a number is that no unit follows and no exclusion explains.

    ``scaled``: it is written with 万 or 亿.
    """
    start = draft.start
    before = text[max(0, start - _REACH) : start]
    kind, unit, rule = _by_words_before(before, scaled)
    alone = _CLAUSE_STOP.match(text, draft.end) is not None
    moved = _MOVED.match(text, draft.end) is not None
    if rule in ("kind/score", "kind/ratio") and not (alone or scaled or moved):
        rule = ""
    if not rule and (scaled or (alone and _stands_in_text(text, draft))):
        rule = "unit/none"
    if rule:
        return Judgement(draft._replace(kind=kind, unit=unit, rules=(rule,), confidence=LIKELY))
    return _unknown(text, draft)


def _by_words_before(before: str, scaled: bool) -> tuple[Kind, str, str]:
    if _SCORE.search(before):
        return "score", "", "kind/score"
    if _RATIO.search(before):
        return "ratio", "", "kind/ratio"
    if scaled and _MONEY.search(before):
        return "amount", "元", "unit/yuan_left_out"
    return "count", "", ""


def _stands_in_text(text: str, draft: Draft) -> bool:
    return len(draft.number) > 1 and _is_han(text[draft.start - 1 : draft.start])


def _unknown(text: str, draft: Draft) -> Judgement:
    """Return a number before a word that may be an unknown measure word, with a problem."""
    word = _WORD.match(text, draft.end)
    if word is None or not _stands_in_text(text, draft):
        message = f"no rule explains {text[draft.start : draft.end]}"
        return Judgement(None, ("unexplained-number", draft.start, draft.end, message))
    alone = _WORD_ALONE.match(text, draft.end)
    message = f"no unit is known that begins {word.group()}"
    problem = ("unknown-unit", draft.start, word.end(), message)
    draft = draft._replace(rules=("unit/unknown",), confidence=UNSURE)
    if alone:
        draft = draft._replace(end=alone.end(), unit=alone.group())
    return Judgement(draft, problem)


def _is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"

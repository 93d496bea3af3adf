"""What a change is measured against: 比上年增长, 按可比价格计算, 比上年实际完成数增加."""

from __future__ import annotations

import re

from govextract.lexicon.phrases import BLANKS, Phrases
from govextract.stages.indicators.closing import drop_note_mark, is_account_total
from govextract.stages.indicators.words import LAST_TIMES, Words

_GROWTHS = ("增长", "递增", "下降", "增速", "增幅", "提高", "增加", "减少", "降低")
_BASIS_OPENERS = ("比", "较", "同比", "环比", "按", "年均", "可比", "不变价", "名义")
_WITH = frozenset({"与", "同", "和"})
# What a budget is compared with: 比上年实际完成数增加, 比年初预算数增长.
_PRIOR_FIGURE = re.compile(
    r"(?:上?年初|实际|预计|预算|调整|决算|执行|完成|代编|同期|同口径|可比|基)*[数额]"
)


def says_only_change(words: list[str], lexicon: Phrases) -> bool:
    """Tell whether words say only when and whither (比上年增长), so that no name is left."""
    if not words:
        return True
    return words[-1] in lexicon.direction and lexicon.of_change.issuperset(words[:-1])


def drop_change(phrase: Words, lexicon: Phrases) -> Words:
    """Leave out the words of a change: 比上年增长, 同比下降, 按可比价格计算增长."""
    words = phrase.words
    cut = 0
    while cut < len(words) and not _opens_basis(words, cut):
        cut += 1
    before = drop_note_mark(_drop_directions(words[:cut], lexicon))
    if before[1:] and before[-1] == "实际":  # 零售总额实际增长; not 实际使用外资
        before.pop()
    if before[-1:] == ["相比"]:  # 与常年平均气温相比偏高0.5℃
        return Words([], phrase.start)
    if not lexicon.of_time.issuperset(before):
        return Words(before, phrase.start)
    skip = cut
    while skip < len(words) and (
        words[skip] in lexicon.of_time
        or words[skip].isdecimal()
        or words[skip].startswith(("同比", "环比"))
    ):
        skip += 1
    rest = phrase.behind(skip)
    rest = Words(_drop_directions(rest.words, lexicon), rest.start)
    if not rest.words:
        return rest
    gained = rest.words[-1:] == ["新增"]  # 比上年末新增82公里
    return Words([], phrase.start) if gained or _PRIOR_FIGURE.fullmatch(rest.text) else rest


def _opens_basis(words: list[str], at: int) -> bool:
    """Tell whether 比, 较 or 按 stands at ``at``, or 与 before the time compared with."""
    if words[at] in _WITH:
        return words[at + 1 : at + 2] != [] and words[at + 1] in LAST_TIMES
    if words[at] == "年均":  # 年均浓度 is a name, 年均增长 none
        return words[at + 1 : at + 2] == [] or words[at + 1][:2] in _GROWTHS
    return words[at].startswith(_BASIS_OPENERS)


def _drop_directions(words: list[str], lexicon: Phrases) -> list[str]:
    stop = len(words)
    while stop and (
        words[stop - 1] in lexicon.direction
        or (words[stop - 1] in lexicon.closing and not is_account_total(words, stop))
        or not words[stop - 1].strip(BLANKS + "—-")
        or words[stop - 1].isdecimal()
    ):
        stop -= 1
    if stop and words[stop - 1][-2:] in lexicon.direction and len(words[stop - 1]) > 2:
        return [*words[: stop - 1], words[stop - 1][:-2]]
    return words[:stop]

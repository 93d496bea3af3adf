"""What stands between a phrase and its number: 达到, 突破, 提高到, 比上年增长, 位居."""

from __future__ import annotations

import re

from govextract.lexicon.phrases import BLANK_WORDS, Phrases
from govextract.stages.indicators.words import NOTE_ENDS, NOTE_MARK, Words

_REACHED = frozenset({"实现", "完成"})
_OPENING = frozenset("(（")
_CLOSING = frozenset(")）")
_MARKS = _CLOSING | NOTE_ENDS
_DATES = frozenset({"年", "年度"})
SHARE = frozenset({"占", "约占", "占到", "占全", "占总", "占比", "仅占"})
_AND = frozenset("和及")
_NEWLY = frozenset("新")
_HALTS = frozenset({"在", "到", "至"})
_BOUNDS = frozenset({"以上", "以下"})  # 56岁以上 is a name
_YEAR_DIGITS = 4
_ABBREVIATION = re.compile(r"[(（][A-Z]+[)）]$")
_TOTALS = frozenset({"总计", "合计", "共计"})
_SIDES = ("收入", "支出", "收", "支")  # of an account: its 总计 is a line of its own
_REMARK = re.compile(
    r"[(（](?:[不仅]?含|不?包括|其中|指|按|以|自|当年|现价|可比|剔除|扣除|均|原|即|本外币|[^()（）]*(?:下同|口径|合计))"
)


def close_phrase(phrase: Words, lexicon: Phrases) -> Words:
    """Leave out what stands between a phrase and its number: 达到, 为, 突破, 共."""
    words = phrase.words
    plain = words and words[-1] not in lexicon.ending_closing and words[-1][-1:] not in _MARKS
    if plain and _DATES.isdisjoint(words):  # so it mostly is
        return phrase
    words = drop_note_mark(words)
    stop = len(words)
    while closing := _closing_at(words, stop, lexicon):
        stop -= closing
    if 1 < stop < len(words) and words[stop] in _HALTS and _moves(words[stop - 1], lexicon):
        stop -= 1
    if stop == 0:
        stop = _kept_verb(words, lexicon)
    words = drop_note_mark(words[:stop])
    if words and words[-1][-1:] in _CLOSING:
        words = _without_remark(words)
    return Words(_without_dates(words), phrase.start)


def drop_note_mark(words: list[str]) -> list[str]:
    """Leave out the mark of a note at the end: 地区生产总值[2], 增加值②."""
    if not words or words[-1][-1:] not in NOTE_ENDS:
        return words
    mark = NOTE_MARK.search("".join(words))
    length = len(mark[0]) if mark else 0
    stop = len(words)
    while length > 0 and stop > 1:
        stop -= 1
        length -= len(words[stop])
    return words[:stop] if length == 0 else words


def _closing_at(words: list[str], stop: int, lexicon: Phrases) -> int:
    """Return how many words before ``stop`` close a phrase: two where the dictionary cuts 迈上."""
    if not stop:
        return 0
    if words[stop - 1] not in lexicon.ending_closing:
        return 0
    if stop > 1 and "".join(words[stop - 2 : stop]) in lexicon.closing:
        return 2
    if is_account_total(words, stop):
        return 0
    bound = words[stop - 1] in _BOUNDS and stop > 2
    if bound and (words[stop - 3].isdecimal() or words[stop - 2] == "及"):  # 大专及以下
        return 0
    if words[stop - 1] == "”" and "“" in words[1 : stop - 1]:  # 新建“青少年宫”200家
        return 0
    return int(words[stop - 1] in lexicon.closing or words[stop - 1] in BLANK_WORDS)


def is_account_total(words: list[str], stop: int) -> bool:
    """Tell whether the word before ``stop`` is the total of an account: 收入总计, 收、支总计."""
    return stop > 1 and words[stop - 1] in _TOTALS and words[stop - 2].endswith(_SIDES)


def _without_dates(words: list[str]) -> list[str]:
    """Leave out a year within a name (编报目标的2024年度项目)."""
    if _DATES.isdisjoint(words):
        return words
    at = next(at for at, word in enumerate(words) if word in _DATES)
    if at > 1 and words[at - 2] == "连续":  # 产量连续9年
        return words[: at - 2] + words[at + 1 :]
    if at and words[at - 1].isdecimal() and len(words[at - 1]) == _YEAR_DIGITS:
        return words[: at - 1] + words[at + 1 :]
    return words


def count_verbs(words: list[str], lexicon: Phrases) -> int:
    """Return how many words at the front are verbs, with what joins two (新建和改造) or a 新."""
    if not words or (words[0] not in lexicon.verb and words[0] not in _NEWLY):
        return 0
    count = 0
    for at, word in enumerate(words):
        if word in lexicon.verb:
            count = at + 1
        elif at != count or word not in (_AND if count else _NEWLY):
            break
    return count


def last_act(phrase: Words, lexicon: Phrases) -> Words:
    """Keep the last of two acts (打击各类犯罪、挽回损失); a list of verbs or of things is one."""
    words = phrase.words
    if "、" not in words or "等" in words:
        return phrase
    for at in range(len(words) - 2, 0, -1):
        if words[at] == "、" and _is_verb(words[at + 1], lexicon):
            acts = any(_is_verb(word, lexicon) for word in words[:at])
            whole = not _is_verb(words[at - 1], lexicon) and not words[-1].endswith("率")
            return phrase.behind(at + 1) if acts and whole else phrase
    return phrase


def _is_verb(word: str, lexicon: Phrases) -> bool:
    return word in lexicon.verb and word not in lexicon.noun_verb and word not in lexicon.result


def drop_reached(phrase: Words, lexicon: Phrases) -> Words:
    """Leave 实现 and 完成 out before the name of a measure (实现地区生产总值, 产业实现增加值)."""
    words = phrase.words
    if _REACHED.isdisjoint(words) or len(words) < 2:
        return phrase
    if not _ABBREVIATION.sub("", "".join(words)).endswith(lexicon.measure):
        return phrase
    if words[0] in _REACHED:
        return phrase if words[1:] == ["投资"] else phrase.behind(1)
    if words[-1] != "投资":
        return Words([word for word in words if word not in _REACHED], phrase.start)
    return phrase


def drop_explained(phrase: Words) -> Words:
    """Leave out a bracket that says what a rate is: 城镇化率（城镇人口占常住人口的比重）."""
    words = phrase.words
    if _CLOSING.isdisjoint(words):
        return phrase
    closed = next(at for at, word in enumerate(words) if word in _CLOSING)
    opened = next((at for at in range(closed) if words[at] in _OPENING), 0)
    if not opened or SHARE.isdisjoint(words[opened:closed]):
        return phrase
    return Words(words[:opened] + words[closed + 1 :], phrase.start)


def split_share(phrase: Words) -> tuple[Words, Words] | None:
    """Split ``X 占 Y`` into numerator and denominator; None where there is no 占."""
    for at, word in enumerate(phrase.words):
        if word in SHARE:
            return Words(phrase.words[:at], phrase.start), phrase.behind(at + 1)
    return None


def cut_state(phrase: Words, lexicon: Phrases) -> Words:
    """Keep the measure of a clause that says how it stands: 粮食产量再创新高, 消费价格总体平稳."""
    words = phrase.words
    for at in range(1, len(words)):
        if words[at] in lexicon.state and "".join(words[:at]).endswith(lexicon.head):
            return Words(words[:at], phrase.start)
    return phrase


def drop_origin(phrase: Words, lexicon: Phrases) -> Words:
    """Leave out where a figure comes from: 覆盖率由上年的, 较2022年的.

    Only time, basis and filling words may stand behind 由, 从, 较 or 比.
    """
    words = phrase.words
    if lexicon.origins.isdisjoint(words):
        return phrase
    for at in range(len(words) - 1, -1, -1):
        word = words[at]
        if word in lexicon.origins and not (word == "比" and 0 < at == len(words) - 1):
            return (
                Words(words[:at] + words[len(words) :], phrase.start)
                if at
                else Words([word], phrase.start)
            )
        if not _says_when(word, lexicon):
            break
    return phrase


def is_motion(phrase: Words, lexicon: Phrases) -> bool:
    """Tell whether a lead only moves a figure: 提高到, 缩短至, 保持在, 较上年的, 增加到2022年的."""
    if lexicon.of_motion.isdisjoint(phrase.words):
        return False
    words = [word for word in phrase.words if word not in BLANK_WORDS]
    if not words or not (
        words[-1] in lexicon.arrival
        or words[-1] in lexicon.arrivals
        or words[0] in lexicon.origins
        or "到" in words
        or "至" in words
    ):
        return False
    moving = (lexicon.direction, lexicon.move, lexicon.origins, lexicon.arrivals)
    if all(words_of_motion.isdisjoint(words) for words_of_motion in moving):
        return False
    return all(
        word in lexicon.direction
        or word in lexicon.closing
        or word in lexicon.move
        or word in lexicon.adverb
        or word in lexicon.origins
        or _says_when(word, lexicon)
        for word in words
    )


def _says_when(word: str, lexicon: Phrases) -> bool:
    return word in lexicon.when or word.isdecimal() or word in BLANK_WORDS


def _moves(word: str, lexicon: Phrases) -> bool:
    return word in lexicon.move or word in lexicon.direction


def cut_rank(phrase: Words, lexicon: Phrases) -> Words:
    """Keep what stands before 居, 位列, 排名."""
    words = phrase.words
    stop = next((at for at, word in enumerate(words) if word in lexicon.rank), len(words))
    while stop and (
        words[stop - 1] in lexicon.region
        or words[stop - 1] in lexicon.adverb
        or words[stop - 1] in lexicon.move
        or words[stop - 1] in _HALTS
    ):
        stop -= 1
    return Words(words[:stop], phrase.start)


def _kept_verb(words: list[str], lexicon: Phrases) -> int:
    """Where all words closed a phrase, keep a verb among them: 完成 of 完成16条巷道."""
    for place, word in enumerate(words):
        if word in lexicon.verb and word not in lexicon.empty_verb:
            return place + 1
    return 0


def _without_remark(words: list[str]) -> list[str]:
    """Leave out a bracket at the end that says what is counted in (含旧存)."""
    text = "".join(words)
    cut = max(text.rfind("("), text.rfind("（"))
    if cut <= 0 or not _REMARK.match(text, cut):
        return words
    kept: list[str] = []
    length = 0
    for word in words:
        length += len(word)
        if length > cut:
            break
        kept.append(word)
    return kept

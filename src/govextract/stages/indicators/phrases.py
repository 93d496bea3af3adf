"""Reading the words before a number: what they name once all that names nothing is left out."""

from __future__ import annotations

from collections.abc import Callable, Set
from typing import NamedTuple

from govextract.lexicon.phrases import Phrases

Segment = Callable[[str], list[str]]

_SPACES = " 　\t\n:：、，,"
_BLANKS = ' 　\t\n:：、，,“”"'
_REACHED = frozenset({"实现", "完成"})
_SHARE = frozenset({"占", "约占", "占到", "占全", "占总", "占比", "仅占"})
_BASIS_OPENERS = ("比", "较", "同比", "环比", "按", "年均", "可比", "不变价", "名义")
_LAST_TIMES = frozenset({"上年", "去年", "上月", "上季", "上季度", "上年末", "去年末"})
_COMPARED = frozenset({"比", "同比", "环比", "相比", "占比"})
_ORIGINS = ("由", "从", "较", "比", "原来", "是")
_ARRIVALS = frozenset({"到", "至", "为", "成", "在", "提高到", "保持在", "控制在", "的"})
_MOVES = frozenset(
    {
        "精简",
        "整合",
        "拓展",
        "扩展",
        "优化",
        "保持",
        "控制",
        "稳定",
        "维持",
        "连续",
        "调整",
        "延长",
        "扩大",
        "升级",
        "迈上",
        "跃升",
        "压",
    }
)
_HALTS = frozenset({"在", "到", "至"})
_FILLERS = frozenset(
    {"的", "原来", "原", "此前", "每", "每人", "每月", "上", "一个", "三年", "两年", "五年"}
)
_YEAR_WORDS = ("年", "月", "日", "号", "至", "-", "—", "～", "~", "/", ".")
_TOTALS = frozenset({"总计", "合计", "共计"})
_REMARKS = ("(含", "（含", "(不含", "（不含", "(包括", "（包括", "(其中", "（其中")
_RATES = tuple(
    [word] for word in ("率", "量", "数", "费", "额", "周期", "时间", "期限", "天数", "标准")
)  # 审核率 is a name, 审核 in it no verb
_LONG = 6  # characters: a shorter subject is kept, as it tells figures apart (农民工申请)
# 市本级 is a budget of its own, 上年结转 and 全年预算 are items: what stands before these stays.
_KEPT_WITH = (["本级"], ["结转"], ["结余"], ["预算"], ["预算数"])
_SENTENCE_OPENERS = frozenset({"全年", "年末", "今年", "截至", "初步", "经", "本年"})
_PLACE_WORDS = 4  # the segmenter cuts names that it does not know (柯/桥/区)
_NEAR = 5  # words: an occasion (疫情期间) is not longer
_FAR = 14  # words: a subject or a preposition's phrase is not longer in the labelled reports


class Words(NamedTuple):
    """Some words of the text with the offset of the first."""

    words: list[str]
    start: int

    @property
    def text(self) -> str:
        """The words joined, without blanks and without half a pair of quotes at the ends."""
        text = "".join(self.words).strip(_SPACES)
        if text.count("“") != text.count("”"):
            text = text.strip(_BLANKS)
        return text

    def behind(self, at: int) -> Words:
        """The words from place ``at`` on."""
        return Words(self.words[at:], self.start + sum(map(len, self.words[:at])))


def read_words(text: str, start: int, end: int, segment: Segment) -> Words:
    """Return the words between two offsets."""
    piece = text[start:end]
    return Words(_part_comparison(segment(piece)) if piece else [], start)


def _part_comparison(words: list[str]) -> list[str]:
    """Part 比 from the word that the dictionary joins it to: 居民消费 价格比 上年."""
    parted = []
    for word, behind in zip(words, [*words[1:], ""], strict=True):
        if behind in _LAST_TIMES and word.endswith("比") and word not in _COMPARED:
            parted += [word[:-1], "比"]
        else:
            parted.append(word)
    return parted


def open_phrase(phrase: Words, lexicon: Phrases) -> Words:
    """Leave out what opens a phrase and names nothing: 其中, 全市, 2020年, 累计, 为群众."""
    words = phrase.words
    at = _behind_restart(words, lexicon)
    while at < len(words):
        step = _skip_one(words, at, lexicon)
        if step == at:
            break
        at = step
    at = _behind_subject(words, at, lexicon)
    if len(words) - at > 1 and words[at] in lexicon.empty_verb:
        at += 1
    if at < len(words) and words[at] == "的":
        at += 1
    return phrase.behind(at)


def close_phrase(phrase: Words, lexicon: Phrases) -> Words:
    """Leave out what stands between a phrase and its number: 达到, 为, 突破, 共."""
    words = phrase.words
    stop = len(words)
    while stop and (words[stop - 1] in lexicon.closing or not words[stop - 1].strip(_BLANKS)):
        if words[stop - 1] in _TOTALS and stop > 1 and words[stop - 2] in lexicon.head:
            break
        stop -= 1
    if 1 < stop < len(words) and words[stop] in _HALTS and _moves(words[stop - 1], lexicon):
        stop -= 1
    if stop == 0:
        stop = _kept_verb(words, lexicon)
    return Words(_without_remark(words[:stop]), phrase.start)


def drop_origin(phrase: Words, lexicon: Phrases) -> Words:
    """Leave out where a figure comes from: 覆盖率由上年的, 较2022年的.

    Only time, basis and filling words may stand behind 由, 从, 较 or 比.
    """
    words = phrase.words
    for at in range(len(words) - 1, -1, -1):
        word = words[at]
        if word.startswith(_ORIGINS):
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
    words = [word for word in phrase.words if word.strip(_BLANKS)]
    if not words or not (
        words[-1] in _ARRIVALS or words[0].startswith(_ORIGINS) or "到" in words or "至" in words
    ):
        return False
    if not any(
        word in lexicon.direction or word in _MOVES or word.startswith(_ORIGINS) for word in words
    ):
        return False
    return all(
        word in lexicon.direction
        or word in lexicon.closing
        or word in _MOVES
        or word.startswith(_ORIGINS)
        or _says_when(word, lexicon)
        for word in words
    )


def skip_places(phrase: Words, places: Set[str], lexicon: Phrases) -> Words:
    """Leave out names of places at the front: 越城区、柯桥区, 伊州区地区生产总值."""
    words = phrase.words
    at = 0
    while at < len(words):
        length = _place_length(words, at, places)
        if length:
            at += length
        elif at and words[at] in "、和及":
            at += 1
        else:
            break
    if not at:
        return phrase
    rest = phrase.behind(at)
    return open_phrase(rest, lexicon) if rest.words else rest


def _place_length(words: list[str], at: int, places: Set[str]) -> int:
    """Return how many words from ``at`` on are the name of a place; 0 where none is."""
    for length in range(1, min(_PLACE_WORDS, len(words) - at) + 1):
        if "".join(words[at : at + length]) in places:
            return length
    return 0


def _says_when(word: str, lexicon: Phrases) -> bool:
    return (
        word in lexicon.basis
        or word in lexicon.opening
        or word in _FILLERS
        or word.isdecimal()
        or not word.strip(_BLANKS)
    )


def count_verbs(words: list[str], lexicon: Phrases) -> int:
    """Return how many words at the front are verbs."""
    count = 0
    for word in words:
        if word not in lexicon.verb:
            break
        count += 1
    return count


def drop_reached(phrase: Words, lexicon: Phrases) -> Words:
    """Leave 实现 and 完成 out before the name of a measure (实现地区生产总值, 产业实现增加值)."""
    words = phrase.words
    if len(words) < 2 or not words[-1].endswith(lexicon.whole_suffix + lexicon.head):
        return phrase
    if words[0] in _REACHED:
        return phrase if words[1:] == ["投资"] else phrase.behind(1)
    if any(word in _REACHED for word in words) and words[-1] != "投资":
        return Words([word for word in words if word not in _REACHED], phrase.start)
    return phrase


def split_share(phrase: Words) -> tuple[Words, Words] | None:
    """Split ``X 占 Y`` into numerator and denominator; None where there is no 占."""
    for at, word in enumerate(phrase.words):
        if word in _SHARE:
            return Words(phrase.words[:at], phrase.start), phrase.behind(at + 1)
    return None


def drop_change(phrase: Words, lexicon: Phrases) -> Words:
    """Leave out the words of a change: 比上年增长, 同比下降, 按可比价格计算增长."""
    words = phrase.words
    openers = (at for at, word in enumerate(words) if word.startswith(_BASIS_OPENERS))
    cut = next(openers, len(words))
    before = _drop_directions(words[:cut], lexicon)
    if any(word not in lexicon.basis and word not in lexicon.opening for word in before):
        return Words(before, phrase.start)
    skip = cut
    while skip < len(words) and (
        words[skip] in lexicon.basis
        or words[skip] in lexicon.opening
        or words[skip].isdecimal()
        or words[skip].startswith(("同比", "环比"))
    ):
        skip += 1
    rest = phrase.behind(skip)
    return Words(_drop_directions(rest.words, lexicon), rest.start)


def cut_rank(phrase: Words, lexicon: Phrases) -> Words:
    """Keep what stands before 居, 位列, 排名."""
    words = phrase.words
    stop = next((at for at, word in enumerate(words) if word in lexicon.rank), len(words))
    while stop and (
        words[stop - 1] in lexicon.region
        or words[stop - 1] in lexicon.adverb
        or words[stop - 1] in _MOVES
        or words[stop - 1] in _HALTS
    ):
        stop -= 1
    return Words(words[:stop], phrase.start)


def _moves(word: str, lexicon: Phrases) -> bool:
    return word in _MOVES or word in lexicon.direction


def _drop_directions(words: list[str], lexicon: Phrases) -> list[str]:
    stop = len(words)
    while stop and (
        words[stop - 1] in lexicon.direction
        or words[stop - 1] in lexicon.closing
        or not words[stop - 1].strip(_BLANKS + "—-")
        or words[stop - 1].isdecimal()
    ):
        stop -= 1
    if stop and words[stop - 1][-2:] in lexicon.direction and len(words[stop - 1]) > 2:
        return [*words[: stop - 1], words[stop - 1][:-2]]
    return words[:stop]


def _behind_restart(words: list[str], lexicon: Phrases) -> int:
    """Return where the words behind the last 加上 or 其中 begin, or behind an occasion's end."""
    start = 0
    for at, word in enumerate(words):
        restarts = (
            word in lexicon.restart
            or (word in lexicon.occasion and at - start < _NEAR)
            or (not word.strip() and _opens(words[at + 1 : at + 2], lexicon))
        )
        if restarts and at + 1 < len(words):
            start = at + 1
    return start


def _opens(following: list[str], lexicon: Phrases) -> bool:
    """Tell whether a sentence opens behind a blank (a heading that no line end closes)."""
    return bool(following) and (
        following[0] in lexicon.region or (following[0] in _SENTENCE_OPENERS)
    )


def _skip_one(words: list[str], at: int, lexicon: Phrases) -> int:
    word = words[at]
    if words[at + 1 : at + 2] in _KEPT_WITH:
        return at
    if word in lexicon.preposition:
        return _behind_preposition(words, at, lexicon)
    if word in lexicon.adverb:
        following = words[at + 1] if at + 1 < len(words) else ""
        return at + 1 if following in lexicon.verb or following in lexicon.adverb else at
    if word in lexicon.opening or word in lexicon.region:
        return at + 1
    if word.isdecimal():
        following = words[at + 1] if at + 1 < len(words) else ""
        return at + 1 if following.startswith(_YEAR_WORDS) or following.isdecimal() else at
    return at if word.strip(_BLANKS) else at + 1


def _behind_preposition(words: list[str], at: int, lexicon: Phrases) -> int:
    """Return where the verb behind a preposition's phrase stands, or behind the preposition."""
    for place in range(at + 2, min(len(words), at + _FAR)):
        if _acts(words[place], lexicon):
            return place
    return at + 1


def _behind_subject(words: list[str], at: int, lexicon: Phrases) -> int:
    """Skip the subject of a verb: an organisation (市司法局受理), or a long one (沿线…建成)."""
    length = 0
    if at < len(words) and _acts(words[at], lexicon):
        return at
    for place in range(at + 1, min(len(words), at + _FAR)):
        length += len(words[place - 1])
        if words[place - 1] == "、":
            return at
        verb = place
        while verb < len(words) and (
            words[verb] in lexicon.opening or words[verb] in lexicon.adverb
        ):
            verb += 1
        if verb == len(words) or not _acts(words[verb], lexicon):
            continue
        if "“" in words[at:place] or words[verb + 1 : verb + 2] in _RATES:
            return at
        if words[place - 1].endswith(lexicon.organisation_suffix):
            return verb
        return verb if length >= _LONG and _has_object(words[verb + 1 :], lexicon) else at
    return at


def _has_object(words: list[str], lexicon: Phrases) -> bool:
    """Tell whether an object stands behind a verb, and the verb is no attribute (办理的…)."""
    return "的" not in words and any(word not in lexicon.closing for word in words)


def _acts(word: str, lexicon: Phrases) -> bool:
    return word in lexicon.verb and word not in lexicon.noun_verb and word not in lexicon.opening


def _kept_verb(words: list[str], lexicon: Phrases) -> int:
    """Where all words closed a phrase, keep a verb among them: 完成 of 完成16条巷道."""
    for place, word in enumerate(words):
        if word in lexicon.verb and word not in lexicon.empty_verb:
            return place + 1
    return 0


def _without_remark(words: list[str]) -> list[str]:
    """Leave out a bracket at the end that says what is counted in (含旧存)."""
    text = "".join(words)
    if not text.endswith((")", "）")):
        return words
    cut = max(text.rfind("("), text.rfind("（"))
    if cut <= 0 or not text[cut:].startswith(_REMARKS):
        return words
    kept: list[str] = []
    length = 0
    for word in words:
        length += len(word)
        if length > cut:
            break
        kept.append(word)
    return kept

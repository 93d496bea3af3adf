"""The words that phrases around a number are read by, indexed by role."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache

from govextract.errors import LexiconError
from govextract.lexicon import Lexicon

ROLES = (
    "verb",
    "empty_verb",
    "opening",
    "adverb",
    "occasion",
    "restart",
    "predicate",
    "result",
    "modifier",
    "average",
    "account",
    "transaction",
    "noun_verb",
    "outcome",
    "line_attribute",
    "same",
    "move",
    "arrival",
    "origin",
    "filler",
    "agent_suffix",
    "region",
    "closing",
    "direction",
    "basis",
    "rank",
    "preposition",
    "organisation_suffix",
    "head",
    "whole_suffix",
    "attribute",
    "added",
    "harvest",
    "planted",
    "state",
    "rest",
    "counted",
    "member",
    "reach",
    "funding",
    "class_suffix",
    "joined",
)


SPACES = " 　\t\n:：、，,"
BLANKS = SPACES + '“”"'
BLANK_WORDS = frozenset(BLANKS)
"""Each sign is a word of its own to the segmenter; a set tells them faster than stripping."""
WHITE_WORDS = frozenset({"\r\n", *filter(str.isspace, map(chr, range(0x3001)))})
"""Blanks and line ends, as the segmenter gives them."""

_SUFFIXES = (
    "account",
    "line_attribute",
    "origin",
    "organisation_suffix",
    "agent_suffix",
    "head",
    "whole_suffix",
    "planted",
    "class_suffix",
    "joined",
)


class Endings(tuple[str, ...]):
    """Words that others end in (or begin with), the longest first."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_last: dict[str, list[str]] = defaultdict(list)
        for word in words:
            self._by_last[word[-2:]].append(word)

    def of(self, name: str) -> str:
        """Return the longest of these that ``name`` ends in, or an empty string.

        >>> Endings(["总值", "值"]).of("生产总值"), Endings(["值"]).of("税收")
        ('总值', '')
        """
        last = name[-2:]
        if last in self._by_last:
            for end in self._by_last[last]:
                if name.endswith(end):
                    return end
        return last[-1:] if last[-1:] in self._by_last else ""


@dataclass(frozen=True, slots=True)
class NameEnd:
    """What a name ends in that says what it is; each is empty where it ends in none."""

    head: str
    line: str
    side: str
    """Of an account."""
    measure: str


class NameEnds(Endings):
    """The ends of names, each with what it is an end for."""

    def __new__(cls, *kinds: Endings) -> NameEnds:
        """Join the ``kinds`` of ends, in the order of the fields of a :class:`NameEnd`."""
        return super().__new__(cls, _longest_first(set().union(*kinds)))

    def __init__(self, *kinds: Endings) -> None:
        super().__init__(self)
        # The longest end of a name ends in all others that the name has.
        self._kinds = {end: NameEnd(*(kind.of(end) for kind in kinds)) for end in ("", *self)}

    def kinds_of(self, name: str) -> NameEnd:
        """Return what ``name`` ends in."""
        return self._kinds[self.of(name)]


@dataclass(frozen=True, slots=True)
class Phrases:
    """Words by role (``data/phrases.toml`` says what each is for)."""

    verb: frozenset[str]
    empty_verb: frozenset[str]
    opening: frozenset[str]
    adverb: frozenset[str]
    occasion: frozenset[str]
    restart: frozenset[str]
    predicate: frozenset[str]
    result: frozenset[str]
    modifier: frozenset[str]
    average: frozenset[str]
    account: Endings
    transaction: frozenset[str]
    noun_verb: frozenset[str]
    outcome: frozenset[str]
    line_attribute: Endings
    same: frozenset[str]
    move: frozenset[str]
    arrival: frozenset[str]
    origin: Endings
    filler: frozenset[str]
    agent_suffix: Endings
    region: frozenset[str]
    closing: frozenset[str]
    direction: frozenset[str]
    basis: frozenset[str]
    rank: frozenset[str]
    preposition: frozenset[str]
    organisation_suffix: Endings
    head: Endings
    whole_suffix: Endings
    attribute: frozenset[str]
    added: frozenset[str]
    harvest: frozenset[str]
    planted: Endings
    state: frozenset[str]
    rest: frozenset[str]
    counted: frozenset[str]
    member: frozenset[str]
    reach: frozenset[str]
    funding: frozenset[str]
    class_suffix: Endings
    joined: Endings
    """Names that the segmenter's dictionary would cut."""
    acting: frozenset[str]
    """The verbs that are no nouns as well and open no phrase."""
    act: frozenset[str]
    """Words that say what is done and name no thing."""
    average_openings: frozenset[str]
    """What a word may be that opens one of ``average``, which the segmenter may cut."""
    of_time: frozenset[str]
    """Words that say when, or against what."""
    when: frozenset[str]
    """Words of time, and those that may stand between them."""
    origins: frozenset[str]
    """由, 从, 比, and words that open with one (比上年; not 比赛)."""
    arrivals: frozenset[str]
    """Words that say alone that a figure moves (升至, 降到)."""
    outcomes: frozenset[str]
    """Words that say only what became of a thing."""
    skipped: frozenset[str]
    """Words and signs that may be left out where a phrase opens, besides numbers."""
    ending_closing: frozenset[str]
    """The closing words and signs, and what words end in, where the segmenter cuts them."""
    of_motion: frozenset[str]
    """One of these stands in what says only that a figure moves."""
    restarting: frozenset[str]
    """Words behind which a phrase may begin anew."""
    measure: Endings
    """The ends of names that are those of a measure."""
    name_ends: NameEnds
    of_change: frozenset[str]
    """Words of time or basis that give a change no name of its own (比, 上年; not 年均)."""

    def all_words(self) -> frozenset[str]:
        """Return the words of all roles."""
        return frozenset().union(*(getattr(self, field.name) for field in fields(self)))


@cache
def load_phrases(lexicon: Lexicon) -> Phrases:
    """Return the phrase words of ``lexicon``; LexiconError where a role is unknown."""
    words: dict[str, set[str]] = {role: set() for role in ROLES}
    for entry in lexicon.entries("phrases.toml", "words"):
        role = entry.get("role")
        if role not in words:
            raise LexiconError(
                f"has the unknown role {role!r}",
                place=f"phrases.toml [[words]] {entry['id']}",
                remedy="use one of " + ", ".join(ROLES),
            )
        words[role].update(entry["words"])
    of_time = words["basis"] | words["opening"]
    origins = set(_opening_with(words["origin"], of_time))
    ends = {role: _longest_first(words[role]) for role in _SUFFIXES}
    measure = _longest_first(words["whole_suffix"] | words["head"])
    return Phrases(
        **{  # type: ignore[arg-type]
            role: ends[role] if role in ends else frozenset(found) for role, found in words.items()
        },
        acting=frozenset(words["verb"] - words["noun_verb"] - words["opening"]),
        act=frozenset(words["adverb"] | (words["verb"] - words["noun_verb"])),
        average_openings=frozenset(
            word[:length] for word in words["average"] for length in range(1, len(word) + 1)
        ),
        of_time=frozenset(of_time),
        when=frozenset(of_time | words["filler"]),
        origins=frozenset(origins),
        arrivals=frozenset(_arrivals(words)),
        outcomes=frozenset(words["result"] | words["verb"]),
        skipped=frozenset(
            {"本年", *BLANK_WORDS}.union(
                *(words[role] for role in ("preposition", "adverb", "opening", "region"))
            )
        ),
        ending_closing=BLANK_WORDS.union(
            word[at:] for word in words["closing"] for at in range(len(word))
        ),
        of_motion=frozenset({"到", "至"} | words["arrival"] | _arrivals(words) | origins),
        restarting=WHITE_WORDS | words["restart"] | words["occasion"] | {"年", "年度"},
        measure=measure,
        name_ends=NameEnds(ends["head"], ends["line_attribute"], ends["account"], measure),
        of_change=frozenset(word for word in of_time if _gives_no_name(word, words["direction"])),
    )


def _gives_no_name(word: str, directions: set[str]) -> bool:
    """Tell whether a word of time opens no average (年均, 每人) and ends in no direction."""
    return not {"均", "每"}.intersection(word) and word[-2:] not in directions


def _arrivals(words: Mapping[str, set[str]]) -> set[str]:
    return {word for word in words["closing"] if word[-1] in "至到" and word[1:]}


def _opening_with(origins: set[str], others: set[str]) -> Iterator[str]:
    """Yield the origins, and the others with the first character of one before them."""
    yield from origins
    for word in (origin[0] + other for origin in origins for other in others):
        if word.startswith(tuple(origins)):
            yield word


def _longest_first(words: set[str]) -> Endings:
    return Endings(sorted(words, key=lambda word: (-len(word), word)))

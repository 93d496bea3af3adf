"""One compiled pattern for all that begins with a numeral: quantities and what looks like one.

The pattern is built from the units and exclusions of a lexicon. It begins with a look-ahead on the
first character, so that text without numerals costs one comparison a character; what is frequent
is tried first (a plain number with its unit, nothing odd beside it); quantifiers are possessive
or bounded, so that no text makes it backtrack at length.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import get_args

from govextract.errors import LexiconError
from govextract.lexicon import Lexicon
from govextract.lexicon.comparators import Comparators, load_comparators
from govextract.lexicon.exclusions import ExclusionRule, First, load_exclusions
from govextract.lexicon.units import Units, load_units
from govextract.lexicon.words import alternation
from govextract.numerals import ARABIC
from govextract.stages.quantities.context import Change, change_of

_CN = "一二三四五六七八九十百千两零廿卅壹贰叁肆伍陆柒捌玖拾佰仟"
# A class of nothing but single characters is looked up at once; with \d in it, it is gone through.
_FIRST = rf"(?=[0-9{_CN}万亿数几半第])"
_MIXED = (
    r"\d千\d百(?:\d十)?|\d{1,5}亿\d{1,4}[千百十]?万|\d{1,4}万\d{1,3}千(?:\d百)?"
    r"|\d{1,4}万\d{4}(?=[元件人])"
)
_GROUPED_WRONG = r"\d{1,3},\d{2}(?=[万亿]元)"
_CONNECTOR = r" ?[-—–~～至到]{1,2} ?"
_BARE_SCALE = r"(?<=[万亿])(?=[，。；、])"
POINTS = r"(?:[、和及与](?:全[国省市区县州])?\d[\d.]{0,5}个){1,4}百分点"
"""Behind 个: the unit is said whole once (5.1个、3.8个百分点)."""
HALF_UNIT = "个半"
"""Opens units that have a half of one more behind the number (2个半小时)."""
_TENTH = "[一二两三四五六七八九]"


@dataclass(frozen=True, slots=True)
class Grammar:
    """The compiled pattern, and what its groups mean."""

    pattern: re.Pattern[str]
    plain: int
    """The group that is matched last by a plain number with its unit."""
    rules: tuple[str, ...]
    """By group number: the exclusion that matched when it is the last group; empty else."""
    late: re.Pattern[str]
    late_rules: tuple[str, ...]
    units: Units
    comparators: Comparators
    plain_groups: tuple[int, int, int]
    """The groups of a plain number: its digits, its scale, its unit."""
    changes: Mapping[str, tuple[Change, frozenset[str]]]
    """:attr:`Comparators.pairs`, as the changes that they stand for."""


@cache
def load_grammar(lexicon: Lexicon) -> Grammar:
    """Return the grammar of ``lexicon``, compiled once."""
    units = load_units(lexicon)
    rules = load_exclusions(lexicon)
    comparators = load_comparators(lexicon)
    pattern = re.compile(_whole(units, [rule for rule in rules if not rule.late]))
    names = pattern.groupindex
    late_rules = [rule for rule in rules if rule.late]
    late = re.compile("|".join(_marked(late_rules)) or r"(?!)")
    return Grammar(
        pattern,
        names["plain_unit"],
        _rule_names(rules, pattern),
        late,
        _rule_names(rules, late),
        units,
        comparators,
        (names["plain_number"], names["plain_scale"], names["plain_unit"]),
        {word: (change_of(pair), longer) for word, (pair, longer) in comparators.pairs.items()},
    )


def _whole(units: Units, rules: Sequence[ExclusionRule]) -> str:
    by_first = {first: [rule for rule in rules if rule.first == first] for first in get_args(First)}
    before, after = _nearby(by_first["arabic"])
    arabic = _alternatives(
        _plain(units, by_first["arabic"]),
        _gated(by_first["arabic"], before, after),
        r"(?P<ratio>\d++(?:\.\d++)?+(?: ?[:：∶] ?\d++(?:\.\d++)?+){1,3})",
        r"(?P<fraction>\d{1,3}/\d{1,3}(?![\d/万]))",
        _share(),
        _tenths(),
        _arabic(units),
    )
    chinese = _alternatives(*_marked(by_first["chinese"]), _share("2"), _tenths("2"), _half())
    quantity = _chinese(units)
    gate = rf"(?={_chinese_shape(units)}|[{_CN}万点]{{1,8}}+(?:分之|成)|半|一半)"
    ordinal = _alternatives(_rank(), *_marked(by_first["ordinal"]))
    runs = _alternatives(*_marked(by_first["run"]))
    return (
        rf"{_FIRST}(?:{runs}|(?=\d)(?:{arabic})|(?=第)(?:{ordinal})"
        rf"|(?:(?<=[“‘「『])|{gate})(?:{chinese}|{quantity}))"
    )


def _alternatives(*patterns: str) -> str:
    return "|".join(patterns)


def _nearby(rules: Sequence[ExclusionRule]) -> tuple[str, str]:
    """Return the classes of the characters before and behind digits that exclusions look at."""
    before = _class("".join(rule.before for rule in rules))
    return before, _class("".join(rule.after for rule in rules))


def _class(characters: str) -> str:
    ranges = "".join(part for part in ("A-Z", "a-z") if part in characters)
    rest = characters.replace("A-Z", "").replace("a-z", "")
    single = "".join(dict.fromkeys(rest.replace("-", "")))
    escaped = single.replace("[", r"\[").replace("]", r"\]")
    return ranges + escaped + (r"\-" if "-" in rest else "")


def _gated(rules: Sequence[ExclusionRule], before: str, after: str) -> str:
    """Return the exclusions of Arabic numbers behind one look around that most numbers fail."""
    gate = rf"(?:(?<=[{before}])|(?<=[{before}] )|(?=\d++(?:\.\d++)?+ ?+[{after}]))"
    return f"{gate}(?:{_alternatives(*_marked(rules))})"


def _plain(units: Units, rules: Sequence[ExclusionRule]) -> str:
    """Return a number with one scale and a unit, where no exclusion and nothing else applies."""
    before, after = _nearby([rule for rule in rules if not rule.aside])
    aside = "".join(f"(?!{rule.pattern})" for rule in rules if rule.aside)
    near = re.compile(f"[{after}]")
    forms = [
        form
        for form, unit in units.by_form.items()
        if not near.match(form)
        and form[0] not in "千百万亿"
        and not form.startswith(HALF_UNIT)
        and (unit.factor == 1 or unit.kind != "amount")
    ]
    return (
        rf"(?<![负下{before}])(?<![{before}] ){aside}"
        rf"(?P<plain_number>{ARABIC}) ?+(?P<plain_scale>[万亿]?+)"
        rf"(?>(?P<plain_unit>{alternation(forms, units.guards)}))"
        rf"(?! ?[-—–~～至到/(（半]|(?<=个){POINTS})"
    )


def _arabic(units: Units) -> str:
    forms = alternation(units.by_form, units.guards)
    parts = alternation(units.parts)
    second = rf"(?:[(（]{parts}(?:[、/]{parts})?[)）]| ?/ ?[十百千万]{{0,2}}{parts})?"
    high = (
        rf"(?:{_CONNECTOR}(?P<number2>{ARABIC}) ?{_scale(units, 'scale3')}(?P<more2>[余多])?"
        rf"{_scale(units, 'scale4')} ?(?P<unit2>{forms}))?"
    )
    return (
        rf"(?P<number>{_MIXED}|{_GROUPED_WRONG}|{ARABIC}) ?{_scale(units, 'scale')}"
        rf"(?P<more>[余多来]|\+(?![\dA-Za-z]))?{_scale(units, 'scale2')}"
        rf"(?: ?(?P<unit>{forms}{second})(?P<and_half>半)?)?{high}"
    )


def _chinese_shape(units: Units) -> str:
    """Return what a Chinese numeral with its unit looks like, in one look without backtracking."""
    forms = alternation(units.by_form, units.guards)
    number = rf"[数几]?+[{_CN}万亿点至到]{{0,30}}+[余多几来]?+[百千万亿]{{0,2}}+"
    return rf"{number}(?:{forms}|{_BARE_SCALE})"


def _chinese(units: Units) -> str:
    forms = alternation(units.by_form, units.guards)
    whole = rf"(?:[{_CN}](?<!千(?=[瓦克伏卡焦升]))){{1,24}}"
    numeral = rf"{whole}(?:[万亿][{_CN}]{{1,24}}){{0,3}}(?:点[{_CN}]{{1,24}})?"
    return (
        r"(?P<some>(?<![人户件次])数|几|)"
        rf"(?P<numeral>(?:{numeral}(?![分点]))?{_scale(units, 'cscale')})"
        rf"(?:[至到](?P<chigh>[{_CN}]{{1,4}}))?"
        rf"(?P<cmore>[余多几来])?{_scale(units, 'cscale2')}"
        rf"(?:(?P<cunit>{forms})(?P<chalf>半)?|{_BARE_SCALE})"
    )


def _scale(units: Units, name: str) -> str:
    return rf"(?P<{name}>{_scale_characters(units)}{{0,3}})"


def _scale_characters(units: Units) -> str:
    """Return a pattern of one scale character; one that begins a unit (千瓦) is left to it."""
    kept = {char: "".join(sorted(set(rest))) for char, rest in units.kept_scales.items()}
    parts = [rf"{char}(?![{kept[char]}])" if char in kept else char for char in "十百千万亿萬億"]
    return f"(?:{'|'.join(parts)})"


def _share(suffix: str = "") -> str:
    number = rf"[{_CN}万]{{1,12}}(?:点[{_CN}]{{1,24}})?|\d+(?:\.\d+)?"
    return rf"(?P<whole{suffix}>{number})分之(?P<part{suffix}>{number})"


def _tenths(suffix: str = "") -> str:
    digit = rf"{_TENTH}|\d"
    return (
        rf"(?P<tenth{suffix}>{digit})(?:[-—~～至到](?P<tenth_high{suffix}>{digit}))?成"
        rf"(?![立为功果员就效分熟长品绩本都人交])(?P<tenth_more{suffix}>[一二三四五六七八九半多])?"
    )


def _half() -> str:
    return r"(?P<half>半数|(?<=过)半(?![年天个小月导])|一半(?=[以左的，。]))"


def _rank() -> str:
    number = rf"(?:\d{{1,3}}|[{_CN}]{{1,24}})"
    place = (
        r"(?:(?<=[居列排位名获])|(?<=[升跃进][到至])|(?<=[名次位][由从])"
        r"|(?<=全[国省市区县州球])|(?<=世界)|(?<=[东中西]部))"
    )
    stop = r"(?=[，。、；;,.和及）)\s]|[上提跃]升|前进|$)"
    return (
        rf"第 ?(?P<place>{number}) ?(?P<place_unit>位|名)(?![责的领])"
        rf"|{place}第 ?(?P<bare_place>{number}){stop}"
    )


def _marked(rules: Iterable[ExclusionRule]) -> list[str]:
    return [f"(?:{rule.pattern})(?P<{_group(rule)}>)" for rule in rules]


def _group(rule: ExclusionRule) -> str:
    name = rule.id.removeprefix("exclude/")
    if not name.isidentifier():
        raise LexiconError(
            f"{rule.id!r} is no id", remedy="write exclude/ and letters, digits, underscores"
        )
    return f"x_{name}"


def _rule_names(rules: Iterable[ExclusionRule], pattern: re.Pattern[str]) -> tuple[str, ...]:
    names = [""] * (pattern.groups + 1)
    for rule in rules:
        at = pattern.groupindex.get(_group(rule))
        if at is not None:
            names[at] = rule.id
    return tuple(names)

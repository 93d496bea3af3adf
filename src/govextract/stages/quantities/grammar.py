"""One compiled pattern for all that begins with a numeral: quantities and what looks like one.

The pattern is built from the units and exclusions of a lexicon. It begins with a look-ahead on the
first character, so that text without numerals costs one comparison a character, and it has no
part that can backtrack without bound.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from govextract.errors import LexiconError
from govextract.lexicon import Lexicon
from govextract.lexicon.comparators import Comparators, load_comparators
from govextract.lexicon.exclusions import ExclusionRule, load_exclusions
from govextract.lexicon.units import Units, load_units
from govextract.lexicon.words import alternation
from govextract.numerals import ARABIC

_CN = "零一二两三四五六七八九十百千廿卅壹贰叁肆伍陆柒捌玖拾佰仟"
_FIRST = rf"(?=[\d{_CN}万亿数几半第])"
_MIXED = r"\d{1,5}亿\d{1,4}[千百十]?万|\d{1,4}万\d{1,3}千(?:\d百)?|\d{1,4}万\d{4}(?=[元件人])"
_GROUPED_WRONG = r"\d{1,3},\d{2}(?=[万亿]元)"
_CONNECTOR = r"\s?[-—~～至到]{1,2}\s?"
_FRACTION = r"\d{1,3}/\d{1,3}(?![\d/])"


class Groups(NamedTuple):
    """The numbers of the groups of :attr:`Grammar.pattern`."""

    arabic: int
    chinese: int
    ratio: int
    fraction: int
    share: int
    tenths: int
    half: int
    rank: int


class Grammar(NamedTuple):
    """The compiled pattern, and what its groups mean."""

    pattern: re.Pattern[str]
    groups: Groups
    rules: tuple[str, ...]
    """By group number: the exclusion that matched when it is the last group; empty else."""
    late: re.Pattern[str]
    late_rules: tuple[str, ...]
    units: Units
    comparators: Comparators


@cache
def load_grammar(lexicon: Lexicon) -> Grammar:
    """Return the grammar of ``lexicon``, compiled once."""
    units = load_units(lexicon)
    rules = load_exclusions(lexicon)
    pattern = re.compile(_whole(units, [rule for rule in rules if not rule.late]))
    late_rules = [rule for rule in rules if rule.late]
    late = re.compile("|".join(_marked(late_rules)) or r"(?!)")
    names = pattern.groupindex
    return Grammar(
        pattern,
        Groups(*(names[name] for name in Groups._fields)),
        _rule_names(rules, pattern),
        late,
        _rule_names(rules, late),
        units,
        load_comparators(lexicon),
    )


def _whole(units: Units, rules: Sequence[ExclusionRule]) -> str:
    def early(first: str) -> str:
        return "".join(f"{part}|" for part in _marked(r for r in rules if r.first == first))

    arabic = early("arabic") + "|".join(
        [
            r"(?P<ratio>\d+(?:\.\d+)?(?:\s?[:：∶]\s?\d+(?:\.\d+)?){2,3})",
            rf"(?P<fraction>{_FRACTION})",
            _share(),
            _tenths(),
            _arabic(units),
        ]
    )
    chinese = early("chinese") + "|".join([_share("2"), _tenths("2"), _half(), _chinese(units)])
    ordinal = f"{_rank()}|" + early("ordinal").rstrip("|")
    return rf"{_FIRST}(?:(?=\d)(?:{arabic})|(?=第)(?:{ordinal})|(?:{chinese}))"


def _arabic(units: Units) -> str:
    scale = _scale(units)
    forms = alternation(units.by_form, units.guards)
    tail = (
        rf"(?:{_CONNECTOR}(?P<number2>{ARABIC}){scale.format('scale3')}(?P<more2>[余多])?"
        rf"{scale.format('scale4')}\s?(?P<unit2>{forms}))?"
    )
    return (
        rf"(?P<arabic>(?P<number>{_MIXED}|{_GROUPED_WRONG}|{ARABIC})\s?{scale.format('scale')}"
        rf"(?P<more>[余多来])?{scale.format('scale2')}(?:\s?(?P<unit>{forms})(?P<and_half>半)?)?"
        rf"{tail})"
    )


def _chinese(units: Units) -> str:
    scale = _scale(units)
    forms = alternation(units.chinese_forms, units.guards)
    numeral = rf"[{_CN}]+(?:点[{_CN}]+)?"
    return (
        rf"(?P<chinese>(?P<some>[数几]|)(?P<numeral>(?:{numeral}(?![分点]))?"
        rf"{scale.format('cscale')})(?P<cmore>[余多几来])?{scale.format('cscale2')}"
        rf"(?P<cunit>{forms})(?P<chalf>半)?)"
    )


def _scale(units: Units) -> str:
    """Return a group, to be named, of scale characters; 千 of 千瓦 is left to the unit."""
    kept = {char: "".join(sorted(set(rest))) for char, rest in units.kept_scales.items()}
    parts = "|".join(
        rf"{char}(?![{kept[char]}])" if char in kept else char for char in "十百千万亿萬億"
    )
    return rf"(?P<{{}}>(?:{parts}){{{{0,3}}}})"


def _share(suffix: str = "") -> str:
    number = rf"[{_CN}万]+(?:点[{_CN}]+)?|\d+(?:\.\d+)?"
    name = f"share{suffix}"
    return rf"(?P<{name}>(?P<whole{suffix}>{number})分之(?P<part{suffix}>{number}))"


def _tenths(suffix: str = "") -> str:
    return (
        rf"(?P<tenths{suffix}>(?P<tenth{suffix}>[一二两三四五六七八九]|\d)成"
        rf"(?![立为功果员就效分熟长品绩本都人交])(?P<tenth_more{suffix}>[一二三四五六七八九半多])?)"
    )


def _half() -> str:
    return r"(?P<half>半数|(?<=过)半(?![年天个小月导])|一半(?=[以左的，。]))"


def _rank() -> str:
    number = rf"(?:\d{{1,3}}|[{_CN}]+)"
    place = r"(?:(?<=[居列排位名获])|(?<=全[国省市区县州球])|(?<=世界)|(?<=[东中西]部))"
    stop = r"(?=[，。、；;,.和及）)\s]|$)"
    return (
        rf"(?P<rank>第\s?(?P<place>{number})\s?(?P<place_unit>位|名)(?![责的领])"
        rf"|{place}第\s?(?P<bare_place>{number}){stop})"
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

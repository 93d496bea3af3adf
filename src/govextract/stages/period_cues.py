"""The period cues of a text: the words that say when, with the ISO period that they state."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import replace

from govextract.lexicon import Lexicon
from govextract.lexicon.periods import Periods, load_periods
from govextract.model import CueScope, PeriodCue, Quantity
from govextract.text import fold

LISTED = re.compile(r"\s?[::、和及]?\s?")
"""What stands between the members of a list of cues or of numbers."""

_FROM = re.compile(
    r"(?:由|从)(?:原来|原有|此前|最初|之前)?的?(?:每[^,。;\d]{1,4}){0,2}(?:近|约|不足|超过?)?$"
)
_TO = re.compile(
    r"(?:[:∶]\d+(?:\.\d+)?){0,3}"  # the other parts of a proportion
    r"[^,。;\n由从]{0,6}?(?:增|减|提|升|降|压|缩|扩|拓|调|延|精简|整合|发展|跃)[^,。;\n]{0,5}?[到至为]"
)
_ONLY_YEAR = re.compile(r"\{[0YS][+-]?\d*\}")
_OWN_YEAR = re.compile(r"\{0([+-]\d+)?\}")
_PLACE = re.compile(r"\{(y2|m2|m|n|plan(?:\+4)?)\}")
_TITLES = re.compile(r"《[^》\n]{0,200}+》")
_BEFORE_BASE = 10
_CHINESE = "零一二三四五六七八九十"
# A year that only qualifies the number behind it: 增加到2022年的51.6亿元.
_OF_NUMBER = re.compile(r"的(?:近|约|超过?)?\d")


def find_periods(text: str, lexicon: Lexicon) -> tuple[PeriodCue, ...]:
    """Return the period cues of ``text`` in order; none in titles (《…》) or names of documents."""
    return find_folded(fold(text), load_periods(lexicon))


def find_folded(folded: str, periods: Periods) -> tuple[PeriodCue, ...]:
    """Return the period cues of a text that is folded already."""
    titles = [match.span() for match in _TITLES.finditer(folded)]
    starts = [start for start, _ in titles]
    found: list[PeriodCue] = []
    for match in periods.cue.finditer(folded):
        start, end = match.span()
        at = bisect_right(starts, start) - 1
        in_title = at >= 0 and start < titles[at][1]
        if in_title or periods.name.match(folded, end):
            continue
        cue = _cue(folded, match, periods)
        before = found[-1] if found else None
        if before is not None and _continues(folded, before, cue):
            cue = replace(cue, scope="base")
        if before is not None and before.end == start and _ONLY_YEAR.fullmatch(before.value):
            cue = _joined(found.pop(), cue)
        found.append(cue)
    return tuple(found)


def _cue(folded: str, match: re.Match[str], periods: Periods) -> PeriodCue:
    rule, stated = periods.read(match)
    start, end = match.span()
    scope: CueScope = "base"
    left = max(0, start - _BEFORE_BASE)
    if rule.scope != "none" and not periods.base.search(folded, left, start):
        scope = "clause" if _OF_NUMBER.match(folded, end) else rule.scope
    value = _value(rule.value, stated) if stated else rule.value
    return PeriodCue(start, end, value, rule.id, scope)


def _continues(folded: str, before: PeriodCue, cue: PeriodCue) -> bool:
    """True for the second base of a list: 较2019年、2020年."""
    return before.scope == "base" and LISTED.fullmatch(folded, before.end, cue.start) is not None


def _joined(year: PeriodCue, cue: PeriodCue) -> PeriodCue:
    """Return 去年 and 上半年, which stand side by side, as one cue."""
    value = cue.value.replace("{0}", year.value)
    scope = "base" if year.scope == "base" else cue.scope
    return PeriodCue(year.start, cue.end, value, cue.rule, scope)


def _value(template: str, stated: Mapping[str, str]) -> str:
    """Fill what the cue states into its template; anchors stay where it states no year.

    ``stated`` has what those groups of its pattern hold that have part in it: ``y``, ``m`` …
    """
    year = _parse_year(stated["y"]) if "y" in stated else 0
    if year and template == "{0}":  # so it is with half of all cues
        return str(year)

    def fill(place: re.Match[str]) -> str:
        if place[1] == "y2":
            return str(_parse_year(stated.get("y2", "")) or "{0}")
        if place[1] in ("m", "m2"):
            return f"{_parse_number(stated.get(place[1], '')):02d}"
        first = 1951 + 5 * (10 + _parse_number(stated.get("p", "")))
        return str(first + (4 if place[1] == "plan+4" else 0))

    if "n" in stated:
        number = _parse_number(stated["n"])
        template = template.replace("-n+1", f"-{number - 1}").replace("+n", f"+{number}")
    value = _PLACE.sub(fill, template)
    if year:
        value = _OWN_YEAR.sub(lambda at: str(year + int(at[1] or 0)), value)
    return value


def _parse_year(numeral: str) -> int:
    """Return a year of four digits, Arabic or Chinese; 0 for an empty one."""
    if numeral.isdecimal():
        return int(numeral)
    digits = (
        character if character.isdecimal() else str(_CHINESE.find(character))
        for character in numeral
    )
    return int("".join(digits) or 0)


def _parse_number(numeral: str) -> int:
    """Return a number in digits, or below 20 in Chinese; 0 for an empty one."""
    if numeral.isdecimal():
        return int(numeral)
    if len(numeral) == 2 and numeral[0] == "十":
        return 10 + _CHINESE.find(numeral[1])
    return max(0, _CHINESE.find("二" if numeral == "两" else numeral)) if numeral else 0


def join_years(first: PeriodCue, last: PeriodCue) -> PeriodCue:
    """Return two years of a list (2019年、2020年) as the span that they make together."""
    if first.value.isdecimal() and last.value.isdecimal() and first.value < last.value:
        return replace(last, start=first.start, value=f"{first.value}/{last.value}")
    return last


def is_year_end(cue: PeriodCue) -> bool:
    """Tell whether a cue is of a year's end, for what its sentence says."""
    return cue.scope == "sentence" and cue.value.startswith("/") and cue.value.endswith("-12")


def opens_from_to(text: str, quantity: Quantity) -> bool:
    """Tell whether a number is the first of 由3件增加到5件."""
    start, end = quantity[:2]
    return bool(_FROM.search(text, max(0, start - 14), start) and _TO.match(text, end))

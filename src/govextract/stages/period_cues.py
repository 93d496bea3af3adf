"""The period cues of a text: the words that say when, with the ISO period that they state."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Literal

from govextract.lexicon import Lexicon
from govextract.lexicon.periods import Periods, load_periods
from govextract.model import PeriodCue
from govextract.text import fold

_PLACE = re.compile(r"\{(y2|m2|m|n|plan(?:\+4)?)\}")
_TITLES = re.compile(r"《[^》\n]{0,200}》")
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
    found = []
    for match in periods.cue.finditer(folded):
        at = bisect_right(starts, match.start()) - 1
        if at >= 0 and match.start() < titles[at][1]:
            continue
        if periods.name.match(folded, match.end()):
            continue
        rule = periods.rules[periods.rule_of(match)]
        scope: Literal["sentence", "clause", "base"] = "base"
        before = folded[max(0, match.start() - _BEFORE_BASE) : match.start()]
        if rule.scope != "none" and not periods.base.search(before):
            scope = "clause" if _OF_NUMBER.match(folded, match.end()) else rule.scope
        found.append(
            PeriodCue(
                match.start(), match.end(), _value(match, rule.value, periods), rule.id, scope
            )
        )
    return tuple(found)


def _value(match: re.Match[str], template: str, periods: Periods) -> str:
    """Fill what the cue states into its template; anchors stay where it states no year."""
    year = periods.group(match, "y")
    number = _parse_number(periods.group(match, "n"))

    def fill(place: re.Match[str]) -> str:
        if place[1] == "y2":
            return periods.group(match, "y2") or "{0}"
        if place[1] in ("m", "m2"):
            return f"{_parse_number(periods.group(match, place[1])):02d}"
        first = 1951 + 5 * (10 + _parse_number(periods.group(match, "p")))
        return str(first + (4 if place[1] == "plan+4" else 0))

    value = _PLACE.sub(fill, template.replace("-n+1", f"-{number - 1}").replace("+n", f"+{number}"))
    if year:
        value = re.sub(r"\{0([+-]\d+)?\}", lambda at: str(int(year) + int(at[1] or 0)), value)
    return value


def _parse_number(numeral: str) -> int:
    """Return a number below 20, in digits or Chinese; 0 for an empty one."""
    if numeral.isdecimal():
        return int(numeral)
    if len(numeral) == 2 and numeral[0] == "十":
        return 10 + _CHINESE.find(numeral[1])
    return max(0, _CHINESE.find("二" if numeral == "两" else numeral)) if numeral else 0

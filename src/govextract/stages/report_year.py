"""The year that a report is about, from its title and its first lines.

A report names several years: the one it is about, the one it was given in, the one it plans for.
The evidence is asked in a fixed order, strongest first; the date of publication is none.
"""

from __future__ import annotations

import re
from collections import Counter

from govextract.text import fold

# How far the opening of a report goes: title, speaker, address to the assembly, first paragraph.
_OPENING = 2500
# A report given from January to April speaks of the year before; later ones of their own.
_LAST_MONTH_FOR_YEAR_BEFORE = 4

# The look back stands behind the first digits: what opens with a sign is looked for much faster.
_FOUR_DIGITS = r"((?:19|20)(?<!\d..)\d\d)"
_YEAR = _FOUR_DIGITS + r"\s{0,2}"
_REVIEW = re.compile(
    r"(?m)^\s{0,8}(?:[一二三四]、|第.部分)?\s{0,4}"
    + _YEAR
    + r"年?(?:度)?[^\n。,;]{0,20}?(?:回顾|总结|执行情况|(?:工作|推进)[^\n。,;]{0,12}情况)"
)
_ANY_YEAR = re.compile(_YEAR + "年")
_TITLE_YEAR = re.compile(_YEAR + r"年?(?!\s?\d|\s?[-—至]\s?\d)")
_SUBJECT = re.compile(
    r"(?:报告|关于)(?:全?[省市区县]|我[院局委])?\s?" + _YEAR + r"年度?(?!\s?\d{1,2}月\s?\d)"
)
_SPEECH = re.compile(_YEAR + r"年?\s?(\d{1,2})\s?月\s?\d{1,2}\s?日?\s?[在于][^。]{4,60}?会")
_SPEECH_BARE = re.compile(_FOUR_DIGITS + r"(\d\d)\d\d[在于][^。]{4,60}?会")
_FIRST_SENTENCE = re.compile(r"(?m)(?:^|。)\s{0,8}" + _YEAR + r"年度?(?:上半年|[一前].季度)?[,是]")
_OF_PLACE = re.compile(_YEAR + r"年,?(?:全[市省区县州盟旗国]|我[市省区县州旗])")
_NAME_YEAR = re.compile(_FOUR_DIGITS + r"(?!\s?\d|\s?[-—至]\s?\d)")
_RANGE_END = re.compile(
    r"年\s?\d{1,2}\s?月[^,。\n]{0,4}?[至到—-]\s?" + _YEAR + r"年\s?\d{1,2}\s?月"
)
_GIVEN_IN = re.compile(_YEAR + r"年?[^\d]{0,20}政府工作报告|政府工作报告\(" + _YEAR)
_TITLE_LINE = re.compile(
    r"(?m)^[^\n。]{0,40}?"
    + _YEAR
    + r"年?(?!\s?\d)[^\n。,]{0,40}(?:报告|公报|年报|总结|决算)[\s|)]*$"
)
_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_CHINESE_YEAR = re.compile(r"[一二][九〇零○][〇零○一二三四五六七八九]{2}(?=\s?年)")


def find_report_year(title: str, text: str, file_name: str = "") -> int | None:
    """Return the year that the report is about, or None where nothing says it.

    In order: a heading that reviews a year (``一、2014年工作回顾``), the title (``title``, or a
    line of the opening that reads like one), the subject as the opening names it
    (``报告2022年度…``), the date of a speech, the first sentence, the first figure of a place
    (``2025年全市…``), the end of a range of months, ``file_name``, the commonest year.
    """
    body = _arabic_years(fold(text))
    opening = body[:_OPENING]
    line = _TITLE_LINE.search(opening)
    name = _arabic_years(fold(title)) or (line[0].strip() if line else "")
    speech = _find_speech(f"{name}\n{opening}")
    return (
        _first(_REVIEW, body)
        or _year_of_title(name, speech)
        or _first(_SUBJECT, opening)
        or (_year_of_speech(*speech) if speech else None)
        or _first(_FIRST_SENTENCE, opening)
        or _first(_OF_PLACE, opening)
        or _first(_RANGE_END, opening)
        or _year_of_file(file_name)
        or _commonest_year(body)
    )


def find_year_given(text: str) -> int | None:
    """Return the year that a speech was given in, as its first lines say, or None."""
    speech = _find_speech(fold(text[:_OPENING]))
    return speech[0] if speech else None


def _find_speech(opening: str) -> tuple[int, int] | None:
    """Return the year and the month that a speech was given in, or None."""
    match = _SPEECH.search(opening) or _SPEECH_BARE.search(opening)
    return (int(match[1]), int(match[2])) if match else None


def _year_of_title(title: str, speech: tuple[int, int] | None) -> int | None:
    """The year in a title; a 政府工作报告 and a speech of that year are named by their date."""
    named = _GIVEN_IN.search(title)
    if named:
        return int(named[1] or named[2]) - 1
    year = _first(_TITLE_YEAR, title)
    if year and speech and speech[0] == year and "工作报告" in title:
        return _year_of_speech(*speech)
    return year


def _year_of_file(name: str) -> int | None:
    """The year in a file's name; not of speeches, which are filed under the year they are given."""
    return None if "工作报告" in name else _first(_NAME_YEAR, name)


def _year_of_speech(year: int, month: int) -> int:
    return year - 1 if month <= _LAST_MONTH_FOR_YEAR_BEFORE else year


def _commonest_year(text: str) -> int | None:
    years = Counter(match[1] for match in _ANY_YEAR.finditer(text))
    if not years:
        return None
    return int(max(years, key=lambda year: (years[year], year)))


def _first(pattern: re.Pattern[str], text: str) -> int | None:
    match = pattern.search(text)
    return int(match[1]) if match else None


def _arabic_years(text: str) -> str:
    """Write ``二〇二〇年`` as ``2020年``; the length stays."""
    return _CHINESE_YEAR.sub(lambda match: match[0].translate(_DIGITS), text)

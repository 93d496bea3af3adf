"""Automatic numbering of DOCX: which number Word would print before a paragraph.

Rules: ECMA-376 part 1, 17.9 (numbering) and 17.18.59 (formats). The counters run through the whole
document in its order, so that one ``Numbering`` serves one reading.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from govextract.readers.docx_xml import W, attribute, number_attribute, parse_number

_LEVELS = 9
_DIGITS = "〇一二三四五六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_PLACE = re.compile(r"%([1-9])")


class Level(NamedTuple):
    """One level of a list: its first number, its format, and the pattern around it (``第%1章``)."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    legal: bool = False


class Style(NamedTuple):
    """What a paragraph style says of numbering, and the name it goes by."""

    name: str = ""
    number_id: str = ""
    level: int | None = None


class Numbering:
    """The lists of a document, and where each of them has come to."""

    def __init__(self, numbering: Any | None, styles: Mapping[str, Style]) -> None:
        self._styles = styles
        self._lists: dict[str, str] = {}
        self._levels: dict[str, dict[int, Level]] = {}
        self._restarts: dict[tuple[str, int], int] = {}
        self._counters: dict[str, list[int | None]] = {}
        if numbering is not None:
            self._load(numbering)

    def label(self, paragraph: Any) -> str:
        """Return the number of the next paragraph (``（一）``), empty where it has none."""
        number_id, level = self._place(paragraph)
        abstract = self._lists.get(number_id, "")
        levels = self._levels.get(number_id, {})
        if level not in levels:
            return ""
        counters = self._counters.setdefault(abstract, [None] * _LEVELS)
        restart = self._restarts.pop((number_id, level), None)
        before = counters[level]
        first = restart is not None or before is None
        counters[level] = (
            (levels[level].start if restart is None else restart) if first else (before or 0) + 1
        )
        counters[level + 1 :] = [None] * (_LEVELS - level - 1)
        return self._print(levels, level, counters)

    def _print(self, levels: Mapping[int, Level], level: int, counters: list[int | None]) -> str:
        this = levels[level]
        if this.format in ("bullet", "none"):
            return ""

        def number(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            there = levels.get(at, Level())
            value = counters[at] if counters[at] is not None else there.start
            legal = this.legal and at != level
            return format_number(value or 0, "decimal" if legal else there.format)

        label = _PLACE.sub(number, this.text).strip()
        return f"{label} " if label[-1:].isalnum() else label

    def _place(self, paragraph: Any) -> tuple[str, int]:
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            return "", 0
        style = self._styles.get(attribute(properties, "pStyle"), Style())
        own = properties.find(f"{W}numPr")
        number_id = attribute(own, "numId") if own is not None else ""
        level = number_attribute(own, "ilvl") if own is not None else None
        if level is None:
            level = style.level
        return number_id or style.number_id, min(level or 0, _LEVELS - 1)

    def _load(self, root: Any) -> None:
        abstracts = {
            item.get(f"{W}abstractNumId", ""): item for item in root.iterfind(f"{W}abstractNum")
        }
        for item in root.iterfind(f"{W}num"):
            number_id = item.get(f"{W}numId", "")
            abstract = attribute(item, "abstractNumId")
            levels = dict(_levels(abstracts.get(abstract)))
            for override in item.iterfind(f"{W}lvlOverride"):
                level = parse_number(override.get(f"{W}ilvl", "")) or 0
                start = number_attribute(override, "startOverride")
                if start is not None:
                    self._restarts[number_id, level] = start
                levels.update(_levels(override))
            self._lists[number_id] = abstract
            self._levels[number_id] = levels


def format_number(value: int, form: str) -> str:
    """Return ``value`` in a number format of ECMA-376; an unknown one as decimal.

    >>> format_number(12, "chineseCounting"), format_number(3, "decimalEnclosedCircle")
    ('十二', '③')
    """
    write = _FORMATS.get(form)
    return write(value) if write else str(value)


def chinese(value: int) -> str:
    """Return ``value`` below 10,000 in Chinese numerals, digit by digit above.

    >>> chinese(10), chinese(21), chinese(105), chinese(110)
    ('十', '二十一', '一百〇五', '一百一十')
    """
    if not 0 < value < 10_000:
        return "".join(_DIGITS[int(digit)] for digit in str(abs(value)))
    text = ""
    gap = False
    for size, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, size)
        if digit:
            text += ("〇" if gap and text else "") + _DIGITS[digit] + name
        gap = not digit
    return text.removeprefix("一") if text.startswith("一十") else text


def _levels(parent: Any | None) -> list[tuple[int, Level]]:
    if parent is None:
        return []
    return [
        (
            parse_number(item.get(f"{W}ilvl", "")) or 0,
            Level(
                number_attribute(item, "start") or 0,
                attribute(item, "numFmt") or "decimal",
                attribute(item, "lvlText"),
                item.find(f"{W}isLgl") is not None,
            ),
        )
        for item in parent.iterfind(f"{W}lvl")
    ]


def _of(signs: str) -> Callable[[int], str]:
    return lambda value: signs[(value - 1) % len(signs)] if value > 0 else str(value)


def _enclosed(first: int, count: int) -> Callable[[int], str]:
    return lambda value: chr(first + value - 1) if 0 < value <= count else str(value)


def _letters(value: int) -> str:
    return chr(ord("A") + (value - 1) % 26) * ((value - 1) // 26 + 1) if value > 0 else ""


def _roman(value: int) -> str:
    text = ""
    pairs = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"))
    for size, sign in (*pairs, (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        count, value = divmod(value, size)
        text += sign * count
    return text


def _legal(value: int) -> str:
    return chinese(value).translate(
        str.maketrans("一二三四五六七八九十百千〇", "壹贰叁肆伍陆柒捌玖拾佰仟零")
    )


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda value: f"{value:02}",
    "decimalFullWidth": lambda value: str(value).translate({48 + i: 0xFF10 + i for i in range(10)}),
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "chineseLegalSimplified": _legal,
    "japaneseCounting": chinese,
    "japaneseDigitalTenThousand": lambda value: "".join(_DIGITS[int(d)] for d in str(value)),
    "ideographDigital": lambda value: "".join(_DIGITS[int(d)] for d in str(value)),
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "ideographTraditional": _of(_STEMS),
    "ideographZodiac": _of(_BRANCHES),
    "decimalEnclosedCircle": _enclosed(0x2460, 20),
    "decimalEnclosedCircleChinese": _enclosed(0x2460, 20),
    "decimalEnclosedParen": _enclosed(0x2474, 20),
    "decimalEnclosedFullstop": _enclosed(0x2488, 20),
    "ideographEnclosedCircle": _enclosed(0x3220, 10),
    "upperRoman": _roman,
    "lowerRoman": lambda value: _roman(value).lower(),
    "upperLetter": _letters,
    "lowerLetter": lambda value: _letters(value).lower(),
}

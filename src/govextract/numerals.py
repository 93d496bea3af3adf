"""Arabic, Chinese and mixed numerals to ``Decimal``, exactly.

The digits and scales of the language are fixed, so they stand here and not in the rule data.
Sources: GB/T 15835-2011 (general rules for writing numerals), the financial forms of the
Negotiable Instruments Law practice (壹贰叁 …).
"""

from __future__ import annotations

import re
from decimal import Decimal

DIGITS = {
    **{char: value for value, char in enumerate("零一二三四五六七八九")},
    **{char: value for value, char in enumerate("壹贰叁肆伍陆柒捌玖", start=1)},
    "〇": 0, "○": 0, "两": 2, "俩": 2, "仨": 3, "貳": 2, "參": 3, "陸": 6, "弌": 1,
}  # fmt: skip
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_TWENTIES = {"廿": 20, "卅": 30}
_MYRIADS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}

SCALES = {char: Decimal(value) for char, value in {**_TENS, **_MYRIADS}.items() if char != "兆"}
"""What a character after a number multiplies it by. 兆 is left out: it is mega in 兆瓦."""

CHINESE = "".join(dict.fromkeys([*DIGITS, *_TENS, *_TWENTIES]))
"""All characters that a Chinese numeral below ten thousand is written with."""

ARABIC = r"(?:\d{1,3}+(?:, ?\d{3})++(?!\d)|\d++)(?:[.·．]\d++)?+"
"""An Arabic number; commas group by three, and a blank may follow one (``1,421, 486``)."""

_ARABIC = re.compile(ARABIC)
_MIXED_PART = re.compile(rf"({ARABIC})([十百千万萬亿億]*)")
_ALL_CHINESE = re.compile(rf"[{CHINESE}万萬亿億]+(?:点[{CHINESE}]+)?半?")
_FRACTION = re.compile(r"(.+?)([分]之)(.+)")
_SLASH = re.compile(r"(\d{1,3})/(\d{1,4})")
_TENTHS = re.compile(r"(.+)成([一二三四五六七八九半]?)")
_SCALED = re.compile(r"[十拾百佰千仟廿卅万萬亿億]")
_ELLIPSIS = re.compile(r"[百佰千仟][一二两三四五六七八九]$")  # 一百二 is 120, 两千五 is 2500
_BLANKS = re.compile(r"[,\s]")
_HALF = Decimal("0.5")


def parse_numeral(text: str) -> Decimal | None:
    """Return what the whole of ``text`` is worth as a number, or None where it is no numeral.

    Full-width signs are read as ASCII. Fractions are numbers (三分之一 is a third, rounded to 28
    digits), shares in tenths too (六成 is 0.6).

    >>> parse_numeral("1,421, 486")
    Decimal('1421486')
    >>> parse_numeral("１９．５")
    Decimal('19.5')
    >>> parse_numeral("三千零五十"), parse_numeral("廿三"), parse_numeral("一百二")
    (Decimal('3050'), Decimal('23'), Decimal('120'))
    >>> parse_numeral("2万5千"), parse_numeral("1.2亿")
    (Decimal('25000'), Decimal('120000000'))
    >>> parse_numeral("百分之四十四点七"), parse_numeral("八成五"), parse_numeral("1/4")
    (Decimal('0.447'), Decimal('0.85'), Decimal('0.25'))
    >>> parse_numeral("-3.46"), parse_numeral("统一") is None
    (Decimal('-3.46'), True)
    """
    folded = text.strip().translate(_FOLD)
    if folded[:1] in ("-", "负"):
        value = _parse_unsigned(folded[1:].lstrip())
        return None if value is None else -value
    return _parse_unsigned(folded.removeprefix("+"))


def parse_chinese(text: str) -> Decimal | None:
    """Return the worth of a numeral written in Chinese only (``三千零五十``, ``二〇二〇``).

    >>> parse_chinese("十二"), parse_chinese("两亿三千万"), parse_chinese("三点一四")
    (Decimal('12'), Decimal('230000000'), Decimal('3.14'))
    >>> parse_chinese("一个半") is None
    True
    """
    if not _ALL_CHINESE.fullmatch(text):
        return None
    whole, _, fraction = text.partition("点")
    if whole.endswith("半"):
        return None
    value = _whole_chinese(whole)
    if value is None or not fraction:
        return value
    digits = _plain_digits(fraction)
    return None if digits is None else Decimal(f"{value}.{digits}")


def parse_arabic(text: str) -> Decimal:
    """Return the worth of an Arabic number; commas and blanks are dropped, ``·`` is a point.

    >>> parse_arabic("3, 156,077"), parse_arabic("1·8")
    (Decimal('3156077'), Decimal('1.8'))
    """
    if text.isdigit():
        return Decimal(text)
    return Decimal(_BLANKS.sub("", text).replace("·", "."))


def _parse_unsigned(text: str) -> Decimal | None:
    if _ARABIC.fullmatch(text):
        return parse_arabic(text)
    slash = _SLASH.fullmatch(text)
    if slash:
        return _divide(Decimal(slash[1]), Decimal(slash[2]))
    fraction = _FRACTION.fullmatch(text)
    if fraction:
        return _divide(_parse_unsigned(fraction[3]), _parse_unsigned(fraction[1]))
    tenths = _TENTHS.fullmatch(text)
    if tenths:
        return _parse_tenths(tenths[1], tenths[2])
    chinese = parse_chinese(text)
    return chinese if chinese is not None else _parse_mixed(text)


def _parse_tenths(whole: str, half: str) -> Decimal | None:
    value = _parse_unsigned(whole)
    if value is None:
        return None
    rest = _HALF if half == "半" else Decimal(DIGITS[half] if half else 0) / 10
    return (value + rest) / 10


def _parse_mixed(text: str) -> Decimal | None:
    total, at, last = Decimal(0), 0, Decimal("Infinity")
    while at < len(text):
        part = _MIXED_PART.match(text, at)
        if part is None:
            return None
        scale = scale_value(part[2])
        if scale >= last:
            return None
        total += parse_arabic(part[1]) * scale
        last, at = scale, part.end()
    return plain(total) if text else None


def plain(value: Decimal) -> Decimal:
    """Return ``value`` with no exponent and no zeros behind the point where it is whole.

    >>> plain(Decimal("12.50") * 10000), plain(Decimal("6.0")), plain(Decimal("2.60"))
    (Decimal('125000'), Decimal('6'), Decimal('2.60'))
    """
    whole = int(value)
    return Decimal(whole) if whole == value else value


def scale_value(scales: str) -> Decimal:
    """Return the product of the scales: 1 for the empty string, 10^8 for 亿, 10^7 for 千万.

    >>> scale_value("千万"), scale_value("")
    (Decimal('10000000'), Decimal('1'))
    """
    value = Decimal(1)
    for char in scales:
        value *= SCALES[char]
    return value


def _whole_chinese(text: str) -> Decimal | None:
    if not _SCALED.search(text):
        digits = _plain_digits(text)
        return None if digits is None else Decimal(digits)
    for mark in "亿億万萬":
        left, found, right = text.rpartition(mark)
        if found:
            if right and not left:
                return None
            high = _section(left) if left else Decimal(1)
            low = _tail(right, _MYRIADS[mark] // 10)
            return None if high is None or low is None else high * _MYRIADS[mark] + low
    return _section(text)


def _section(text: str) -> Decimal | None:
    """Return the worth of a stretch that may hold tens, hundreds and thousands."""
    if any(char in _MYRIADS for char in text):
        return _whole_chinese(text)
    total, digit, last = 0, 0, 10
    for char in text:
        if char in DIGITS:
            if digit:
                return None
            digit = DIGITS[char]
        elif char in _TWENTIES:
            total, last = total + _TWENTIES[char], 10
        else:
            last = _TENS[char]
            total, digit = total + (digit or 1) * last, 0
    if digit and _ELLIPSIS.search(text):
        digit *= last // 10
    return Decimal(total + digit)


def _tail(text: str, unit: int) -> Decimal | None:
    """Return the worth of what follows 万 or 亿: in 两万五 the last digit counts thousands."""
    if len(text) == 1 and text in DIGITS:
        return Decimal(DIGITS[text] * unit)
    return _whole_chinese(text) if text else Decimal(0)


def _plain_digits(text: str) -> str | None:
    if not all(char in DIGITS for char in text):
        return None
    return "".join(str(DIGITS[char]) for char in text)


def _divide(numerator: Decimal | None, denominator: Decimal | None) -> Decimal | None:
    if numerator is None or not denominator:
        return None
    return numerator / denominator


_FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x2212: "-", 0x3000: " "}

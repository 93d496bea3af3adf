"""Titles and units of tables: the lines that stand over them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from govextract.text import fold

_UNIT = re.compile(r"\(?(?:计量)?单位\s?[:]\s*([^\s,;)|。]{1,20}(?:[、/][^\s,;)|。]{1,12})*)\)?")
_NUMBERED_CAPTION = re.compile(r"附?[图表]\s?(?:\d|[一二三四五六七八九十])")
_LONGEST_TITLE = 60
MOST_LINES = 3
"""So many lines before a table may be its caption: title, base of an index, unit."""
_BASE = re.compile(r"\(?[^,。\d]{0,12}[=为]\s?100\)?")
_FIGURE = re.compile(r"附?图\s?\d")
_HEADING = re.compile(r"[一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)")


class Caption(NamedTuple):
    """The title and the unit of a table, and how many of the lines before it say them."""

    title: str = ""
    unit: str = ""
    lines: int = 0


def find_caption(lines: Sequence[str]) -> Caption:
    """Return the caption in the last of ``lines``, which stand before a table.

    The lines next to the table may give the unit (``单位：万元``) and the base of an index
    (``以上年为100``), the line before them the title. A title is short, no sentence and no
    numbered heading of the text.

    >>> find_caption(["全年增长。", "表1 主要产品产量", "单位：万吨"])
    Caption(title='表1 主要产品产量', unit='万吨', lines=2)
    """
    title = unit = ""
    used = 0
    for line in map(str.strip, reversed(lines[-MOST_LINES:])):
        stated = _UNIT.search(fold(line))
        if stated and not unit:
            unit = line[stated.start(1) : stated.end(1)]
            title = line[: stated.start()].strip(" (（\u3000")
        elif _is_title(fold(line)):
            title = line
        elif not _BASE.fullmatch(fold(line)):
            break
        used += 1
        if title:
            break
    return Caption(title, unit, used)


def find_unit(text: str) -> str:
    """Return the unit that ``text`` states (``单位：万元``), as written, or ``""``."""
    stated = _UNIT.search(fold(text))
    return text[stated.start(1) : stated.end(1)] if stated else ""


def is_caption(line: str) -> bool:
    """Tell whether a line is the numbered caption of a figure or table (``图1 …``), or a unit."""
    if len(line) > _LONGEST_TITLE or line.endswith(("。", "；", "：", "，", ",", ";", ":")):
        return False
    folded = fold(line)
    return bool(_NUMBERED_CAPTION.match(folded) or _UNIT.fullmatch(folded))


def _is_title(folded: str) -> bool:
    if _FIGURE.match(folded):
        return False
    if _NUMBERED_CAPTION.match(folded):
        return len(folded) <= 2 * _LONGEST_TITLE
    return (
        0 < len(folded) <= _LONGEST_TITLE
        and not folded.endswith(("。", ";", "!", "?"))
        and "。" not in folded
        and not _HEADING.match(folded)
        and bool(re.search(r"表\)?:?$|情况\)?$|\d{4}年|产量|指标|统计|收支|总量|构成", folded))
    )

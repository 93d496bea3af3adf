"""File names that every system takes: no signs of paths, no reserved names, not too long."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from itertools import count

# Windows takes none of these, nor names that end in a dot or a blank; "#" and "%" break links.
_FORBIDDEN = re.compile(r'[<>:"/\\|?*#%\x00-\x1f\x7f-\x9f]+')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
# Bytes of UTF-8; ext4 takes 255 for a name, and a number and an extension may follow.
_LONGEST = 180


def safe_name(text: str, otherwise: str = "report") -> str:
    """Return ``text`` as a name for a file or folder, ``otherwise`` where nothing is left of it.

    >>> safe_name("2023年 法治政府建设/年度报告?"), safe_name("CON"), safe_name("..")
    ('2023年 法治政府建设_年度报告', '_CON', 'report')
    """
    name = unicodedata.normalize("NFC", text)
    name = " ".join(_FORBIDDEN.sub("_", name).split())
    name = name.encode("utf-8", "ignore")[:_LONGEST].decode("utf-8", "ignore").strip(" ._")
    if not name:
        return otherwise
    return f"_{name}" if _RESERVED.match(name) else name


def free_name(name: str, suffix: str, taken: Container[str]) -> str:
    """Return ``name`` with ``suffix``, numbered where that is taken whatever its case.

    >>> free_name("年报", ".pdf", {"年报.pdf"})
    '年报-2.pdf'
    """
    for number in count(1):
        full = f"{name}{'' if number == 1 else f'-{number}'}{suffix}"
        if full.casefold() not in taken:
            return full
    raise AssertionError("count has no end")

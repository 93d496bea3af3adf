"""Lines of Chinese text put together again: no blanks between Han, words and numbers whole."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_CJK = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff“”‘’…—·]")


def join_lines(lines: Iterable[str]) -> str:
    """Return lines as one: without blanks between Chinese, words and numbers whole.

    >>> join_lines(["受理申请12", "47件，增长5.3", "%"])
    '受理申请1247件，增长5.3%'
    >>> join_lines(["an inter-", "national", "body"])
    'an international body'
    """
    text = ""
    for line in lines:
        if text[-2:-1].isalpha() and text.endswith("-") and line[:1].islower():
            text = text[:-1] + line
        elif (
            text[-1:].isascii()
            and text[-1:].isalpha()
            and line[:1].isascii()
            and line[:1].isalpha()
        ):
            text = f"{text} {line}"
        else:
            text += line
    return text


@lru_cache(maxsize=8192)
def is_cjk(char: str) -> bool:
    """Say whether a character is Han or a sign of Chinese type, beside which no blank belongs."""
    return bool(_CJK.match(char))

"""Lists of words as one regular expression that reads each character once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

_Trie = dict[str, "_Trie"]


def alternation(words: Iterable[str], guards: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return a pattern (no group that captures) for the longest of ``words`` at a place.

    The words are joined by their common beginnings, so that a list of hundreds costs little more
    than its first characters.

    >>> alternation(["人次", "人", "件"])
    '(?:人(?:次)?|件)'
    """
    root: _Trie = {}
    for word in words:
        node = root
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {guards.get(word, ""): {}}
    if not root:
        return r"(?!)"
    return f"(?:{_branches(root)})"


def _branches(node: _Trie) -> str:
    return "|".join(re.escape(char) + _rest(child) for char, child in node.items() if char)


def _rest(node: _Trie) -> str:
    inner = _branches(node)
    if "" not in node:
        return f"(?:{inner})"
    guard = next(iter(node[""]))
    if not inner:
        return guard
    return f"(?:{inner}|{guard})" if guard else f"(?:{inner})?"

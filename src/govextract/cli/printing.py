"""Printing the names of files: nothing in one is a command to the terminal.

The text of a report has no control characters; its reader has made them blanks.
"""

from __future__ import annotations

_CONTROLS = {code: 0x2400 + code for code in range(32)} | {127: 0x2421}
_VISIBLE = _CONTROLS | dict.fromkeys(range(128, 160), 0xFFFD)


def visible(name: str) -> str:
    r"""Return ``name`` with its control characters as the signs that Unicode has for them.

    >>> visible("a\x1b[2J.txt")
    'a␛[2J.txt'
    """
    return name.translate(_VISIBLE)

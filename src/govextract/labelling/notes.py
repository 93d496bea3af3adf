r"""One line of fields that a person can read and type: ``value=247; unit=件; indicator=甲 | 乙``.

Tools without fields of their own for a span keep the rest of a label in such a note. ``;``, ``|``
and ``\`` inside a field are written with a ``\`` before them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

Fields = Mapping[str, Sequence[str]]
"""Fields by name, each with its alternatives (all but ``indicator`` have one)."""

_SPECIAL = re.compile(r"([\\;|])")
_ESCAPED = re.compile(r"\\(.)")


def format_note(fields: Fields) -> str:
    """Return the fields as one line, in their order."""
    return "; ".join(
        f"{name}={' | '.join(map(_escape, alternatives))}" for name, alternatives in fields.items()
    )


def parse_note(note: str) -> dict[str, list[str]]:
    r"""Return the fields of a note; a part without ``=`` is left out.

    >>> parse_note("unit=件; indicator=收到申请 | 申请")
    {'unit': ['件'], 'indicator': ['收到申请', '申请']}
    """
    fields = {}
    for part in _split(note, ";"):
        name, sign, value = part.partition("=")
        if sign:
            fields[name.strip()] = [
                _ESCAPED.sub(r"\1", item.strip()) for item in _split(value, "|")
            ]
    return fields


def _escape(item: str) -> str:
    return _SPECIAL.sub(r"\\\1", item)


def _split(text: str, border: str) -> list[str]:
    """Split ``text`` at each ``border`` that has no backslash before it."""
    pieces = [""]
    signs = iter(text)
    for sign in signs:
        if sign == "\\":
            pieces[-1] += sign + next(signs, "")
        elif sign == border:
            pieces.append("")
        else:
            pieces[-1] += sign
    return pieces

"""Offsets as a tool counts them, and back to code points.

Python counts code points. Tools written in JavaScript count UTF-16 units, in which a character
beyond the Basic Multilingual Plane (emoji, the rare characters of names such as 𬭩) is two.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import Literal

from govextract.model import Span

Counting = Literal["code-points", "utf-16"]

_BMP_END = "\uffff"


class Offsets:
    """Turns offsets into one text from code points to a tool's counting and back."""

    def __init__(self, text: str, counting: Counting) -> None:
        wide = counting == "utf-16"
        self._doubled = [at for at, sign in enumerate(text) if sign > _BMP_END] if wide else []
        self._doubled_units = [at + before for before, at in enumerate(self._doubled)]

    def to_tool(self, span: Span) -> Span:
        """Return a span of code points as the tool counts it."""
        return Span(*(offset + bisect_left(self._doubled, offset) for offset in span))

    def from_tool(self, span: Span) -> Span:
        """Return the tool's span in code points; the middle of a character is its start."""
        return Span(*(offset - bisect_left(self._doubled_units, offset) for offset in span))


def resolve_span(text: str, span: Span, quote: str, counting: Counting) -> Span | None:
    r"""Return the span in code points of a tool's ``span`` that it quotes as ``quote``.

    The counting that is given is tried first, then the other (versions of one tool differ); None
    where the text is the quoted one under neither. Blanks and line ends are not compared: tools
    fold them, or write ``\n``.
    """
    other: Counting = "code-points" if counting == "utf-16" else "utf-16"
    for attempt in (counting, other):
        found = Offsets(text, attempt).from_tool(span)
        if text[found.start : found.end].split() == quote.replace("\\n", " ").split():
            return found
    return None

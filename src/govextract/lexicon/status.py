"""Status cues from ``data/status.toml``: what is planned, and what is a fact inside a plan."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cache
from typing import TypeVar

from govextract.errors import LexiconError
from govextract.lexicon import Lexicon
from govextract.lexicon.sieve import Sieve

Compiled = TypeVar("Compiled")
_FILE = "status.toml"


@dataclass(frozen=True, slots=True)
class StatusCues:
    """All status data. Patterns are for folded text (:func:`govextract.text.fold`)."""

    plan_heading: re.Pattern[str]
    plan_word: re.Pattern[str]
    review_heading: re.Pattern[str]
    plan_opening: re.Pattern[str]
    review_opening: re.Pattern[str]
    target: Sieve
    target_year: re.Pattern[str]
    target_after: re.Pattern[str]
    actual: re.Pattern[str]


@cache
def load_status(lexicon: Lexicon) -> StatusCues:
    """Load and compile the status data; raises LexiconError where an entry is broken."""
    plain = {
        field.name: _compile(re.compile, lexicon, field.name)
        for field in fields(StatusCues)
        if field.name != "target"
    }
    return StatusCues(target=_compile(Sieve, lexicon, "target"), **plain)


def _compile(compiled: Callable[[str], Compiled], lexicon: Lexicon, table: str) -> Compiled:
    patterns = [f"(?:{entry['pattern']})" for entry in lexicon.entries(_FILE, table)]
    try:
        return compiled("|".join(patterns) or "(?!)")
    except re.error as error:
        raise LexiconError(
            f"is no valid pattern ({error})", place=f"data/{_FILE} [[{table}]]"
        ) from error

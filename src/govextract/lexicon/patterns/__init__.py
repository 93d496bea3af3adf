"""Whether a pattern works in proportion to its text, told by counted steps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from govextract.lexicon.patterns.attacks import Attack, find_attacks, width_before
from govextract.lexicon.patterns.matcher import Outcome, Program, TooManySteps

__all__ = ["Attack", "Outcome", "Program", "TooManySteps", "Way", "count_steps", "find_growth"]

Way = Literal["match", "fullmatch", "search"]
"""How a pattern is used: from one place, from there to the end, or from each place in turn."""
LENGTHS = (30, 120, 480, 1920)
"""Each four times the one before; a repeat with a bound shows growth up to its bound only."""
ALLOWED = 5.5
"""Times the steps that were added, for four times the length: in proportion 4, the square 16."""
MOST_STEPS = 3_000_000
"""For one text; in proportion the longest takes some thousands, rarely a million."""
LEAST_REPEAT = 8
_FARTHEST_START = 2


def find_growth(
    pattern: str, flags: int = 0, *, way: Way = "match", pieces: Iterable[str] = ()
) -> Attack | None:
    """Return a text at which ``pattern`` works more than in proportion; None where none is found.

    Tried are texts made from the pattern itself, and ``pieces`` repeated. Raises ``re.error``
    where it is no pattern.
    """
    program = Program(pattern, flags)
    attacks = _attacks_on(program, pieces)
    return next((attack for attack in attacks if _grows(program, attack, way)), None)


def _attacks_on(program: Program, pieces: Iterable[str]) -> Iterator[Attack]:
    """Yield the texts to try, none twice; nothing where no repeat may go on for long."""
    made = list(find_attacks(program.tree, program.flags, LEAST_REPEAT))
    if made:
        made += [Attack("", piece, "", 0) for piece in pieces]
    yield from {(attack.before, attack.pump, attack.after): attack for attack in made}.values()


def _grows(program: Program, attack: Attack, way: Way) -> bool:
    """Tell whether the steps grow faster than the text, from each length to the next."""
    added = before = 0
    try:
        for length in LENGTHS:
            steps = count_steps(program, attack.text(length), way)
            if added and steps - before <= ALLOWED * added:
                return False
            before, added = steps, steps - before
    except TooManySteps:
        pass
    return True


def count_steps(program: Program, text: str, way: Way) -> int:
    """Return the steps for ``text``; of a search, for all that is found in it."""
    if way != "search":
        # What a pattern looks back at stands before the place where it begins.
        starts = range(1 + min(_FARTHEST_START, width_before(program.tree)))
        full = way == "fullmatch"
        return max(program.match(text, at, full=full, most=MOST_STEPS).steps for at in starts)
    steps = at = 0
    while at <= len(text):
        outcome = program.match(text, at, most=MOST_STEPS - steps)
        steps += outcome.steps
        at = max(at + 1, outcome.end or 0)
    return steps

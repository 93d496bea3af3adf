"""Which of several statements is the figure: ordered rules; the first that differs decides.

Each rule gives a candidate a rank; a higher rank wins. ``reason`` says, of a candidate that lost by
the rule, why it was not taken. The order is part of the contract (docs/compare.md).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import NamedTuple

from govextract.compare.candidates import Candidate
from govextract.figures import rounding
from govextract.lexicon import Lexicon
from govextract.lexicon.comparison import load_comparison
from govextract.lexicon.indicators import Concept, load_indicators
from govextract.stages.concepts import find_wordings


class Situation(NamedTuple):
    """What the rules look at besides the candidate itself."""

    concept: Concept
    unit: str
    rivals: Sequence[Candidate]
    lexicon: Lexicon


class Rule(NamedTuple):
    """One rule of choice; its id is permanent."""

    id: str
    reason: str
    rank: Callable[[Candidate, Situation], int]


class Alternative(NamedTuple):
    """A statement that was not taken, the rule by which it lost, and whether it agrees."""

    candidate: Candidate
    rule: str
    reason: str
    agrees: bool


class Choice(NamedTuple):
    """The statement that was taken and the others, in the order of their ranks."""

    candidate: Candidate
    alternatives: tuple[Alternative, ...]


def choose(
    candidates: Sequence[Candidate], concept: Concept, unit: str, lexicon: Lexicon
) -> Choice:
    """Return the candidate that the rules prefer, and why each other one lost."""
    if len(candidates) == 1:
        return Choice(candidates[0], ())
    situation = Situation(concept, unit, candidates, lexicon)
    ranks = {id(item): tuple(rule.rank(item, situation) for rule in RULES) for item in candidates}
    best, *others = sorted(candidates, key=lambda item: ranks[id(item)], reverse=True)
    return Choice(
        best,
        tuple(
            _alternative(item, best, _deciding(ranks[id(best)], ranks[id(item)])) for item in others
        ),
    )


def agree(one: Candidate, other: Candidate) -> bool:
    """Tell whether two statements are of one value, as far as the coarser one is rounded."""
    if one.unit != other.unit or one.value == other.value:
        return one.unit == other.unit
    return abs(one.value - other.value) <= max(_rounding(one), _rounding(other))


def _rounding(candidate: Candidate) -> Decimal:
    """Return what rounding may have taken from a value, in its base unit."""
    written = Decimal(candidate.fact.value or 0)
    return rounding(candidate.fact) * (abs(candidate.value / written) if written else 1)


def _deciding(best: Sequence[int], other: Sequence[int]) -> Rule:
    return next(rule for rule, one, two in zip(RULES, best, other, strict=True) if one != two)


def _alternative(candidate: Candidate, best: Candidate, rule: Rule) -> Alternative:
    agrees = agree(candidate, best)
    reason = "states the same" if agrees else rule.reason
    return Alternative(candidate, rule.id, reason, agrees)


def _status(candidate: Candidate, situation: Situation) -> int:
    return int(candidate.fact.status == "actual")


def _period(candidate: Candidate, situation: Situation) -> int:
    return int(candidate.whole_year)


def _unit(candidate: Candidate, situation: Situation) -> int:
    return int(candidate.unit == situation.unit)


def _basis(candidate: Candidate, situation: Situation) -> int:
    return int(candidate.fact.basis in ("", "yoy"))


def _version(candidate: Candidate, situation: Situation) -> int:
    return load_comparison(situation.lexicon).version(candidate.fact.sentence)


def _issuer(candidate: Candidate, situation: Situation) -> int:
    return int(candidate.document.area_code == candidate.fact.area_code)


def _report_year(candidate: Candidate, situation: Situation) -> int:
    return int(str(candidate.document.year) == candidate.fact.period[-4:]) or int(
        str(candidate.document.year) in candidate.fact.period
    )


def _genre(candidate: Candidate, situation: Situation) -> int:
    order = ("statistical_bulletin", "budget")
    genre = candidate.document.genre
    if genre not in situation.concept.genres:
        return 0
    return 1 + len(order) - order.index(genre) if genre in order else 1


def _mark(candidate: Candidate, situation: Situation) -> int:
    return int(not load_comparison(situation.lexicon).is_mark(candidate.fact))


def _scope(candidate: Candidate, situation: Situation) -> int:
    own_level = load_indicators(situation.lexicon).wording.own_level
    return int(not own_level.search(candidate.fact.indicator))


def _part(candidate: Candidate, situation: Situation) -> int:
    return int(not candidate.fact.part_of)


def _wording(candidate: Candidate, situation: Situation) -> int:
    """2 for the concept's own name, 1 for another wording of it, 0 for what a pattern matches."""
    wordings = find_wordings(candidate.fact.indicator, situation.lexicon)
    name, *others = situation.concept.surfaces
    return 2 if name in wordings else int(not wordings.isdisjoint(others))


def _comparator(candidate: Candidate, situation: Situation) -> int:
    return {"=": 2, "~": 1}.get(candidate.fact.comparator, 0)


def _agreement(candidate: Candidate, situation: Situation) -> int:
    return sum(agree(candidate, rival) for rival in situation.rivals)


def _precision(candidate: Candidate, situation: Situation) -> int:
    return sum(sign.isdigit() for sign in candidate.fact.number.lstrip("0."))


def _origin(candidate: Candidate, situation: Situation) -> int:
    return int(candidate.fact.origin == "text")


def _stated(candidate: Candidate, situation: Situation) -> int:
    return int(candidate.fact.period_source != "report")


def _first(candidate: Candidate, situation: Situation) -> int:
    return -next(at for at, rival in enumerate(situation.rivals) if rival is candidate)


RULES = (
    Rule("choice/status", "an earlier figure, given for comparison", _status),
    Rule("choice/period", "only a part of the year", _period),
    Rule("choice/unit", "in another unit", _unit),
    Rule("choice/basis", "measured against something else than the year before", _basis),
    Rule("choice/version", "less final", _version),
    Rule("choice/issuer", "in another area's report", _issuer),
    Rule("choice/report-year", "in the report of another year", _report_year),
    Rule("choice/genre", "in a report of a genre that is farther from it", _genre),
    Rule("choice/mark", "a mark that was passed, no figure", _mark),
    Rule("choice/scope", "the issuer's own level", _scope),
    Rule("choice/wording", "in a wording that is farther from the concept", _wording),
    Rule("choice/part", "only a part", _part),
    Rule("choice/comparator", "only approximate", _comparator),
    Rule("choice/agreement", "fewer statements agree with it", _agreement),
    Rule("choice/precision", "less precise", _precision),
    Rule("choice/origin", "in a table", _origin),
    Rule("choice/stated", "its period is only the report's", _stated),
    Rule("choice/first", "stated later in the report", _first),
)
WEAK = frozenset(
    {"choice/agreement", "choice/precision", "choice/origin", "choice/stated", "choice/first"}
)
"""Rules that do not tell what two figures are: values between which they decide conflict."""

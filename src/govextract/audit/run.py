"""An audit of a run: every report by itself, then the reports against each other.

Facts are read twice, report by report: once to check them, once to write them again with what the
checks say of them (``checks``, ``confidence``).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from govextract.audit.growth import check_changes, check_growth_of_parts
from govextract.audit.outcome import Outcome, finding_row
from govextract.audit.quotients import (
    check_quotients,
    check_rates,
    check_shares,
    check_structures,
)
from govextract.audit.series import (
    Series,
    check_last_year,
    check_outliers,
    check_priors,
)
from govextract.audit.statements import check_statements
from govextract.audit.sums import check_forms, check_identities, check_parts, check_totals
from govextract.lexicon import Lexicon, default_lexicon
from govextract.lexicon.audit import AuditRules, load_audit
from govextract.lexicon.comparison import load_comparison
from govextract.model import Fact
from govextract.stored import find_formats, open_tables, read_facts, stored_headers
from govextract.table import Row, fact_row
from govextract.writers import write_outputs

_CHECKS = (
    check_parts,
    check_totals,
    check_identities,
    check_forms,
    check_rates,
    check_shares,
    check_quotients,
    check_structures,
    check_changes,
    check_growth_of_parts,
    check_statements,
)
# A figure that agrees with others is wrong less often: a pass takes away half of the doubt.
_DOUBT_LEFT = 0.5


class Audit(NamedTuple):
    """What an audit did: how many checks passed, by id, and the findings."""

    passed: Mapping[str, int]
    findings: tuple[Outcome, ...]


def audit(folder: Path, lexicon: Lexicon | None = None, *, write: bool = True) -> Audit:
    """Check the run in ``folder``; with ``write``, write ``findings`` and the checked facts there.

    The tables are written in the formats in which they stand. Raises UsageError where the folder
    holds no run.
    """
    passed: Counter[str] = Counter()
    marks: dict[str, set[str]] = defaultdict(set)
    failed: list[Outcome] = []
    for outcome in find_outcomes(folder, lexicon or default_lexicon()):
        for fact in outcome.facts:
            marks[fact.fact_id].add(("" if outcome.passed else "!") + outcome.check)
        if outcome.passed:
            passed[outcome.check] += 1
        else:
            failed.append(outcome)
    findings = _without_repeats(failed)
    if write:
        _write(folder, marks, findings)
    return Audit(passed, tuple(findings))


def find_outcomes(folder: Path, lexicon: Lexicon) -> Iterator[Outcome]:
    """Yield the outcome of each check that could be made; the facts are read report by report."""
    rules = load_audit(lexicon)
    series = Series()
    for _, group in groupby(read_facts(folder), key=lambda fact: fact.document):
        facts = list(group)
        yield from check_report(facts, rules)
        series.add(facts)
    yield from check_series(series, lexicon)


def check_report(facts: Sequence[Fact], rules: AuditRules) -> Iterator[Outcome]:
    """Yield the outcomes of all checks within one report."""
    for check in _CHECKS:
        yield from check(facts, rules)


def check_series(series: Series, lexicon: Lexicon) -> Iterator[Outcome]:
    """Yield the outcomes of all checks between reports."""
    yield from check_last_year(series, load_comparison(lexicon))
    yield from check_priors(series)
    yield from check_outliers(series)


def _without_repeats(findings: Iterable[Outcome]) -> list[Outcome]:
    """Return the findings without those that say again what one before them says.

    Parts by 其中 and parts by concept are often the same figures.
    """
    kept: list[Outcome] = []
    seen: set[frozenset[str]] = set()
    for finding in findings:
        ids = frozenset(fact.fact_id for fact in finding.facts)
        if not any(ids <= other or other <= ids for other in seen):
            seen.add(ids)
            kept.append(finding)
    return kept


def _write(folder: Path, marks: Mapping[str, set[str]], findings: Sequence[Outcome]) -> None:
    tables: dict[str, Iterable[Row]] = dict(open_tables(folder))
    tables["facts"] = CheckedFacts(folder, marks)
    tables["findings"] = [finding_row(finding) for finding in findings]
    write_outputs(folder, tables, find_formats(folder), stored_headers(folder))


class CheckedFacts:
    """The rows of the facts of a run with their checks; each walk reads the run anew."""

    def __init__(self, folder: Path, marks: Mapping[str, set[str]]) -> None:
        self._folder = folder
        self._marks = marks

    def __iter__(self) -> Iterator[Row]:
        for fact in read_facts(self._folder):
            yield fact_row(with_checks(fact, self._marks.get(fact.fact_id, frozenset())))


def with_checks(fact: Fact, marks: Set[str]) -> Fact:
    """Return a fact with the ids of its checks; a failed one has ``!`` before its id.

    One that passes a check and fails none is more certain by half of what was in doubt.
    """
    confidence = fact.confidence
    if marks and not fact.checks and not any(mark.startswith("!") for mark in marks):
        confidence = round(1 - (1 - confidence) * _DOUBT_LEFT, 2)
    return fact._replace(checks=";".join(sorted(marks)), confidence=confidence)

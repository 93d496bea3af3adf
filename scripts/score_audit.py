"""Measure how many wrong digits an audit finds: alter one digit of a figure, and look.

Usage: python scripts/score_audit.py RUN_FOLDER [--sample 400] [--seed 1]

RUN_FOLDER is what `govextract run` wrote. Each trial alters one digit of one exact figure in one
report and checks that report again; it is found where a check of the figure fails.
"""

from __future__ import annotations

import argparse
import random
from decimal import Decimal
from itertools import groupby
from pathlib import Path

from govextract.audit.outcome import is_exact
from govextract.audit.run import check_report
from govextract.lexicon import default_lexicon
from govextract.lexicon.audit import load_audit
from govextract.model import Fact
from govextract.stored import read_facts

HEADLINES = frozenset(
    {
        "national_accounts/gdp",
        "national_accounts/primary",
        "national_accounts/secondary",
        "national_accounts/tertiary",
        "population/resident",
        "population/urbanisation",
        "trade/exports",
        "trade/imports",
        "trade/retail_sales",
        "trade/total",
    }
)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure how many wrong digits an audit finds.")
    parser.add_argument("run", type=Path)
    parser.add_argument("--sample", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)
    reports = read_reports(arguments.run)
    print(f"facts that passed a check: {count_checked(reports)} of {sum(map(len, reports))}")
    pools = {"all figures": figures(reports), "headline figures": headline_figures(reports)}
    for name, pool in pools.items():
        sample = chance.sample(pool, min(arguments.sample, len(pool)))
        outcomes = [find_slip(report, at, chance) for report, at in sample]
        tried = [outcome for outcome in outcomes if outcome is not None]
        print(f"{name}: {sum(tried)} of {len(tried)} altered digits found")


def read_reports(run: Path) -> list[list[Fact]]:
    return [list(group) for _, group in groupby(read_facts(run), lambda fact: fact.document)]


def figures(reports: list[list[Fact]]) -> list[tuple[list[Fact], int]]:
    """Return each exact figure, as its report and its place in it."""
    return [(report, at) for report in reports for at, fact in enumerate(report) if is_exact(fact)]


def headline_figures(reports: list[list[Fact]]) -> list[tuple[list[Fact], int]]:
    return [
        (report, at)
        for report, at in figures(reports)
        if report[at].indicator_id in HEADLINES and report[at].kind != "change"
    ]


def count_checked(reports: list[list[Fact]]) -> int:
    rules = load_audit(default_lexicon())
    return sum(
        len({fact.fact_id for o in check_report(report, rules) if o.passed for fact in o.facts})
        for report in reports
    )


def find_slip(report: list[Fact], at: int, chance: random.Random) -> bool | None:
    """Return whether a digit altered in one fact is found; None where it has none to alter."""
    altered = alter_digit(report[at], chance)
    if altered is None:
        return None
    facts = [*report[:at], altered, *report[at + 1 :]]
    return any(
        altered.fact_id in {fact.fact_id for fact in outcome.facts}
        for outcome in check_report(facts, load_audit(default_lexicon()))
        if not outcome.passed
    )


def alter_digit(fact: Fact, chance: random.Random) -> Fact | None:
    number = fact.number.replace(",", "").replace(" ", "")
    if not number.lstrip("-").replace(".", "", 1).isdecimal() or not Decimal(number):
        return None
    place = chance.choice([at for at, sign in enumerate(number) if sign.isdigit()])
    digit = chance.choice([sign for sign in "0123456789" if sign != number[place]])
    written = number[:place] + digit + number[place + 1 :]
    value = Decimal(fact.value or 0) * Decimal(written) / Decimal(number)
    return fact._replace(number=written, value=value)


if __name__ == "__main__":
    main()

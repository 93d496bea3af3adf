"""Score `compare` on figures of many cities that were read by hand.

Usage: python scripts/score_cross_city.py RUN_FOLDER TRUTH_CSV [--errors]

TRUTH_CSV has the columns city, file, indicator, value, unit, period and kind. RUN_FOLDER is what
`govextract run` wrote for the reports. A figure is right where `compare` gives the city's value for
that year, in the unit and to the digit; missed where it gives none.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path

from govextract.compare.comparison import Figure, compare_concept, read_statements
from govextract.compare.request import Request, find_concept
from govextract.lexicon import default_lexicon

# Names of the truth that are a kind of a concept, not its name.
CONCEPTS = {
    "地区生产总值增速": "地区生产总值",
    "规模以上工业增加值增速": "规模以上工业增加值",
    "固定资产投资增速": "固定资产投资",
    "居民消费价格涨跌幅": "居民消费价格",
    "年末常住人口": "常住人口",
    "城镇化率": "常住人口城镇化率",
}


def main() -> None:
    parser = argparse.ArgumentParser(description="Score `compare` on figures read by hand.")
    parser.add_argument("run", type=Path)
    parser.add_argument("truth", type=Path)
    parser.add_argument("--errors", action="store_true", help="list what is wrong or missed")
    arguments = parser.parse_args()
    with arguments.truth.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    figures = find_figures(arguments.run, {(row["indicator"], row["kind"]) for row in rows})
    counts: Counter[str] = Counter()
    by_indicator: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        figure = figures.get((row["indicator"], row["city"], row["period"][:4]))
        outcome = judge(row, figure)
        counts[outcome] += 1
        by_indicator[row["indicator"]][outcome] += 1
        if arguments.errors and outcome != "right":
            print(describe(row, figure, outcome))
    for name, outcomes in by_indicator.items():
        print(f"{name}\t{dict(outcomes)}")
    total = len(rows)
    for outcome in ("right", "wrong", "missed"):
        print(f"{outcome}: {counts[outcome]} of {total} ({counts[outcome] / total:.2%})")


def find_figures(run: Path, asked: set[tuple[str, str]]) -> dict[tuple[str, str, str], Figure]:
    """Return what `compare` gives, by the truth's name of the indicator, the city and the year."""
    lexicon = default_lexicon()
    statements = read_statements(run)
    found: dict[tuple[str, str, str], Figure] = {}
    for name, kind in asked:
        concept = find_concept(CONCEPTS.get(name, name), lexicon)
        comparison = compare_concept(concept, Request(name, kind=kind), statements, lexicon)
        for figure in comparison.figures:
            city = figure.key.area.removesuffix("市")
            found[name, city, str(figure.key.year)] = figure
    return found


def judge(row: dict[str, str], figure: Figure | None) -> str:
    if figure is None:
        return "missed"
    same_unit = figure.unit == row["unit"] or {figure.unit, row["unit"]} <= {"人", "名", ""}
    return "right" if same_unit and figure.value == Decimal(row["value"]) else "wrong"


def describe(row: dict[str, str], figure: Figure | None, outcome: str) -> str:
    wanted = f"{outcome} {row['city']} {row['indicator']}: {row['value']} {row['unit']}"
    if figure is None:
        return wanted
    fact = figure.fact
    return f"{wanted}, not {figure.value} {figure.unit} [{fact.indicator}] {fact.sentence[:150]}"


if __name__ == "__main__":
    main()

"""Score two fixed halves of a gold folder: tune on one, score the other, swap.

python scripts/halves.py GOLD_DIR [--facts FACTS] [--errors N --half 1|2]
"""

from __future__ import annotations

import argparse
from pathlib import Path

from govextract.evaluation.evaluate import evaluate_dir, evaluate_mentions
from govextract.evaluation.halves import format_halves, split_halves
from govextract.evaluation.mentions import load_mentions
from govextract.evaluation.report import error_lines, list_errors


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold_dir", type=Path)
    parser.add_argument("--facts", type=Path, help="score this facts.csv instead of extracting")
    parser.add_argument("--errors", type=int, default=0, help="list so many of each type")
    parser.add_argument("--half", type=int, choices=(1, 2), default=1, help="of this half only")
    given = parser.parse_args()
    if given.facts:
        evaluation = evaluate_mentions(given.gold_dir, load_mentions(given.facts))
    else:
        evaluation = evaluate_dir(given.gold_dir)
    halves = split_halves(evaluation.files)
    print(*format_halves(halves), sep="\n")
    if given.errors:
        tuned = halves.first if given.half == 1 else halves.second
        print(*error_lines(list_errors(tuned), given.errors), sep="\n")


if __name__ == "__main__":
    main()

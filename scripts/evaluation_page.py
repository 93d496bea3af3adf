"""Rewrite the tables of docs/evaluation.md from both sets of gold.

python scripts/evaluation_page.py REAL_GOLD_DIR
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

from govextract.evaluation.calibration import calibrate, format_calibration, judged_facts
from govextract.evaluation.evaluate import Evaluation, evaluate_dir
from govextract.evaluation.halves import format_halves, split_halves
from govextract.evaluation.report import format_share
from govextract.evaluation.score import score_results

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "evaluation.md"
BY_FILE = ("mention", "measurement", "fact", "fact_strict")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("real_gold_dir", type=Path)
    real = evaluate_dir(parser.parse_args().real_gold_dir)
    own = evaluate_dir(ROOT / "gold")
    tables = {
        "real": format_scores(real),
        "own": format_scores(own),
        "halves": format_halves(split_halves(real.files)),
        "calibration": format_calibration(calibrate(judged_facts([*real.files, *own.files]))),
    }
    page = PAGE.read_text(encoding="utf-8")
    for name, lines in tables.items():
        page = replace_table(page, name, "\n".join(lines))
    PAGE.write_text(page, encoding="utf-8")


def replace_table(page: str, name: str, table: str) -> str:
    """Return ``page`` with ``table`` between the marks of ``name``."""
    pattern = re.compile(rf"(<!-- {name} -->\n).*?(<!-- end -->)", re.DOTALL)
    return pattern.sub(lambda marks: f"{marks[1]}\n{table}\n\n{marks[2]}", page)


def format_scores(evaluation: Evaluation) -> Iterator[str]:
    """Yield Markdown tables: measures, fields, and the F1 figures by file."""
    score = evaluation.score
    yield "| measure | F1 | precision | recall | right | program | gold |"
    yield "|---|--:|--:|--:|--:|--:|--:|"
    for name, measure in score.measures.items():
        shares = map(cell, (measure.f1, measure.precision, measure.recall))
        yield f"| {name} | {' | '.join(shares)} | {' | '.join(map(str, measure))} |"
    yield ""
    yield "| field | accuracy | right / pairs | where either side gives one |"
    yield "|---|--:|--:|--:|"
    for name, rate in score.fields.items():
        stated = score.stated.get(name)
        beside = f"{cell(stated.share)} ({stated.right} / {stated.total})" if stated else ""
        yield f"| {name} | {cell(rate.share)} | {rate.right} / {rate.total} | {beside} |"
    yield ""
    yield f"| file | gold | missed | spurious | {' | '.join(BY_FILE)} |"
    yield f"|---|--:|--:|--:|{'--:|' * len(BY_FILE)}"
    for result in evaluation.files:
        measures = score_results([result]).measures
        counts = (len(result.gold.mentions), len(result.missed), len(result.spurious))
        figures = [cell(measures[name].f1) for name in BY_FILE]
        yield f"| {result.gold.name} | {' | '.join([*map(str, counts), *figures])} |"


def cell(share: float | None) -> str:
    """Return a share as it stands in a table."""
    return format_share(share).strip()


if __name__ == "__main__":
    main()

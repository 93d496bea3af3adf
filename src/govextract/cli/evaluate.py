"""``govextract evaluate``: score against gold."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def evaluate(
    gold_dir: Annotated[
        Path, typer.Argument(help="Folder with *.gold.jsonl and their texts (or one such file).")
    ],
    facts: Annotated[
        Path | None,
        typer.Option(help="Score this facts.csv (or a run's folder) instead of extracting anew."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    errors: Annotated[
        int, typer.Option(min=0, help="List so many errors of each type, with their sentences.")
    ] = 0,
    calibration: Annotated[
        bool, typer.Option("--calibration", help="Print how many facts are right by confidence.")
    ] = False,
    rules: Annotated[
        bool, typer.Option("--rules", help="Print how many facts of each rule are right.")
    ] = False,
) -> None:
    """Score mentions, measurements, indicators and facts by the labelling rules."""
    from govextract.evaluation.calibration import calibrate, format_calibration, judged_facts
    from govextract.evaluation.evaluate import evaluate_dir, evaluate_mentions
    from govextract.evaluation.mentions import load_mentions
    from govextract.evaluation.report import format_lines, to_json
    from govextract.evaluation.rules import format_rules, score_rules

    if facts is None:
        evaluation = evaluate_dir(gold_dir)
    else:
        evaluation = evaluate_mentions(gold_dir, load_mentions(facts))
    calibrated = calibrate(judged_facts(evaluation.files)) if calibration else None
    by_rule = score_rules(evaluation.files) if rules else []
    if json:
        typer.echo(to_json(evaluation, errors, calibrated, by_rule))
        return
    lines = [*format_lines(evaluation, errors)]
    if calibrated:
        lines += ["", *format_calibration(calibrated)]
    if by_rule:
        lines += ["", *format_rules(by_rule)]
    typer.echo("\n".join(lines))

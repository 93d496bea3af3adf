"""Two halves of the gold: tune on one, score the other, swap.

Rules are made by people, so that nothing can be refitted here; what can be had is two fixed halves
of equal weight. Who tunes looks at the errors of one half only, and the difference between the
halves' scores says how much of a score is known texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from govextract.evaluation.report import format_share
from govextract.evaluation.score import FileResult, Score, score_results


class Halves(NamedTuple):
    """The results of two halves, and their scores."""

    first: tuple[FileResult, ...]
    second: tuple[FileResult, ...]
    first_score: Score
    second_score: Score


def split_halves(files: Iterable[FileResult]) -> Halves:
    """Split judged files in two halves of nearly as many gold mentions.

    The split depends only on names and sizes of the gold files: the largest first, each to the
    half that has fewer mentions.
    """
    halves: tuple[list[FileResult], list[FileResult]] = ([], [])
    sizes = [0, 0]
    for result in sorted(files, key=lambda result: (-len(result.gold.mentions), result.gold.name)):
        smaller = 0 if sizes[0] <= sizes[1] else 1
        halves[smaller].append(result)
        sizes[smaller] += len(result.gold.mentions)
    first, second = map(tuple, halves)
    return Halves(first, second, score_results(first), score_results(second))


def format_halves(halves: Halves) -> Iterator[str]:
    """Yield the lines of a Markdown table: each measure and field by half, and the difference."""
    yield "| measure | first half | second half | difference |"
    yield "|---|--:|--:|--:|"
    one, other = halves.first_score, halves.second_score
    rows = [(f"{n} F1", one.measures[n].f1, other.measures[n].f1) for n in one.measures]
    rows += [(n, one.fields[n].share, other.fields[n].share) for n in one.fields]
    for name, first, second in rows:
        apart = "-" if first is None or second is None else f"{second - first:+.3f}"
        yield (
            f"| {name} | {format_share(first).strip()} | {format_share(second).strip()} | {apart} |"
        )
    yield ""
    for title, files in (("First", halves.first), ("Second", halves.second)):
        count = sum(len(result.gold.mentions) for result in files)
        names = ", ".join(sorted(result.gold.name for result in files))
        yield f"{title} half ({len(files)} files, {count} mentions): {names}"

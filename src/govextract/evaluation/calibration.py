"""Whether confidence means something: of the facts with confidence c, how many are right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from govextract.evaluation.report import format_share
from govextract.evaluation.score import MEASURES, FileResult

Judged = tuple[float, bool]
"""A fact's confidence, and whether it is right."""


class Bin(NamedTuple):
    """The facts whose confidence lies in ``low`` to ``high`` (the highest bin includes 1)."""

    low: float
    high: float
    facts: int
    right: int
    confidence: float
    """Mean confidence of the facts in the bin."""

    @property
    def share(self) -> float:
        """The share of them that is right."""
        return self.right / self.facts


class Calibration(NamedTuple):
    """Confidence against truth. Bins without facts are left out.

    ``error`` is the expected calibration error: the mean distance of confidence and share right
    over the bins, weighted by their facts. ``brier`` is the mean squared distance of each fact's
    confidence to 1 (right) or 0 (wrong). Both are None of no facts; 0 is best.
    """

    bins: tuple[Bin, ...]
    error: float | None
    brier: float | None


def judged_facts(files: Iterable[FileResult]) -> list[Judged]:
    """Return each fact's confidence and whether it is right: measurement and indicator (relaxed).

    Spurious facts are wrong; those paired with optional gold are left out.
    """
    needed = MEASURES["fact"]
    judged: list[Judged] = []
    for result in files:
        judged += [(mention.confidence, False) for mention in result.spurious]
        judged += [
            (pair.mention.confidence, pair.right.issuperset(needed))
            for pair in result.pairs
            if not pair.gold.optional
        ]
    return judged


def calibrate(judged: Sequence[Judged], count: int = 10) -> Calibration:
    """Return the calibration of facts over ``count`` bins of equal width."""
    binned: dict[int, list[Judged]] = {}
    for confidence, is_right in judged:
        number = min(max(int(confidence * count), 0), count - 1)
        binned.setdefault(number, []).append((confidence, is_right))
    bins = tuple(_bin(number, count, binned[number]) for number in sorted(binned))
    if not judged:
        return Calibration((), None, None)
    error = sum(abs(item.confidence - item.share) * item.facts for item in bins) / len(judged)
    brier = sum((confidence - is_right) ** 2 for confidence, is_right in judged) / len(judged)
    return Calibration(bins, error, brier)


def format_calibration(calibration: Calibration) -> Iterator[str]:
    """Yield the lines of a Markdown table for the documentation."""
    yield "| confidence | facts | mean confidence | right |"
    yield "|---|--:|--:|--:|"
    for item in calibration.bins:
        yield (
            f"| {item.low:.2f} to {item.high:.2f} | {item.facts} | {item.confidence:.3f}"
            f" | {item.share:.3f} |"
        )
    yield ""
    yield (
        f"Expected calibration error {format_share(calibration.error).strip()},"
        f" Brier score {format_share(calibration.brier).strip()}."
    )


def _bin(number: int, count: int, judged: Sequence[Judged]) -> Bin:
    return Bin(
        low=number / count,
        high=(number + 1) / count,
        facts=len(judged),
        right=sum(is_right for _, is_right in judged),
        confidence=sum(confidence for confidence, _ in judged) / len(judged),
    )

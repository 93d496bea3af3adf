"""Scoring of outlines: which headings were found, at the right place and level."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from govextract.model import Section


class Heading(NamedTuple):
    """A heading as an outline file gives it."""

    start: int
    level: int
    number: str = ""
    title: str = ""
    path: str = ""


class OutlineScore(NamedTuple):
    """Counts of headings: ``right`` agree in start and level with one of the truth."""

    right: int
    found: int
    true: int
    right_paths: int
    missed: tuple[Heading, ...] = ()
    spurious: tuple[Section, ...] = ()

    @property
    def f1(self) -> float:
        """F1 over start and level; 1 where there was nothing to find and nothing was found."""
        total = self.found + self.true
        return 2 * self.right / total if total else 1.0


def score_outline(found: Iterable[Section], truth: Iterable[Heading]) -> OutlineScore:
    """Compare sections with the true headings; a pair agrees in ``start`` and ``level``."""
    wanted = {(heading.start, heading.level): heading for heading in truth}
    seen = {(section.start, section.level): section for section in found}
    shared = wanted.keys() & seen.keys()
    return OutlineScore(
        right=len(shared),
        found=len(seen),
        true=len(wanted),
        right_paths=sum(wanted[key].path == seen[key].path for key in shared),
        missed=tuple(wanted[key] for key in sorted(wanted.keys() - shared)),
        spurious=tuple(seen[key] for key in sorted(seen.keys() - shared)),
    )


def parse_outline(content: str) -> tuple[Heading, ...]:
    """Read the text of an outline file: tab-separated, a header line, then one heading a line."""
    rows = [line.split("\t") for line in content.splitlines()[1:] if line.strip()]
    return tuple(
        Heading(int(start), int(level), number, title, path)
        for start, level, number, title, path in rows
    )

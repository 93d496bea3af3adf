"""The best-covered concepts side by side: a row an area and year, a column a concept."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from govextract.compare.candidates import Key
from govextract.compare.comparison import Comparison, compare_concept, read_statements
from govextract.compare.request import Request
from govextract.lexicon import Lexicon, default_lexicon
from govextract.lexicon.indicators import load_indicators

_COLUMNS = 20
_TRIED = 3 * _COLUMNS


class Matrix(NamedTuple):
    """Figures by area and year (rows) and concept (columns, the best covered first)."""

    columns: tuple[Comparison, ...]
    rows: tuple[tuple[Key, tuple[Decimal | None, ...]], ...]


def compare_all(
    folder: Path, request: Request, lexicon: Lexicon | None = None, columns: int = _COLUMNS
) -> Matrix:
    """Return the ``columns`` concepts that most areas and years state.

    Raises UsageError where the folder holds no run.
    """
    rules = lexicon or default_lexicon()
    statements = read_statements(folder)
    concepts = load_indicators(rules).concepts
    common = sorted(statements.by_concept, key=lambda name: -len(statements.by_concept[name]))
    compared = [
        compare_concept(concepts[name], request, statements, rules)
        for name in common[: max(_TRIED, 3 * columns)]
        if name in concepts
    ]
    compared.sort(key=lambda item: (-len(item.figures), item.concept.id))
    best = tuple(item for item in compared[:columns] if item.figures)
    cells = [{figure.key: figure.value for figure in item.figures} for item in best]
    keys = sorted({key for column in cells for key in column})
    rows = tuple((key, tuple(column.get(key) for column in cells)) for key in keys)
    return Matrix(best, rows)

"""One indicator across cities and years: one right figure an area and year, and why it is that."""

from __future__ import annotations

from govextract.compare.comparison import Comparison, compare
from govextract.compare.request import Request

__all__ = ["Comparison", "Request", "compare"]

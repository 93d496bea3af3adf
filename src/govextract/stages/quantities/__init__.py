"""Quantities: numbers with their units, and what looks like a quantity and is none."""

from govextract.stages.quantities.scan import Found, find_quantities, parse_quantity
from govextract.stages.quantities.suggest import Suggestion, suggest_units

__all__ = ["Found", "Suggestion", "find_quantities", "parse_quantity", "suggest_units"]

"""Quantities: numbers with their units, and what looks like a quantity and is none."""

from govextract.stages.quantities.scan import Found, find_quantities, parse_quantity

__all__ = ["Found", "find_quantities", "parse_quantity"]

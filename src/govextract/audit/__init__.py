"""A run checks itself: sums, shares, rates, growth, repeated statements, values out of line."""

from __future__ import annotations

from govextract.audit.run import Audit, audit

__all__ = ["Audit", "audit"]

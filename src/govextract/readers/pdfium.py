"""PDFium's own functions, which pypdfium2 binds; loaded when a PDF is first read."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any


@cache
def bindings() -> Any:
    """Return the module of the bindings."""
    return import_module("pypdfium2.raw")

"""govextract: Chinese government reports to one normalised table of facts.

    >>> import govextract
    >>> report = govextract.read("report.txt")                       # doctest: +SKIP
    >>> for fact in govextract.extract(report).facts:                # doctest: +SKIP
    ...     print(fact.indicator, fact.value, fact.unit, fact.period)

The names below are the public API. They are loaded when first used: importing the package loads
neither jieba nor spaCy nor pandas.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from govextract.batch import extract_folder
    from govextract.lexicon import load_lexicon
    from govextract.pipeline import extract
    from govextract.readers import read
    from govextract.writers.pandas import to_frame

__version__ = "0.1.0"
__all__ = ["extract", "extract_folder", "load_lexicon", "read", "to_frame"]

_HOMES = {
    "extract": "govextract.pipeline",
    "extract_folder": "govextract.batch",
    "load_lexicon": "govextract.lexicon",
    "read": "govextract.readers",
    "to_frame": "govextract.writers.pandas",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'govextract' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)

"""The tables of a run, written for work: one function a format, one interface.

``write_<format>(folder, tables, headers)`` writes the tables, each an iterable of rows that can be
walked more than once (a list, or :class:`govextract.stored.StoredRows`), below ``folder`` and
returns the paths. Rows are read one after the other, so that memory stays bounded. A file appears
whole or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import cast

from govextract.errors import UsageError
from govextract.table import TABLES, Headers, Row

Tables = Mapping[str, Iterable[Row]]
"""Rows by the name of their table (see :data:`govextract.table.SCHEMAS`)."""

FORMATS = ("csv", "xlsx", "parquet", "sqlite", "duckdb", "sdmx")


def write_outputs(
    folder: Path, tables: Tables, formats: Sequence[str], headers: Headers = "en"
) -> list[Path]:
    """Write ``tables`` below ``folder`` in each of ``formats`` and return the paths.

    Raises UsageError for an unknown format, and MissingExtraError where the library behind a
    format is not installed.
    """
    names = parse_formats(formats)
    folder.mkdir(parents=True, exist_ok=True)
    return [path for name in names for path in _writer(name)(folder, tables, headers)]


def parse_formats(words: Iterable[str]) -> tuple[str, ...]:
    """Return the formats named in ``words``, each once; commas may stand between several.

    Raises UsageError where one is unknown.

    >>> parse_formats(["csv,xlsx", "csv"])
    ('csv', 'xlsx')
    """
    names = dict.fromkeys(name.strip() for word in words for name in word.split(","))
    for name in names:
        if name not in FORMATS:
            raise UsageError(
                f"there is no format {name!r}", remedy="use some of " + ", ".join(FORMATS)
            )
    return tuple(names)


def output_names(formats: Iterable[str]) -> tuple[str, ...]:
    """Return the names of the files that a run writes in ``formats``.

    >>> output_names(["xlsx", "sdmx"])
    ('tables.xlsx', 'facts.sdmx.csv')
    """
    names: dict[str, tuple[str, ...]] = {
        "csv": (*(f"{table}.csv" for table in TABLES), "datapackage.json"),
        "parquet": tuple(f"{table}.parquet" for table in TABLES),
        "xlsx": ("tables.xlsx",),
        "sqlite": ("tables.sqlite",),
        "duckdb": ("tables.duckdb",),
        "sdmx": ("facts.sdmx.csv",),
    }
    return tuple(name for word in parse_formats(formats) for name in names[word])


def parse_headers(word: str) -> Headers:
    """Return the language of column heads; raises UsageError where it is not ``en`` or ``zh``."""
    if word not in ("en", "zh"):
        raise UsageError(f"there are no heads in {word!r}", remedy="use en or zh")
    return cast("Headers", word)


def _writer(name: str) -> Callable[[Path, Tables, Headers], list[Path]]:
    """Return ``write_<name>``; its module, and the library behind it, is imported only here."""
    module = import_module(f"govextract.writers.{name}")
    return cast("Callable[[Path, Tables, Headers], list[Path]]", getattr(module, f"write_{name}"))

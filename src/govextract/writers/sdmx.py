"""SDMX-CSV: the facts as observations, for statistical software.

The columns are those of the SDMX cross-domain concepts (SDMX-CSV 1.0). What one report states
twice is two observations, so that ``FACT_ID`` is a dimension too. Values are in the base unit
(``UNIT_MULT`` 0).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from govextract.model import Fact
from govextract.table import Headers
from govextract.writers import Tables
from govextract.writers.csv import format_cell, format_decimal
from govextract.writers.files import replacing

COLUMNS = (
    "DATAFLOW", "REF_AREA", "INDICATOR", "MEASURE", "TIME_PERIOD", "FACT_ID", "OBS_VALUE",
    "UNIT_MEASURE", "UNIT_MULT", "OBS_STATUS", "COMPARATOR", "REF_AREA_NAME", "INDICATOR_NAME",
    "COMMENT_OBS",
)  # fmt: skip
DATAFLOW = "GOVEXTRACT:FACTS(1.0)"
# Code for a dimension without a value, by the SDMX guidelines for code lists: unspecified.
_UNSPECIFIED = "_X"


def write_sdmx(folder: Path, tables: Tables, headers: Headers = "en") -> list[Path]:
    """Write ``facts.sdmx.csv`` and return its path; its heads are SDMX's in any language."""
    path = folder / "facts.sdmx.csv"
    with replacing(path) as part, part.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(_observations(tables))
    return [path]


def _observations(tables: Tables) -> Iterator[tuple[str, ...]]:
    for row in tables["facts"]:
        fact = Fact._make(row)
        yield (
            DATAFLOW,
            fact.area_code or _UNSPECIFIED,
            fact.indicator_id or _UNSPECIFIED,
            fact.kind,
            time_period(fact.period),
            fact.fact_id,
            format_decimal(Decimal(fact.value)) if fact.value is not None else "",
            fact.unit,
            "0",
            observation_status(fact),
            fact.comparator,
            format_cell(fact.area),
            format_cell(fact.indicator_name or fact.indicator),
            format_cell(fact.sentence),
        )


def observation_status(fact: Fact) -> str:
    """Return the code of CL_OBS_STATUS: ``F`` a target, ``E`` an approximation, ``A`` normal."""
    if fact.status == "target":
        return "F"
    return "E" if fact.comparator == "~" else "A"


def time_period(period: str) -> str:
    """Return an ISO period as SDMX writes time: a range by its start and its duration.

    >>> time_period("2024"), time_period("2024-01/2024-12"), time_period("/2024-12")
    ('2024', '2024-01-01/P12M', '2024-12')
    >>> time_period("2016/2020"), time_period("2024-03-01/2024-03-10")
    ('2016-01-01/P5Y', '2024-03-01/2024-03-10')
    """
    start, slash, end = period.partition("/")
    if not slash or not start or not end:
        return start or end
    if len(start) == len(end) == 4:
        return f"{start}-01-01/P{int(end) - int(start) + 1}Y"
    if len(start) == len(end) == 7:
        months = 12 * (int(end[:4]) - int(start[:4])) + int(end[5:]) - int(start[5:]) + 1
        return f"{start}-01/P{months}M"
    return period

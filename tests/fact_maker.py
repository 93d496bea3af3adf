"""Facts and runs for tests: made up, every field with a sensible default."""

from __future__ import annotations

from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

from govextract.model import Fact
from govextract.table import DOCUMENTS, Row, fact_row
from govextract.writers import write_outputs

_numbers = count()


def make_fact(**fields: Any) -> Fact:
    """Return a fact on 信阳市's GDP of 2023; ``fields`` replace what differs."""
    number = next(_numbers)
    value = Decimal(str(fields.pop("value", 319670000000)))
    given: dict[str, Any] = dict.fromkeys(Fact._fields, "") | {
        "fact_id": f"f{number:04}",
        "document": "信阳/公报.txt",
        "year": 2023,
        "area_code": "411500",
        "area": "信阳市",
        "province": "河南省",
        "indicator_id": "national_accounts/gdp",
        "indicator_name": "地区生产总值",
        "indicator": "地区生产总值",
        "value": value,
        "value_max": None,
        "unit": "元",
        "number": str(value),
        "comparator": "=",
        "kind": "amount",
        "period": "2023",
        "period_source": "report",
        "status": "actual",
        "origin": "text",
        "start": 10 * number,
        "end": 10 * number + 5,
        "sentence": "全年地区生产总值若干。",
        "confidence": 0.9,
        "page": None,
    }
    return Fact(**(given | fields))


def change(value: float, **fields: Any) -> Fact:
    """Return a growth rate in percent on the year before."""
    return make_fact(value=value, unit="%", kind="change", basis="yoy", **fields)


def document_row(path: str, **fields: Any) -> Row:
    """Return a row of documents: 信阳市's statistical bulletin of 2023, but for ``fields``."""
    given: dict[str, Any] = dict.fromkeys((column.name for column in DOCUMENTS), "") | {
        "document": path,
        "year": 2023,
        "genre": "statistical_bulletin",
        "area_code": "411500",
        "area": "信阳市",
    }
    return tuple((given | fields).values())


def write_run(folder: Path, facts: list[Fact], documents: list[Row]) -> Path:
    """Write a run's tables as CSV and return their folder."""
    tables: dict[str, list[Row]] = {
        "facts": [fact_row(fact) for fact in facts],
        "documents": documents,
        "sections": [],
        "problems": [],
    }
    write_outputs(folder, tables, ["csv"])
    return folder

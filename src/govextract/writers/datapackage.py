"""``datapackage.json``: a description of the CSV files after the Data Package standard.

Source: https://specs.frictionlessdata.io (Tabular Data Package 1.0).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from govextract.table import SCHEMAS, TABLE_NAMES_ZH, Column, Headers
from govextract.writers.files import replacing

_KEYS = {"facts": "fact_id", "documents": "document", "findings": "finding_id"}


def write_datapackage(folder: Path, headers: Headers = "en") -> Path:
    """Describe the tables that stand as CSV in ``folder`` and return the description's path."""
    path = folder / "datapackage.json"
    names = [name for name in SCHEMAS if (folder / f"{name}.csv").exists()]
    package = {
        "profile": "tabular-data-package",
        "name": "govextract-facts",
        "title": "Facts of Chinese government reports",
        "resources": [_resource(name, headers, "documents" in names) for name in names],
    }
    with replacing(path) as part:
        part.write_text(json.dumps(package, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return path


def _resource(name: str, headers: Headers, documents: bool) -> dict[str, Any]:
    columns = {column.name: column for column in SCHEMAS[name]}
    schema: dict[str, Any] = {"fields": [_field(column, headers) for column in columns.values()]}
    if name in _KEYS:
        schema["primaryKey"] = [_head(columns[_KEYS[name]], headers)]
    if documents and name in ("facts", "sections"):
        key = _head(columns["document"], headers)
        schema["foreignKeys"] = [
            {"fields": [key], "reference": {"resource": "documents", "fields": [key]}}
        ]
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "title": TABLE_NAMES_ZH[name] if headers == "zh" else name,
        "path": f"{name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "schema": schema,
    }


def _field(column: Column, headers: Headers) -> dict[str, str]:
    return {
        "name": _head(column, headers),
        "title": column.name if headers == "zh" else column.zh,
        "type": column.type,
        "description": column.description,
    }


def _head(column: Column, headers: Headers) -> str:
    return column.zh if headers == "zh" else column.name

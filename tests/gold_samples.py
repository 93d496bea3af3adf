"""Gold and program mentions for the tests of the evaluation; made up."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from govextract.evaluation.gold import GoldFile, GoldMention
from govextract.evaluation.mentions import Mention

TEXT = "全年收到申请247件，其中网上申请85件，占三分之一，办理费用12.34万元。"


def gold_mention(start: int = 6, end: int = 10, **fields: Any) -> GoldMention:
    given: dict[str, Any] = {
        "text": TEXT[start:end],
        "value": Decimal(247),
        "value_max": None,
        "unit": "件",
        "comparator": "=",
        "indicators": ("收到申请",),
        "kind": "count",
    }
    return GoldMention(start=start, end=end, **(given | fields))


def mention(start: int = 6, end: int = 10, **fields: Any) -> Mention:
    given: dict[str, Any] = {
        "document": "a.txt",
        "text": TEXT[start:end],
        "value": Decimal(247),
        "value_max": None,
        "unit": "件",
        "indicator": "收到申请",
        "kind": "count",
        "fact_id": f"f{start}",
    }
    return Mention(start=start, end=end, **(given | fields))


def gold_file(*mentions: GoldMention, name: str = "a", text: str = TEXT) -> GoldFile:
    return GoldFile(name, Path(f"{name}.gold.jsonl"), Path(f"{name}.txt"), text, mentions)


def answer(gold: GoldMention, **fields: Any) -> Mention:
    """What a program that is right in everything says about ``gold``."""
    given: dict[str, Any] = {
        "document": "a.txt",
        "start": gold.start,
        "end": gold.end,
        "text": gold.text,
        "value": gold.value,
        "value_max": gold.value_max,
        "unit": gold.unit,
        "indicator": gold.indicators[-1],
        "comparator": gold.comparator,
        "kind": gold.kind,
        "period": gold.period,
        "status": gold.status,
        "part_of": "" if gold.part_of is None else f"f{gold.part_of}",
        "fact_id": f"f{gold.start}",
    }
    return Mention(**(given | fields))


ROW: dict[str, Any] = {
    "start": 6,
    "end": 10,
    "text": "247件",
    "value": 247,
    "unit": "件",
    "comparator": "=",
    "indicator": "收到申请",
    "kind": "count",
}


def write_sample(folder: Path, name: str = "a", rows: list[Any] | None = None) -> Path:
    """Write ``NAME.txt`` and its gold into ``folder``; return the gold's path."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    path = folder / f"{name}.gold.jsonl"
    given = [ROW] if rows is None else rows
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in given]
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return path

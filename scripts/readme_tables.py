"""Write the README's excerpt and its columns from the program itself.

Run ``python scripts/readme_tables.py`` after a change of the corpus, the rules or the columns;
``--check`` only tells whether they are current (a test calls it so).
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from govextract import extract, read
from govextract.model import Fact
from govextract.table import FACTS
from govextract.writers.csv import format_cell

ROOT = Path(__file__).resolve().parent.parent
REPORT = "corpus/宜昌市/2022/法治政府建设年度报告.txt"
OPENING = "全市收到行政复议申请"


def excerpt() -> str:
    """Return rows of the sentence that the README quotes."""
    facts = extract(read(ROOT / REPORT, REPORT.removeprefix("corpus/"))).facts
    chosen = [fact for fact in facts if fact.sentence.startswith(OPENING)]
    texts = {fact.fact_id: fact.text for fact in chosen}
    lines = ["| indicator | value | unit | kind | period | area | section | part_of |"]
    lines.append("|---|--:|---|---|---|---|---|---|")
    lines += [_row(fact, texts) for fact in chosen]
    return "\n".join(lines)


def _row(fact: Fact, texts: dict[str, str]) -> str:
    whole = f"the {texts[fact.part_of]}" if fact.part_of in texts else ""
    cells = [fact.indicator, format_cell(fact.value), fact.unit, fact.kind, fact.period]
    return "| " + " | ".join([*cells, fact.area, fact.section, whole]) + " |"


def columns() -> str:
    """Return the columns of the facts table."""
    lines = ["| column | 中文 | what |", "|---|---|---|"]
    lines += [f"| `{c.name}` | {c.zh} | {c.description} |" for c in FACTS]
    return "\n".join(lines)


def updated(readme: str) -> str:
    """Return the README with both parts as they are now."""
    for name, text in (("excerpt", excerpt()), ("columns", columns())):
        pattern = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
        readme = pattern.sub(lambda match, text=text: f"{match[1]}{text}\n{match[2]}", readme)
    return readme


def main() -> int:
    """Write the README, or with ``--check`` return 1 where it is not current."""
    path = ROOT / "README.md"
    old = path.read_text(encoding="utf-8")
    new = updated(old)
    if "--check" in sys.argv[1:]:
        return int(old != new)
    path.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Write the pages of docs/ that are made from the data.

python scripts/make_docs.py [--check]
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from pathlib import Path

from govextract.lexicon import Entry, default_lexicon
from govextract.lexicon.indicators import Concept, indicator_files, load_indicators

DOCS = Path(__file__).parents[1] / "docs"


def indicators() -> str:
    """Return docs/indicators.md: every concept, by field."""
    return "\n".join(_indicator_lines()) + "\n"


PAGES: Mapping[str, Callable[[], str]] = {"indicators.md": indicators}


def _indicator_lines() -> Iterator[str]:
    lexicon = default_lexicon()
    concepts = load_indicators(lexicon).concepts
    genres = {entry["id"]: entry for entry in lexicon.entries("genres.toml", "genre")}
    yield "# Indicators"
    yield ""
    yield "Made from `src/govextract/data/indicators` by `python scripts/make_docs.py`."
    yield ""
    yield (
        f"{len(concepts)} concepts in {len(indicator_files())} fields. A fact is linked to one of"
        " them where its wording, unit and kind surely fit, and to none else. A growth is the kind"
        " `change` of the concept that grew. To add one, add an entry with an example and a"
        " counter-example to the field's file; `--lexicon my.toml` adds your own."
    )
    for field, group in groupby(concepts.values(), key=lambda item: item.id.split("/")[0]):
        yield from _field_lines(field, list(group), genres)


def _field_lines(field: str, concepts: list[Concept], genres: Mapping[str, Entry]) -> Iterator[str]:
    homes = sorted({genre for item in concepts for genre in item.genres}, key=list(genres).index)
    yield ""
    yield f"## {field}"
    yield ""
    yield f"Mostly in: {'、'.join(genres[home]['name'] for home in homes)}."
    yield ""
    yield "| id | 名称 | name | unit | definition | part of | not to be taken for |"
    yield "|---|---|---|---|---|---|---|"
    yield from map(_row, concepts)


def _row(concept: Concept) -> str:
    cells = (
        f"`{concept.id}`",
        concept.name,
        concept.name_en,
        concept.dimension.replace("_", " "),
        f"{concept.definition}（{concept.source}）",
        f"`{concept.parent}`" if concept.parent else "",
        ", ".join(f"`{other}`" for other in concept.confused_with),
    )
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def main() -> None:
    """Write the pages, or with ``--check`` fail where one is not current."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, fail if not current")
    check = parser.parse_args().check
    stale = [name for name, make in PAGES.items() if _read(name) != make()]
    if check and stale:
        sys.exit(f"not current: {', '.join(stale)}; run python scripts/make_docs.py")
    for name in stale:
        (DOCS / name).write_text(PAGES[name](), encoding="utf-8")


def _read(name: str) -> str:
    path = DOCS / name
    return path.read_text(encoding="utf-8") if path.exists() else ""


if __name__ == "__main__":
    main()

"""The page as one file, or as a folder whose texts are loaded when they are looked at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from govextract.audit import audit
from govextract.audit.outcome import finding_row
from govextract.explore import page
from govextract.explore.comparisons import find_comparisons
from govextract.explore.payload import (
    RunData,
    group_by_document,
    pack_documents,
    pack_facts,
    pack_findings,
    pack_problems,
    pack_text,
)
from govextract.explore.texts import Reports
from govextract.stored import StoredRows, open_tables
from govextract.table import Row
from govextract.writers.files import replacing


class Written(NamedTuple):
    """The page that was written, and how many reports are on it with and without their text."""

    path: Path
    with_text: int
    without_text: int


def write_page(run: Path, path: Path, reports: Reports) -> Written:
    """Write the run in the folder ``run`` as one HTML file that needs nothing beside it.

    Raises UsageError where ``run`` holds no run.
    """
    tables = open_tables(run)
    data = read_run(run)
    texts = list(_texts(tables, data, reports))
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as part, part.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(page.render_page(data, texts))
    return _written(path, texts)


def write_folder(run: Path, folder: Path, reports: Reports) -> Written:
    """Write the run as ``folder/index.html`` with its data and texts in files beside it.

    Raises UsageError where ``run`` holds no run.
    """
    tables = open_tables(run)
    data = read_run(run)
    (folder / "texts").mkdir(parents=True, exist_ok=True)
    for old in (folder / "texts").glob("[0-9]*.js"):
        old.unlink()
    texts = []
    for number, text in enumerate(_texts(tables, data, reports)):
        _write(folder / "texts" / f"{number}.js", page.text_script(number, text))
        texts.append({"reason": text.get("reason", "")})
    _write(folder / "data.js", page.data_script(data))
    _write(folder / "index.html", page.render_shell())
    return _written(folder / "index.html", texts)


def read_run(run: Path) -> RunData:
    """Return what the page shows of the run in the folder ``run``, but for the texts."""
    tables = open_tables(run)
    facts: list[Row] = list(tables["facts"])
    return RunData(
        facts=pack_facts(facts),
        documents=pack_documents(tables.get("documents", ())),
        problems=pack_problems(tables.get("problems", ())),
        findings=pack_findings(map(finding_row, audit(run, write=False).findings)),
        comparisons=find_comparisons(run, [str(row[0]) for row in facts]),
    )


def _texts(
    tables: dict[str, StoredRows], data: RunData, reports: Reports
) -> Iterator[dict[str, Any]]:
    """Yield what is shown of each report, in the order of ``documents``."""
    sections = group_by_document(tables.get("sections", ()))
    for document in data.documents:
        name = document["document"]
        found = reports.read(name, document["content_hash"])
        if found.report is None:
            yield {"reason": found.reason}
        else:
            yield pack_text(found.report, sections.get(name, ()))


def _write(path: Path, content: str) -> None:
    with replacing(path) as part:
        part.write_text(content, encoding="utf-8", newline="\n")


def _written(path: Path, texts: list[dict[str, Any]]) -> Written:
    without = sum(bool(text.get("reason")) for text in texts)
    return Written(path, len(texts) - without, without)

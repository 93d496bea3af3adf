"""Runs over a folder: each file is read and extracted, and the tables are written."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from govextract.errors import ReadError, UsageError
from govextract.lexicon import Lexicon, load_lexicon
from govextract.model import Extraction, Fact, Problem
from govextract.pipeline import extract
from govextract.readers import read
from govextract.table import TABLES, Headers, Row, fact_row, problem_row, section_row
from govextract.writers import parse_formats, write_outputs

Progress = Callable[[int, int, str], None]
"""Called with how many files are done, how many there are, and the last one's name."""


class RunSummary(NamedTuple):
    """What a run did."""

    reports: int
    unread: int
    facts: int
    problems: int
    seconds: float


class Result(NamedTuple):
    """What one file gave: an extraction, or the problem why there is none."""

    document: str
    extraction: Extraction | None
    problems: tuple[Problem, ...]


def find_files(folder: Path) -> list[Path]:
    """Return the files below ``folder`` in the order of their paths; hidden ones are left out.

    Raises UsageError where ``folder`` does not exist or holds no file.
    """
    if folder.is_file():
        return [folder]
    if not folder.is_dir():
        raise UsageError("does not exist", place=str(folder), remedy="give a folder of reports")
    files = sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and not any(p.startswith(".") for p in path.relative_to(folder).parts)
    )
    if not files:
        raise UsageError("holds no file", place=str(folder), remedy="give a folder of reports")
    return files


def extract_file(path: Path, document: str, lexicon: Lexicon) -> Result:
    """Return what one file gives; a file that cannot be read gives a problem and never raises."""
    try:
        extraction = extract(read(path, document), lexicon)
    except ReadError as error:
        problem = Problem(document, error.code, error.place, error.message, error.remedy)
        return Result(document, None, (problem,))
    return Result(document, extraction, extraction.problems)


def extract_files(folder: Path, lexicon: Lexicon) -> Iterator[Result]:
    """Yield what each file below ``folder`` gives, in the order of their paths."""
    root = folder if folder.is_dir() else folder.parent
    for path in find_files(folder):
        yield extract_file(path, path.relative_to(root).as_posix(), lexicon)


def extract_folder(
    folder: str | Path,
    out: str | Path | None = None,
    *,
    lexicon: Lexicon | None = None,
    progress: Progress | None = None,
) -> list[Fact]:
    """Return the facts of all reports below ``folder``; write the tables to ``out`` where given."""
    results = list(extract_files(Path(folder), lexicon or load_lexicon()))
    if out is not None:
        write_tables(Path(out), results)
    return [fact for result in results if result.extraction for fact in result.extraction.facts]


def run(
    folder: Path,
    out: Path,
    *,
    lexicon: Lexicon | None = None,
    formats: Sequence[str] = ("csv",),
    headers: Headers = "en",
    progress: Progress | None = None,
) -> RunSummary:
    """Extract all files below ``folder`` and write the tables to the folder ``out``.

    ``formats`` and ``headers`` are as in :func:`govextract.writers.write_outputs`.
    """
    began = time.monotonic()
    parse_formats(formats)
    total = len(find_files(folder))
    results: list[Result] = []
    for result in extract_files(folder, lexicon or load_lexicon()):
        results.append(result)
        if progress:
            progress(len(results), total, result.document)
    write_tables(out, results, formats, headers)
    return RunSummary(
        reports=sum(result.extraction is not None for result in results),
        unread=sum(result.extraction is None for result in results),
        facts=sum(len(result.extraction.facts) for result in results if result.extraction),
        problems=sum(len(result.problems) for result in results),
        seconds=time.monotonic() - began,
    )


def write_tables(
    out: Path,
    results: Iterable[Result],
    formats: Sequence[str] = ("csv",),
    headers: Headers = "en",
) -> None:
    """Write facts, documents, sections and problems of ``results`` below ``out``."""
    rows: dict[str, list[Row]] = {name: [] for name in TABLES}
    for result in results:
        rows["problems"].extend(map(problem_row, result.problems))
        if result.extraction:
            rows["facts"].extend(map(fact_row, result.extraction.facts))
            rows["documents"].append(document_row(result.extraction))
            rows["sections"].extend(
                section_row(result.document, section) for section in result.extraction.sections
            )
    write_outputs(out, rows, formats, headers)


def document_row(extraction: Extraction) -> Row:
    """Return the cells of one row of ``documents``."""
    report, area = extraction.report, extraction.area
    metadata = report.metadata
    return (
        report.document,
        metadata.title,
        metadata.issuer,
        metadata.index_number,
        metadata.document_number,
        metadata.published,
        metadata.year,
        metadata.genre,
        area.code if area else "",
        area.name if area else metadata.area,
        metadata.source,
        report.reader,
        report.encoding,
        len(report.text),
        len(extraction.sections),
        len(report.tables),
        len(extraction.facts),
        report.content_hash,
    )

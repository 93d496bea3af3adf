"""The work of a run, cut into tasks: the files of a task are read, extracted and kept as one part.

A task and the work are small and can be sent to another process or machine. The same task gives
the same part wherever it runs, and running it twice does no harm.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, Protocol

from govextract.batch.limits import OutOfTime, time_limit
from govextract.batch.parts import DocumentEntry, PartEntry, PartWriter
from govextract.batch.sources import Source, read_source, source_size
from govextract.batch.storage import Storage
from govextract.errors import ReadError
from govextract.lexicon import Lexicon
from govextract.model import Extraction, Problem, Report
from govextract.pipeline import extract
from govextract.table import Row, document_row, fact_row, problem_row, section_row

_EMPTY = Report("", "")


class Notice(Protocol):
    """Called as documents are begun: with the last one's name, and how many they are."""

    def __call__(self, document: str, count: int = 1, /) -> None:
        """Take notice of ``count`` documents, ``document`` the last."""


class Result(NamedTuple):
    """What one file gave: an extraction, or the problem why there is none."""

    document: str
    extraction: Extraction | None
    problems: tuple[Problem, ...]


class Task(NamedTuple):
    """Some files that become one part; ``failed`` has the problems of those not to be tried."""

    part: str
    sources: tuple[Source, ...]
    failed: Mapping[str, Problem] = {}


class Work(NamedTuple):
    """What is done with each task, and where its part goes."""

    storage: Storage
    lexicon: Lexicon
    version: str
    timeout: float | None = None
    """Seconds for one report."""
    max_bytes: int | None = None

    def run(self, task: Task, notice: Notice | None = None) -> PartEntry:
        """Write the part of ``task`` and return its entry for the manifest.

        Raises OSError where the part cannot be written; a report that cannot be read or extracted
        gives a problem and never raises.
        """
        # The rules are loaded in no report's time.
        extract(_EMPTY, self.lexicon)
        writer = PartWriter()
        entries = []
        for source in task.sources:
            if notice:
                notice(source.document)
            result = self._result(task, source)
            writer.add(result_rows(result))
            entries.append(document_entry(result))
        writer.write(self.storage, task.part)
        return PartEntry(task.part, self.version, tuple(entries))

    def _result(self, task: Task, source: Source) -> Result:
        if source.document in task.failed:
            return Result(source.document, None, (task.failed[source.document],))
        return extract_source(source, self.lexicon, self.timeout, self.max_bytes)


class Engine(Protocol):
    """Where tasks run: this process, others of this machine, or a cluster."""

    @property
    def workers(self) -> int:
        """How many tasks it does at a time."""
        ...

    task_sizes: tuple[int, int]
    """The fewest and the most files of a task that suit it."""

    def run(self, work: Work, tasks: Iterable[Task], notice: Notice) -> Iterator[PartEntry]:
        """Yield the entry of each part as it is written, in any order.

        ``notice`` is called as documents are begun, or when a task of them is done. Raises OSError
        where a part cannot be written.
        """
        ...


class InProcess:
    """The engine that does one task after the other in this process."""

    workers = 1
    task_sizes = (1, 50)

    def run(self, work: Work, tasks: Iterable[Task], notice: Notice) -> Iterator[PartEntry]:
        """Yield the entry of each part as it is written."""
        for task in tasks:
            yield work.run(task, notice)


def extract_source(
    source: Source,
    lexicon: Lexicon,
    timeout: float | None = None,
    max_bytes: int | None = None,
) -> Result:
    """Return what one file gives; what cannot be read or extracted gives a problem."""
    size = source_size(source) if max_bytes is not None else None
    if size is not None and max_bytes is not None and size > max_bytes:
        return _failure(too_large(source.document, size, max_bytes))
    try:
        with time_limit(timeout):
            extraction = extract(read_source(source), lexicon)
    except ReadError as error:
        return _failure(
            Problem(source.document, error.code, error.place, error.message, error.remedy)
        )
    except OutOfTime:
        return _failure(out_of_time(source.document, timeout or 0))
    except (Exception, MemoryError) as error:
        # A defect of a stage must not end a run over a million reports.
        return _failure(broken(source.document, f"{type(error).__name__}: {error}"))
    return Result(source.document, extraction, extraction.problems)


def too_large(document: str, size: int, limit: int) -> Problem:
    """Return the problem of a file with more bytes than the run allows."""
    message = f"has {size:,} bytes, more than {limit:,}"
    return Problem(document, "run/too-large", "", message, "raise --max-size, or split the file")


def out_of_time(document: str, limit: float) -> Problem:
    """Return the problem of a report that took longer than the run allows."""
    message = f"took longer than {limit:g} s"
    return Problem(document, "run/timeout", "", message, "raise --timeout, or split the file")


def crashed(document: str, reason: str) -> Problem:
    """Return the problem of a report on which a worker process ended."""
    remedy = "run it alone; a damaged file, or too little memory, may be the cause"
    return Problem(document, "run/crashed", "", f"ended its worker process ({reason})", remedy)


def broken(document: str, reason: str) -> Problem:
    """Return the problem of a report that met a defect of this program."""
    remedy = "please report it, with the file"
    return Problem(document, "run/defect", "", f"was not extracted ({reason})", remedy)


def _failure(problem: Problem) -> Result:
    return Result(problem.document, None, (problem,))


def document_entry(result: Result) -> DocumentEntry:
    """Return what the manifest keeps of a result."""
    report = result.extraction.report if result.extraction else None
    return DocumentEntry(
        document=result.document,
        content_hash=report.content_hash if report else "",
        reader=report.reader if report else "",
        facts=len(result.extraction.facts) if result.extraction else 0,
        problems=len(result.problems),
    )


def result_rows(result: Result) -> dict[str, list[Row]]:
    """Return the rows of each table that a result gives."""
    problems = list(map(problem_row, result.problems))
    if result.extraction is None:
        return {"problems": problems}
    return {
        "facts": list(map(fact_row, result.extraction.facts)),
        "documents": [document_row(result.extraction)],
        "sections": [section_row(result.document, item) for item in result.extraction.sections],
        "problems": problems,
    }

"""The texts of a run's reports: read again from where the run has read them.

A run keeps no texts (they would double its size) but the places they were read from. A report that
is gone, or is no more the file that was read, has no text: its facts are shown with their sentences
all the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from govextract.batch import read_sources
from govextract.batch.sources import Source, find_sources, read_source
from govextract.errors import ReadError
from govextract.model import Report


class ReportText(NamedTuple):
    """A report as it was read again, or why it is not: ``missing``, ``changed``, ``unread``."""

    report: Report | None
    reason: str = ""


class Reports:
    """The reports of a run, by the name of their document."""

    def __init__(self, sources: Iterable[Source] = ()) -> None:
        self._sources = {source.document: source for source in sources}

    @classmethod
    def of_run(cls, run: Path, folder: Path | None = None) -> Reports:
        """Return the reports of the run in ``run``; ``folder`` is where they are now, if moved.

        Raises UsageError where there is no ``folder``, or nothing in it.
        """
        return cls(find_sources([folder]) if folder else read_sources(run))

    def read(self, document: str, content_hash: str) -> ReportText:
        """Return the report called ``document`` if it still has the content that was extracted."""
        source = self._sources.get(document)
        if source is None:
            return ReportText(None, "missing")
        try:
            report = read_source(source)
        except ReadError as error:
            return ReportText(None, "missing" if error.code == "read/missing" else "unread")
        if content_hash and report.content_hash != content_hash:
            return ReportText(None, "changed")
        return ReportText(report)

"""Runs over many reports: planned by a manifest, done by an engine, kept in parts, then written."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from govextract.batch.lock import locked
from govextract.batch.manifest import Manifest, part_name, run_number
from govextract.batch.outputs import Outputs, check_outputs, write_tables
from govextract.batch.parts import PartRows
from govextract.batch.sources import (
    Source,
    find_sources,
    load_sources,
    source_bytes,
    store_sources,
)
from govextract.batch.storage import local_path, open_storage
from govextract.batch.version import rules_version
from govextract.batch.work import Engine, InProcess, Task, Work, extract_source
from govextract.errors import DamagedPartError, ReadError
from govextract.lexicon import Lexicon, default_lexicon
from govextract.model import Fact
from govextract.pipeline import check_lexicon
from govextract.table import Headers
from govextract.writers import parse_formats

Progress = Callable[[int, int, str], None]
"""Called with how many files are begun, how many there are to do, and the last one's name."""

STATE_FOLDER = ".govextract"
"""Where in the output folder the parts, the manifest and the lock are."""

SHARES = 2
"""A task is one part in ``workers * SHARES`` of the files left: the last ones are small, so
that all workers end together (guided self-scheduling: Polychronopoulos and Kuck 1987)."""


class RunSummary(NamedTuple):
    """What the tables hold after a run, and what the run did for it."""

    reports: int
    unread: int
    facts: int
    problems: int
    seconds: float
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    reruled: int = 0
    """How many of the changed ones were done again because the rules are others."""


class Limits(NamedTuple):
    """What one report may cost; ``None`` is no limit."""

    seconds: float | None = None
    bytes: int | None = None


class Plan(NamedTuple):
    """What a run has to do: the files by what the manifest knows of them."""

    new: tuple[Source, ...]
    changed: tuple[Source, ...]
    unchanged: int
    gone: tuple[str, ...]
    reruled: int = 0

    def todo(self) -> list[Source]:
        """Return the files that must be read, sorted by document."""
        return sorted(self.new + self.changed)


def run(
    inputs: str | Path | Sequence[str | Path],
    out: str | Path,
    *,
    lexicon: Lexicon | None = None,
    progress: Progress | None = None,
    formats: Sequence[str] = ("csv",),
    headers: Headers = "en",
    files_from: Path | None = None,
    engine: Engine | None = None,
    limits: Limits = Limits(),  # noqa: B008 - a frozen record
    force: bool = False,
) -> RunSummary:
    """Extract all files behind ``inputs`` and write the tables to ``out``, a folder or address.

    ``inputs`` and ``files_from`` are as in :func:`govextract.batch.sources.find_sources`,
    ``formats`` and ``headers`` as in :func:`govextract.writers.write_outputs`. What an earlier run
    into ``out`` has done and has not changed since is not done again. Raises UsageError where there
    is nothing to read, another run is at work in ``out``, or (without ``force``) a file there would
    be overwritten that no run has written; OSError where the disk is full.
    """
    began = time.monotonic()
    formats = parse_formats(formats)
    places = [inputs] if isinstance(inputs, (str, Path)) else inputs
    rules = lexicon or default_lexicon()
    if rules.overlays:  # the package's own rules have been checked
        check_lexicon(rules)
    sources = find_sources(places, files_from, without=local_path(out))
    storage = open_storage(_state_address(out))
    with locked(storage, str(out)):
        storage.sweep()
        if not force:
            check_outputs(out, formats, Outputs.load(storage))
        work = Work(storage, rules, rules_version(rules), limits.seconds, limits.bytes)
        manifest = Manifest.load(storage)
        store_sources(storage, sources)
        plan = _complete(
            sources,
            manifest,
            work,
            lambda todo: _do(todo, manifest, work, engine or InProcess(), progress),
            lambda: write_tables(out, storage, manifest.homes(), formats, headers),
        )
    return _summary(manifest, plan, time.monotonic() - began)


def _complete(
    sources: Sequence[Source],
    manifest: Manifest,
    work: Work,
    do: Callable[[Sequence[Source]], None],
    write: Callable[[], None],
) -> Plan:
    """Do what is to do and write the tables; a part that the disk has lost is made again."""
    runs = manifest.runs
    plan = left = make_plan(sources, manifest, work.version)
    while True:
        do(left.todo())
        manifest.drop(left.gone)
        manifest.tidy()
        try:
            write()
            return plan
        except DamagedPartError as error:
            if run_number(error.part) > runs:  # it was made just now: the disk keeps nothing
                raise
            manifest.forget(error.part)
        left = make_plan(sources, manifest, work.version)
        again = plan.unchanged - len(left.new)
        plan = plan._replace(changed=(*plan.changed, *left.new), unchanged=again)


def extract_folder(
    folder: str | Path,
    out: str | Path | None = None,
    *,
    lexicon: Lexicon | None = None,
    progress: Progress | None = None,
) -> list[Fact]:
    """Return the facts of all reports below ``folder``; write the tables to ``out`` where given."""
    if out is not None:
        run(folder, out, lexicon=lexicon, progress=progress)
        return list(read_run(out))
    sources = find_sources([folder])
    facts: list[Fact] = []
    for number, source in enumerate(sources, start=1):
        if progress:
            progress(number, len(sources), source.document)
        extraction = extract_source(source, lexicon or default_lexicon()).extraction
        facts.extend(extraction.facts if extraction else ())
    return facts


def read_run(out: str | Path) -> Iterator[Fact]:
    """Yield the facts that a run has put into ``out``, in their order."""
    storage = open_storage(_state_address(out))
    for row in PartRows(storage, "facts", Manifest.load(storage).homes()):
        fact = Fact._make(row)
        yield fact._replace(confidence=float(fact.confidence))


def read_sources(out: str | Path) -> list[Source]:
    """Return where the reports of the run in ``out`` were read; empty where that is unknown."""
    return load_sources(open_storage(_state_address(out)))


def make_plan(sources: Sequence[Source], manifest: Manifest, version: str) -> Plan:
    """Return what is to do so that the parts hold ``sources``, read by the rules ``version``."""
    new, changed = [], []
    for source in sources:
        if source.document not in manifest:
            new.append(source)
        elif not _is_current(source, manifest, version):
            changed.append(source)
    documents = {source.document for source in sources}
    gone = tuple(document for document in manifest.documents if document not in documents)
    unchanged = len(sources) - len(new) - len(changed)
    reruled = sum(manifest[source.document].version != version for source in changed)
    return Plan(tuple(new), tuple(changed), unchanged, gone, reruled)


def _is_current(source: Source, manifest: Manifest, version: str) -> bool:
    known = manifest[source.document]
    if known.version != version or not known.entry.content_hash:
        return False
    try:
        return hashlib.sha256(source_bytes(source)).hexdigest() == known.entry.content_hash
    except ReadError:
        return False


def _do(
    todo: Sequence[Source],
    manifest: Manifest,
    work: Work,
    engine: Engine,
    progress: Progress | None,
) -> None:
    begun = 0

    def notice(document: str, count: int = 1, /) -> None:
        nonlocal begun
        # A task that is done a second time gives notice of its documents again.
        begun = min(begun + count, len(todo))
        if progress:
            progress(begun, len(todo), document)

    run_number = manifest.begin_run() if todo else 0
    tasks = (
        Task(part_name(run_number, number), sources)
        for number, sources in enumerate(_shares(todo, engine), start=1)
    )
    for entry in engine.run(work, tasks, notice):
        manifest.commit(entry)


def _shares(todo: Sequence[Source], engine: Engine) -> Iterator[tuple[Source, ...]]:
    """Cut ``todo`` into tasks of sizes that suit the engine, the last ones the smallest."""
    fewest, most = engine.task_sizes
    workers, at = engine.workers, 0
    while at < len(todo):
        size = min(max((len(todo) - at) // (workers * SHARES), fewest), most)
        yield tuple(todo[at : at + size])
        at += size


def _state_address(out: str | Path) -> str | Path:
    folder = local_path(out)
    return folder / STATE_FOLDER if folder is not None else f"{str(out).rstrip('/')}/{STATE_FOLDER}"


def _summary(manifest: Manifest, plan: Plan, seconds: float) -> RunSummary:
    entries = [known.entry for known in manifest.documents.values()]
    read = sum(bool(entry.reader) for entry in entries)
    return RunSummary(
        reports=read,
        unread=len(entries) - read,
        facts=sum(entry.facts for entry in entries),
        problems=sum(entry.problems for entry in entries),
        seconds=seconds,
        new=len(plan.new),
        changed=len(plan.changed),
        unchanged=plan.unchanged,
        removed=len(plan.gone),
        reruled=plan.reruled,
    )

"""A run of fetching: addresses, host by host, into a folder with its manifest."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from govextract.fetch.client import Answer, Client
from govextract.fetch.listing import Link, find_links
from govextract.fetch.manifest import Entry, Manifest
from govextract.fetch.settings import FetchError, FetchSettings
from govextract.fetch.store import Store
from govextract.fetch.warc import Archive
from govextract.readers.encoding import decode

Progress = Callable[[Entry], None]


class FetchSummary(NamedTuple):
    """How many addresses gave a new report, the same as before, or none."""

    fetched: int
    unchanged: int
    duplicates: int
    failed: int


class _Run(NamedTuple):
    """What the threads of a run share."""

    settings: FetchSettings
    manifest: Manifest
    store: Store
    archive: Archive | None
    progress: Progress


def fetch(
    links: Iterable[Link],
    folder: Path,
    settings: FetchSettings | None = None,
    *,
    warc: Path | None = None,
    progress: Progress = lambda entry: None,
) -> FetchSummary:
    """Fetch each address once into ``folder``; what its manifest has is not asked for again.

    With ``settings.refresh`` it is asked for conditionally. Errors of one address are entries of
    the manifest; ``progress`` is called with each entry, from several threads. An interrupted run
    is gone on with by the same call.
    """
    settings = settings or FetchSettings()
    folder.mkdir(parents=True, exist_ok=True)
    manifest = Manifest(folder)
    archived: AbstractContextManager[Archive | None] = Archive(warc) if warc else nullcontext()
    with archived as archive:
        store = Store(folder, manifest.by_hash())
        run = _Run(settings, manifest, store, archive, progress)
        hosts = _by_host(links)
        with ThreadPoolExecutor(max_workers=settings.hosts) as pool:
            futures = [pool.submit(_fetch_host, group, folder, run) for group in hosts]
            try:
                outcomes = Counter(name for future in futures for name in future.result())
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise
    return FetchSummary(*(outcomes[name] for name in FetchSummary._fields))


def list_links(
    address: str, pattern: re.Pattern[str], settings: FetchSettings, *, pages: int = 1
) -> list[Link]:
    """Return the links of a listing page, and of up to ``pages`` that follow each other.

    Raises FetchError where the first page cannot be had.
    """
    client = Client(settings)
    links: dict[str, Link] = {}
    seen: set[str] = set()
    try:
        while address and address not in seen and len(seen) < pages:
            seen.add(address)
            answer = client.get(address)
            page = decode(answer.content, address).text
            listing = find_links(page, answer.final, pattern)
            links |= {link.address: link for link in listing.links if link.address not in links}
            address = listing.following
    finally:
        client.close()
    return list(links.values())


def _by_host(links: Iterable[Link]) -> list[list[Link]]:
    hosts: dict[str, dict[str, Link]] = {}
    for link in links:
        hosts.setdefault(_host(link.address), {}).setdefault(link.address, link)
    return [list(group.values()) for group in hosts.values()]


def _host(address: str) -> str:
    try:
        return urlsplit(address).netloc.lower()
    except ValueError:
        return ""


def _fetch_host(links: Sequence[Link], folder: Path, run: _Run) -> list[str]:
    """Fetch the links of one host, in their order; return what became of each."""
    outcomes = []
    client = Client(run.settings)
    try:
        for link in links:
            before = run.manifest.entries.get(link.address)
            kept = before is not None and bool(before.file) and (folder / before.file).exists()
            if kept and not run.settings.refresh:
                outcomes.append("unchanged")
                continue
            entry = _fetch_one(client, link, before if kept else None, run)
            outcomes.append(_outcome(entry))
            run.manifest.add(entry)
            run.progress(entry)
    finally:
        client.close()
    return outcomes


def _fetch_one(client: Client, link: Link, before: Entry | None, run: _Run) -> Entry:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    try:
        answer = client.get(link.address, _conditions(before))
        if answer.status == 304 and before is not None:
            return before._replace(time=now, status=304)
        if run.archive is not None:
            run.archive.add(answer)
        return _entry(answer, link, now, run)
    except FetchError as error:
        return Entry(
            link.address,
            now,
            status=error.status,
            title=link.title,
            code=error.code,
            message=str(error),
        )


def _conditions(before: Entry | None) -> dict[str, str]:
    if before is None:
        return {}
    headers = {"If-None-Match": before.etag, "If-Modified-Since": before.modified}
    return {name: value for name, value in headers.items() if value}


def _entry(answer: Answer, link: Link, now: str, run: _Run) -> Entry:
    stored = run.store.save(answer, link.title)
    return Entry(
        link.address,
        now,
        status=answer.status,
        file=stored.file,
        sha256=stored.sha256,
        type=answer.headers.get("content-type", ""),
        bytes=len(answer.content),
        title=link.title,
        final=answer.final if answer.final != link.address else "",
        etag=answer.headers.get("etag", ""),
        modified=answer.headers.get("last-modified", ""),
        duplicate=stored.duplicate,
    )


def _outcome(entry: Entry) -> str:
    if entry.code:
        return "failed"
    if entry.status == 304:
        return "unchanged"
    return "duplicates" if entry.duplicate else "fetched"

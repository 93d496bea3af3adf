"""``govextract fetch``: reports from the web into a folder."""

from __future__ import annotations

import csv
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from govextract.errors import UsageError

if TYPE_CHECKING:
    from govextract.fetch import FetchSettings, Link
    from govextract.fetch.manifest import Entry


def fetch(
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            help="Addresses, or files with one address a line (or CSV with columns address, title)."
        ),
    ] = None,
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for the reports.")] = Path(
        "corpus"
    ),
    listing: Annotated[
        list[str] | None, typer.Option(help="Address of a page of links; may be repeated.")
    ] = None,
    title: Annotated[
        str, typer.Option(help="Pattern that the titles of a listing's links must contain.")
    ] = "",
    pages: Annotated[int, typer.Option(help="Pages of a listing to follow.", min=1)] = 1,
    pause: Annotated[float, typer.Option(help="Seconds between requests to a host.", min=0)] = 2.0,
    timeout: Annotated[float, typer.Option(help="Seconds for one answer.", min=1)] = 120.0,
    max_bytes: Annotated[int, typer.Option(help="Longest answer, in bytes.", min=1)] = 50_000_000,
    attempts: Annotated[int, typer.Option(help="Attempts for one address.", min=1)] = 4,
    refresh: Annotated[
        bool, typer.Option("--refresh", help="Ask again for what was fetched, if it has changed.")
    ] = False,
    warc: Annotated[
        Path | None, typer.Option(help="WARC file (.warc or .warc.gz) to add all answers to.")
    ] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Allow private and loopback addresses.")
    ] = False,
    user_agent: Annotated[
        str, typer.Option(help="How to name yourself to the sites; add how to reach you.")
    ] = "govextract/0.1 (research on public reports)",
) -> None:
    """Download reports into OUT by area and year, politely; run it again to go on."""
    from govextract import fetch as fetching

    settings = fetching.FetchSettings(
        pause=pause,
        timeout=timeout,
        max_bytes=max_bytes,
        attempts=attempts,
        allow_private=allow_private,
        refresh=refresh,
        user_agent=user_agent,
    )
    # Each attempt would be a line of its own; the entry says what came of them.
    logging.getLogger("stamina").setLevel(logging.ERROR)
    links = [*_links(sources or []), *_listed(listing or [], title, pages, settings)]
    if not links:
        raise UsageError("there is nothing to fetch", remedy="give addresses, a file or --listing")
    summary = fetching.fetch(links, out, settings, warc=warc, progress=_print_entry)
    counts = ", ".join(f"{count} {name}" for name, count in summary._asdict().items())
    typer.echo(f"{counts}; see {out / 'manifest.jsonl'}", err=True)
    if summary.failed:
        raise typer.Exit(1)


def _links(sources: list[str]) -> Iterator[Link]:
    from govextract.fetch import Link

    for source in sources:
        if re.match(r"https?://", source, re.IGNORECASE):
            yield Link(source)
        else:
            yield from _read_list(Path(source))


def _read_list(path: Path) -> Iterator[Link]:
    """Yield the links of a list: a CSV with a column ``address``, or one address a line."""
    from govextract.fetch import Link

    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"is neither an address nor a list that can be read ({error})",
            place=str(path),
            remedy="give http:// or https:// addresses, or a UTF-8 file of them",
        ) from error
    if path.suffix.lower() == ".csv":
        rows = csv.DictReader(text.splitlines())
        yield from (
            Link(r["address"].strip(), r.get("title") or "") for r in rows if r.get("address")
        )
    else:
        lines = (line.strip() for line in text.splitlines())
        yield from (Link(line) for line in lines if line and not line.startswith("#"))


def _listed(
    addresses: list[str], title: str, pages: int, settings: FetchSettings
) -> Iterator[Link]:
    from govextract.fetch import list_links

    try:
        pattern = re.compile(title)
    except re.error as error:
        raise UsageError(f"--title is no pattern ({error})", place=title) from error
    for address in addresses:
        yield from list_links(address, pattern, settings, pages=pages)


def _print_entry(entry: Entry) -> None:
    typer.echo(f"{entry.code or entry.status} {entry.file or entry.message}", err=True)

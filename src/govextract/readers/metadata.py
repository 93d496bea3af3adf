"""What a report says of itself: header lines, title, issuer, year, place, genre."""

from __future__ import annotations

from typing import NamedTuple

from govextract.model import Metadata, Region


class FoundMetadata(NamedTuple):
    """Metadata, and the stretches of the text that hold it."""

    metadata: Metadata
    regions: tuple[Region, ...]


def find_metadata(text: str, document: str, given: Metadata) -> FoundMetadata:
    """Return what ``text`` says of itself; ``given`` and then the file's name fill the gaps."""
    return FoundMetadata(given, ())

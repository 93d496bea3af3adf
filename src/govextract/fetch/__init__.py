"""Polite download of reports: from addresses or listing pages into a folder by area and year."""

from govextract.errors import MissingExtraError

try:
    from govextract.fetch.listing import Link, find_links
    from govextract.fetch.run import FetchSummary, fetch, list_links
    from govextract.fetch.settings import FetchSettings
except ModuleNotFoundError as error:
    raise MissingExtraError(error.name or "httpx", "fetch") from error

__all__ = ["FetchSettings", "FetchSummary", "Link", "fetch", "find_links", "list_links"]

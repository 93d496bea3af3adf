"""Listing pages: the links whose titles fit a pattern, and the link to the next page."""

from __future__ import annotations

import re
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

_NEXT = re.compile(r"\s*(?:下一?页|后一?页|next)\s*[>»›]*\s*", re.IGNORECASE)


class Link(NamedTuple):
    """An address, and what the listing page calls it."""

    address: str
    title: str = ""


class Listing(NamedTuple):
    """The links of a listing page, and the address of the next page, empty for the last."""

    links: tuple[Link, ...]
    following: str = ""


def find_links(page: str, address: str, pattern: re.Pattern[str]) -> Listing:
    """Return the links of ``page`` (its HTML, found at ``address``) whose title fits ``pattern``.

    The title is the link's ``title`` attribute, where it has one, else its text: listing pages cut
    the text short. Each address is returned once; only http and https count.
    """
    from lxml import html

    if not page.strip():
        return Listing(())
    root: Any = html.fromstring(page)
    base = urljoin(address, next(iter(root.xpath("//base/@href")), ""))
    links: dict[str, Link] = {}
    following = ""
    for anchor in root.iter("a"):
        target = _absolute(base, anchor.get("href") or "")
        text = " ".join(anchor.text_content().split())
        titles = [title for title in ((anchor.get("title") or "").strip(), text) if title]
        if not target or not titles:
            continue
        if _NEXT.fullmatch(text) and target != address:
            following = following or target
        elif any(pattern.search(title) for title in titles):
            links.setdefault(target, Link(target, titles[0]))
    return Listing(tuple(links.values()), following)


def _absolute(base: str, href: str) -> str:
    try:
        target = urljoin(base, href.strip()).partition("#")[0]
        return target if urlsplit(target).scheme in ("http", "https") else ""
    except ValueError:
        return ""

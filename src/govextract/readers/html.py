"""Web pages: the article with its paragraphs and tables, and what the page says of it.

The text is the article's title and body; navigation, buttons and footers are left out. Metadata
come from the visible header lines, then the ``<meta>`` tags of government sites, then ``<title>``.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from govextract.errors import ReadError
from govextract.lexicon.metadata import MetadataLexicon, load_metadata
from govextract.model import Metadata, Report
from govextract.readers.encoding import decode
from govextract.readers.layout import Layout, TextBuilder, build_report
from govextract.readers.metadata import read_header
from govextract.text import fold

if TYPE_CHECKING:
    from govextract.readers.markup import Element

name = "html"

_SUFFIXES = frozenset(
    {".html", ".htm", ".shtml", ".xhtml", ".mhtml", ".mht", ".php", ".jsp", ".asp", ".aspx"}
)
_OPENING = re.compile(rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<meta\s", re.IGNORECASE)
_ARCHIVE = re.compile(
    rb"\s*(?:From: <Saved by|MIME-Version:|Snapshot-Content-Location:)", re.IGNORECASE
)
_ELEMENTS = re.compile(rb"</?(?:p|div|table|td|span|br|h\d)\b[^>]*>", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{3,20})", re.IGNORECASE)
_HEAD_BYTES = 4096
_LONGEST_BUTTON_LINE = 80
_HEADER_LINES = 30
_LONGEST_TITLE = 300
_LONGEST_LINE_OF_TITLE = 60
_FEWEST_CHARACTERS = 30
_OPENING_CHARACTERS = 400
_YEAR = re.compile(r"(?:19|20)\d\d|[二一][〇○零九][〇○零一二三四五六七八九]{2}年")
_PLACE_BEFORE = re.compile(r"^[(（][一-鿿]{2,8}[)）]\s*")
_TITLE_PARTS = re.compile(
    r"(?:(?<!\s)\s*+)?[_|]\s*|(?<!\s)(?:\s++[-–—]+\s+|[^\S\n]*+\n\s*)|(?<=[报告结])-(?=[一-鿿])"
)


def sniff(data: bytes, suffix: str) -> float:
    """Return how surely ``data`` is HTML: by its opening, then its tags, then the extension."""
    head = data[:_HEAD_BYTES].replace(b"\x00", b"")
    if _OPENING.search(head) or _ARCHIVE.match(head):
        return 0.9
    if len(_ELEMENTS.findall(head)) >= 3:
        return 0.6
    return 0.3 if suffix in _SUFFIXES and b"<" in head else 0.0


def read(data: bytes, document: str) -> Report:
    """Return the article of a page; raises ReadError where there is no text or no encoding."""
    from govextract.readers.markup import drop_hidden, drop_scripts, parse_html, raise_digits

    page = _unpack(data) if _ARCHIVE.match(data) else data
    declared = _CHARSET.search(page, 0, 16 * _HEAD_BYTES)
    text, encoding = decode(page, document, declared[1].decode("ascii") if declared else "")
    words = load_metadata()
    root = parse_html(text)
    tags = _meta_tags(root, words)
    title = tags.get("title") or _find_page_title(root, words)
    drop_scripts(root)
    drop_hidden(root)
    raise_digits(root)
    layout, before, title = _write_article(root, title, words)
    if len(layout.text) < _FEWEST_CHARACTERS:
        raise ReadError(
            "has no article text",
            code="read/no-text",
            place=document,
            remedy="save the page again when its text is shown: a script may load it",
        )
    hints = tuple(tags.pop(field) for field in ("column", "site") if field in tags)
    stated = {"title": title, **tags, **read_header(before, words)}
    given = Metadata(
        title=stated["title"],
        issuer=stated.get("issuer", ""),
        index_number=stated.get("index_number", ""),
        document_number=stated.get("document_number", ""),
        published=stated.get("published", ""),
        source=stated.get("source", ""),
    )
    return build_report(
        data, document, layout, reader=name, encoding=encoding, given=given, hints=hints
    )


def _unpack(data: bytes) -> bytes:
    """Return the page in an archive that a browser saved (``.mhtml``): its first HTML part."""
    from email import message_from_bytes

    for part in message_from_bytes(data).walk():
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            return content if isinstance(content, bytes) else data
    return data


def _write_article(root: Element, title: str, words: MetadataLexicon) -> tuple[Layout, str, str]:
    """Return the title and the article, the lines that stand before it on the page, and the title.

    A title without a year is the site's or the column's where a line before the article has one.
    """
    from govextract.readers.article import find_article
    from govextract.readers.markup import lines_before, write_text

    article = find_article(root)
    before = lines_before(article, _HEADER_LINES)
    if not _YEAR.search(title):
        title = next(filter(partial(_is_title, words=words), before), title)
    builder = TextBuilder()
    if not _begins_with(article, title):
        builder.paragraph(title)
    write_text(article, builder, lambda line: not _is_button(line, words))
    return builder.build(), "\n".join(before), title


def _is_title(line: str, words: MetadataLexicon) -> bool:
    """Tell whether a line ends like a report's title and names a year."""
    folded = fold(line)
    named = _YEAR.search(folded) is not None and words.title_end.search(folded) is not None
    return named and len(line) <= _LONGEST_LINE_OF_TITLE


def _begins_with(article: Element, title: str) -> bool:
    from govextract.readers.markup import texts

    opening = ""
    for piece in texts(article):
        opening += "".join(piece.split())
        if len(opening) > _OPENING_CHARACTERS:
            break
    return "".join(title.split()) in opening


def _is_button(line: str, words: MetadataLexicon) -> bool:
    if len(line) > _LONGEST_BUTTON_LINE or "。" in line:
        return False
    return words.is_navigation(fold(line))


def _meta_tags(root: Element, words: MetadataLexicon) -> dict[str, str]:
    """Return the fields of Metadata that ``<meta name=… content=…>`` tags state."""
    best: dict[str, tuple[int, str]] = {}
    for tag in root.iter("meta"):
        named = words.meta_fields.get((tag.get("name") or tag.get("property") or "").lower())
        value = " ".join(tag.get("content", "").split())
        if named and value:
            field, rank = named
            if field not in best or rank < best[field][0]:
                best[field] = (rank, value)
    return {field: value for field, (_, value) in best.items()}


def _find_page_title(root: Element, words: MetadataLexicon) -> str:
    """A heading that ends like a report's title, else such a part of ``<title>``, else its longest.

    A place in brackets before the title (``（河南省）``) is the site's.
    """
    from govextract.readers.markup import inline, texts

    stated = root.findtext(".//head/title") or root.findtext(".//title") or ""
    stated = stated[:_LONGEST_TITLE]
    parts = [
        part
        for part in map(inline, _TITLE_PARTS.split(_PLACE_BEFORE.sub("", stated.strip())))
        if part
    ]
    titled = [part for part in parts if words.title_end.search(fold(part))]
    headings = (inline("".join(texts(node))) for node in root.iter("h1", "h2"))
    ends = ((line, words.title_end.search(fold(line))) for line in headings)
    headed = next((line[: end.end()] for line, end in ends if end), "")
    return headed or max(titled, key=len, default="") or max(parts, key=len, default="")

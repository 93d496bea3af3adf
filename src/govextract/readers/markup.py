"""HTML parsed, cleaned of what is not shown, and walked into text and tables.

The walk is a loop, not a recursion: pages nest without bound.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import cast

from lxml import etree

from govextract.readers.layout import GridCell, TextBuilder

Element = etree._Element

_NOT_SHOWN = (
    "script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "canvas",
    "select", "button", "input", "textarea", "audio", "video", "map", "link", "base", "nav",
    "footer",
)  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_MAYBE_HIDDEN = "//*[@hidden or contains(@style, 'none') or contains(@style, 'hidden')]"
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption"
    " figure form h1 h2 h3 h4 h5 h6 header hr li main ol p pre section summary table tbody td tfoot"
    " th thead title tr ul".split()
)
_NESTING_BLOCK = re.compile(
    r"</?(?:div|center|blockquote|section|ul|ol|dl)\b[^<>]*>", re.IGNORECASE
)
_NESTING_INLINE = re.compile(
    r"</?(?:span|font|b|i|u|em|strong|a|big|small)\b[^<>]*>", re.IGNORECASE
)
_ANY_TAG = re.compile(r"<(?!/?(?:script|style|head|title)\b)/?[a-z][^<>]{0,1000}>", re.IGNORECASE)
_DECLARATION = re.compile(r"\s*<\?xml[^>]*>")
# Source line ends between ideographs are no blanks; zero-width signs and soft hyphens are nothing.
_SOURCE_BREAK = re.compile(r"(?<=[^\x00-\x7f])[ \t]*\n[ \t\n]*(?=[^\x00-\x7f])")
_BLANKS = re.compile(r"[ \t\n]+")
_ORDINAL = re.compile(r"[一二三四五六七八九]、")
_TORN = re.compile(r"[。\s]十$")
_INVISIBLE = (
    "\u200b",
    "\u200c",
    "\u200d",
    "\u2060",
    "\ufeff",
    "\u00ad",
    "&#8203;",
    "&shy;",
    "&zwnj;",
)
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_HIDDEN_TAG = "hidden"
_LONGEST_CELL = 400
_MOST_SPAN = 1000


def parse_html(text: str) -> Element:
    """Return the root of the page ``text``; what is broken is mended as browsers do.

    libxml2 stops at a depth of 2,048; a page that nests deeper (never closed tags) is parsed again
    without the tags that only nest, and in the end without any: the text is not lost.
    """
    declaration = _DECLARATION.match(text)
    source = text[declaration.end() :] if declaration else text
    for sign in _INVISIBLE:
        source = source.replace(sign, "")
    root, too_deep = _parse(source)
    if too_deep:
        source = _NESTING_INLINE.sub("", _NESTING_BLOCK.sub("<br>", source))
        root, too_deep = _parse(source)
    if too_deep:
        root, _ = _parse(_ANY_TAG.sub("<br>", source))
    return root


def _parse(source: str) -> tuple[Element, bool]:
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True
    )
    root: Element | None = None
    with suppress(etree.XMLSyntaxError):
        root = etree.fromstring(source.encode("utf-8", "replace"), parser)
    too_deep = any("depth" in error.message for error in parser.error_log)
    return etree.Element("html") if root is None else root, too_deep


def drop_scripts(root: Element) -> None:
    """Take out the elements that no browser shows as text, and ``nav`` and ``footer``."""
    etree.strip_elements(root, *_NOT_SHOWN, with_tail=False)


def raise_digits(root: Element) -> None:
    """Write ``<sup>2</sup>`` as ``²``: a note mark or power would run into the number before it."""
    for node in root.iter("sup"):
        if node.text and len(node) == 0 and node.text.strip().isdecimal():
            node.text = node.text.translate(_RAISED)


def drop_hidden(root: Element) -> None:
    """Take out what an attribute or a style hides.

    Not where that is half of the page: such a page hides its article until a script has run.
    """
    styled = cast("list[Element]", root.xpath(_MAYBE_HIDDEN))
    hidden = [node for node in styled if _is_hidden(node)]
    if hidden and 2 * sum(map(_length, hidden)) < _length(root):
        for node in hidden:
            node.tag = _HIDDEN_TAG
        etree.strip_elements(root, _HIDDEN_TAG, with_tail=False)


def _is_hidden(node: Element) -> bool:
    return "hidden" in node.attrib or bool(_HIDDEN.search(node.get("style", "")))


def write_text(
    element: Element,
    builder: TextBuilder,
    keep: Callable[[str], bool] | None = None,
) -> None:
    """Write the paragraphs and tables of ``element`` into ``builder``, in reading order.

    Blocks and ``<br>`` end a paragraph, inline tags do not. A paragraph that ``keep`` refuses is
    left out.
    """
    pieces: list[str] = []
    torn = ""

    def flush() -> None:
        nonlocal torn
        if not pieces:
            return
        line = inline("".join(pieces))
        pieces.clear()
        if not line:
            return
        line, torn = _tear_ordinal(_mend_ordinal(torn, line))
        if keep is None or keep(line):
            builder.paragraph(line)

    table: Element | None = None
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if table is not None and node is not table:
            continue
        if node.tag in _BLOCKS or (node.tag == "br" and event == "end"):
            flush()
        if event == "end":
            table = None
            _add_tail(node, element, pieces)
        elif node.tag == "table" and is_data_table(node):
            table = node
            _write_table(node, builder)
        elif node.text:
            pieces.append(node.text)
    flush()


def _tear_ordinal(line: str) -> tuple[str, str]:
    """Take off a ``十`` at the end: some sites break ``十一、`` into two paragraphs."""
    return (line[:-1].rstrip(), "十") if _TORN.search(line) else (line, "")


def _mend_ordinal(torn: str, line: str) -> str:
    return torn + line if _ORDINAL.match(line) else line


def lines_before(element: Element, most: int) -> list[str]:
    """Return the lines that stand before ``element`` on its page, the nearest ``most`` of them."""
    lines: list[str] = []
    node: Element | None = element
    while node is not None and node.tag != "body" and len(lines) < most:
        for sibling in node.itersiblings(preceding=True):
            builder = TextBuilder()
            write_text(sibling, builder)
            lines = builder.build().text.splitlines() + lines
            if len(lines) >= most:
                break
        node = node.getparent()
    return lines[-most:]


def is_data_table(table: Element) -> bool:
    """Tell a table of data from one that lays out the page.

    Data has two rows or more, two columns or more, no table inside, and no cell of prose.
    """
    if next(table.iterdescendants("table"), None) is not None:
        return False
    rows = [sum(1 for _ in _cells(row)) for row in table.iterdescendants("tr")]
    if len(rows) < 2 or max(rows) < 2:
        return False
    cells = (cell for row in table.iterdescendants("tr") for cell in _cells(row))
    return all(_length(cell) <= _LONGEST_CELL for cell in cells)


def _write_table(table: Element, builder: TextBuilder) -> None:
    caption = next(table.iterdescendants("caption"), None)
    if caption is not None:
        builder.paragraph(_text(caption))
    rows = [[_grid_cell(cell) for cell in _cells(row)] for row in table.iterdescendants("tr")]
    builder.table(rows)


def _cells(row: Element) -> Iterator[Element]:
    yield from row.iterchildren("td", "th")


def _grid_cell(cell: Element) -> GridCell:
    return GridCell(
        _indent(cell) + _text(cell),
        _span(cell, "rowspan"),
        _span(cell, "colspan"),
        cell.tag == "th",
    )


def _indent(cell: Element) -> str:
    """Return the fixed and full-width blanks at the start of a cell, which indent its label."""
    first = next((piece for piece in texts(cell) if piece.strip(" \t\r\n")), "")
    start = first.lstrip(" \t\r\n")
    return start[: len(start) - len(start.lstrip("\u00a0\u3000"))]


def _span(cell: Element, name: str) -> int:
    value = cell.get(name, "1").strip()
    return min(max(int(value), 1), _MOST_SPAN) if value.isdecimal() else 1


def _text(element: Element) -> str:
    """The text of a cell in one line: blocks in it are divided by blanks, inline tags are not."""
    if len(element) == 0:
        return inline(element.text or "")
    pieces: list[str] = []
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if node is not element and (node.tag in _BLOCKS or (node.tag == "br" and event == "end")):
            pieces.append("\x00")
        if event == "start":
            pieces.append(node.text or "")
        else:
            _add_tail(node, element, pieces)
    return " ".join(filter(None, map(inline, "".join(pieces).split("\x00"))))


def _length(element: Element) -> int:
    if len(element) == 0:
        return len(element.text or "")
    return sum(map(len, texts(element)))


def _add_tail(node: Element, root: Element, pieces: list[str]) -> None:
    if node is not root and node.tail:
        pieces.append(node.tail)


def texts(element: Element) -> Iterator[str]:
    """Yield the pieces of text in ``element``, tags left out."""
    return cast("Iterator[str]", element.itertext())


def inline(text: str) -> str:
    """Return ``text`` with its blanks collapsed as a browser does."""
    text = text.strip()
    if "\n" in text:
        text = _SOURCE_BREAK.sub("", text)
    if "  " in text or "\n" in text or "\t" in text:
        text = _BLANKS.sub(" ", text)
    return text

"""Where the article is on a page: the element that holds the sentences, and what stands before it.

A page is a tree; the article is found by going down from the body as long as one child holds
nearly all sentences. Sentences in links (lists of news) do not count.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from govextract.readers.markup import Element, is_data_table, texts

# A child must hold this share of the sentences, else the article is spread over the children.
_NEARLY_ALL = 0.94
_FEWEST_CHARACTERS = 150
_SHORTEST = 6
_PARAGRAPH = 40
_NUMBER = re.compile(r"\s*-?\d[\d.,]*%?\s*")
_SENTENCE = re.compile(r"[，。；、,;]")


def find_article(root: Element) -> Element:
    """Return the element of ``root`` that holds the article: the body where none stands out."""
    body = root.find("body")
    body = root if body is None else body
    weights = _weigh(body, sentences_only=True)
    if weights[body] < _FEWEST_CHARACTERS:
        weights = _weigh(body, sentences_only=False)
    article = body
    while (child := _heaviest(article, weights)) is not None:
        if weights[child] < _NEARLY_ALL * weights[article] or _ends_descent(child, weights):
            break
        article = child
    return article


def _heaviest(element: Element, weights: dict[Element, int]) -> Element | None:
    return max(
        (child for child in element if child in weights), key=weights.__getitem__, default=None
    )


def _ends_descent(element: Element, weights: dict[Element, int]) -> bool:
    """A paragraph, a table of data and what stands beside paragraphs are an article, no frame."""
    if element.tag == "p" or (element.tag == "table" and is_data_table(element)):
        return True
    beside = (*element.itersiblings("p"), *element.itersiblings("p", preceding=True))
    return any(weights[paragraph] >= _PARAGRAPH for paragraph in beside)


def _weigh(body: Element, *, sentences_only: bool) -> dict[Element, int]:
    """Return how many characters of sentences each element holds, those of its children included.

    The numbers of a table of data count as sentences, the text in links as nothing.
    """
    elements: Sequence[Element] = [node for node in body.iter() if isinstance(node.tag, str)]
    weights = dict.fromkeys(elements, 0)
    for node in elements:
        text = node.text
        if text and node.tag != "a":
            weights[node] += _weight(text, sentences_only)
    for table in body.iter("table"):
        if is_data_table(table):
            weights[table] += sum(len(text) for text in texts(table) if _NUMBER.fullmatch(text))
    for node in reversed(elements):
        parent = node.getparent()
        if parent is None or node is body:
            continue
        tail = node.tail
        if tail and parent.tag != "a":
            weights[parent] += _weight(tail, sentences_only)
        if node.tag != "a":
            weights[parent] += weights[node]
    return weights


def _weight(text: str, sentences_only: bool) -> int:
    if sentences_only and (len(text) < _SHORTEST or not _SENTENCE.search(text)):
        return 0
    return len(text.strip())

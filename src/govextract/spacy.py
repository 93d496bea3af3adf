"""The same extraction as a spaCy component, training data from gold, and displaCy pages.

    >>> import spacy                                                  # doctest: +SKIP
    >>> nlp = spacy.blank("zh")                                       # doctest: +SKIP
    >>> nlp.add_pipe("govextract")                                    # doctest: +SKIP
    >>> doc = nlp("全年受理行政复议申请247件。")                      # doctest: +SKIP
    >>> doc.spans["quantities"], doc._.facts[0].indicator             # doctest: +SKIP

Where a mention begins or ends inside a token, the token is split there: spans are exact, whatever
the tokenizer makes of ``5555万贝壳``, and the text stays as it is. So the component comes before a
tagger or parser, which must see the tokens as they stay.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cached_property
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import Any

import spacy
from spacy import displacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span
from spacy.util import filter_spans

from govextract.evaluation.gold import GoldFile, find_gold_files, load_gold
from govextract.lexicon import Lexicon, load_lexicon
from govextract.model import Extraction, Fact, Section
from govextract.pipeline import extract
from govextract.readers.text import report_from_text
from govextract.text import paragraphs, prose

QUANTITIES = "quantities"
SECTIONS = "sections"
"""The keys of the span groups. A quantity's label is its kind and its id the ``fact_id``; a
section's label is ``section`` and its id the path."""

_FACTS = "govextract_facts"

_COLOURS = {
    "COUNT": "#d3e0ee", "AMOUNT": "#f1e3c4", "RATIO": "#e0d8ef", "CHANGE": "#f3d7d0",
    "MULTIPLE": "#ecd6e2", "RANK": "#d3e7db", "DURATION": "#d2e6ea", "MEASURE": "#e2e5d0",
    "SCORE": "#e6ddd3",
}  # fmt: skip


class GovextractComponent:
    """Fills ``doc.spans["quantities"]``, ``doc.spans["sections"]`` and ``doc._.facts``.

    ``lexicon`` are paths of TOML files that lie over the package's rules. The document's name is
    ``doc._.document``, which may be set before the pipeline runs.
    """

    def __init__(self, lexicon: Iterable[str] = ()) -> None:
        self._overlays = tuple(lexicon)

    @cached_property
    def _lexicon(self) -> Lexicon:
        return load_lexicon(*self._overlays)

    def __call__(self, doc: Doc) -> Doc:
        """Extract the facts of ``doc`` and return it; its tokens may be split, never its text."""
        extraction = extract(report_from_text(doc.text, doc._.document), self._lexicon)
        facts, sections = extraction.facts, [_trimmed(doc.text, s) for s in extraction.sections]
        split_tokens(doc, (edge for fact in facts for edge in (fact.start, fact.end)))
        split_tokens(doc, (edge for _, start, end in sections for edge in (start, end)))
        doc.spans[QUANTITIES] = _spans(doc, ((f.start, f.end, f.kind, f.fact_id) for f in facts))
        doc.spans[SECTIONS] = _spans(doc, ((s, e, "section", path) for path, s, e in sections))
        doc.user_data[_FACTS] = [_plain(fact) for fact in facts]
        return doc


@Language.factory("govextract", default_config={"lexicon": []})
def create_component(nlp: Language, name: str, lexicon: list[str]) -> GovextractComponent:
    """Return the component; spaCy calls this for ``nlp.add_pipe("govextract")``."""
    if not Doc.has_extension("facts"):
        Doc.set_extension("facts", getter=_read_facts)
        Doc.set_extension("document", default="")
    return GovextractComponent(lexicon)


def split_tokens(doc: Doc, offsets: Iterable[int]) -> None:
    """Split the tokens of ``doc`` that one of ``offsets`` (in code points) falls into."""
    starts = [token.idx for token in doc]
    cuts: dict[int, set[int]] = defaultdict(set)
    for offset in offsets:
        at = bisect_right(starts, offset) - 1
        if at >= 0 and starts[at] < offset < starts[at] + len(doc[at]):
            cuts[at].add(offset - starts[at])
    with doc.retokenize() as retokenizer:
        for at, inner in cuts.items():
            token = doc[at]
            pieces = [token.text[a:b] for a, b in pairwise([0, *sorted(inner), len(token)])]
            retokenizer.split(token, pieces, heads=[(token, 0)] * len(pieces))


def to_docbin(gold: Path, nlp: Language | None = None) -> DocBin:
    """Return training data from the gold files in and below ``gold``: a Doc a paragraph of prose.

    The labels are kinds, in ``doc.spans["quantities"]`` (for a span categorizer) and ``doc.ents``
    (for a named entity recognizer). Mentions that are ``optional``, since readers differ on their
    being quantities, are left out. Raises UsageError where there is no gold file, GoldError where
    one is broken.
    """
    tokenizer = nlp or spacy.blank("zh")
    docs = DocBin(store_user_data=False)
    for path in find_gold_files(gold):
        for doc in _gold_docs(load_gold(path), tokenizer):
            docs.add(doc)
    return docs


def render(extraction: Extraction) -> str:
    """Return a displaCy page of a report: its text with the mentions in the colours of kinds."""
    ents, end = [], 0
    for fact in sorted(extraction.facts, key=lambda fact: (fact.start, -fact.end)):
        if fact.start >= end:
            ents.append({"start": fact.start, "end": fact.end, "label": fact.kind.upper()})
            end = fact.end
    metadata = extraction.report.metadata
    page = {
        "text": extraction.report.text,
        "ents": ents,
        # displaCy escapes the text, but takes the title for markup.
        "title": escape(metadata.title) or None,
        # Chinese fonts are chosen by the language of the page.
        "settings": {"lang": "zh", "direction": "ltr"},
    }
    options = {"colors": _COLOURS}
    return str(
        displacy.render(page, style="ent", manual=True, page=True, options=options, jupyter=False)
    )


def _gold_docs(gold: GoldFile, nlp: Language) -> Iterator[Doc]:
    report = report_from_text(gold.text, gold.name)
    for stretch in prose(len(gold.text), report.regions):
        for line in paragraphs(gold.text[stretch.start : stretch.end]):
            start, end = stretch.start + line.start, stretch.start + line.end
            doc = nlp.make_doc(gold.text[start:end])
            labels = [
                (mention.start - start, mention.end - start, mention.kind, "")
                for mention in gold.mentions
                if start <= mention.start and mention.end <= end and not mention.optional
            ]
            split_tokens(doc, (edge for label in labels for edge in label[:2]))
            doc.spans[QUANTITIES] = _spans(doc, labels)
            doc.ents = filter_spans(list(doc.spans[QUANTITIES]))
            yield doc


def _spans(doc: Doc, places: Iterable[tuple[int, int, str, str]]) -> list[Span]:
    """Return the spans between offsets that are borders of tokens."""
    found = (
        doc.char_span(start, end, label=label, span_id=key) for start, end, label, key in places
    )
    return [span for span in found if span is not None]


def _trimmed(text: str, section: Section) -> tuple[str, int, int]:
    """Return the path of a section and where its text stands, without the blanks around it."""
    words = text[section.start : section.end]
    start = section.start + len(words) - len(words.lstrip())
    return section.path, start, start + len(words.strip())


def _plain(fact: Fact) -> list[Any]:
    """Return a fact as what spaCy can serialize, to send it between processes and to disk."""
    return [str(cell) if isinstance(cell, Decimal) else cell for cell in fact]


def _read_facts(doc: Doc) -> tuple[Fact, ...]:
    facts = map(Fact._make, doc.user_data.get(_FACTS, ()))
    return tuple(
        fact._replace(value=_decimal(fact.value), value_max=_decimal(fact.value_max))
        for fact in facts
    )


def _decimal(cell: object) -> Decimal | None:
    return None if cell is None else Decimal(str(cell))

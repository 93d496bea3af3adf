"""Concepts with how often a run states them, and unlinked indicators that are worth a concept."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from govextract.lexicon import Lexicon
from govextract.lexicon.indicators import clean, load_indicators
from govextract.lexicon.wording import Losses
from govextract.model import Fact

_FEWEST_DOCUMENTS = 2


class ConceptCount(NamedTuple):
    """A concept and how many facts, reports and areas of a run state it."""

    id: str
    name: str
    name_en: str
    facts: int
    documents: int
    areas: int


class Cluster(NamedTuple):
    """Unlinked facts that count the same thing in the same unit."""

    thing: str
    unit: str
    facts: int
    documents: int
    wordings: tuple[str, ...]
    """The indicators as they stand, the most frequent first."""
    sentence: str
    """The sentence of the first of them."""


def count_concepts(facts: Iterable[Fact], lexicon: Lexicon, search: str = "") -> list[ConceptCount]:
    """Return the concepts whose id, name or wording holds ``search``, the most stated first."""
    stated: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.indicator_id:
            stated[fact.indicator_id].append(fact)
    counts = [
        ConceptCount(
            item.id,
            item.name,
            item.name_en,
            len(stated[item.id]),
            len({fact.document for fact in stated[item.id]}),
            len({fact.area_code for fact in stated[item.id]}),
        )
        for item in load_indicators(lexicon).concepts.values()
        if any(search in text for text in (item.id, item.name, item.name_en, *item.surfaces))
    ]
    return sorted(counts, key=lambda item: (-item.facts, item.id))


def cluster_unlinked(facts: Iterable[Fact], lexicon: Lexicon, search: str = "") -> list[Cluster]:
    """Return the unlinked indicators that at least two reports state, the most stated first.

    Facts are one cluster where the words for the thing are the same after what any wording may lose
    (全市, 累计, brackets), and the unit too.
    """
    wording = load_indicators(lexicon).wording
    groups: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        if not fact.indicator_id and search in fact.indicator and len(fact.indicator) > 1:
            groups[_bare(fact.indicator, wording), fact.unit].append(fact)
    clusters = list(_clusters(groups))
    return sorted(clusters, key=lambda item: (-item.documents, -item.facts, item.thing))


def _clusters(groups: dict[tuple[str, str], list[Fact]]) -> Iterator[Cluster]:
    for (thing, unit), facts in groups.items():
        documents = len({fact.document for fact in facts})
        if documents >= _FEWEST_DOCUMENTS:
            wordings = Counter(fact.indicator for fact in facts)
            most = tuple(text for text, _ in wordings.most_common(3))
            yield Cluster(thing, unit, len(facts), documents, most, facts[0].sentence)


def _bare(indicator: str, wording: Losses) -> str:
    """Return a wording without the words before and behind it that do not say what is counted."""
    text = clean(indicator)
    while (before := wording.prefix.match(text)) and before.end() and before.end() < len(text) - 1:
        text = text[before.end() :]
    behind = wording.suffix.search(text)
    return text[: behind.start()] if behind and behind.start() > 1 else text

"""Which canonical indicator a quantity measures: words, then unit, kind, section and genre.

Nothing is better than a wrong concept: a wording that none knows, a unit that does not fit, and two
concepts that fit equally well give ``None``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from govextract.lexicon import Lexicon
from govextract.lexicon.areas import Areas, load_areas
from govextract.lexicon.indicators import Candidate, Concept, clean, load_indicators
from govextract.lexicon.wording import Losses
from govextract.model import Fact, make

# How much each circumstance takes from a perfect fit. A link below ``_ENOUGH`` is not made.
_PATTERN_LOSS = 0.05
_OWN_LEVEL_LOSS = 0.2
_PLACE_LOSS = 0.1
_HEADING_LOSS = 0.05
_FOREIGN_GENRE_LOSS = 0.1
_NO_UNIT_LOSS = 0.1
_ENOUGH = 0.6
_CHANGE_KINDS = frozenset({"change", "multiple"})
_RATES = frozenset({"%", "‰", "倍", ""})
_POINTS = frozenset({"百分点", "个百分点", "千分点", "万分点"})
"""Characters of a heading with the word behind it that opens the sentence."""
_ID_COLUMN = Fact._fields.index("indicator_id")
_STEPS = 6
"""Most words that a wording may lose."""


class Wording(NamedTuple):
    """Another way to say what is measured; ``within`` is what it is a part of, if anything."""

    text: str
    within: str = ""


class ConceptLink(NamedTuple):
    """A concept's id and name, and how well it fits, from 0 to 1."""

    id: str
    name: str
    score: float


def link_concepts(
    facts: Sequence[Fact],
    genre: str,
    lexicon: Lexicon,
    wordings: Mapping[str, Iterable[Wording]] | None = None,
) -> tuple[Fact, ...]:
    """Return the facts with ``indicator_id`` and ``indicator_name`` filled where a concept fits.

    ``genre`` is the report's genre id; ``wordings`` are others than the indicator, by fact id (of
    tables). The growth in a table is of what stands on its left in the same row. A part of a
    narrower whole (第一产业增加值 of 民营经济增加值), and the change of such a part, is no figure
    of the concept it is worded as.
    """
    concepts = load_indicators(lexicon).concepts
    left_out = _fields_left_out(facts[0].title if facts else "", lexicon)
    links: dict[str, ConceptLink] = {}
    narrowed: set[tuple[str, str]] = set()
    linked: list[Fact] = []
    left: tuple[Fact, ConceptLink | None] | None = None
    for fact in facts:
        link = _link(fact, fact.indicator, genre, lexicon)
        if link is None and wordings:
            link = _link_otherwise(fact, genre, lexicon, wordings.get(fact.fact_id, ()))
        if link is None and left is not None and _is_growth_of(left[0], fact):
            link = _of_growth(left[1], fact, concepts)
        whole = links.get(fact.part_of) if fact.part_of else None
        if whole is not None and concepts[whole.id].narrow:
            narrowed.add((fact.sentence, fact.indicator))
        if link is not None and (
            (left_out and _field(link) in left_out)
            or (narrowed and (fact.sentence, fact.indicator) in narrowed)
        ):
            link = None
        left = (fact, link)
        if link is None:
            linked.append(fact)
        else:
            links[fact.fact_id] = link
            linked.append(_with_concept(fact, link))
    return tuple(linked)


def _link(fact: Fact, wording: str, genre: str, lexicon: Lexicon) -> ConceptLink | None:
    return link_concept(wording, fact.unit, fact.kind, lexicon, fact.section_title, genre)


def _link_otherwise(
    fact: Fact, genre: str, lexicon: Lexicon, wordings: Iterable[Wording]
) -> ConceptLink | None:
    """Return the concept of another wording than the indicator.

    A wording that is a part of something must be of the same field as that (第一产业 within
    地区生产总值 is a value added, within 固定资产投资 it is none).
    """
    for wording in wordings:
        found = _link(fact, wording.text, genre, lexicon)
        outer = _link(fact, wording.within, genre, lexicon) if found and wording.within else None
        if found and (not wording.within or (outer and _field(outer) == _field(found))):
            return found
    return None


def _field(link: ConceptLink) -> str:
    return link.id.split("/")[0]


def _is_growth_of(level: Fact, fact: Fact) -> bool:
    """Tell whether a change in a table is of the figure on its left, by the same labels."""
    return (
        fact.kind == "change" != level.kind
        and fact.indicator == level.indicator
        and fact.origin.rpartition("/c")[0] == level.origin.rpartition("/c")[0] != ""
    )


def _of_growth(
    link: ConceptLink | None, fact: Fact, concepts: Mapping[str, Concept]
) -> ConceptLink | None:
    fits = link is not None and _is_measured(concepts[link.id], fact.unit, fact.kind)
    return link if fits else None


def _fields_left_out(title: str, lexicon: Lexicon) -> frozenset[str]:
    """Return the fields that a report of this title has no figures of its place on."""
    own_accounts = load_indicators(lexicon).wording.own_accounts
    return frozenset().union(*(fields for word, fields in own_accounts.items() if word in title))


def _with_concept(fact: Fact, link: ConceptLink) -> Fact:
    # As `_replace` does, in a third of its time.
    return make(Fact, (*fact[:_ID_COLUMN], link.id, link.name, *fact[_ID_COLUMN + 2 :]))


def link_concept(
    indicator: str,
    unit: str,
    kind: str,
    lexicon: Lexicon,
    section: str = "",
    genre: str = "",
) -> ConceptLink | None:
    """Return the concept of an indicator's wording, or ``None`` where none surely fits.

    ``unit`` is the base unit and ``kind`` the kind of the quantity; ``section`` the title of its
    section and ``genre`` the report's genre id decide wordings that mean something only there
    (受理案件 in the report of a court).
    """
    candidates, loss = _find(indicator, lexicon)
    if not candidates:  # so it is with half of them
        return None
    best, chosen, equal = 0.0, None, False
    for candidate in candidates:
        score = _score(candidate, unit, kind, section, genre)
        if score <= 0:
            continue
        score -= loss
        if chosen is None or score > best:
            best, chosen, equal = score, candidate.concept, False
        elif score == best and candidate.concept.id != chosen.id:
            equal = True
    if chosen is None or best < _ENOUGH or equal:
        return None
    return make(ConceptLink, (chosen.id, chosen.name, round(best, 2)))


@lru_cache(maxsize=1 << 12)
def find_wordings(indicator: str, lexicon: Lexicon) -> frozenset[str]:
    """Return what is left of an indicator's wording after each loss that a concept allows."""
    wording = load_indicators(lexicon).wording
    return frozenset(text for text, _ in _variants(indicator, wording))


@lru_cache(maxsize=1 << 16)
def _find(indicator: str, lexicon: Lexicon) -> tuple[tuple[Candidate, ...], float]:
    """Return the candidates of a wording and what it lost on the way to them."""
    indicators = load_indicators(lexicon)
    for text, loss in _variants(indicator, indicators.wording):
        found = indicators.candidates(text)
        if found:
            return found, loss
    return (), 0.0


def _variants(indicator: str, wording: Losses) -> list[tuple[str, float]]:
    """Return a wording as it is, then after each loss of a word before or behind it.

    A heading that was taken for a part of it (八、财政金融 全年财政收入) goes last.
    """
    text = clean(indicator)
    found = _losses(text, wording)
    pieces = () if text is indicator else indicator.split()  # what is clean has no blanks
    if len(pieces) > 1 and wording.prefix.match(pieces[-1]):
        rest = clean(pieces[-1])
    elif [word for word in wording.openers if word in text]:
        heading = wording.opening.match(text)
        if heading is None:
            return found
        rest = clean(text[heading.end() :])
    else:
        return found
    return found + [(text, loss + _HEADING_LOSS) for text, loss in _losses(rest, wording)]


def _losses(text: str, wording: Losses) -> list[tuple[str, float]]:
    found, loss, areas = [(text, 0.0)], 0.0, load_areas()
    for _ in range(_STEPS):
        behind = wording.suffix.search(text) if text[-1:] in wording.lasts else None
        if behind is not None:
            found.append((text[: behind.start()], loss))
        first = text[:1] in wording.firsts
        level = wording.own_level.match(text) if first else None
        may_name = level is None and loss < _PLACE_LOSS and text[:2] in areas.openings
        end = _place_end(text, areas) if may_name else 0
        if level is not None:
            text, loss = text[level.end() :], loss + _OWN_LEVEL_LOSS
        elif end:
            text, loss = text[end:], loss + _PLACE_LOSS
        elif first and (before := wording.prefix.match(text)):
            text = text[before.end() :]
        elif behind is not None:
            text = text[: behind.start()]
        else:
            break
        found.append((text, loss))
    return found


def _place_end(text: str, areas: Areas) -> int:
    """Return where the name of a place that opens the wording ends; 0 where none does."""
    for end in range(min(len(text) - 2, areas.longest), 1, -1):
        if text[:end] in areas.by_name or _is_city(text[:end], areas):
            return end
    return 0


def _is_city(word: str, areas: Areas) -> bool:
    """Tell whether a word is the short name of a city or a province (昆明).

    Those outside the mainland's statistics are partners: 香港进出口 is the trade with it.
    """
    places = areas.by_short.get(word, ())
    return any(place.level != "county" and place.code < "71" for place in places)


def _score(candidate: Candidate, unit: str, kind: str, section: str, genre: str) -> float:
    """Return how well a candidate fits; 0 where its unit, kind or context forbids it."""
    concept = candidate.concept
    in_section = bool(concept.sections) and any(word in section for word in concept.sections)
    at_home = in_section or genre in concept.genres
    if candidate.needs == "context" and not (in_section or concept.genres == {genre}):
        return 0.0
    if candidate.needs == "unit" and (not unit or unit not in concept.units):
        return 0.0
    if not _is_measured(concept, unit, kind):
        return 0.0
    score = 1.0 if candidate.exact else 1.0 - _PATTERN_LOSS
    if genre and concept.genres and not at_home:
        score -= _FOREIGN_GENRE_LOSS
    if not unit and "" not in concept.units:
        score -= _NO_UNIT_LOSS
    return score


def _is_measured(concept: Concept, unit: str, kind: str) -> bool:
    """Tell whether a concept can have a quantity of this unit and kind.

    Any concept can grow by a rate or by its own unit. Points are the change of a concept that is a
    rate itself: 地区生产总值增速提高0.3个百分点 is about the growth, not about the product.
    """
    if kind not in _CHANGE_KINDS:
        return kind in concept.kinds and unit in concept.units
    if unit in _POINTS:
        return concept.dimension == "percent"
    return unit in _RATES or unit in concept.units

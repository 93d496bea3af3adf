"""Which number is part of which whole, and what a change is measured against."""

from __future__ import annotations

from collections.abc import Sequence

from govextract.lexicon import Lexicon
from govextract.lexicon.relations import load_relations
from govextract.model import Indicator, Quantity
from govextract.stages.frames import Frame
from govextract.stages.parts import link_parts
from govextract.stages.shares import link_shares
from govextract.stages.sums import link_sums
from govextract.stages.totals import link_totals

_AVERAGE = "annual_average"


def link_wholes(
    text: str,
    frames: Sequence[Frame],
    quantities: Sequence[Quantity],
    indicators: Sequence[Indicator],
    lexicon: Lexicon,
) -> tuple[int | None, ...]:
    """Return, for each quantity, the index of the quantity that it is a part of, or None.

    A part needs 其中, 包括, 分…看, 占 or a sum that is stated (see the labelling rules); a change
    is a part only where the whole is one too (the groups of a price index).
    """
    wholes = link_parts(text, frames, quantities, indicators, load_relations(lexicon))
    link_totals(text, frames, quantities, indicators, wholes)
    link_sums(frames, quantities, indicators, wholes)
    link_shares(text, frames, quantities, indicators, wholes)
    return tuple(wholes)


def link_bases(
    text: str, frames: Sequence[Frame], quantities: Sequence[Quantity], lexicon: Lexicon
) -> tuple[str, ...]:
    """Return what each change is measured against (``yoy``, ``mom`` …); empty for the others.

    A change without words of its own takes the basis of the change before it in its paragraph
    (比上年增加10万元，增长2%); an average of years only in its sentence.
    """
    relations = load_relations(lexicon)
    found = [""] * len(quantities)
    paragraph, sentence, basis = -1, -1, ""
    for frame in frames:
        if frame.paragraph != paragraph or (basis == _AVERAGE and frame.sentence != sentence):
            paragraph, basis = frame.paragraph, ""
        sentence = frame.sentence
        if quantities[frame.ordinal].kind not in ("change", "multiple"):
            continue
        for match in relations.bases.finditer(text, frame.lead.start, frame.lead.end):
            basis = relations.basis_ids[(match.lastindex or 1) - 1][1]
        found[frame.ordinal] = basis
    return tuple(found)

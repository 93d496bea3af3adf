"""Who issued a report, and where that is: from its title, first lines and opening sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from govextract.lexicon import default_lexicon
from govextract.lexicon.metadata import MetadataLexicon
from govextract.stages.issuer_areas import resolve_issuer_area
from govextract.text import fold

# What a title may begin with before it names a place or an institution.
_SUBJECT = re.compile(r"^(?:\(\w+\))?(?:关于)?(?:(?:19|20)\d\d年?度?)?(?=[一-鿿])")
_NAME = re.compile(
    r"([一-鿿]{3,24}?)(?=关于|\d|\s|政府工作报告|工作报告|法治|依法行政|信息公开|政府信息|部门"
    r"|代?理?(?:[局厅院部区县市省旗州]|检察)长|主任|主席|$)"
)
_PLACE = re.compile(
    r"(?:(?:(?!人民|政府|委员|关于)[一-鿿]){1,7}?(?:自治[区州县旗]|地区|新区|[省市区县旗盟]|(?<=[一-鿿]{2})州))++"
)
_NO_PLACE = re.compile(
    r"^[省市区县]|[全本我该各][省市区县]|城市|社区|辖区|景区|校区|片区|市区|园区"
)
_OPENING = 1500


def find_issuer(
    title: str, lines: Sequence[str], opening: str, source: str, words: MetadataLexicon
) -> str:
    """Return the institution that issued a report, as written; ``""`` where nothing says it.

    In order: the beginning of the title, a line of its own, the speaker's office, the opening
    sentence, the source. ``lines`` and ``opening`` are folded.
    """
    return (
        _institution_at_start(_SUBJECT.sub("", fold(title), count=1), words)
        or next((found for line in lines if (found := _institution_of_line(line, words))), "")
        or next((found for line in lines if (found := _institution_at_start(line, words))), "")
        or _institution_of_opening(opening[:_OPENING], words)
        or (source if _is_institution(source, words) else "")
    )


def _institution_of_line(line: str, words: MetadataLexicon) -> str:
    """The first institution on a line that names nothing else; its characters may be spaced."""
    parts = line.split()
    if all(_is_institution(part, words) for part in parts):
        return parts[0] if parts else ""
    closed = "".join(parts)
    return closed if _is_institution(closed, words) else ""


def find_area(names: Iterable[str], year: int | None) -> str:
    """Return the place of the issuer by ``names``, which stand in the order they are believed.

    By the table of places where it knows one, else as the first name that begins with a place
    writes it: new districts are in no table. The first two (title and issuer) decide where
    they tell a place, the country too.
    """
    names = [name for name in names if name]
    lexicon = default_lexicon()
    area = resolve_issuer_area(names[:2], lexicon, year) or resolve_issuer_area(
        names, lexicon, year
    )
    if area is not None:
        return area.name
    for name in names:
        match = _PLACE.match(_SUBJECT.sub("", "".join(fold(name).split()), count=1))
        if match and not _NO_PLACE.search(match[0]):
            return match[0]
    return ""


def _institution_at_start(text: str, words: MetadataLexicon) -> str:
    """``甲市司法局`` of ``甲市司法局2020年…``, ``甲市审计局`` of ``甲市审计局局长``."""
    match = _NAME.match(text)
    return match[1] if match and _is_institution(match[1], words) else ""


def _institution_of_opening(opening: str, words: MetadataLexicon) -> str:
    """``由甲市司法局编制``, ``我代表甲市人民政府向大会…``, ``2021年，甲市司法局认真…``."""
    for match in _opening_pattern(words.institution_end).finditer(opening):
        if not _NO_PLACE.search(match[1]):
            return match[1]
    return ""


@cache
def _opening_pattern(ends: tuple[str, ...]) -> re.Pattern[str]:
    end = "|".join(ends)
    return re.compile(
        rf"(?:代表|(?<![自理])由|\d年,|^)((?:(?!由|代表)[一-鿿]){{2,16}}?(?:{end}))"
        r"(?=向|作|负责|编制|编写|公布|认真|坚持|全面|深入|紧紧|始终|按照|牢牢|以|在|高度|严格|切实)",
        re.MULTILINE,
    )


def _is_institution(text: str, words: MetadataLexicon) -> bool:
    return 3 <= len(text) <= 30 and text.endswith(words.institution_end) and text.isalpha()

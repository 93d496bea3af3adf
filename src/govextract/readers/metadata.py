"""What a report says of itself: header lines, title, issuer, year, place, genre.

Strongest first: labelled header lines (``发布机构：…``), what the form of file says (HTML meta
tags), the shape of the first lines, the opening sentence, and last the file's name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import PurePosixPath
from typing import NamedTuple

from govextract.lexicon.metadata import MetadataLexicon, load_metadata
from govextract.model import Metadata, Region, Span
from govextract.readers.issuer import find_area, find_issuer
from govextract.stages.report_year import find_report_year
from govextract.text import fold, paragraphs

# A header is within the first lines; a longer line, or one with several stops, is prose.
_HEAD_LINES = 60
_HEAD_CHARACTERS = 6000
_LONGEST_HEADER_LINE = 300
_LONGEST_VALUE_LINE = 60
_LONGEST_TITLE = 80
# On a page without line ends the head runs into the body: how far to look for its last button.
_RUN_IN_HEAD = 400
_GENRE_CHARACTERS = 1500
_PLACE_CHARACTERS = 200

_PROSE = re.compile(r"[,。;][^,。;]*[,。;]|。$")
_NUMBERED = re.compile(r"[一二三四五六七八九十]+[、.]|\([一二三四五六七八九十]+\)|\d{1,2}[、.)]")
_SOME_LABEL = re.compile(r"[^\s,。;:|]{1,8}\s?[:\]]")
_BUTTONS = re.compile(r"\s?(?:【|\[?打印|分享|\[?字[号体]|大 中 小|收藏|扫一扫|阅读[:：]).*")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_MEETING = re.compile(r"[在于].{0,60}会|报告|公报")
_EMPTY_VALUES = frozenset({"无", "暂无", "-", "--", "——", "/", "空", "null", "None"})
_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?[-./年]?\s?(\d\d?)\s?[-./月]?\s?(\d\d?)(?!\d)")
_BETWEEN_IDEOGRAPHS = re.compile(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])")
_UNFINISHED = re.compile(r"关于|[和的及与暨、]$|(?:19|20)\d\d年[^日,\d%]{2,25}$")
_TELLING = re.compile(r"\d{4}|关于|(?<=..)(?:政府|法院|检察院|统计公报)")
_NAMED_BY_ITSELF = re.compile(
    r"(?:形成|编制|编写|制作)[了本]?《([^》\n]{6,60}(?:报告|年报|公报))》"
)
_FIELDS_ON_NEXT_LINE = frozenset(
    {"title", "index_number", "document_number", "issuer", "published"}
)


class FoundMetadata(NamedTuple):
    """Metadata, and the stretches of the text that hold it."""

    metadata: Metadata
    regions: tuple[Region, ...]


class _Head(NamedTuple):
    """The lines before the body: headers, navigation, and the rest: title, speaker, issuer."""

    headers: tuple[Span, ...]
    navigation: tuple[Span, ...]
    plain: tuple[Span, ...]


def find_metadata(
    text: str,
    document: str,
    given: Metadata,
    hints: Sequence[str] = (),
    words: MetadataLexicon | None = None,
) -> FoundMetadata:
    """Return what ``text`` says of itself; ``given`` and then the file's name fill the gaps.

    ``hints`` (the name of the site, of the column) may tell the place and the genre.
    """
    words = words or load_metadata()
    folded = fold(text[:_HEAD_CHARACTERS])
    head = _split_head(folded, words)
    stated = _header_values(text, folded, (*head.headers, *head.navigation), words)
    lines = [folded[span.start : span.end] for span in head.plain]
    title = stated.get("title") or given.title
    if not words.title_end.search(fold(title)):
        title = _find_title(text, folded, head.plain, words) or title
    source = stated.get("source") or given.source
    own = find_issuer(title, lines, folded, source, words)
    issuer = stated.get("issuer") or given.issuer or own
    path = PurePosixPath(document)
    stem = fold(path.stem)
    year = given.year or find_report_year(title, text, stem) or find_report_year(stem, "")
    names = [title, issuer, *lines[:8], *hints, *path.parts[::-1], text[:_PLACE_CHARACTERS]]
    area = given.area or find_area(names, year)
    if area in own and area not in issuer:  # a site that shows the reports of others
        issuer = own
    metadata = Metadata(
        title=title,
        issuer=issuer,
        index_number=stated.get("index_number") or given.index_number,
        document_number=stated.get("document_number") or given.document_number,
        published=_iso_date(stated.get("published") or given.published) or _bare_date(lines),
        year=year,
        area=area,
        genre=given.genre or _find_genre(title, [*lines[:6], *hints, stem], folded, words),
        source=source,
    )
    regions = [Region("header", *span) for span in head.headers]
    regions += [Region("navigation", *span) for span in head.navigation]
    return FoundMetadata(metadata, tuple(sorted(regions, key=lambda region: region.start)))


def read_header(text: str, words: MetadataLexicon) -> dict[str, str]:
    """Return the fields of Metadata that the labelled lines of ``text`` state.

    For lines beside the text of a report: what a page shows over its article.
    """
    folded = fold(text)
    values = _header_values(text, folded, _split_head(folded, words, to_prose=False).headers, words)
    dated = _bare_date(folded.split("\n"))
    return {"published": dated, **values} if dated else values


def _split_head(folded: str, words: MetadataLexicon, *, to_prose: bool = True) -> _Head:
    """Sort the first lines; the first line of prose ends the head, if ``to_prose``."""
    headers: list[Span] = []
    navigation: list[Span] = []
    plain: list[Span] = []
    waiting = False
    for number, span in enumerate(paragraphs(folded)):
        line = folded[span.start : span.end]
        if len(line) > _LONGEST_HEADER_LINE and words.navigation["navigation/position"].match(line):
            navigation.append(_run_in_head(folded, span, words))
            break
        labels = _labels(line, words)
        if labels:
            headers.append(span)
        elif words.is_navigation(line):
            navigation.append(span)
        elif waiting and len(line) <= _LONGEST_VALUE_LINE and not _SOME_LABEL.match(line):
            headers.append(span)
        elif to_prose and (_is_prose(line) or number >= _HEAD_LINES):
            break
        else:
            plain.append(span)
        waiting = _awaits_value(line, labels, words)
    return _Head(tuple(headers), tuple(navigation), tuple(plain))


def _labels(line: str, words: MetadataLexicon) -> list[re.Match[str]]:
    """The labels of a line that is a header line; none where prose stands before the first."""
    if len(line) > _LONGEST_HEADER_LINE:
        return []
    labels = list(words.label.finditer(line))
    return [] if labels and _is_prose(line[: labels[0].start()]) else labels


def _awaits_value(line: str, labels: Sequence[re.Match[str]], words: MetadataLexicon) -> bool:
    """Tell whether a label ends the line, so that its value is on the next one."""
    if not labels or labels[-1].end() < len(line) or line.endswith("|"):
        return False
    field, _ = words.fields["".join(labels[-1]["name"].split())]
    return field in _FIELDS_ON_NEXT_LINE


def _run_in_head(folded: str, span: Span, words: MetadataLexicon) -> Span:
    """The head of a page whose body runs on in the same line: up to its last label or button."""
    line = folded[span.start : min(span.end, span.start + _RUN_IN_HEAD)]
    ends = [match.end() for match in words.navigation["navigation/buttons"].finditer(line)]
    for label in words.label.finditer(line):
        value = _DATE.match(line, label.end())
        ends.append(value.end() if value else label.end())
    return Span(span.start, span.start + max(ends, default=0))


def _is_prose(line: str) -> bool:
    return len(line) > _LONGEST_TITLE or bool(_PROSE.search(line))


def _header_values(
    text: str, folded: str, spans: Sequence[Span], words: MetadataLexicon
) -> dict[str, str]:
    """Return the value of each field: what stands from a label to the next one."""
    best: dict[str, tuple[int, str]] = {}
    spans = sorted(spans)
    block = "\n".join(folded[span.start : span.end] for span in spans)
    written = "\n".join(text[span.start : span.end] for span in spans)
    labels = list(words.label.finditer(block))
    for at, label in enumerate(labels):
        end = labels[at + 1].start() if at + 1 < len(labels) else len(block)
        field, rank = words.fields["".join(label["name"].split())]
        value = _value(written[label.end() : end])
        if field and value and (field not in best or rank < best[field][0]):
            best[field] = (rank, value)
    return {field: value for field, (_, value) in best.items()}


def _value(between: str) -> str:
    """The value in what stands behind a label: the rest of its line, else the next line."""
    lines = (" ".join(line.strip(" |[]【】•·\t\u3000").split()) for line in between.split("\n"))
    value = _BUTTONS.sub("", next((line for line in lines if line), ""))
    return "" if value in _EMPTY_VALUES or _SOME_LABEL.fullmatch(fold(value)) else value


def _find_title(text: str, folded: str, plain: Sequence[Span], words: MetadataLexicon) -> str:
    """The line that ends like a title (it may be broken over three), as written.

    One that names a year, a subject or an institution comes before a bare ``工作报告``.
    """
    titles = [
        title
        for at in range(len(plain))
        if (title := _title_at(text, folded, plain[at : at + 3], words))
    ]
    telling = (title for title in titles if _TELLING.search(fold(title)))
    named = _NAMED_BY_ITSELF.search(folded)
    own = text[named.start(1) : named.end(1)] if named else ""
    return next(telling, "") or next(iter(titles), "") or own


def _title_at(text: str, folded: str, spans: Sequence[Span], words: MetadataLexicon) -> str:
    if _NUMBERED.match(folded, spans[0].start):
        return ""
    written = joined = ""
    for span in spans:
        line = folded[span.start : span.end]
        joined += _BETWEEN_IDEOGRAPHS.sub("", line)
        written += _BETWEEN_IDEOGRAPHS.sub("", text[span.start : span.end])
        end = words.title_end.search(joined)
        if end is None and _names_subject(joined, words):
            end = words.title_end_about.search(joined)
        if end and len(joined) <= _LONGEST_TITLE:
            return written[: end.end()]
        if not _UNFINISHED.search(joined):
            break
    return ""


def _names_subject(line: str, words: MetadataLexicon) -> bool:
    """Tell whether a line says 关于, or a year and a genre: then ``…情况`` ends a title too."""
    return "关于" in line or (_YEAR.search(line) is not None and words.find_genre(line) != "")


def _find_genre(title: str, names: Sequence[str], folded: str, words: MetadataLexicon) -> str:
    return words.find_genre(fold(title), *map(fold, names)) or words.find_genre_of_opening(
        folded[:_GENRE_CHARACTERS]
    )


def _bare_date(lines: Sequence[str]) -> str:
    """The date of the first line that begins with one and says little else."""
    for line in lines:
        if len(line) <= _LONGEST_VALUE_LINE and not _PROSE.search(line):
            match = _DATE.match(line.lstrip(" ("))
            if match and not _MEETING.search(line):
                return _iso_date(match[0])
    return ""


def _iso_date(value: str) -> str:
    """The first date of a value: ``2020-01-12 10:26``, ``2020年1月12日``, ``20200112``."""
    match = _DATE.search(fold(value))
    if match is None:
        return ""
    try:
        return date(*map(int, match.groups())).isoformat()
    except ValueError:
        return ""

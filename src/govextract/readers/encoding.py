"""Bytes to text: the encodings that reports come in.

In order: a byte order mark; the shape of UTF-16; strict UTF-8; then GB18030 against Big5, which
both decode nearly anything, by how many of the characters are common ones.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from govextract.errors import ReadError

_SAMPLE = 8_192
_WIDE_SAMPLE = 2_000
# Chinese prose has a third of its characters among the common ones, misread bytes a hundredth.
_LIKELY = 0.1
_FAMILIAR = 0.25
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_WIDE = re.compile("[^\x00-\x7f]+")

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# The most frequent characters of Chinese prose with some of this genre, in both scripts. Text that
# is decoded by the wrong table is spread over rare characters and holds next to none of these.
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过"
    "政府建设法治全市区县行政公开信息管理服务经济社会发展组织加强推进情况部门案件处理实施机关单位"
    "這個為國時來們於對會發動過經濟組織強進況門處實機關單務開設億萬增長計數業產資項縣區"
    "，。、；：（）《》“”％"
)


class Decoded(NamedTuple):
    """Text, and the encoding that it was in."""

    text: str
    encoding: str


def decode(data: bytes, document: str, declared: str = "") -> Decoded:
    """Return ``data`` as text without its byte order mark, line ends as LF.

    ``declared`` is what the file says of itself (an HTML ``charset``): it only decides between
    GB18030 and Big5 where the characters do not. Raises ReadError (``read/encoding``) where no
    encoding fits.
    """
    found = (
        _by_mark(data)
        or (_by_utf16_shape(data) if b"\x00" in data[:_SAMPLE] else None)
        or _try(data, "utf-8")
        or _by_utf16_shape(data)
        or _by_tables(data, declared)
    )
    if _is_binary(found.text):
        raise ReadError(
            "is in no known encoding",
            code="read/encoding",
            place=document,
            remedy="save it as UTF-8",
        )
    return Decoded(clean(found.text), found.encoding)


def clean(text: str) -> str:
    r"""Return ``text`` with line ends as LF and control characters as blanks."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub(lambda match: "\n" if match[0] in "\x85\u2028\u2029" else " ", text)


def _by_mark(data: bytes) -> Decoded | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(data[len(mark) :].decode(encoding, "replace"), encoding)
    return None


def _by_utf16_shape(data: bytes) -> Decoded | None:
    """Read as UTF-16 of either order, the bytes must give characters that are met in reports."""
    sample = data[:_SAMPLE]
    shares = {
        encoding: _familiarity(sample.decode(encoding, "replace"))
        for encoding in ("utf-16-le", "utf-16-be")
    }
    likeliest = max(shares, key=shares.__getitem__)
    if shares[likeliest] < _FAMILIAR:
        return None
    return Decoded(data.decode(likeliest, "replace"), likeliest)


def _by_tables(data: bytes, declared: str) -> Decoded:
    """Take the encoding whose reading has the larger share of common characters.

    Bytes that an encoding cannot hold count against it: a file that is cut in the middle of a
    character, or holds a stray byte, is still read.
    """
    tables = ["gb18030", "big5hkscs"]
    if declared.lower().startswith("big5"):
        tables.reverse()
    readings = [reading for name in tables if (reading := _try(data, name))]
    if not any(_commonness(reading.text) >= _LIKELY for reading in readings):
        readings = [Decoded(data.decode(name, "replace"), name) for name in ("utf-8", *tables)]
    return max(readings, key=lambda reading: _commonness(reading.text))


def _commonness(text: str) -> float:
    """The share of common characters in a sample of those outside of ASCII."""
    wide = ""
    for match in _WIDE.finditer(text):
        wide += match[0]
        if len(wide) > _WIDE_SAMPLE:
            break
    common = sum(map(_COMMON.__contains__, wide))
    return (common - 5 * wide.count("\ufffd")) / (len(wide) or 1)


def _familiarity(text: str) -> float:
    """The share of ASCII and of common characters."""
    return (len(text.encode("ascii", "ignore")) + sum(map(_COMMON.__contains__, text))) / (
        len(text) or 1
    )


def _try(data: bytes, encoding: str) -> Decoded | None:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError:
        return None


def _is_binary(text: str) -> bool:
    """Tell whether a twentieth of the text are control characters or unreadable bytes."""
    sample = text[:_SAMPLE]
    return 20 * (len(_CONTROL.findall(sample.replace("\r", ""))) + sample.count("\ufffd")) > len(
        sample
    )

"""Bytes to text: every encoding that reports come in, cut and mixed as they come."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govextract.errors import ReadError
from govextract.readers.encoding import clean, decode

SIMPLIFIED = "2020年，全市共受理行政复议申请12件，办结11件。\n一、加强组织领导，推进依法行政。\n"
TRADITIONAL = "2020年，本市共受理訴願案件12件，辦結11件。\n一、加強組織領導，推動依法行政。\n"


@pytest.mark.parametrize("repeat", [1, 400])
@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (SIMPLIFIED, "utf-8"),
        (SIMPLIFIED, "utf-16-le"),
        (SIMPLIFIED, "utf-16-be"),
        (SIMPLIFIED, "gb18030"),
        (TRADITIONAL, "utf-8"),
        (TRADITIONAL, "utf-16-le"),
        (TRADITIONAL, "big5hkscs"),
        (TRADITIONAL, "gb18030"),
    ],
)
def test_every_encoding_is_told_without_a_mark(text: str, encoding: str, repeat: int) -> None:
    decoded = decode((text * repeat).encode(encoding), "a.txt")
    assert (decoded.text, decoded.encoding) == (text * repeat, encoding)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_decides_and_is_taken_off(mark: bytes, encoding: str) -> None:
    assert decode(mark + SIMPLIFIED.encode(encoding), "a.txt") == (SIMPLIFIED, encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_file_cut_in_a_character_or_with_a_stray_byte_is_read(encoding: str) -> None:
    data = (SIMPLIFIED * 20).encode(encoding)
    stray = data[:300] + b"\xff" + data[300:]
    for broken in (data[:-2], stray):
        decoded = decode(broken, "a.txt")
        assert decoded.encoding == encoding
        assert decoded.text.count("受理行政复议") >= 19


@pytest.mark.parametrize(
    "declared", ["gb2312", "utf-8", "big5", "iso-8859-1", "x-unknown", "undefined"]
)
def test_a_declaration_counts_only_where_the_bytes_do_not_tell(declared: str) -> None:
    for encoding in ("utf-8", "gb18030"):
        decoded = decode(SIMPLIFIED.encode(encoding), "a.html", declared)
        assert decoded.text == SIMPLIFIED


def test_line_ends_become_line_feeds_and_controls_blanks() -> None:
    text = clean("甲\r\n乙\r丙\x00丁\x0b戊\u2028己\t庚")
    assert text == "甲\n乙\n丙 丁 戊\n己\t庚"


def test_bytes_without_text_are_a_read_error() -> None:
    with pytest.raises(ReadError) as caught:
        decode(bytes(range(256)) * 40, "a.txt")
    assert caught.value.code == "read/encoding"


@given(st.binary(max_size=600), st.sampled_from(["", "utf-8", "hz", "punycode", "idna", "base64"]))
def test_any_bytes_give_clean_text_or_a_read_error(data: bytes, declared: str) -> None:
    try:
        text, _ = decode(data, "a.txt", declared)
    except ReadError as error:
        assert error.code == "read/encoding"
        return
    assert not set(text) & {"\r", "\x00", "\x0b", "\x7f", "\u2028"}


@given(st.text(alphabet=st.characters(codec="gb18030", categories=["Lo", "Nd", "Po"]), min_size=1))
def test_utf_8_is_always_told(text: str) -> None:
    assert decode(text.encode(), "a.txt").text == text

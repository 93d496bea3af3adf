"""A pattern behind a look for its first characters finds what it finds without."""

from __future__ import annotations

import doctest
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govextract.lexicon import default_lexicon, sieve
from govextract.lexicon.relations import load_relations
from govextract.lexicon.sieve import Sieve, first_characters
from govextract.lexicon.status import load_status

PATTERNS = [
    "(?<!不)(?:包括|含)|[占比]?重",
    "(?:上年|去年)?同期",
    r"在[^，]{1,3}中|\d件",
    "(?:a|b|)c",
    "",
    "[^。]件",
    "(?i:A)b",
    r"\bA",
    "[a-c]+?d|(?>不|含)占",
]
WORDS = [
    "不",
    "包括",
    "含",
    "占",
    "比",
    "重",
    "上年",
    "同期",
    "在",
    "，",
    "中",
    "件",
    "a",
    "A",
    "c",
    "d",
]


@pytest.mark.parametrize("pattern", PATTERNS)
@given(st.lists(st.sampled_from(WORDS), max_size=8).map("".join), st.integers(0, 4))
def test_the_same_is_found(pattern: str, text: str, start: int) -> None:
    end = len(text) - 1
    ours, plain = Sieve(pattern), re.compile(pattern)
    for found, wanted in (
        (ours.search(text), plain.search(text)),
        (ours.search(text, start, end), plain.search(text, start, end)),
    ):
        assert (found and found.span()) == (wanted and wanted.span())


def test_the_patterns_of_the_data_have_first_characters() -> None:
    lexicon = default_lexicon()
    for cue in (load_relations(lexicon).parts, load_status(lexicon).target):
        assert first_characters(cue.pattern.pattern)


def test_examples() -> None:
    assert doctest.testmod(sieve).failed == 0

"""A pattern behind a look for its first characters finds what it finds without."""

from __future__ import annotations

import doctest
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govextract.lexicon import default_lexicon, pattern_index, sieve
from govextract.lexicon.pattern_index import PatternIndex
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
    assert doctest.testmod(sieve).failed == doctest.testmod(pattern_index).failed == 0


def test_of_many_patterns_those_that_match_are_found() -> None:
    """Whichever words they need: one that another begins with, one in the middle, or none."""
    patterns = [
        "财政(?:总)?收入",
        "财政",
        ".*收入",
        "(?:粮食|小麦)(?:总)?产量",
        "收入.*",
        "收入总计",
        "年末库存|期初存量",
    ]
    index = PatternIndex((re.compile(pattern), pattern) for pattern in patterns)
    for text in ("财政收入", "财政", "收入总计", "小麦总产量", "收入", "", "税收", "财政收入收入",
                 "年末库存", "期初存量"):  # fmt: skip
        assert set(index.matching(text)) == {p for p in patterns if re.fullmatch(p, text)}

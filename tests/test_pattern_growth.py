"""No pattern, of the code or of the data, works more than in proportion to the text.

All compiled patterns that the package holds are found by walking its modules and the loaded parts
of the lexicon, and each is tried at the start of pieces of text that are repeated without end. How
stages and readers cost as they search whole texts is seen in ``hostile/``.
"""

from __future__ import annotations

import inspect
import pkgutil
import re
import time
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

import pytest

import govextract
from govextract import lexicon as lexicon_package
from govextract import readers, stages
from govextract.lexicon import default_lexicon
from govextract.stages.quantities.grammar import load_grammar

PIECES = (
    "1", "一", " ", "　", "\t", "\n", "，", "、", "。", "（", "《", "“", "—", "-", "|",
    "其中", "其中，", "1,", "1.", "1、", "1-", "1至", "1：", "1%", "1件，", "1 ", "1\n",
    "一、", "（一）", "一至", "2020年", "1月", "年", "市", "县", "目录\n", "表1 ", "比上年",
    "同比", "增长", "分别为", "受理、", "第一", "<a", "a=", "&#", "_", "|\n", "单位：", "a",
    "的",
)  # fmt: skip
SHORT, FACTOR = 1_000, 4
ALLOWED = 2.5
"""Times the ratio of the lengths: linear work is 1, quadratic 4, cubic 16."""
SMALL = 0.005
"""Seconds in which the long text is done at any rate: no growth shows in it."""


def patterns_in(value: Any, depth: int = 3) -> Iterator[re.Pattern[str]]:
    """Yield the compiled patterns in a value: itself, or in its fields and items."""
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield value
    elif depth and isinstance(value, (tuple, list, frozenset, set)):
        for item in value:
            yield from patterns_in(item, depth - 1)
    elif depth and isinstance(value, Mapping):
        for item in value.values():
            yield from patterns_in(item, depth - 1)
    elif depth and type(value).__module__.startswith("govextract") and hasattr(value, "__dict__"):
        for item in vars(value).values():
            yield from patterns_in(item, depth - 1)


def modules(*packages: Any) -> list[Any]:
    return [
        import_module(item.name)
        for package in packages
        for item in pkgutil.walk_packages(package.__path__, package.__name__ + ".")
    ]


def all_patterns() -> dict[str, re.Pattern[str]]:
    """Return the patterns of constants and of what each ``load_…(lexicon)`` gives, by text."""
    found: dict[str, re.Pattern[str]] = {}
    own = [import_module("govextract.text"), import_module("govextract.numerals")]
    for module in [*own, *modules(stages, readers, lexicon_package)]:
        for value in list(vars(module).values()):
            found |= {item.pattern: item for item in patterns_in(value)}
    loaders = [
        value
        for module in modules(lexicon_package)
        for name, value in vars(module).items()
        if name.startswith("load_") and value.__module__ == module.__name__
    ]
    parts = [load_grammar(default_lexicon())]
    for loader in loaders:
        if list(inspect.signature(loader).parameters) == ["lexicon"]:
            parts.append(loader(default_lexicon()))
    for part in parts:
        found |= {item.pattern: item for item in patterns_in(part, 5)}
    return found


def seconds(pattern: re.Pattern[str], text: str) -> float:
    began = time.process_time()
    pattern.match(text)
    pattern.fullmatch(text)
    return time.process_time() - began


def grows(pattern: re.Pattern[str], piece: str) -> bool:
    """Tell whether ``pattern`` takes more than in proportion over ``piece`` repeated.

    The times are the least of three, and only asked for where the long text is not done at once.
    """
    short = piece * (SHORT // len(piece))
    long = short * FACTOR
    if seconds(pattern, long) < SMALL:
        return False
    least = [min(seconds(pattern, text) for _ in range(3)) for text in (short, long)]
    return least[1] > SMALL and least[1] > ALLOWED * FACTOR * least[0]


def test_all_patterns_are_found() -> None:
    assert govextract.__version__
    assert len(all_patterns()) >= 200


@pytest.mark.parametrize("piece", PIECES, ids=repr)
def test_no_pattern_grows_faster_than_its_text(piece: str) -> None:
    found = all_patterns().values()
    assert [pattern.pattern[:200] for pattern in found if grows(pattern, piece)] == []


@pytest.mark.parametrize("pattern", ["[ab]*[ab]*/", "[ab]+[abc]+d"])
def test_the_test_finds_such_a_pattern(pattern: str) -> None:
    assert grows(re.compile(pattern), "a")

"""No pattern, of the code or of the data, works more than in proportion to the text.

All compiled patterns that the package holds are found by walking its modules and the loaded parts
of the lexicon. Each is tried, in the ways in which the package uses it, on texts made from the
pattern itself and on pieces of reports that are repeated without end. Steps are counted, not
seconds: the matcher that counts them is held to ``re`` here too.
"""

from __future__ import annotations

import inspect
import pkgutil
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import govextract
from govextract import lexicon as lexicon_package
from govextract import readers, stages
from govextract.lexicon import default_lexicon
from govextract.lexicon.patterns import LEAST_REPEAT, Program, TooManySteps, Way, find_growth
from govextract.lexicon.patterns.attacks import find_attacks
from govextract.stages.quantities.grammar import load_grammar

PIECES = (
    "1", "一", " ", "\n", "，", "（", "《", "a", "其中，", "1,", "1.", "1、", "1-", "1至", "1：",
    "1%", "1件，", "1 ", "1\n", "一、", "（一）", "一至", "2020年", "1月", "目录\n", "表1 ",
    "比上年", "增长", "分别为", "受理、", "第一", "<a", "a=", "&#", "|\n", "单位：",
)  # fmt: skip
OTHERWISE: dict[str, tuple[Way, ...]] = {
    # Tried by a function that is given them, or in a loop over several.
    "TableWords.roles": ("fullmatch",),
    "TableWords.units": ("fullmatch",),
    # Reads patterns of the data, which are short.
    "pattern_index._OPTIONAL": (),
    "pattern_index._GROUPED": (),
    # Tried by a function that looks for all that stand in a text.
    "PatternIndex._anywhere": ("fullmatch",),
    "PatternIndex._by_first": ("fullmatch",),
    "Grammar.pattern": ("search",),
    # Methods that are taken out of their loop.
    "CueFinder._firsts": ("search",),
    "CueFinder._patterns": ("match",),
}
"""The ways of use of patterns whose uses cannot be told from their name."""
SOURCES = Path(govextract.__file__).parent


class Named(NamedTuple):
    """A compiled pattern, and the constants and fields that hold it."""

    pattern: re.Pattern[str]
    names: frozenset[str]


def patterns_in(value: Any, name: str, depth: int = 3) -> Iterator[tuple[str, re.Pattern[str]]]:
    """Yield the patterns in a value with the name that leads to each: its own, or of its field."""
    inner: list[tuple[str, Any]] = []
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield name, value
    elif isinstance(value, tuple) and hasattr(value, "_fields"):
        inner = [
            (f"{type(value).__name__}.{field}", getattr(value, field)) for field in value._fields
        ]
    elif is_dataclass(value) and not isinstance(value, type):
        inner = [
            (f"{type(value).__name__}.{field.name}", getattr(value, field.name))
            for field in fields(value)
        ]
    elif isinstance(value, (tuple, list, frozenset, set)):
        inner = [(name, item) for item in value]
    elif isinstance(value, Mapping):
        inner = [(name, item) for item in value.values()]
    elif type(value).__module__.startswith("govextract") and hasattr(value, "__dict__"):
        inner = [(f"{type(value).__name__}.{field}", item) for field, item in vars(value).items()]
    if depth:
        for inner_name, item in inner:
            yield from patterns_in(item, inner_name, depth - 1)


def modules(*packages: Any) -> list[Any]:
    return [
        import_module(item.name)
        for package in packages
        for item in pkgutil.walk_packages(package.__path__, package.__name__ + ".")
    ]


def held() -> Iterator[tuple[str, Any, int]]:
    """Yield all that may hold patterns: constants, and what each ``load_…(lexicon)`` gives."""
    own = [import_module("govextract.text"), import_module("govextract.numerals")]
    for module in [*own, *modules(stages, readers, lexicon_package)]:
        stem = module.__name__.rpartition(".")[2]
        for name, value in list(vars(module).items()):
            yield f"{stem}.{name}", value, 3
    yield "grammar", load_grammar(default_lexicon()), 5
    for module in modules(lexicon_package):
        for name, value in list(vars(module).items()):
            own_loader = name.startswith("load_") and value.__module__ == module.__name__
            if own_loader and list(inspect.signature(value).parameters) == ["lexicon"]:
                yield name, value(default_lexicon()), 5


@cache
def all_patterns() -> dict[str, Named]:
    found: dict[str, re.Pattern[str]] = {}
    names: dict[str, set[str]] = defaultdict(set)
    for outer, value, depth in held():
        for name, pattern in patterns_in(value, outer, depth):
            found[pattern.pattern] = pattern
            names[pattern.pattern].add(name)
    return {text: Named(pattern, frozenset(names[text])) for text, pattern in found.items()}


@cache
def source(stem: str) -> str:
    """Return the text of the modules of a name, or of all."""
    return "\n".join(path.read_text("utf-8") for path in SOURCES.rglob(f"{stem}.py"))


@cache
def ways(names: frozenset[str]) -> set[Way]:
    """Return how a pattern is used, by the methods that are called on its names; all if unknown."""
    if any(name in OTHERWISE for name in names):
        return {way for name in names for way in OTHERWISE[name]}
    found: set[str] = set()
    for name in names:
        stem, _, last = name.rpartition(".")
        text = source(stem if last.startswith("_") else "*")
        found |= set(re.findall(rf"\b{last}(?:\[[^\]\n]*\])?\.([a-z]+)\(", text))
    used: set[Way] = set()
    if found & {"search", "finditer", "findall", "sub", "subn", "split"}:
        used.add("search")
    elif "match" in found:
        used.add("match")
    if "fullmatch" in found:
        used.add("fullmatch")
    return used or {"match", "fullmatch", "search"}


def test_all_patterns_are_found() -> None:
    found = all_patterns().values()
    assert len(found) >= 350
    used = [ways(item.names) for item in found]
    assert sum("search" in item for item in used) > 100
    assert sum(item == {"match", "fullmatch", "search"} for item in used) < 30


@pytest.mark.parametrize("way", ["match", "fullmatch", "search"])
def test_no_pattern_grows_faster_than_its_text(way: Way) -> None:
    grown = {
        text[:200]: (sorted(item.names), attack.before, attack.pump)
        for text, item in all_patterns().items()
        if way in ways(item.names)
        and (attack := find_growth(text, item.pattern.flags, way=way, pieces=PIECES))
    }
    assert grown == {}


@pytest.mark.parametrize(
    "pattern",
    [
        "[ab]*[ab]*/", "[ab]+[abc]+d", "(a+)+b", "(?:a|b|ab)*c", r"\s*,?\s*x", r"(.*)\1x",
        "(?:a|aa){1,40}b", "x(?=(?:y|yy)+z)", "(?<=q)(?:a?b?)*c", "(?:a*?b*?)*c",
    ],
)  # fmt: skip
def test_the_test_finds_such_a_pattern(pattern: str) -> None:
    assert find_growth(pattern)


@pytest.mark.parametrize("pattern", [r"\s+x", "a*b", "[^>]*>", "<a[^>]*>"])
def test_the_test_finds_such_a_search(pattern: str) -> None:
    assert find_growth(pattern, pieces=PIECES) is None
    assert find_growth(pattern, pieces=PIECES, way="search")


@pytest.mark.parametrize(
    "pattern", ["[ab]*/", "(?:ab|c)*d", "[ab]*+[ab]*/", "(?>a+)+b", r"(?:\d{1,3},)*\d", "a{2,30}b"]
)
def test_a_pattern_in_proportion_is_let_be(pattern: str) -> None:
    assert find_growth(pattern, pieces=PIECES) is None


def test_repeats_are_reached() -> None:
    """Growth shows only where a text leads to the repeat: it does to nearly all."""
    reached = total = 0
    for text, item in all_patterns().items():
        program = Program(text, item.pattern.flags)
        attacks = list(find_attacks(program.tree, program.flags, LEAST_REPEAT))
        repeats = {attack.repeat for attack in attacks}
        seen: set[int] = set()
        for attack in attacks:
            if attack.repeat not in seen:
                for at in range(3):
                    seen |= program.match(attack.text(20), at, most=10**6).reached
        total += len(repeats)
        reached += len(repeats & seen)
    assert total > 300
    assert reached / total > 0.95


def outcome(pattern: re.Pattern[str], text: str, at: int, full: bool) -> Any:
    match = pattern.fullmatch(text, at) if full else pattern.match(text, at)
    if match is None:
        return None, {}
    spans = {group: match.span(group) for group in range(1, pattern.groups + 1)}
    return match.end(), {group: span for group, span in spans.items() if span != (-1, -1)}


def counted(program: Program, text: str, at: int, full: bool) -> Any:
    found = program.match(text, at, full=full, most=100_000)
    return found.end, found.groups


def test_the_matcher_agrees_with_re_on_the_patterns_of_the_package() -> None:
    chance = random.Random(1)
    texts = ["".join(chance.choices(PIECES, k=chance.randint(1, 12))) for _ in range(20)]
    matched = 0
    for pattern_text, item in all_patterns().items():
        program = Program(pattern_text, item.pattern.flags)
        for text in texts:
            for at in (0, len(text) // 2):
                expected = outcome(item.pattern, text, at, False)
                assert counted(program, text, at, False) == expected, (pattern_text, text)
                matched += expected[0] is not None
    assert matched > 500


ATOMS = (
    "a", "b", ".", "[ab]", "[^a]", r"\d", r"\w", r"\s", r"\b", r"\B", "^", "$", r"\Z", r"\1",
    "(?=a)", "(?!b)", "(?<=a)", "(?<!b)", "(a|b)", "(ab|a)", "(?:a|)", "(?(1)a|b)", "(?i:A)",
    "(?>a*)", "(?:ab){1,2}+", r"[\d\s]", r"[^\W]",
)  # fmt: skip
REPEATS = ("", "", "", "*", "+", "?", "*?", "+?", "??", "{1,2}", "{2,3}?", "*+", "?+", "{0,3}")


def some_pattern(chance: random.Random, depth: int = 2) -> str:
    items = []
    for _ in range(chance.randint(1, 3)):
        item = chance.choice(ATOMS)
        if depth and chance.random() < 0.4:
            item = chance.choice(("({})", "(?:{})", "(?:{}|b)", "(?={})")).format(
                some_pattern(chance, depth - 1)
            )
        can_repeat = item[0] not in "^$" and item not in (r"\b", r"\B", r"\Z") and "+" not in item
        items.append(item + (chance.choice(REPEATS) if can_repeat else ""))
    return "".join(items)


def test_the_matcher_agrees_with_re_on_patterns_made_at_random() -> None:
    chance = random.Random(4)
    tried = matched = 0
    while tried < 2_000:
        try:
            pattern = re.compile("(b?)" + some_pattern(chance), chance.choice((0, re.M, re.S)))
        except re.error:
            continue
        program = Program(pattern.pattern, pattern.flags)
        for _ in range(3):
            text = "".join(chance.choices("aabbA1 \n", k=chance.randint(1, 7)))
            for full in (False, True):
                try:
                    found = counted(program, text, 0, full)
                except TooManySteps:
                    continue
                # Which groups a lazy loop leaves that went back is a matter of chance in ``re``.
                assert found[0] == outcome(pattern, text, 0, full)[0], (pattern, text, full)
                tried += 1
                matched += found[0] is not None
    assert matched > 400

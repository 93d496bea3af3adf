"""Texts at which a pattern may work long, made from the pattern itself.

For each repeat of a pattern: a text that leads to it, then what its body takes, again and again,
then what nothing takes. A pattern that backtracks badly does so on one of these.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from govextract.lexicon.patterns.program import Accepts, Tree, accepts

BREAK = "\x00"
"""Put behind what is repeated, so that the pattern fails there and tries its other ways."""
_COMMON = "1一a，。 \n市年的（-|、x"
_MOST_PUMPS = 24


class Attack(NamedTuple):
    """A text for each length: ``before``, then ``pump`` until it is so long, then ``after``."""

    before: str
    pump: str
    after: str
    repeat: int
    """The id of the repeat that it leads to."""

    def text(self, length: int) -> str:
        """Return the text with a pumped part of about ``length``."""
        return self.before + self.pump * max(1, length // len(self.pump)) + self.after


class _Repeat(NamedTuple):
    before: str
    body: Tree
    most: int


def find_attacks(tree: Tree, flags: int, least: int) -> Iterator[Attack]:
    """Yield attacks on the repeats of a parsed pattern that may go at least ``least`` times."""
    writer = _Writer(tree, flags)
    for repeat in writer.repeats(tree, ""):
        if repeat.most >= least:
            for pump in writer.pumps(repeat.body):
                yield Attack(repeat.before, pump, BREAK, id(repeat.body))


class _Writer:
    """Writes texts that parts of a pattern take."""

    def __init__(self, tree: Tree, flags: int) -> None:
        self.flags = flags
        self.alphabet = _alphabet(tree, flags)
        self._known: dict[tuple[int, int], str] = {}

    def repeats(self, tree: Tree, before: str) -> Iterator[_Repeat]:
        """Yield the repeats of a tree, each with a text that leads to it."""
        for item in tree:
            name, value = str(item[0]), item[1]
            if name.endswith("_REPEAT"):
                yield _Repeat(before, value[2], int(value[1]))
            for part in _parts(item):
                yield from self.repeats(part, before)
            before += self.shortest([item])

    def shortest(self, tree: Tree, at_least: int = 0) -> str:
        """Return a short text that ``tree`` takes, as far as that can be told without trying.

        Each repeat goes as often as it must, and ``at_least`` so often.
        """
        return "".join(self._written(item, at_least) for item in tree)

    def _written(self, item: Tree, at_least: int) -> str:
        # A tree of units has thousands of items, and each is asked for by each that holds it.
        key = (id(item), at_least)
        if key not in self._known:
            self._known[key] = self._write(item, at_least)
        return self._known[key]

    def _write(self, item: Tree, at_least: int) -> str:
        name, value = str(item[0]), item[1]
        test = accepts(item, self.flags)
        if test is not None:
            return next((char for char in self.alphabet if test(char)), "")
        if name.endswith("_REPEAT"):
            times = max(int(value[0]), min(at_least, int(value[1])))
            return self.shortest(value[2], at_least) * times
        if name == "BRANCH":
            return min((self.shortest(branch, at_least) for branch in value[1]), key=len)
        if name == "SUBPATTERN":
            return self.shortest(value[3], at_least)
        if name == "ATOMIC_GROUP":
            return self.shortest(value, at_least)
        if name == "ASSERT" and value[0] < 0:
            return self.shortest(value[1])
        return ""

    def pumps(self, body: Tree) -> list[str]:
        """Return what a body takes, in some ways: the kinds of its characters, its branches."""
        found: dict[str, None] = {}
        if len(body) == 1 and (test := accepts(body[0], self.flags)) is not None:
            found = dict.fromkeys(self._accepted(test))
        else:
            whole = self.shortest(body, at_least=1)
            found = dict.fromkeys([whole, *self._ways(body), *self._inner_characters(body)])
        return [pump for pump in found if pump][:_MOST_PUMPS]

    def _ways(self, tree: Tree) -> list[str]:
        """Return the shortest text, and those in which one part goes another way."""
        ways = [self.shortest(tree)]
        for number, item in enumerate(tree):
            around = self.shortest(tree[:number]), self.shortest(tree[number + 1 :])
            for part in _parts(item):
                ways += [around[0] + way + around[1] for way in self._ways(part)]
        return ways

    def _inner_characters(self, tree: Tree) -> Iterator[str]:
        for item in tree:
            for part in _parts(item):
                yield from self._inner_characters(part)
            if str(item[0]).endswith("_REPEAT"):
                yield from self.pumps(item[1][2])

    def _accepted(self, test: Accepts) -> list[str]:
        return [char for char in self.alphabet if test(char)]


def _parts(item: Tree) -> list[Tree]:
    """Return the trees inside an item."""
    name, value = str(item[0]), item[1]
    if name.endswith("_REPEAT"):
        return [value[2]]
    if name == "BRANCH":
        return list(value[1])
    if name == "SUBPATTERN":
        return [value[3]]
    if name == "ATOMIC_GROUP":
        return [value]
    if name in ("ASSERT", "ASSERT_NOT"):
        return [value[1]]
    if name == "GROUPREF_EXISTS":
        return [part for part in value[1:] if part]
    return []


def _alphabet(tree: Tree, flags: int) -> list[str]:
    """Return one character of each kind that the repeats and sets tell apart, common ones first."""
    atoms = {repr(item): item for item in _atoms(tree)}
    sets = [item for item in atoms.values() if str(item[0]) != "LITERAL"]
    tests = [test for item in sets if (test := accepts(item, flags)) is not None]
    literals = {chr(item[1]) for item in atoms.values() if str(item[0]) == "LITERAL"}
    kinds: dict[tuple[bool, ...], str] = {}
    for char in [*_COMMON, *_characters(sets)]:
        kinds.setdefault(tuple(test(char) for test in tests), char)
    return list(dict.fromkeys([*kinds.values(), *sorted(literals)]))


def width_before(tree: Tree) -> int:
    """Return how many characters a pattern looks back at, at most."""
    widths = [width_before(part) for item in tree for part in _parts(item)]
    for item in tree:
        if str(item[0]) in ("ASSERT", "ASSERT_NOT") and item[1][0] < 0:
            widths.append(item[1][1].getwidth()[1])
    return max(widths, default=0)


def _atoms(tree: Tree) -> Iterator[Tree]:
    """Yield the items of one character."""
    for item in tree:
        if str(item[0]) in ("LITERAL", "NOT_LITERAL", "IN", "ANY"):
            yield item
        for part in _parts(item):
            yield from _atoms(part)


def _characters(items: Any) -> Iterator[str]:
    """Yield the characters that sets name: alone, and at the ends of ranges."""
    for item in items:
        name, value = str(item[0]), item[1]
        if name in ("LITERAL", "NOT_LITERAL"):
            yield chr(value)
        elif name == "RANGE":
            yield from map(chr, value)
        elif name == "IN":
            yield from _characters(value)

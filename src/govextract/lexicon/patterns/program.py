"""A pattern as instructions for the matcher that counts its steps."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module
from typing import Any

Tree = Any
"""A parsed pattern, or one of its items, as the standard library's parser gives them."""
Accepts = Callable[[str], bool]
Instruction = tuple[Any, ...]
Code = list[Instruction]
_MOST = 2**31
_CATEGORIES: dict[str, Accepts] = {
    "DIGIT": str.isdecimal,
    "SPACE": str.isspace,
    "WORD": lambda char: char.isalnum() or char == "_",
}


def parse(pattern: str, flags: int = 0) -> Tree:
    """Parse with the parser that ``re`` itself uses; raises ``re.error``."""
    return import_module("re._parser").parse(pattern, flags)


def compile_tree(tree: Tree, flags: int) -> Code:
    """Return the instructions of a parsed pattern; the last one is ``end``."""
    return _Compiler(flags).whole(tree)


def accepts(item: Tree, flags: int) -> Accepts | None:
    """Return the test that an item of one character is, or None where it is another item."""
    name, value = str(item[0]), item[1]
    if name == "ANY":
        return (lambda _: True) if flags & re.DOTALL else (lambda char: char != "\n")
    if name == "NOT_LITERAL":
        return _cached(_one_of([("NEGATE", None), ("LITERAL", value)], flags))
    if name in ("LITERAL", "IN"):
        return _cached(_one_of([item] if name == "LITERAL" else value, flags))
    return None


def _one_of(items: Tree, flags: int) -> Accepts:
    chars: set[str] = set()
    ranges: list[tuple[int, int]] = []
    categories: list[tuple[Accepts, bool]] = []
    negated = False
    for name, value in ((str(name), value) for name, value in items):
        if name == "NEGATE":
            negated = True
        elif name == "LITERAL":
            chars.add(chr(value))
        elif name == "RANGE":
            ranges.append(value)
        else:
            kind = str(value).removeprefix("CATEGORY_")
            categories.append((_CATEGORIES[kind.removeprefix("NOT_")], not kind.startswith("NOT_")))

    def holds(char: str) -> bool:
        return (
            char in chars
            or any(low <= ord(char) <= high for low, high in ranges)
            or any(test(char) is wanted for test, wanted in categories)
        )

    if flags & re.IGNORECASE:
        return lambda char: any(map(holds, {char, char.lower(), char.upper()})) is not negated
    return lambda char: holds(char) is not negated


def _cached(test: Accepts) -> Accepts:
    known: dict[str, bool] = {}

    def asked(char: str) -> bool:
        found = known.get(char)
        if found is None:
            found = known[char] = test(char)
        return found

    return asked


class _Compiler:
    """Turns a parsed pattern into instructions, item by item."""

    def __init__(self, flags: int) -> None:
        self.flags = flags
        self.code: Code = []

    def whole(self, tree: Tree) -> Code:
        self.add_all(tree)
        self.code.append(("end",))
        return self.code

    def inner(self, tree: Tree) -> Code:
        return compile_tree(tree, self.flags)

    def add_all(self, tree: Tree) -> None:
        for item in tree:
            self.add(item)

    def add(self, item: Tree) -> None:
        name, value = str(item[0]), item[1]
        test = accepts(item, self.flags)
        if test is not None:
            self.code.append(("one", test))
        elif name.endswith("_REPEAT"):
            self.add_repeat(name, *value)
        elif name == "AT":
            line = "_LINE" if self.flags & re.MULTILINE else ""
            kind = str(value) + (line if str(value) in ("AT_BEGINNING", "AT_END") else "")
            self.code.append(("at", kind))
        elif name == "GROUPREF":
            self.code.append(("back", value))
        elif name == "FAILURE":
            self.code.append(("fail",))
        else:
            getattr(self, f"add_{name.lower()}")(value)

    def add_repeat(self, name: str, least: int, most: int, body: Tree) -> None:
        most = min(int(most), _MOST)
        test = accepts(body[0], self.flags) if len(body) == 1 else None
        if test is not None:
            self.code.append(("run", test, least, most, name, id(body)))
        elif name == "POSSESSIVE_REPEAT":
            compiler = _Compiler(self.flags)
            compiler.add_repeat("MAX_REPEAT", least, most, body)
            self.code.append(("atomic", [*compiler.code, ("end",)]))
        else:
            self.code.append(("enter", id(body)))
            loop = len(self.code)
            self.code.append(())
            self.add_all(body)
            self.code.append(("jump", loop))
            after = len(self.code)
            self.code[loop] = ("loop", id(body), least, most, after, name == "MAX_REPEAT")

    def add_branch(self, value: Tree) -> None:
        ends = []
        for branch in value[1][:-1]:
            split = len(self.code)
            self.code.append(())
            self.add_all(branch)
            ends.append(len(self.code))
            self.code.append(())
            self.code[split] = ("split", len(self.code))
        self.add_all(value[1][-1])
        for end in ends:
            self.code[end] = ("jump", len(self.code))

    def add_subpattern(self, value: Tree) -> None:
        group, added, removed, body = value
        before, self.flags = self.flags, (self.flags | added) & ~removed
        if group is not None:
            self.code.append(("open", group))
        self.add_all(body)
        if group is not None:
            self.code.append(("close", group))
        self.flags = before

    def add_atomic_group(self, body: Tree) -> None:
        self.code.append(("atomic", self.inner(body)))

    def add_assert(self, value: Tree, negated: bool = False) -> None:
        direction, body = value
        width = body.getwidth()[0] if direction < 0 else 0
        self.code.append(("look", self.inner(body), width, negated))

    def add_assert_not(self, value: Tree) -> None:
        self.add_assert(value, negated=True)

    def add_groupref_exists(self, value: Tree) -> None:
        group, then, otherwise = value
        test = len(self.code)
        self.code.append(())
        self.add_all(then)
        out = len(self.code)
        self.code.append(())
        self.code[test] = ("if", group, len(self.code))
        self.add_all(otherwise or ())
        self.code[out] = ("jump", len(self.code))

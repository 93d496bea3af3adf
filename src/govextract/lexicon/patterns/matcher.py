"""A backtracking matcher that counts its steps, as a measure that no clock disturbs.

A pattern such as ``[ab]*[ab]*/`` takes a number of steps that grows with the square of its text,
``(a+)+/`` one that doubles with each character. A clock shows this only where the machine does
nothing else; so a pattern is walked here in the way of ``re``, and the steps are counted. It
serves to judge patterns: nothing of a report is matched with it.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from govextract.lexicon.patterns.program import Code, Instruction, compile_tree, parse

Groups = dict[Any, Any]
"""What groups hold and how often loops were gone through; never changed, only made anew."""
Place = tuple[int, int, Groups]
"""An instruction, a place in the text, and the groups; instruction -1 where the way ends."""


class TooManySteps(Exception):
    """A match took more steps than it was allowed."""


class Outcome(NamedTuple):
    """What came of a match: its end and the spans of its groups (None if none), and its steps."""

    end: int | None
    groups: dict[int, tuple[int, int]]
    steps: int
    reached: frozenset[int]
    """The repeats (by the id of their body in the tree) that the match came to."""


class Program:
    """A pattern that can be matched, with steps counted."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.tree = parse(pattern, flags)
        self.flags: int = self.tree.state.flags
        self._code = compile_tree(self.tree, self.flags)

    def match(self, text: str, at: int = 0, *, full: bool = False, most: int = 10**9) -> Outcome:
        """Match at ``at``, with ``full`` to the end; TooManySteps where ``most`` do not suffice."""
        matcher = _Matcher(text, most)
        found = matcher.run(self._code, at, {}, full)
        end, state = found or (None, {})
        groups = {key: value for key, value in state.items() if isinstance(key, int) and key > 0}
        return Outcome(end, groups, matcher.steps, frozenset(matcher.reached))


class _Matcher:
    """Walks instructions over one text; the alternatives wait on a stack."""

    def __init__(self, text: str, most: int) -> None:
        self.text = text
        self.most = most
        self.steps = 0
        self.reached: set[int] = set()
        self.waiting: list[Any] = []

    def run(self, code: Code, at: int, groups: Groups, full: bool) -> tuple[int, Groups] | None:
        """Return the end and the groups of the first way through, or None."""
        outer, self.waiting = self.waiting, [(0, at, groups)]
        try:
            while self.waiting:
                place, at, groups = self._next()
                while place >= 0:
                    self.steps += 1
                    instruction = code[place]
                    if instruction[0] == "end":
                        if not full or at == len(self.text):
                            return at, groups
                        break
                    place, at, groups = _DO[instruction[0]](self, instruction, place, at, groups)
                if self.steps > self.most:
                    raise TooManySteps
            return None
        finally:
            self.waiting = outer

    def _next(self) -> Place:
        """Take the alternative that came last; a run goes back, or on, by one character."""
        entry = self.waiting.pop()
        if len(entry) == 3:
            return entry  # type: ignore[no-any-return]
        place, at, groups, last, step, test = entry
        self.steps += 1
        if step > 0 and not (at < len(self.text) and test(self.text[at])):
            return -1, at, groups
        at += step
        if at != last:
            self.waiting.append((place, at, groups, last, step, test))
        return place, at, groups

    def one(self, instruction: Instruction, place: int, at: int, groups: Groups) -> Place:
        if at < len(self.text) and instruction[1](self.text[at]):
            return place + 1, at + 1, groups
        return -1, at, groups

    def repeat_one(self, instruction: Instruction, place: int, at: int, groups: Groups) -> Place:
        """Repeat one character: greedy takes all and gives back, lazy takes more when asked."""
        _, test, least, most, name, number = instruction
        self.reached.add(number)
        limit = min(len(self.text), at + (least if name == "MIN_REPEAT" else most))
        end = at
        while end < limit and test(self.text[end]):
            end += 1
        self.steps += end - at
        if end < at + least:
            return -1, at, groups
        if name == "MAX_REPEAT" and end > at + least:
            self.waiting.append((place + 1, end, groups, at + least, -1, test))
        elif name == "MIN_REPEAT" and most > least:
            self.waiting.append((place + 1, end, groups, at + most, 1, test))
        return place + 1, end, groups

    def enter(self, instruction: Instruction, place: int, at: int, groups: Groups) -> Place:
        number = instruction[1]
        self.reached.add(number)
        return place + 1, at, groups | {("loop", number): (0, -1)}

    def loop(self, instruction: Instruction, place: int, at: int, groups: Groups) -> Place:
        """Go through the body once more, or on; a pass that took nothing is the last."""
        _, number, least, most, after, greedy = instruction
        count, last = groups["loop", number]
        again = (place + 1, at, groups | {("loop", number): (count + 1, at)})
        leave = (after, at, groups)
        if count < least:
            return again
        if count >= most or at == last:
            return leave
        self.waiting.append(leave if greedy else again)
        return again if greedy else leave

    def jump(self, instruction: Instruction, place: int, at: int, groups: Groups) -> Place:
        return instruction[1], at, groups

    def split(self, instruction: Instruction, place: int, at: int, groups: Groups) -> Place:
        self.waiting.append((instruction[1], at, groups))
        return place + 1, at, groups

    def open(self, instruction: Instruction, place: int, at: int, groups: Groups) -> Place:
        return place + 1, at, groups | {-instruction[1]: at}

    def close(self, instruction: Instruction, place: int, at: int, groups: Groups) -> Place:
        return place + 1, at, groups | {instruction[1]: (groups[-instruction[1]], at)}

    def atomic(self, instruction: Instruction, place: int, at: int, groups: Groups) -> Place:
        found = self.run(instruction[1], at, groups, full=False)
        return (-1, at, groups) if found is None else (place + 1, *found)

    def look(self, instruction: Instruction, place: int, at: int, groups: Groups) -> Place:
        _, body, width, negated = instruction
        found = self.run(body, at - width, groups, full=False) if at >= width else None
        if (found is None) is not negated:
            return -1, at, groups
        return place + 1, at, found[1] if found else groups

    def back(self, instruction: Instruction, place: int, at: int, groups: Groups) -> Place:
        """Match what a group holds once more (by case as written)."""
        if instruction[1] not in groups:
            return -1, at, groups
        start, end = groups[instruction[1]]
        self.steps += end - start
        if not self.text.startswith(self.text[start:end], at):
            return -1, at, groups
        return place + 1, at + end - start, groups

    def test_group(self, instruction: Instruction, place: int, at: int, groups: Groups) -> Place:
        return place + 1 if instruction[1] in groups else instruction[2], at, groups

    def fail(self, instruction: Instruction, place: int, at: int, groups: Groups) -> Place:
        return -1, at, groups

    def stand(self, instruction: Instruction, place: int, at: int, groups: Groups) -> Place:
        return place + 1 if _stands(instruction[1], self.text, at) else -1, at, groups


_DO = {
    "one": _Matcher.one,
    "run": _Matcher.repeat_one,
    "enter": _Matcher.enter,
    "loop": _Matcher.loop,
    "jump": _Matcher.jump,
    "split": _Matcher.split,
    "open": _Matcher.open,
    "close": _Matcher.close,
    "atomic": _Matcher.atomic,
    "look": _Matcher.look,
    "back": _Matcher.back,
    "if": _Matcher.test_group,
    "fail": _Matcher.fail,
    "at": _Matcher.stand,
}


def _stands(kind: str, text: str, at: int) -> bool:
    """Tell whether ``at`` is the kind of place: a beginning, an end, the edge of a word."""
    if kind == "AT_BEGINNING_LINE":
        return at == 0 or text[at - 1] == "\n"
    if kind == "AT_END_LINE":
        return at == len(text) or text[at] == "\n"
    if kind == "AT_END":
        return at == len(text) or (at == len(text) - 1 and text[at] == "\n")
    if kind == "AT_END_STRING":
        return at == len(text)
    if kind in ("AT_BOUNDARY", "AT_NON_BOUNDARY"):
        edge = _is_word(text, at - 1) is not _is_word(text, at)
        return edge is (kind == "AT_BOUNDARY")
    return at == 0


def _is_word(text: str, at: int) -> bool:
    return 0 <= at < len(text) and (text[at].isalnum() or text[at] == "_")

"""Tables in a terminal, in a pipe and as JSON."""

from __future__ import annotations

import io
import json
import re
import sys
from decimal import Decimal

import pytest
from rich.cells import cell_len

from govextract.cli.tables import Cells, print_table

HEADS = ["indicator", "value", "area"]
ROWS = [
    ["受理行政复议申请[1]", Decimal("1234.50"), "宜昌市"],
    ["GDP", Decimal(7), "甲"],
    ["一般公共预算\n收入", None, ""],
]


class Terminal(io.StringIO):
    """What is printed to a terminal."""

    def isatty(self) -> bool:
        return True


def print_to_terminal(
    heads: list[str], rows: Cells, width: int, monkeypatch: pytest.MonkeyPatch
) -> list[str]:
    monkeypatch.setattr(sys, "stdout", Terminal())
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("TERM", "xterm")
    print_table(heads, rows)
    printed: str = sys.stdout.getvalue()  # type: ignore[attr-defined]
    return re.sub(r"\x1b\[[\d;]*m", "", printed).splitlines()


def test_columns_stand_under_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = print_to_terminal(HEADS, ROWS, 48, monkeypatch)
    areas = [left(lines[0], "area"), left(lines[1], "宜昌市"), left(lines[2], "甲")]
    assert len(set(areas)) == 1
    numbers = [right(lines[0], "value"), right(lines[1], "1234.5"), right(lines[2], "7")]
    assert len(set(numbers)) == 1
    assert "[1]" in lines[1]


def left(line: str, word: str) -> int:
    return cell_len(line[: line.index(word)])


def right(line: str, word: str) -> int:
    return left(line, word) + cell_len(word)


@pytest.mark.parametrize("width", [30, 60, 200])
def test_a_table_fits_its_terminal_and_loses_nothing(
    width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "全市受理行政复议申请并逐件办结" * 3
    lines = print_to_terminal(["sentence", "number"], [[text, 5]], width, monkeypatch)
    assert max(map(cell_len, lines)) <= width
    assert text in "".join(line.split("5")[0].strip() for line in lines)


def test_a_pipe_gets_plain_fields(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(HEADS, ROWS)
    lines = capsys.readouterr().out.splitlines()
    assert lines[1:] == [
        "受理行政复议申请[1]\t1234.5\t宜昌市",
        "GDP\t7\t甲",
        "一般公共预算 收入\t\t",
    ]


def test_numbers_are_numbers_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(HEADS, ROWS, json=True)
    values = [record["value"] for record in json.loads(capsys.readouterr().out)]
    assert values == [1234.5, 7, None]

"""The whole extraction works in proportion to the text, however long its lines: steps are counted.

A paragraph that a document has in one line has no line ends and, in the worst of them, no full
stops: whatever looks back, to the last heading, the last cue, the whole before, must have a bound.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from govextract.model import Metadata, Report
from govextract.pipeline import extract

SENTENCES = (
    "2025年全市受理行政复议申请247件，同比增长5.5%，其中行政许可类12件，占4.9%。"
    "截至12月底，实有企业3.2万户，比上年末增加1200户；一季度、上半年分别新增5家和8家。"
    "规模以上工业增加值增长6.1%，分行业看，采矿业增长2.1%，制造业增长7.3%。"
    "年末常住人口502.3万人，城镇化率61.2%（城镇人口占常住人口的比重）。"
)
ALLOWED = 1.01
"""Times the steps for more text of the same length as before."""


def count_steps(work: Callable[[], object]) -> int:
    """Return how many instructions of Python ``work`` takes."""
    steps = 0

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal steps
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        steps += event == "opcode"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return steps


@pytest.mark.parametrize("stop", ["，", "；", "\n"])
def test_more_text_takes_as_many_steps_wherever_it_stands(stop: str) -> None:
    """In one sentence, in one paragraph, and in lines of their own.

    What looks back does so up to its bound, which the first third of the text is longer than.
    """
    piece = SENTENCES.replace("。", stop).replace("；", stop)

    def steps(times: int) -> int:
        report = Report("report.txt", piece * times, metadata=Metadata(year=2025))
        extract(report)  # what is remembered of wordings
        return count_steps(lambda: extract(report))

    first, second, third = steps(30), steps(60), steps(90)
    assert third - second <= ALLOWED * (second - first)

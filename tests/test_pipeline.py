"""What the stages must do together: seen only in the whole way from a text to its facts."""

from __future__ import annotations

import pytest

from govextract.model import Metadata, Report
from govextract.pipeline import extract

BULLETIN = Metadata(
    title="统计公报", issuer="信阳市统计局", year=2023, genre="statistical_bulletin"
)


@pytest.mark.parametrize(
    ("text", "concept", "value"),
    [
        # A heading that its line goes on behind is no part of the indicator.
        (
            "一、综合\n全年平稳。\n二、财政 全年一般公共预算收入79.2亿元。\n三、教育\n有学校9所。",
            "一般公共预算收入",
            7920000000,
        ),
        # The dictionary of words joins 价格 and 比.
        ("全年居民消费价格比上年上涨0.6%。", "居民消费价格", 0.6),
        ("全年全市居民消费价格比上年同期下降0.3%。", "居民消费价格", -0.3),
    ],
)
def test_a_headline_figure_is_linked(text: str, concept: str, value: float) -> None:
    facts = extract(Report("a.txt", text, BULLETIN)).facts
    first = facts[0]
    assert (first.indicator_name, float(first.value or 0)) == (concept, value)

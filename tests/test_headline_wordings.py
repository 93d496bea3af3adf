"""Headline figures in wordings that bulletins use, linked in the whole way from a text."""

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
        # The measure stands in a clause of its own.
        ("规模以上工业增加值，按可比价格计算，比上年下降8.3%。", "规模以上工业增加值", -8.3),
        ("全年固定资产投资（不含农户），比上年增长5.6%。", "固定资产投资", 5.6),
        ("规模以上工业增加值可比价增长8.3%。", "规模以上工业增加值", 8.3),
        ("社会消费品零售总额实际增长6.9%。", "社会消费品零售总额", 6.9),
        # An added value is its sector's.
        ("全市规模以上工业企业实现增加值增长8.3%。", "规模以上工业增加值", 8.3),
        # The names of a list with 分别 are whole.
        ("地区生产总值、社会消费品零售总额分别增长5.1%和4.2%。", "地区生产总值", 5.1),
    ],
)
def test_a_headline_figure_is_linked(text: str, concept: str, value: float) -> None:
    first = extract(Report("a.txt", text, BULLETIN)).facts[0]
    assert (first.indicator_name, float(first.value or 0)) == (concept, value)

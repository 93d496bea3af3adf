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


@pytest.mark.parametrize(
    ("text", "concept", "kind", "value"),
    [
        # A remark in brackets between the direction and its number; a rate with its sign.
        ("全年地区生产总值812亿元，增长（按可比价计算）5.1%。", "地区生产总值", "change", 5.1),
        ("全年地区生产总值812亿元（+5.4%），其中工业302亿元。", "地区生产总值", "change", 5.4),
        ("全年地区生产总值812亿元（-0.4%），其中工业302亿元。", "地区生产总值", "change", -0.4),
        # The mark that was passed names nothing: the growth behind it is the figure's.
        (
            "地区生产总值4321.1亿元，首次迈上4000亿元台阶，同比增长6.4%。",
            "地区生产总值",
            "change",
            6.4,
        ),
        ("地区生产总值跨越3000亿元台阶，达到3021亿元。", "地区生产总值", "amount", 302100000000),
        # A heading of one word that runs into its sentence.
        ("人口年末常住人口94.9万人，城镇人口41.4万人。", "常住人口", "count", 949000),
        ("国民经济全年实现地区生产总值439亿元。", "地区生产总值", "amount", 43900000000),
        # A measure without its owner is of the body, or the crop, that was named before.
        (
            "年末有1163家规模以上工业企业，实现增加值760.8亿元，增长9.4%。",
            "规模以上工业增加值",
            "change",
            9.4,
        ),
        (
            "规模以上工业企业完成工业增加值800亿元，按可比价格计算增长7.4%。",
            "规模以上工业增加值",
            "change",
            7.4,
        ),
        ("全年粮食播种面积589万亩，总产量251万吨，增长0.3%。", "粮食产量", "measure", 2510000),
        ("全年粮食作物种植面积101千公顷，产量63万吨。", "粮食产量", "measure", 630000),
        # How a measure stands, in a clause of its own.
        ("粮食产量再创历史新高，达到202.5万吨。", "粮食产量", "measure", 2025000),
        ("规模以上工业增加值与上年相比增长6.5%。", "规模以上工业增加值", "change", 6.5),
        # Parts that leave out all but whose income it is.
        (
            "居民人均可支配收入33333元，其中，农村常住居民22222元，增长6.6%。",
            "农村居民人均可支配收入",
            "amount",
            22222,
        ),
        ("进出口总额实现人民币201.2亿元。", "进出口总额", "amount", 20120000000),
        # A bracket that says what a rate is.
        (
            "年末城镇化率（城镇人口占常住人口的比重）56.9%，比上年提高0.9个百分点。",
            "常住人口城镇化率",
            "ratio",
            56.9,
        ),
        ("全旗规模以上工业增加值增长6.0%。", "规模以上工业增加值", "change", 6.0),
        # The mark of a note behind the name, or behind its verb.
        ("一般公共预算收入[3]完成137.16亿元。", "一般公共预算收入", "amount", 13716000000),
        ("社会消费品零售总额实现[9]4195.4亿元。", "社会消费品零售总额", "amount", 419540000000),
        ("规模以上工业增加值②增长5%。", "规模以上工业增加值", "change", 5),
        # Prose from a PDF: a blank at each line end of the page, and before each number.
        (
            "一、综 合 初步核算, 全年地区生 产总值 812 亿元, 比上年增 长 5.1%。年末常住人口 94 万 "
            "人, 城镇化 率 61.1%, 人均生产总值 86 千元, 比上年增长 4.9%。",
            "地区生产总值",
            "change",
            5.1,
        ),
        (
            "六、固定资产投资 全 年固定资产投资 (不含农户) 比上年增 长 5.8%。第一产业投资增长 "
            "3.1%, 第二产业投资增长 4.1%, 占比 重为 30.1%, 第三产业投资增长 7.1%, 占比 60 %。",
            "固定资产投资",
            "change",
            5.8,
        ),
        # Figures in turn, and a remark of a whole clause.
        (
            "三次产业增加值依次为301亿元、1311亿元和1400亿元。",
            "第二产业增加值",
            "amount",
            131100000000,
        ),
        (
            "地区生产总值812亿元，增长（以下如无特别说明，均为比上年实际增长）5.8%。",
            "地区生产总值",
            "change",
            5.8,
        ),
        # A price that did not move.
        ("全年居民消费价格(CPI)与上年持平，其中食品持平。", "居民消费价格", "change", 0),
        ("全年居民消费价格总体平稳，与上年基本持平。", "居民消费价格", "change", 0),
    ],
)
def test_a_headline_figure_is_among_the_facts(
    text: str, concept: str, kind: str, value: float
) -> None:
    facts = extract(Report("a.txt", text, BULLETIN)).facts
    found = [float(fact.value or 0) for fact in facts if fact.indicator_name == concept]
    right = [fact for fact in facts if fact.indicator_name == concept and fact.kind == kind]
    assert value in [float(fact.value or 0) for fact in right], found


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("全年进出 口总额 12 亿元。", "进出口总额"),
        ("地区生 产总值 12 亿元。", "地区生产总值"),
        # A blank between whole words stays: a heading may end there.
        ("第一产业 增加值 12 亿元。", "第一产业 增加值"),
        ("地区生产总值[2] 12亿元。", "地区生产总值"),
        ("第三产[3]业增加值12亿元。", "第三产[3]业增加值"),
    ],
)
def test_what_a_page_end_put_into_a_name_is_left_out(text: str, indicator: str) -> None:
    (fact,) = extract(Report("a.txt", text, BULLETIN)).facts
    assert fact.indicator == indicator


@pytest.mark.parametrize(
    "text",
    [
        "全年审结案件4822件，与去年持平。",
        "居民消费价格涨幅与上年持平。",
        "衣着价格持平。",
    ],
)
def test_what_stays_is_no_figure_of_what_is_not_stated_by_its_change(text: str) -> None:
    assert not [fact for fact in extract(Report("a.txt", text, BULLETIN)).facts if not fact.value]


def test_the_flat_figure_lies_among_the_others_in_text_order() -> None:
    text = "全年地区生产总值812亿元。居民消费价格与上年持平。常住人口94万人。"
    found = extract(Report("a.txt", text, BULLETIN))
    assert [fact.text for fact in found.facts] == ["812亿元", "持平", "94万人"]
    assert [quantity.start for quantity in found.quantities] == [f.start for f in found.facts]
    assert len(found.indicators) == 3


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        ("全年对东盟国家和地区实现进出口总值12亿元。", ["对东盟国家和地区进出口总值"]),
        ("与“丝路”沿线国家实现出口额12亿元。", ["“丝路”沿线国家出口额"]),
        # Whom a service is for is no part of what was done.
        ("对困难职工实现帮扶12次。", ["实现帮扶"]),
        # What is the whole place's again is not with the partner named before.
        (
            "对东盟进出口总额12亿元。全市有外贸企业163家，进出口总额85亿元。",
            ["对东盟进出口总额", "外贸企业", "进出口总额"],
        ),
        ("对东盟进出口总额12亿元，其中出口8亿元。", ["对东盟进出口总额", "对东盟出口"]),
        # The counties' share of a city is not the city's.
        ("县域地区生产总值12亿元。", ["县域地区生产总值"]),
    ],
)
def test_trade_with_a_partner_and_a_part_keep_their_names(text: str, indicators: list[str]) -> None:
    assert [fact.indicator for fact in extract(Report("a.txt", text, BULLETIN)).facts] == indicators


@pytest.mark.parametrize("sign", [":", "：", "∶"])
@pytest.mark.parametrize("turned", ["调整为", "变化为", "，进一步优化为"])
def test_a_proportion_is_of_one_thing_and_one_year(sign: str, turned: str) -> None:
    before, after = (
        sign.join(parts) for parts in (("5.1", "45.0", "49.9"), ("4.1", "44.0", "51.9"))
    )
    text = f"三次产业结构由上年的{before}{turned}{after}。"
    facts = extract(Report("a.txt", text, BULLETIN)).facts
    assert {fact.indicator for fact in facts} == {"三次产业结构"}
    assert [fact.status for fact in facts] == ["prior"] * 3 + ["actual"] * 3
    assert [fact.period for fact in facts] == ["2022"] * 3 + ["2023"] * 3


def test_a_change_behind_a_proportion_is_of_the_level_before_it() -> None:
    text = "地区生产总值812亿元，三次产业结构为5.1:45.0:49.9，比上年增长5.1%。"
    facts = extract(Report("a.txt", text, BULLETIN)).facts
    assert facts[-1].indicator == "地区生产总值"
    # A single ratio moves by itself.
    text = "城乡居民收入比为1.9:1，比上年缩小0.05。"
    facts = extract(Report("a.txt", text, BULLETIN)).facts
    assert {fact.indicator for fact in facts} == {"城乡居民收入比"}


def test_the_bound_of_the_last_age_is_its_own() -> None:
    text = "0-17岁、18-59岁、60岁及以上户籍人口分别为12人、34人、9人。"
    facts = extract(Report("a.txt", text, BULLETIN)).facts
    assert [fact.indicator for fact in facts] == [
        "0-17岁户籍人口",
        "18-59岁户籍人口",
        "60岁及以上户籍人口",
    ]


@pytest.mark.parametrize(
    "places",
    [
        "香洲区、金湾区和斗门区",
        "香洲区、金湾区、斗门区三个区",
        "香洲、金湾和斗门三个行政区",
        "香洲、金湾和斗门",
    ],
)
def test_each_district_of_a_list_has_its_figure_and_its_growth(places: str) -> None:
    text = f"{places}分别实现地区生产总值8亿元、3亿元和1亿元，分别增长1.8%、4.2%和9.0%。"
    about = BULLETIN._replace(issuer="珠海市统计局", title="珠海市统计公报")
    facts = [f for f in extract(Report("a.txt", text, about)).facts if f.unit in ("元", "%")]
    assert [fact.area for fact in facts] == ["香洲区", "金湾区", "斗门区"] * 2
    assert {fact.indicator for fact in facts} == {"地区生产总值"}


def test_a_short_name_of_a_district_alone_is_no_subject() -> None:
    about = BULLETIN._replace(issuer="珠海市统计局", title="珠海市统计公报")
    found = extract(Report("a.txt", "香洲投资8亿元，金湾、斗门增长4.2%。", about))
    assert {fact.area for fact in found.facts} == {"珠海市"}


def test_the_first_proportion_of_two_without_a_year_is_the_earlier() -> None:
    text = "三次产业的比例由2.7:54.8:42.5调整为2.7:56.0:41.3。"
    facts = extract(Report("a.txt", text, BULLETIN)).facts
    assert [fact.status for fact in facts] == ["prior"] * 3 + ["actual"] * 3


def test_what_a_sector_reaches_keeps_its_name_and_the_base_of_a_ratio_is_no_figure() -> None:
    text = "食用植物油实现产量3吨。常住人口性别比（以女性为100，男性对女性的比例）为102.08。"
    facts = extract(Report("a.txt", text, BULLETIN)).facts
    assert [fact.indicator for fact in facts] == ["食用植物油产量", "常住人口性别比"]

"""Parts, shares, sums and bases: what hangs together in small texts."""

from __future__ import annotations

import re

import pytest

from govextract.lexicon import default_lexicon
from govextract.model import Fact, Report
from govextract.pipeline import extract

LEXICON = default_lexicon()

# Each case: a text, and for its numbers in order the number that each is a part of ("" for none).
WHOLES = [
    ("受理申请247件，审结179件", ["", ""]),
    ("受理申请247件，其中行政许可类12件", ["", "247件"]),
    ("受理案件180件（含旧存20件），审结150件", ["", "180件", ""]),
    ("受理案件180件（不含旧存），审结20件", ["", ""]),
    ("办理法律援助案件593件，刑事案件369件，民事及行政案件224件", ["", "593件", "593件"]),
    ("税收收入40亿元，非税收入20亿元，收入总计60亿元", ["60亿元", "60亿元", ""]),
    ("基金收入10亿元，支出6亿元，调出资金4亿元", ["", "", ""]),
    ("地区生产总值420亿元。分产业看，第一产业增加值77亿元", ["", "420亿元"]),
    (
        "进出口总额327亿元。其中出口83亿元；进口244亿元。从主体看，民营企业进出口135亿元",
        ["", "327亿元", "327亿元", "327亿元"],
    ),
    (
        "汽车保有量339万辆；本年新注册汽车23万辆。其中，个人汽车保有量308万辆",
        ["", "", "339万辆"],
    ),
    (
        "收入合计41亿元，其中，预算收入15亿元，上年结余21亿元，调入资金5亿元；支出合计40亿元",
        ["", "41亿元", "41亿元", "41亿元", ""],
    ),
    (
        "债务限额1286亿元。债务余额1241亿元，包括一般债务476亿元、专项债务765亿元，低于限额45亿元",
        ["", "", "1241亿元", "1241亿元", ""],
    ),
    (
        "审查文件426件（次），其中决策31件、协议268件、规章127件",
        ["", "426件（次）", "426件（次）", "426件（次）"],
    ),
    (
        "一般公共预算收入2亿元，其中税收收入1.25亿元，占收入比重62.5%",
        ["", "2亿元", "2亿元"],
    ),
    ("立项46项，支持经费4亿元。其中，重大项目21项，支持经费3亿元", ["", "", "46项", "4亿元"]),
    (
        "粮食产量80万吨。其中，夏粮50万吨，秋粮30万吨。油料产量17万吨",
        ["", "80万吨", "80万吨", ""],
    ),
    (
        "第二产业增加值65亿元，其中工业增加值40亿元。第三产业增加值90亿元",
        ["", "65亿元", ""],
    ),
    ("受理案件46件57人，其中涉毒案件7件9人", ["", "", "46件", "57人"]),
    ("受理案件460件，其中刑事案件230件，占50%", ["", "460件", "460件"]),
    ("受理案件460件，审结400件，占受理案件的87%", ["", "", "460件"]),
    ("新能源汽车产量50万辆，优特钢占比超过50%", ["", ""]),
    ("养老床位186张，其中护理型床位62张，每千名老年人拥有养老床位38张", ["", "186张", ""]),
    (
        "省级以上企业技术中心168个，其中国家级19个；省级重点实验室23个",
        ["", "168个", ""],
    ),
    ("抽查企业3256户次，部门联合抽查占比38.6%", ["", "3256户次"]),
    (
        "收入150亿元，其中税收收入101亿元，下降0.6%，税收收入占比为67.3%",
        ["", "150亿元", "", "150亿元"],
    ),
    (
        "审结刑事案件684件，判处罪犯824人，其中判处五年以上刑期110人。审结暴力犯罪案件21件26人",
        ["", "", "", "824人", "", ""],
    ),
    ("民生支出16亿元，占公共预算支出20亿元的80%", ["20亿元", "", "20亿元"]),
    (
        "居民消费价格上涨1.8%，其中：食品类上涨2.4%，衣着类上涨0.6%",
        ["", "1.8%", "1.8%"],
    ),
    (
        "基金收入16亿元，加上上级补助收入8亿元，上年结余9亿元，收入总计33亿元。基金支出30亿元，结转下年支出3亿元",
        ["33亿元", "33亿元", "33亿元", "", "", ""],
    ),
    (
        "出口总额18亿元，进口总额10亿元。在出口总额中，机电产品12亿元，占66.7%",
        ["", "", "18亿元", "18亿元"],
    ),
    ("一般公共预算收入42亿元，增长5%，其中税收收入30亿元，增长3%", ["", "", "42亿元", ""]),
]

BASES = [
    ("一般公共预算收入42亿元，同比增长5%", "yoy"),
    ("一般公共预算收入42亿元，比上年增加2亿元，增长5%", "yoy"),
    ("工业生产者价格环比下降0.2%", "mom"),
    ("城镇化率48%，比上年末提高0.7个百分点", "vs_year_end"),
    ("收入12亿元，比年初预算增加1亿元", "vs_plan"),
    ("地区生产总值比2015年增长40%", "vs_base_year"),
    ("地区生产总值年均增长6%", "annual_average"),
    ("农民收入年均增长7%左右，城镇居民收入增长6%", "annual_average"),
    ("农民收入年均增长7%左右。今年预期目标是：固定资产投资增长10%", ""),
    ("进出口比上年增长7%。其中，出口增长10%", "yoy"),
]


def facts_of(text: str) -> tuple[Fact, ...]:
    return extract(Report("report.txt", text)).facts


@pytest.mark.parametrize(("text", "wholes"), WHOLES, ids=[text for text, _ in WHOLES])
def test_each_number_is_part_of_its_whole(text: str, wholes: list[str]) -> None:
    facts = facts_of(text)
    texts = {fact.fact_id: fact.text for fact in facts} | {"": ""}
    assert [texts[fact.part_of] for fact in facts] == wholes


@pytest.mark.parametrize(("text", "basis"), BASES, ids=[text for text, _ in BASES])
def test_a_change_says_what_it_is_measured_against(text: str, basis: str) -> None:
    assert facts_of(text)[-1].basis == basis


def test_a_level_has_no_basis() -> None:
    assert facts_of("同期一般公共预算收入42亿元")[0].basis == ""


@pytest.mark.parametrize("table", ["parts", "bases"])
def test_examples_match_and_counters_do_not(table: str) -> None:
    for entry in LEXICON.entries("relations.toml", table):
        pattern = re.compile(entry["pattern"])
        assert pattern.search(entry["example"]), entry["id"]
        assert not pattern.search(entry["counter"]), entry["id"]

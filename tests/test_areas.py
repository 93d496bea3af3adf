"""Places: the dated table, the issuer's own place, and the place of each quantity."""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govextract.lexicon import default_lexicon
from govextract.lexicon.areas import load_areas
from govextract.model import Area, Metadata, Quantity, Report, Section
from govextract.stages.areas import find_areas, link_areas, own_place
from govextract.stages.issuer_areas import resolve_issuer_area

LEXICON = default_lexicon()
AREAS = load_areas()
CORRECTIONS = Path(__file__).parent.parent / "scripts" / "area_corrections.tsv"


def quantities_of(text: str) -> list[Quantity]:
    """A plain stand-in for the quantity stage: each number with the character behind it."""
    return [
        Quantity(
            found.start(), found.end(), found[0], found[0], "", Decimal(0), None, "", "=", "count",
            1.0, (),
        )
        for found in re.finditer(r"\d+(?:\.\d+)?[%一-鿿]", text)
        if not found[0].endswith(("年", "月"))
    ]  # fmt: skip


def areas_of(report: Report, sections: tuple[Section, ...] = ()) -> tuple[Area | None, ...]:
    quantities = quantities_of(report.text)
    return link_areas(find_areas(report, sections, quantities, LEXICON), quantities)


def link(
    text: str, area: str = "海口市", sections: tuple[Section, ...] = (), year: int | None = 2024
) -> list[str]:
    report = Report("", text, Metadata(area=area, year=year))
    found = areas_of(report, sections)
    return ["" if item is None else item.name for item in found]


# The table


def test_table_is_consistent() -> None:
    for code, places in AREAS.by_code.items():
        assert re.fullmatch(r"\d{6}", code)
        now = [place for place in places if place.is_valid(None)]
        assert len(now) <= 1, code
        for place in places:
            assert not place.successor or place.successor in AREAS.by_code
            spelled = {"province": place.province, "city": place.city, "county": place.county}
            if place.level != "country":
                assert spelled[place.level] == place.name


def test_every_correction_names_its_source_and_took_effect() -> None:
    with CORRECTIONS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    for row in rows:
        held = [item for item in AREAS.by_code.get(row["code"], ()) if item.name == row["name"]]
        assert row["source"], row
        if row["valid_from"] == "drop":
            assert not held, row
        else:
            assert [str(item.valid_to or "") for item in held] == [row["valid_to"]], row


@pytest.mark.parametrize(
    ("code", "year", "name"),
    [
        ("420600", 2008, "襄樊市"),
        ("420600", 2012, "襄阳市"),
        ("330113", 2022, "临平区"),
        ("330114", 2022, "钱塘区"),
        ("370116", 2019, "莱芜区"),
        ("540600", 2018, "那曲市"),
        ("330383", 2020, "龙港市"),
        ("100000", 2020, "中华人民共和国"),
    ],
)
def test_code_has_the_name_of_its_year(code: str, year: int, name: str) -> None:
    place = AREAS.at(code, year)
    assert place is not None
    assert place.name == name


@pytest.mark.parametrize(
    ("name", "successor"),
    [
        ("下城区", "330105"), ("江干区", "330102"), ("莱芜市", "370116"), ("崇文区", "110101"),
        ("偃师市", "410307"), ("襄樊市", "420600"), ("铜山县", "320312"), ("昌都地区", "540300"),
    ],
)  # fmt: skip
def test_closed_place_leads_to_its_successor(name: str, successor: str) -> None:
    assert [place.successor for place in AREAS.by_name[name] if place.valid_to] == [successor]


# The issuer's own place


@pytest.mark.parametrize(
    ("names", "year", "code"),
    [
        (["襄阳市司法局"], 2020, "420600"),
        (["襄樊市人民政府"], 2008, "420600"),
        (["福建平潭"], 2021, "350128"),
        (["平潭综合实验区社会事业局"], 2022, "350128"),
        (["重庆市大足区卫生健康委"], 2020, "500111"),
        (["海拉尔区人民政府"], 2013, "150702"),
        (["信息公开年报-洪泽区-2023.pdf"], 2023, "320813"),
        (["统计公报-信阳-2025.html"], 2025, "411500"),
        (["鼓楼区司法局", "南京市人民政府网"], 2020, "320106"),
        (["朝阳区审计局", "北京市"], 2020, "110105"),
        (["江苏/徐州/鼓楼区/2020.txt"], 2020, "320302"),
        (["荆州市公安局"], 2020, "421000"),
        (["荆州市公安县司法局"], 2020, "421022"),
        (["恩施州统计局"], 2020, "422800"),
        (["麻阳县人民政府"], 2020, "431226"),
        (["新疆"], 2020, "650000"),
        (["吉林"], 2020, "220000"),
        (["吉林市"], 2020, "220200"),
        (["济源市人民政府"], 2020, "419001"),
        (["简阳市"], 2010, "512081"),
        (["简阳市"], 2018, "510185"),
        (["国务院"], 2010, "100000"),
        (["国家税务总局西安市税务局"], 2010, "610100"),
        (["国务院", "政府工作报告-海拉尔区-2013.txt"], 2013, "150702"),
    ],
)
def test_issuer_area(names: list[str], year: int, code: str) -> None:
    area = resolve_issuer_area(names, LEXICON, year)
    assert area is not None
    assert (area.code, area.source) == (code, "report")


@pytest.mark.parametrize(
    "names",
    [
        ["鼓楼区"],  # in five cities
        ["普陀区委社会工作部"],  # in 上海 and 舟山
        ["鼓楼区", "北京市"],  # the other name holds none of them
        ["县"],
        ["年度报告"],
        [""],
        [],
    ],
)
def test_issuer_area_is_not_guessed(names: list[str]) -> None:
    assert resolve_issuer_area(names, LEXICON, 2020) is None


def test_names_of_a_district_are_spelled_out() -> None:
    area = resolve_issuer_area(["大足区"], LEXICON, 2020)
    assert area == Area("500111", "大足区", "重庆市", "重庆市", "大足区", "report")


# The place of each quantity


@pytest.mark.parametrize(
    ("area", "text", "places"),
    [
        ("哈密市", "伊州区实现产值42亿,增长5%。新增3家", ["伊州区", "伊州区", "哈密市"]),
        ("海口市", "其中:秀英区12亿、龙华区13亿,琼山区5亿", ["秀英区", "龙华区", "琼山区"]),
        ("海口市", "秀英区、龙华区、美兰区偏多5毫,增长3%", ["海口市", "海口市"]),
        ("海口市", "秀英区、龙华区分别增长3%、4%", ["秀英区", "龙华区"]),
        ("海口市", "秀英区、龙华区等2个区获评5项", ["海口市", "海口市"]),
        ("海口市", "支持秀英区新建5所", ["海口市"]),
        ("海口市", "秀英区文化广场项目总投资5亿", ["海口市"]),
        ("海口市", "秀英区完成文化项目投资5亿", ["秀英区"]),
        ("海口市", "截至2024年底,秀英区有12家", ["秀英区"]),
        ("海口市", "与鼓楼区签约3个;鼓楼区投资5亿", ["海口市", "海口市"]),
        ("海口市", "全省生产总值增长3%,我市增长4%", ["海南省", "海口市"]),
        ("海口市", "全省粮食增长3%,产量2吨", ["海南省", "海口市"]),
        ("海口市", "居全国第4位,高于全省平均水平3个", ["海口市", "海口市"]),
        ("海口市", "全国重点文物保护单位9处", ["海口市"]),
        ("南京市", "鼓楼区新建5所", ["鼓楼区"]),
        ("南宁市", "全区生产总值增长5%", ["广西壮族自治区"]),
        ("海拉尔区", "全区增长5%,全市生产总值增长6%", ["海拉尔区", "呼伦贝尔市"]),
        ("湖北省", "武汉市增长5%;襄阳完成3亿", ["武汉市", "襄阳市"]),
        ("", "全国人口14亿", ["中华人民共和国"]),
        ("", "秀英区新建5所", [""]),
        ("海口市", "高新区实现产值5亿,增长3%。全市4亿", ["高新区", "高新区", "海口市"]),
        ("海口市", "东部县区和西部县区完成投资分别为5亿和4亿", ["东部县区", "西部县区"]),
        ("平潭县", "实验区实现产值5亿", ["平潭县"]),
    ],
)  # fmt: skip
def test_place_of_quantity(area: str, text: str, places: list[str]) -> None:
    assert link(text, area) == places


def test_same_name_is_the_one_of_the_issuer() -> None:
    text = "鼓楼区新建5所"
    report = Report("", text, Metadata(area="徐州市", year=2024))
    (found,) = areas_of(report)
    assert found == Area("320302", "鼓楼区", "江苏省", "徐州市", "鼓楼区", "stated")


def test_section_of_a_place_governs_its_numbers() -> None:
    text = "秀英区\n新建5所\n其他\n新建6所"
    section = Section(1, "一", "秀英区", "一", 0, 3, 9, "")
    assert link(text, sections=(section,)) == ["秀英区", "海口市"]


def test_report_is_placed_by_its_path_where_it_says_nothing() -> None:
    place = own_place(Report("2020/福建平潭/a.txt", "", Metadata()), LEXICON)
    assert place is not None
    assert place.name == "平潭县"


# The data


def entries(table: str) -> list[tuple[str, str, bool]]:
    return [
        (entry["id"], text, table == "scope" and good)
        for entry in LEXICON.entries("areas.toml", table)
        for good, key in ((True, "examples"), (False, "counter_examples"))
        for text in entry[key]
    ]


ISSUERS = {
    "区": "海拉尔区", "县": "平潭县", "州": "恩施州", "旗": "阿荣旗", "盟": "锡林郭勒盟",
}  # fmt: skip


@pytest.mark.parametrize(("rule", "text", "stated"), entries("scope"))
def test_scope_words_govern_in_their_examples(rule: str, text: str, stated: bool) -> None:
    unit = next(e["unit"] for e in LEXICON.entries("areas.toml", "scope") if e["id"] == rule)
    report = Report("", text, Metadata(area=ISSUERS.get(unit, "海口市"), year=2024))
    (found,) = areas_of(report)
    assert found is not None
    assert (found.source == "stated") is stated


@pytest.mark.parametrize("table", ["not_after", "statistic"])
def test_what_follows_a_scope_word_decides(table: str) -> None:
    for entry in LEXICON.entries("areas.toml", table):
        for key, own in (
            ("examples", table != "statistic"),
            ("counter_examples", table == "statistic"),
        ):
            for text in entry[key]:
                assert (link(text) == ["海口市"]) is own, text


@pytest.mark.parametrize("table", ["thing", "verb"])
def test_a_project_is_not_its_place(table: str) -> None:
    for entry in LEXICON.entries("areas.toml", table):
        for key in ("examples", "counter_examples"):
            own = (key == "examples") is (table == "thing")
            for text in entry[key]:
                assert link(text) == ["海口市" if own else "秀英区"], text


@pytest.mark.parametrize(("table", "stated"), [("zone", True), ("not_zone", False)])
def test_a_zone_is_a_place_where_it_is_the_subject(table: str, stated: bool) -> None:
    for entry in LEXICON.entries("areas.toml", table):
        for key, good in (("examples", stated), ("counter_examples", not stated)):
            for text in entry[key]:
                assert (link(text) != ["海口市"]) is good, text


def test_a_zone_has_a_name_and_no_code() -> None:
    report = Report("", "高新区实现产值5亿", Metadata(area="海口市", year=2024))
    (found,) = areas_of(report)
    assert found == Area("", "高新区", "海南省", "海口市", "", "stated")


def test_plain_words_are_no_places_behind_their_city() -> None:
    for entry in LEXICON.entries("areas.toml", "plain"):
        for key, level in (("examples", ""), ("counter_examples", "county")):
            for text in entry[key]:
                area = resolve_issuer_area([text], LEXICON, 2020)
                assert area is not None
                assert bool(area.county) is bool(level)


# Properties

PLACES = ["海口市", "秀英区", "鼓楼区", "吉林", "全市", "全省", "项目"]
WORDS = st.sampled_from([*PLACES, "、", "分别", "和", "3亿", "增长", "。", ",", "\n", "其中:"])


@given(st.lists(WORDS | st.text(max_size=5), max_size=8), st.none() | st.integers(1900, 2100))
def test_resolving_never_raises(names: list[str], year: int | None) -> None:
    area = resolve_issuer_area(names, LEXICON, year)
    assert area is None or area.code in AREAS.by_code

"""Periods and status: the cue data, what a cue governs, what is inherited, and the real floor."""

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govextract.lexicon import default_lexicon
from govextract.lexicon.periods import load_periods
from govextract.model import Metadata, Period, Quantity, Report
from govextract.stages.outline import find_sections
from govextract.stages.period_cues import find_periods
from govextract.stages.periods import link_periods
from govextract.stages.status import link_status
from govextract.stages.timeline import Timeline, find_timeline
from govextract.text import fold

REAL = Path(__file__).resolve().parents[2] / "shared" / "real"
LEXICON = default_lexicon()


def entries(file: str, *tables: str) -> list:
    return [
        pytest.param(entry, id=entry["id"])
        for table in tables
        for entry in LEXICON.entries(file, table)
    ]


# The data


@pytest.mark.parametrize("entry", entries("periods.toml", "cue"))
def test_cue_examples(entry: dict) -> None:
    periods = load_periods(LEXICON)
    assert entry["examples"] and entry["counter_examples"]
    for example in entry["examples"]:
        match = next(periods.cue.finditer(fold(example)))
        assert match.span() == (0, len(example)), example
        assert periods.read(match)[0].id == entry["id"], example
    for example in entry["counter_examples"]:
        found = {periods.read(m)[0].id for m in periods.cue.finditer(fold(example))}
        assert entry["id"] not in found, example


@pytest.mark.parametrize(
    "entry",
    [
        *entries("periods.toml", "base", "frame", "stock"),
        *entries(
            "status.toml",
            "plan_heading",
            "plan_word",
            "review_heading",
            "plan_opening",
            "review_opening",
        ),
        *entries("status.toml", "target", "target_year", "actual"),
    ],
)
def test_searched_examples(entry: dict) -> None:
    assert all(re.search(entry["pattern"], fold(text)) for text in entry["examples"])
    assert not any(re.search(entry["pattern"], fold(text)) for text in entry["counter_examples"])


@pytest.mark.parametrize(
    "entry", [*entries("periods.toml", "name"), *entries("status.toml", "target_after")]
)
def test_matched_examples(entry: dict) -> None:
    assert all(re.match(entry["pattern"], fold(text)) for text in entry["examples"])
    assert not any(re.match(entry["pattern"], fold(text)) for text in entry["counter_examples"])


# The mechanism: quantities are marked by a pattern, as the stage before would give them

_QUANTITY = re.compile(r"(?<!\d)\d+(?:\.\d+)?(?:件|%|亿元|万人|个百分点|天)")


def quantities(text: str) -> list[Quantity]:
    def kind(match: re.Match) -> str:
        changes = text[max(0, match.start() - 2) : match.start()] in (
            "增长",
            "提高",
            "下降",
            "增加",
        )
        return "change" if changes or match[0].endswith("点") else "count"

    return [
        Quantity(m.start(), m.end(), m[0], m[0], "", Decimal(1), None, "", "=", kind(m), 1.0, ())
        for m in _QUANTITY.finditer(text)
    ]


def report(text: str, year: int | None = 2020) -> Report:
    return Report(document="a.txt", text=text, metadata=Metadata(year=year))


def timeline(whole: Report) -> Timeline:
    return find_timeline(whole, find_sections(whole.text, LEXICON), LEXICON)


def link(text: str, year: int | None = 2020) -> tuple[Period, ...]:
    return link_periods(timeline(report(text, year)), quantities(text))


def values(text: str, year: int | None = 2020) -> list[str]:
    return [period.value for period in link(text, year)]


def statuses(text: str, year: int | None = 2020) -> list[str]:
    found = timeline(report(text, year))
    periods = link_periods(found, quantities(text))
    return list(link_status(found, quantities(text), periods, LEXICON))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全县办结5件。", ["2020"]),
        ("2019年，办结5件。又办结6件。", ["2019", "2020"]),
        ("2020年5月办结5件，审结6件。", ["2020-05", "2020-05"]),
        ("1至12月，办结5件，审结6件。", ["2020-01/2020-12"] * 2),
        ("1—9月份办结5件，10月办结6件。", ["2020-01/2020-09", "2020-10"]),
        ("2018年7月至2019年6月，办结5件。", ["2018-07/2019-06"]),
        ("截至12月底，办结5件。", ["/2020-12"]),
        ("截止9月20日，尚有5件。", ["/2020-09"]),
        ("年末人口5万人，增长2%。全年出生6万人。", ["/2020-12", "/2020-12", "2020"]),
        ("上半年办结5件，前三季度办结6件。", ["2020-01/2020-06", "2020-01/2020-09"]),
        ("一季度、上半年分别增长5%、6%。", ["2020-01/2020-03", "2020-01/2020-06"]),
        ("2016年以来办结5件。", ["2016/2020"]),
        ("“十三五”期间办结5件。“十四五”末达到6件。", ["2016/2020", "2025"]),
        ("五年来办结5件。近三年办结6件。", ["2016/2020", "2018/2020"]),
        ("办结率5%，连续5年保持97%。", ["2020", "2016/2020"]),
        ("目前共有5件。", ["2020"]),
        ("比上年增加5件。", ["2020"]),
        ("较上年的5件多6件。", ["2019", "2020"]),
        ("由2017年的5亿元增加到2019年的6亿元，增长7%。", ["2017", "2019", "2018/2019"]),
        ("与2018年同期的5件相比增加6件。", ["2018", "2020"]),
        ("印发《2018年工作要点》，办结5件。", ["2020"]),
        ("制定2018年立法计划，办结5件。", ["2020"]),
        ("年末（2019年为5件）共有6件。", ["2019", "/2020-12"]),
        ("完成年初预算的5%。", ["2020"]),
        ("年末人口5万人。其中，城镇6万人。全年出生7万人。", ["/2020-12", "/2020-12", "2020"]),
        ("占全年用水量的5%。", ["2020"]),
        ("剔除2019年因素，增长5%。", ["2020"]),
        ("2018年至2020年分别办结5件、6件和7件。", ["2018", "2019", "2020"]),
        ("2018年至2020年办结8件，分别占5%、6%。", ["2018/2020", "2018/2020", "2018/2020"]),
        ("两年平均增长5%。", ["2019/2020"]),
        ("2019年，办结5件，\n审结6件。\n7件。", ["2019", "2019", "2020"]),
        ("2019年、2020年共办结5件。", ["2019/2020"]),
        ("前11个月办结5件。", ["2020-01/2020-11"]),
        ("二〇一九年办结5件。", ["2019"]),
        ("去年上半年办结5件。", ["2019-01/2019-06"]),
        ("2019年，全县办案，12月办结5件，年末尚有6件。", ["2019-12", "/2019-12"]),
        ("较2018年、2019年分别增长5%、6%。", ["2020", "2020"]),
        ("由2018年底的5件增加到2019年底的6件。", ["/2018-12", "/2019-12"]),
        ("连续12年保持5%。", ["2009/2020"]),
        ("项目前期经费5亿元。", ["2020"]),
    ],
)
def test_periods_of_a_sentence(text: str, expected: list[str]) -> None:
    assert values(text) == expected


def test_source_says_where_the_period_is_from() -> None:
    text = "一、2019年工作回顾\n办结5件。2018年3月办结6件。\n二、其他\n办结7件。"
    assert [period.source for period in link(text)] == ["inherited", "stated", "report"]
    stated = link(text)[1]
    assert text[stated.start : stated.end] == "2018年3月"
    assert stated.rule == "period/month"


def test_a_heading_governs_its_section() -> None:
    text = "一、2019年工作回顾\n（一）办案\n办结5件。\n二、2021年工作安排\n（一）办案\n办结6件。"
    assert values(text) == ["2019", "2021"]
    assert statuses(text) == ["actual", "target"]


def test_a_speech_in_january_speaks_of_the_year_before() -> None:
    text = (
        "政府工作报告\n2021年1月9日在青岚县第三次会议上\n"
        "一、2020年工作回顾\n去年办结5件。\n二、今后工作打算\n今年办结6件。"
    )
    assert values(text, None) == ["2020", "2021"]
    assert statuses(text, None) == ["actual", "target"]


def test_a_cut_off_date_holds_for_the_stocks_of_its_section() -> None:
    text = (
        "一、未结案情况\n截止9月20日，未结5件。刑事未结案6件，增长7%。受理8件。\n"
        "二、其他\n未结9件。"
    )
    assert values(text) == ["/2020-09", "/2020-09", "/2020-09", "2020", "2020"]


def test_a_report_on_half_a_year_has_its_own_period() -> None:
    assert values("2022年上半年，各项工作推进。\n办结5件。今年以来办结6件。", None) == [
        "2022-01/2022-06",
        "2022-01/2022-06",
    ]


def test_a_plan_for_the_rest_of_the_year() -> None:
    text = "2022年上半年，办结5件。\n下半年，我们将重点做好以下工作：办结6件。全年办结7件。"
    assert values(text, None) == ["2022-01/2022-06", "2022-07/2022-12", "2022"]
    assert statuses(text, None) == ["actual", "target", "target"]


def test_no_year_no_period() -> None:
    assert values("办结5件，上年6件，今年以来7件。", None) == ["", "", ""]
    assert [period.source for period in link("办结5件。", None)] == [""]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("办结5件。", ["actual"]),
        ("由上年的5天压缩至6天。", ["prior", "actual"]),
        ("由5件增加到6件。", ["prior", "actual"]),
        ("上年办结5件，今年办结6件。", ["prior", "actual"]),
        ("一、2021年工作安排\n办结5件。\n注：\n1.共6件。", ["target", "actual"]),
        ("由5件案件组成，共6件。", ["actual", "actual"]),
        ("力争办结5件。办结6件。", ["target", "actual"]),
        ("控制在5%的预期目标内。", ["target"]),
        ("到2025年，达到5%。到2019年，达到6%。", ["target", "actual"]),
        ("完成计划的5%，争取上级资金6亿元。", ["actual", "actual"]),
        ("预计增长5%。", ["actual"]),
        ("2020年目标为5件，实际完成6件。", ["target", "actual"]),
        ("2021年，将重点做好以下工作：办结5件。再办结6件。", ["target", "target"]),
        ("一、下一步工作计划\n目前已办结5件。办结6件。", ["actual", "target"]),
        ("一、2020年工作回顾\n（一）完成重点任务\n办结5件。\n（二）其他\n文。", ["actual"]),
        ("一、着眼未来，真抓实干\n办结5件。\n二、其他\n文。", ["actual"]),
        ("一、2020年预算草案执行情况\n收入5亿元。", ["actual"]),
    ],
)
def test_status(text: str, expected: list[str]) -> None:
    assert statuses(text) == expected


def test_cues_keep_the_text() -> None:
    text = "２０２０年５月，办结5件；“十三五”期间办结6件。"
    cues = find_periods(text, LEXICON)
    assert [text[cue.start : cue.end] for cue in cues] == ["２０２０年５月", "“十三五”期间"]
    assert [cue.value for cue in cues] == ["2020-05", "2016/2020"]


# Properties

CUE_TEXT = st.text(
    alphabet="2019年上半末底月至以来同比较由截到，。；（）《》十三五“”增长5件8%", max_size=80
)
ISO = re.compile(r"(?:\d{4}(?:-\d\d)?)?(?:/\d{4}(?:-\d\d)?)?")


@settings(max_examples=80)
@given(CUE_TEXT)
def test_links_are_iso_and_complete(text: str) -> None:
    found = link(text)
    assert len(found) == len(quantities(text)) == len(statuses(text))
    for period in found:
        assert ISO.fullmatch(period.value)
        assert (period.value != "") == (period.source != "")


@settings(max_examples=60)
@given(st.text())
def test_random_text_never_raises(text: str) -> None:
    for cue in find_periods(text, LEXICON):
        assert 0 <= cue.start < cue.end <= len(text)
    link(text, None)


# The real reports


def test_real_gold() -> None:
    files = sorted((REAL / "gold").glob("*.gold.jsonl"))
    if not files:
        pytest.skip("the real gold is not beside the checkout")
    right = {"period": 0, "status": 0}
    total = 0
    for file in files:
        text = file.with_name(file.name.replace(".gold.jsonl", ".txt")).read_text(encoding="utf-8")
        rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line]
        found = [
            Quantity(
                row["start"], row["end"], row["text"], row["text"], "", Decimal(str(row["value"])),
                None, row["unit"], row["comparator"], row["kind"], 1.0, (),
            )
            for row in rows
        ]  # fmt: skip
        times = timeline(Report(document=file.name, text=text))
        periods = link_periods(times, found)
        status = link_status(times, found, periods, LEXICON)
        for row, period, state in zip(rows, periods, status, strict=True):
            if not row.get("optional"):
                total += 1
                right["period"] += row.get("period", "") == period.value
                right["status"] += row.get("status", "actual") == state
    assert right["period"] / total >= 0.97
    assert right["status"] / total >= 0.98

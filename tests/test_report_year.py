"""The year that a report is about: the evidence and its order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govextract.stages.report_year import find_report_year

SPEECH = "政府工作报告\n——{}在青岚县第九届人民代表大会第三次会议上\n各位代表:\n"


@pytest.mark.parametrize(
    ("title", "text", "year"),
    [
        ("青岚县2020年法治政府建设年度报告", "2021年安排如下。", 2020),
        ("青岚县关于2022年工作情况暨2023年工作要点的报告", "", 2022),
        ("关于青岚县2019年预算执行情况及2020年预算草案的报告", "", 2019),
        ("2025年青岚县政府工作报告", "", 2024),
        ("青岚县２０２１年统计公报", "", 2021),
        ("二〇二〇年青岚县统计公报", "", 2020),
        ("政府工作报告", SPEECH.format("2013年2月28日"), 2012),
        ("政府工作报告", SPEECH.format("2021年12月16日"), 2021),
        ("工作报告", SPEECH.format("20171228"), 2017),
        ("2024年青岚县人民法院工作报告", SPEECH.format("2024年1月9日"), 2023),
        ("2023年青岚县人民法院工作报告", SPEECH.format("2024年1月9日"), 2023),
        ("政府工作报告——2024年1月9日在青岚县第三次会议上", "", 2023),
        ("政府工作报告", SPEECH.format("2016年2月19日") + "一、2015年工作回顾\n", 2015),
        ("", "2023年9月28日\n我向会议报告2022年度区级预算执行情况。", 2022),
        ("", "标题: | 青岚县司法局2020年法治政府建设年度报告 | |\n2021年3月\n", 2020),
        ("", "2024年,全县工作稳步推进。2025年,将继续。2025年、2025年", 2024),
        ("", "2018年来有变化。2018年1月至2020年5月底,办结20件。2018年", 2020),
        ("", "办结案件20件", None),
        ("", "", None),
    ],
)
def test_report_year(title: str, text: str, year: int | None) -> None:
    assert find_report_year(title, text) == year


def test_the_date_of_publication_is_no_evidence() -> None:
    text = "发布日期: 2022-03-01\n2021年,全县共办理案件20件。2021年底"
    assert find_report_year("", text) == 2021


@given(st.text(), st.text(alphabet="2019年月日在会报告关于一、工作回顾\n ", max_size=80))
def test_never_raises(title: str, text: str) -> None:
    year = find_report_year(title, text)
    assert year is None or 1900 <= year < 2100

"""The columns of the tables that are written: names, types and what they mean.

The one place that knows the order and the meaning of columns: the writers, ``govextract columns``,
``datapackage.json`` and the documentation are made from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from govextract.model import Extraction, Fact, Problem, Section

ColumnType = Literal["string", "integer", "number", "date"]
Headers = Literal["en", "zh"]
"""The language of column heads."""


class Column(NamedTuple):
    """One column: its name, its type, its head in Chinese and what stands in it."""

    name: str
    type: ColumnType
    zh: str
    description: str


FACTS: tuple[Column, ...] = (
    Column("fact_id", "string", "事实编号", "stable id, from the document's content and the span"),
    Column("document", "string", "文件", "path below the input folder, `/` between"),
    Column("title", "string", "标题", "title of the report"),
    Column("issuer", "string", "发布机构", "who issued the report"),
    Column("year", "integer", "报告年度", "the year that the report is about"),
    Column("published", "date", "发布日期", "ISO date of publication"),
    Column("area_code", "string", "行政区划代码", "GB/T 2260 code of the place"),
    Column("area", "string", "地区", "name of the place that the number is about"),
    Column("area_source", "string", "地区来源", "`stated` in the sentence, or `report`"),
    Column("province", "string", "省", "province of the place"),
    Column("city", "string", "市", "city (prefecture) of the place"),
    Column("county", "string", "县", "county or district of the place"),
    Column("section", "string", "章节", "path of the section: `二/(二)/6`"),
    Column("section_title", "string", "章节标题", "title of the section"),
    Column("indicator_id", "string", "指标编号", "id of the canonical indicator, where one fits"),
    Column("indicator_name", "string", "指标名称", "name of the canonical indicator"),
    Column("indicator", "string", "指标", "what is measured, resolved, in the report's words"),
    Column("action", "string", "动作", "first half of the indicator: 受理"),
    Column("object", "string", "对象", "second half of the indicator: 行政复议申请"),
    Column("value", "number", "数值", "in the base unit; the low end of a range"),
    Column("value_max", "number", "数值上限", "the high end of a range"),
    Column("unit", "string", "单位", "base unit: 元, 件, %"),
    Column("number", "string", "原数", "the number as written: 855.8"),
    Column("number_unit", "string", "原单位", "the unit as written: 万元"),
    Column("comparator", "string", "比较", "`=` `>` `>=` `<` `<=` `~`"),
    Column(
        "kind",
        "string",
        "类别",
        "`count` `amount` `ratio` `change` `multiple` `rank` `duration` `measure` `score`",
    ),
    Column("period", "string", "时期", "ISO: 2020, 2020-05, 2020-01/2020-12, /2020-12"),
    Column("period_source", "string", "时期来源", "`stated`, `inherited` or `report`"),
    Column("status", "string", "状态", "`actual`, `target` or `prior`"),
    Column("basis", "string", "基准", "for a change: `yoy` `mom` `vs_plan` `vs_average` …"),
    Column("part_of", "string", "所属总体", "`fact_id` of the whole that this is a part of"),
    Column("origin", "string", "来源", "`text`, or `table:2/r3/c4`"),
    Column("text", "string", "原文", "the mention, exactly as it stands"),
    Column("start", "integer", "起点", "offset of its first character (code points)"),
    Column("end", "integer", "终点", "offset behind its last character"),
    Column("sentence", "string", "原句", "the sentence, or the row of the table"),
    Column("rules", "string", "规则", "ids of the rules that made the fact, `;` between"),
    Column("confidence", "number", "可信度", "0 to 1, calibrated on the gold"),
    Column("reader", "string", "读取器", "the reader that read the file"),
    Column("page", "integer", "页", "page, where the format has pages"),
    Column("same_as", "string", "同一事实", "`fact_id` of the text fact that a table cell repeats"),
    Column("checks", "string", "校验", "ids of its checks, `;` between; `!` failed"),
)

DOCUMENTS: tuple[Column, ...] = (
    Column("document", "string", "文件", "path below the input folder, `/` between"),
    Column("title", "string", "标题", "title of the report"),
    Column("issuer", "string", "发布机构", "who issued it"),
    Column("index_number", "string", "索引号", "the index number of the catalogue"),
    Column("document_number", "string", "文号", "the document number: 襄政办函〔2020〕67号"),
    Column("published", "date", "发布日期", "ISO date of publication"),
    Column("year", "integer", "报告年度", "the year that the report is about"),
    Column("genre", "string", "文种", "id of the genre"),
    Column("area_code", "string", "行政区划代码", "GB/T 2260 code of the issuer's place"),
    Column("area", "string", "地区", "the issuer's place"),
    Column("source", "string", "来源", "the source that the page names"),
    Column("reader", "string", "读取器", "the reader that read the file"),
    Column("encoding", "string", "编码", "the encoding of its text"),
    Column("characters", "integer", "字数", "length of the text in code points"),
    Column("sections", "integer", "章节数", "how many numbered sections"),
    Column("tables", "integer", "表格数", "how many tables"),
    Column("facts", "integer", "事实数", "how many facts"),
    Column("content_hash", "string", "内容散列", "SHA-256 of the file"),
)

SECTIONS: tuple[Column, ...] = (
    Column("document", "string", "文件", "path below the input folder"),
    Column("path", "string", "路径", "`二/(二)/6`"),
    Column("level", "integer", "层级", "1 is the highest"),
    Column("number", "string", "编号", "as printed: （一）"),
    Column("title", "string", "标题", "the heading without its number"),
    Column("start", "integer", "起点", "offset of the heading"),
    Column("end", "integer", "终点", "offset behind the section's last character"),
)

PROBLEMS: tuple[Column, ...] = (
    Column("document", "string", "文件", "path below the input folder"),
    Column("code", "string", "代码", "what kind of problem; see docs/problems.md"),
    Column("place", "string", "位置", "where in the document"),
    Column("message", "string", "说明", "what is wrong"),
    Column("remedy", "string", "处理", "what to do about it"),
)

TABLES: dict[str, tuple[Column, ...]] = {
    "facts": FACTS,
    "documents": DOCUMENTS,
    "sections": SECTIONS,
    "problems": PROBLEMS,
}

FINDINGS: tuple[Column, ...] = (
    Column("finding_id", "string", "发现编号", "stable id, from the check and its facts"),
    Column("document", "string", "文件", "the report in which the figures do not agree"),
    Column("check", "string", "校验规则", "id of the check: `sum/parts`; see docs/audit.md"),
    Column("message", "string", "说明", "what does not agree, in one sentence"),
    Column("arithmetic", "string", "算式", "the reckoning: `96 + 226 = 322 ≠ 312`"),
    Column("cause", "string", "可能原因", "the likely cause"),
    Column("stated", "number", "所述值", "the figure that is stated, in its base unit"),
    Column("computed", "number", "计算值", "the figure that the others give"),
    Column("unit", "string", "单位", "base unit of both"),
    Column("facts", "string", "事实", "`fact_id` of each figure that takes part, `;` between"),
    Column("sentence", "string", "原句", "the sentence of the stated figure"),
)

SCHEMAS: dict[str, tuple[Column, ...]] = TABLES | {"findings": FINDINGS}
"""All tables: those that a run writes, and the findings of an audit."""

TABLE_NAMES_ZH = {
    "facts": "事实",
    "documents": "文件",
    "sections": "章节",
    "problems": "问题",
    "findings": "审核发现",
}

Row = tuple[object, ...]


def heads(columns: Sequence[Column], headers: Headers = "en") -> list[str]:
    """Return the column heads in English (the names) or Chinese."""
    return [column.zh if headers == "zh" else column.name for column in columns]


def fact_row(fact: Fact) -> Row:
    """Return the cells of one row of ``facts``, in the order of :data:`FACTS`."""
    return tuple(fact)


def document_row(extraction: Extraction) -> Row:
    """Return the cells of one row of ``documents``."""
    report, metadata, area = extraction.report, extraction.report.metadata, extraction.area
    return (
        report.document,
        metadata.title,
        metadata.issuer,
        metadata.index_number,
        metadata.document_number,
        metadata.published,
        metadata.year,
        metadata.genre,
        area.code if area else "",
        area.name if area else metadata.area,
        metadata.source,
        report.reader,
        report.encoding,
        len(report.text),
        len(extraction.sections),
        len(report.tables),
        len(extraction.facts),
        report.content_hash,
    )


def problem_row(problem: Problem) -> Row:
    """Return the cells of one row of ``problems``."""
    return tuple(problem)


def section_row(document: str, section: Section) -> Row:
    """Return the cells of one row of ``sections``."""
    return (
        document,
        section.path,
        section.level,
        section.number,
        section.title,
        section.start,
        section.end,
    )

"""A comparison as tables: the figures, the statements that were not taken, who states none."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from govextract.compare.choice import Alternative
from govextract.compare.comparison import Comparison, Figure
from govextract.compare.matrix import Matrix
from govextract.table import Column, Row
from govextract.writers.csv import format_cell, format_decimal
from govextract.writers.files import replacing
from govextract.writers.xlsx import Sheets, write_workbook

FIGURES: tuple[Column, ...] = (
    Column("area_code", "string", "行政区划代码", "GB/T 2260 code of the area"),
    Column("area", "string", "地区", "name of the area"),
    Column("year", "integer", "年度", "the year that the figure is of"),
    Column("value", "number", "数值", "in `unit`"),
    Column("unit", "string", "单位", "one unit for all figures"),
    Column("kind", "string", "类别", "as in the table of facts"),
    Column("fact_id", "string", "事实编号", "the statement that was taken"),
    Column("document", "string", "文件", "where it stands"),
    Column("sentence", "string", "原句", "its sentence"),
    Column("alternatives", "string", "其他表述", "other values, each with the reason against it"),
)

REVIEW: tuple[Column, ...] = (
    *FIGURES[:6],
    Column("rank", "integer", "位次", "1 is the highest of the year"),
    Column("growth_computed", "number", "推算增速", "percent, from the year before's figure"),
    Column("growth_stated", "number", "公布增速", "percent, as the reports state it"),
    Column("growth_check", "string", "增速校验", "`agrees`, `differs`, or empty"),
    Column(
        "conflicts", "integer", "冲突数", "other values that no rule tells apart by what they are"
    ),
    *FIGURES[6:],
)

ALTERNATIVES: tuple[Column, ...] = (
    *FIGURES[:6],
    Column("reason", "string", "未取原因", "why it was not taken"),
    Column("rule", "string", "规则", "id of the rule of choice"),
    *FIGURES[6:9],
)

COVERAGE: tuple[Column, ...] = (
    *FIGURES[:3],
    Column(
        "stated",
        "string",
        "是否公布",
        "`yes`, `other unit`, or `no` where a report of the year has none",
    ),
)


def figure_rows(comparison: Comparison) -> list[Row]:
    """Return the rows of :data:`FIGURES`."""
    return [(*_start(figure, comparison), *_end(figure)) for figure in comparison.figures]


def review_rows(comparison: Comparison) -> list[Row]:
    """Return the rows of :data:`REVIEW`."""
    return [
        (
            *_start(figure, comparison),
            figure.rank,
            figure.growth.computed,
            figure.growth.stated,
            growth_check(figure),
            len(figure.conflicts),
            *_end(figure),
        )
        for figure in comparison.figures
    ]


def alternative_rows(comparison: Comparison) -> list[Row]:
    """Return the rows of :data:`ALTERNATIVES`: all statements that were not taken."""
    return [
        (
            *figure.key,
            alternative.candidate.fact.value,
            alternative.candidate.fact.unit,
            comparison.kind,
            alternative.reason,
            alternative.rule,
            alternative.candidate.fact.fact_id,
            alternative.candidate.fact.document,
            alternative.candidate.fact.sentence,
        )
        for figure in comparison.figures
        for alternative in figure.alternatives
    ]


def coverage_rows(comparison: Comparison) -> list[Row]:
    """Return the rows of :data:`COVERAGE`, sorted by area and year."""
    stated = [(*figure.key, "yes") for figure in comparison.figures]
    others = (
        (*key, "other unit" if key in comparison.apart else "no") for key in comparison.missing
    )
    return sorted([*stated, *others])


def matrix_columns(matrix: Matrix) -> tuple[Column, ...]:
    """Return area, year, and a column for each concept of a matrix."""
    heads = (
        f"{item.concept.name}{f'（{item.unit}）' if item.unit else ''}" for item in matrix.columns
    )
    return (*FIGURES[:3], *(Column(head, "number", head, "") for head in heads))


def matrix_rows(matrix: Matrix) -> list[Row]:
    """Return the rows of :func:`matrix_columns`."""
    return [(*key, *values) for key, values in matrix.rows]


def write_comparison_workbook(path: Path, comparison: Comparison) -> Path:
    """Write figures, alternatives and coverage as sheets of ``path`` and return it."""
    sheets: Sheets = {
        "figures": (REVIEW, review_rows(comparison)),
        "alternatives": (ALTERNATIVES, alternative_rows(comparison)),
        "coverage": (COVERAGE, coverage_rows(comparison)),
    }
    with replacing(path) as part:
        write_workbook(part, sheets)
    return path


def write_matrix_workbook(path: Path, matrix: Matrix) -> Path:
    """Write a matrix as one sheet of ``path`` and return it."""
    with replacing(path) as part:
        write_workbook(part, {"matrix": (matrix_columns(matrix), matrix_rows(matrix))})
    return path


def growth_check(figure: Figure) -> str:
    """Return ``agrees`` or ``differs``; empty where the growth cannot be checked."""
    return {None: "", True: "agrees", False: "differs"}[figure.growth.agrees]


def readable(value: Decimal, unit: str) -> str:
    """Return a figure as a reader would write it, in 万 or 亿 where it is large.

    >>> readable(Decimal(319670000000), "元"), readable(Decimal("54.58"), "%")
    ('3196.7亿元', '54.58%')
    """
    for scale, name in ((Decimal(10**8), "亿"), (Decimal(10**4), "万")):
        if abs(value) >= scale:
            return f"{format_decimal(round(value / scale, 4))}{name}{unit}"
    return f"{format_decimal(value)}{unit}"


def _start(figure: Figure, comparison: Comparison) -> Row:
    return (*figure.key, figure.value, figure.unit, comparison.kind)


def _end(figure: Figure) -> Row:
    fact = figure.fact
    others = "; ".join(_short(item) for item in figure.alternatives if not item.agrees)
    return (fact.fact_id, fact.document, fact.sentence, others)


def _short(alternative: Alternative) -> str:
    fact = alternative.candidate.fact
    return f"{format_cell(fact.value)}{fact.unit} [{fact.fact_id}: {alternative.reason}]"

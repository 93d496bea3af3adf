"""How an extraction and a table show themselves in Jupyter: as HTML, everything escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from govextract.model import Cell, Extraction, Fact, Table
from govextract.writers.csv import format_decimal

_MOST_ROWS = 60
_HEADS = ("indicator", "value", "unit", "kind", "period", "area", "section", "sentence")


def render_extraction(extraction: Extraction) -> str:
    """Return the title of a report and its first 60 facts, each with its sentence."""
    report, facts = extraction.report, extraction.facts
    title = report.metadata.title or report.document
    counts = f"{len(facts)} facts, {len(extraction.sections)} sections"
    if extraction.problems:
        counts += f", {len(extraction.problems)} problems"
    left_out = len(facts) - _MOST_ROWS
    note = f"<p>… and {left_out} more: <code>govextract.to_frame</code></p>" if left_out > 0 else ""
    rows = "".join(_fact_row(report.text, fact) for fact in facts[:_MOST_ROWS])
    return (
        f"<p><b>{escape(title)}</b><br>{escape(counts)}</p>"
        f"<table><thead><tr>{_cells('th', _HEADS)}</tr></thead><tbody>{rows}</tbody></table>{note}"
    )


def render_table(table: Table) -> str:
    """Return a table of a report with its title and its merged cells."""
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell)
    body = "".join(f"<tr>{''.join(map(_table_cell, row))}</tr>" for _, row in sorted(rows.items()))
    unit = f" ({table.unit})" if table.unit else ""
    return f"<table><caption>{escape(table.title + unit)}</caption>{body}</table>"


def _fact_row(text: str, fact: Fact) -> str:
    value = "" if fact.value is None else format_decimal(fact.value)
    if fact.value_max is not None:
        value += f"–{format_decimal(fact.value_max)}"
    sign = "" if fact.comparator == "=" else fact.comparator
    plain = (
        fact.indicator, sign + value, fact.unit, fact.kind, fact.period, fact.area, fact.section,
    )  # fmt: skip
    sentence = _marked_sentence(text, fact)
    return f'<tr>{_cells("td", plain)}<td style="text-align:left">{sentence}</td></tr>'


def _marked_sentence(text: str, fact: Fact) -> str:
    """Return the sentence with the mention marked: the 5件 that is meant, not that of 25件."""
    begins = text.rfind(fact.sentence, 0, fact.start + len(fact.sentence))
    at = fact.start - begins
    end = at + len(fact.text)
    if begins < 0 or fact.sentence[at:end] != fact.text:  # a cell: its row and heads, not its text
        return escape(fact.sentence)
    before, found, after = fact.sentence[:at], fact.sentence[at:end], fact.sentence[end:]
    return f"{escape(before)}<mark>{escape(found)}</mark>{escape(after)}"


def _cells(tag: str, texts: Iterable[str]) -> str:
    return "".join(f"<{tag}>{escape(text)}</{tag}>" for text in texts)


def _table_cell(cell: Cell) -> str:
    tag = "th" if cell.header else "td"
    spans = "".join(
        f' {name}="{number}"'
        for name, number in (("rowspan", cell.rowspan), ("colspan", cell.colspan))
        if number > 1
    )
    return f"<{tag}{spans}>{escape(cell.text)}</{tag}>"

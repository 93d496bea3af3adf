"""The same facts in every format, and what spreadsheets must not run."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from govextract.errors import MissingExtraError, UsageError
from govextract.model import Fact, Metadata, Report
from govextract.pipeline import extract
from govextract.stored import open_tables, read_facts
from govextract.table import FACTS, SCHEMAS, TABLES, Row, document_row, fact_row, heads, section_row
from govextract.writers import FORMATS, parse_formats, parse_headers, write_outputs
from govextract.writers.csv import defuse, format_cell, restore

TEXT = """一、行政复议
全年收到行政复议申请247件，同比增长-3.2%，受理217件，其中调解结案97件。投入经费1,234.5万元，建成2-3个站点。
二、财政
一般公共预算收入42.43亿元，增长5.3%。=SUM(A1)的说明有12条。
"""


@pytest.fixture(scope="module")
def tables() -> dict[str, list[Row]]:
    metadata = Metadata(title="=报告", issuer="泉州市司法局", published="2024-02-01", year=2023)
    extraction = extract(Report("a/报告.txt", TEXT, metadata, content_hash="0" * 64))
    return {
        "facts": [fact_row(fact) for fact in extraction.facts],
        "documents": [document_row(extraction)],
        "sections": [section_row("a/报告.txt", section) for section in extraction.sections],
        "problems": [("-b.txt", "read/empty", "", "the file is empty", "leave it out")],
    }


def plain(cell: object) -> str:
    """A cell without its type: what must be the same in each format."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        cell = Decimal(repr(cell))
    return restore(format_cell(cell))


def read_stored(folder: Path, name: str) -> Iterator[Row]:
    return iter(open_tables(folder)[name])


def read_xlsx(folder: Path, name: str) -> Iterator[Row]:
    from openpyxl import load_workbook

    rows = load_workbook(folder / "tables.xlsx")[name].iter_rows(values_only=True)
    next(rows)
    return rows


def read_sqlite(folder: Path, name: str) -> Iterator[Row]:
    connection = sqlite3.connect(folder / "tables.sqlite")
    rows = connection.execute(f'SELECT * FROM "{name}"').fetchall()
    connection.close()
    return iter(rows)


def read_duckdb(folder: Path, name: str) -> Iterator[Row]:
    import duckdb

    with duckdb.connect(str(folder / "tables.duckdb"), read_only=True) as connection:
        return iter(connection.execute(f'SELECT * FROM "{name}"').fetchall())


READERS: dict[str, Callable[[Path, str], Iterator[Row]]] = {
    "csv": read_stored,
    "parquet": read_stored,
    "xlsx": read_xlsx,
    "sqlite": read_sqlite,
    "duckdb": read_duckdb,
}


@pytest.mark.parametrize("name", READERS)
def test_each_format_holds_the_same_rows(
    name: str, tables: dict[str, list[Row]], tmp_path: Path
) -> None:
    write_outputs(tmp_path, tables, [name])
    for table, rows in tables.items():
        read = [[plain(cell) for cell in row] for row in READERS[name](tmp_path, table)]
        assert read == [[plain(cell) for cell in row] for row in rows], table
    assert len(tables["facts"]) >= 7
    assert not list(tmp_path.glob(".*")), "no file is left half written"


@pytest.mark.parametrize("name", ["csv", "parquet"])
def test_stored_facts_are_the_facts_that_were_written(
    name: str, tables: dict[str, list[Row]], tmp_path: Path
) -> None:
    write_outputs(tmp_path, tables, [name], "zh")
    assert list(read_facts(tmp_path)) == [Fact._make(row) for row in tables["facts"]]


def test_sdmx_has_an_observation_for_each_fact(
    tables: dict[str, list[Row]], tmp_path: Path
) -> None:
    write_outputs(tmp_path, tables, ["sdmx"])
    with (tmp_path / "facts.sdmx.csv").open(encoding="utf-8", newline="") as file:
        observations = {row["FACT_ID"]: row for row in csv.DictReader(file)}
    for row in tables["facts"]:
        fact = Fact._make(row)
        observation = observations[fact.fact_id]
        assert fact.value is not None
        assert Decimal(observation["OBS_VALUE"]) == fact.value
        assert observation["UNIT_MEASURE"] == fact.unit
        assert observation["TIME_PERIOD"] == fact.period
        assert (observation["UNIT_MULT"], observation["OBS_STATUS"]) == ("0", "A")


@pytest.mark.parametrize("headers", ["en", "zh"])
def test_datapackage_is_valid_and_the_data_keep_to_it(
    headers: str, tables: dict[str, list[Row]], tmp_path: Path
) -> None:
    frictionless = pytest.importorskip("frictionless")
    write_outputs(tmp_path, tables, ["csv"], parse_headers(headers))
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.flatten(["title", "message"])
    assert len(report.tasks) == len(TABLES)


def test_chinese_heads(tables: dict[str, list[Row]], tmp_path: Path) -> None:
    from openpyxl import load_workbook

    write_outputs(tmp_path, tables, ["csv", "xlsx", "sqlite"], "zh")
    first = (tmp_path / "facts.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    assert first.split(",") == [column.zh for column in FACTS]
    sheet = load_workbook(tmp_path / "tables.xlsx")["事实"]
    assert [cell.value for cell in sheet[1]] == heads(FACTS, "zh")
    connection = sqlite3.connect(tmp_path / "tables.sqlite")
    count = connection.execute('SELECT count("数值") FROM "事实"').fetchone()
    connection.close()
    assert count == (len(tables["facts"]),)


def test_xlsx_is_typed_frozen_filtered_and_linked(
    tables: dict[str, list[Row]], tmp_path: Path
) -> None:
    from openpyxl import load_workbook

    write_outputs(tmp_path, tables, ["xlsx"])
    book = load_workbook(tmp_path / "tables.xlsx")
    assert book.sheetnames == list(TABLES)
    sheet = book["facts"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == f"A1:AP{len(tables['facts']) + 1}"
    places = {cell.value: cell.column - 1 for cell in sheet[1]}
    first = sheet[2]
    assert isinstance(first[places["value"]].value, int | float)
    assert (first[places["year"]].value, first[places["year"]].number_format) == (2023, "0")
    assert isinstance(first[places["published"]].value, datetime)
    assert first[places["document"]].hyperlink.location == "'documents'!A2"
    title = first[places["title"]]
    assert (title.value, title.data_type, title.quotePrefix) == ("=报告", "s", True)


def test_views_answer_by_area_and_year(tables: dict[str, list[Row]], tmp_path: Path) -> None:
    facts = [
        Fact._make(row)._replace(indicator_id="x/y", area_code="350500") for row in tables["facts"]
    ]
    write_outputs(tmp_path, {**tables, "facts": facts}, ["sqlite", "duckdb"])
    import duckdb

    query = "SELECT year, count(*) FROM facts_by_area_year GROUP BY year"
    connection = sqlite3.connect(tmp_path / "tables.sqlite")
    assert connection.execute(query).fetchall() == [(2023, len(facts))]
    connection.close()
    with duckdb.connect(str(tmp_path / "tables.duckdb"), read_only=True) as database:
        assert database.execute(query).fetchall() == [(2023, len(facts))]
        assert database.execute("SELECT min(share) FROM parts").fetchone() == (97 / 217,)


def test_a_sheet_that_is_full_goes_on_in_the_next(
    monkeypatch: pytest.MonkeyPatch, tables: dict[str, list[Row]], tmp_path: Path
) -> None:
    from openpyxl import load_workbook

    monkeypatch.setattr("govextract.writers.xlsx._ROWS_A_SHEET", 3)
    write_outputs(tmp_path, tables, ["xlsx"])
    book = load_workbook(tmp_path / "tables.xlsx", read_only=True)
    rows = [row for name in book.sheetnames if name.startswith("facts") for row in book[name]]
    sheets = sum(name.startswith("facts") for name in book.sheetnames)
    assert sheets == -(-len(tables["facts"]) // 3)
    assert len(rows) - sheets == len(tables["facts"])


@pytest.mark.parametrize("name", FORMATS)
def test_a_failed_write_leaves_what_was_there(
    name: str, tables: dict[str, list[Row]], tmp_path: Path
) -> None:
    before = {path: path.read_bytes() for path in write_outputs(tmp_path, tables, [name])}

    def broken() -> Iterator[Row]:
        yield tables["facts"][0]
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_outputs(tmp_path, {"facts": broken()}, [name])
    assert {path: path.read_bytes() for path in before} == before
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize(("name", "package"), [("xlsx", "xlsxwriter"), ("duckdb", "duckdb")])
def test_a_missing_library_is_named_with_its_command(
    name: str, package: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(__import__("sys").modules, package, None)
    with pytest.raises(MissingExtraError, match=rf'pip install "govextract\[{name}\]"'):
        write_outputs(tmp_path, {"facts": []}, [name])


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("@cmd", "'@cmd"),
        ("-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"),
        ("-5", "-5"),
        ("+3.2%", "+3.2%"),
        ("-1,234.5", "-1,234.5"),
        ("=", "="),
        ("增长", "增长"),
    ],
)
def test_defuse_keeps_numbers(cell: str, safe: str) -> None:
    assert defuse(cell) == safe
    assert restore(safe) == cell


def test_unknown_formats_and_heads_are_refused() -> None:
    with pytest.raises(UsageError, match="xslx"):
        parse_formats(["csv,xslx"])
    with pytest.raises(UsageError, match="fr"):
        parse_headers("fr")


def test_every_table_has_distinct_heads() -> None:
    for name, columns in SCHEMAS.items():
        assert len({column.name for column in columns}) == len(columns), name
        assert len({column.zh for column in columns}) == len(columns), name

"""What is put into the page, without a browser."""

from __future__ import annotations

import doctest
import json
import re
from pathlib import Path

import pytest

from govextract import explore, read
from govextract.audit import audit
from govextract.audit.outcome import finding_row
from govextract.batch import run
from govextract.compare import Request, compare
from govextract.errors import UsageError
from govextract.explore import page, payload
from govextract.explore.comparisons import find_comparisons
from govextract.explore.texts import Reports
from govextract.explore.write import read_run
from govextract.model import Metadata, Report
from govextract.pipeline import extract
from govextract.stored import read_facts
from govextract.writers.csv import format_decimal

TEXT = "全年受理行政复议申请247件，其中调解结案97件。\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "报告.txt").write_text(TEXT, encoding="utf-8")
    run(reports, tmp_path / "out")
    return tmp_path


def make(folder: Path) -> explore.Written:
    out = folder / "out"
    return explore.write_page(out, folder / "page.html", Reports.of_run(out))


@pytest.mark.parametrize("module", [payload, page])
def test_doctests(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


def test_the_page_names_no_address_outside_it(folder: Path) -> None:
    written = make(folder)
    content = written.path.read_text(encoding="utf-8")
    addresses = set(re.findall(r"\b(?:https?:)?//[\w.]+\.\w+[^\s\"']*", content))
    assert addresses == {"http://www.w3.org/2000/svg"}  # a name, never asked for
    assert "connect-src" not in content and "default-src 'none'" in content


def test_a_text_is_left_out_where_the_file_is_gone_or_another(folder: Path) -> None:
    file = folder / "reports" / "报告.txt"
    content_hash = read(file).content_hash
    reports = Reports.of_run(folder / "out")
    assert reports.read("报告.txt", content_hash).report == read(file)
    assert Reports().read("报告.txt", content_hash).reason == "missing"
    file.write_text(TEXT + "后来补充的一句。\n", encoding="utf-8")
    assert reports.read("报告.txt", content_hash).reason == "changed"
    assert make(folder)[1:] == (0, 1)
    file.unlink()
    assert reports.read("报告.txt", content_hash).reason == "missing"


def test_reports_that_were_moved_are_found_again(folder: Path) -> None:
    (folder / "reports").rename(folder / "archive")
    assert make(folder)[1:] == (0, 1)
    moved = Reports.of_run(folder / "out", folder / "archive")
    assert explore.write_page(folder / "out", folder / "page.html", moved)[1:] == (1, 0)


def test_json_holds_no_markup_and_survives_any_text() -> None:
    text = "</script><!--<script>\u2028\ud800𠮷\\u003c"
    sent = page.to_json({"text": text})
    assert "<" not in sent
    assert json.loads(sent) == {"text": text}
    sent.encode("utf-8")


def test_wide_characters_are_counted() -> None:
    packed = payload.pack_text(Report("a.txt", "𠮷a𠮷"), ())
    assert packed["wide"] == [0, 2]


def test_columns_are_packed_without_loss() -> None:
    facts = extract(Report("a.txt", TEXT, Metadata(title="甲"))).facts
    packed = payload.pack_facts(facts)
    assert packed["count"] == len(facts) == 2
    for at, name in enumerate(facts[0]._fields):
        column = packed["columns"][name]
        cells = [column["values"][i] for i in column["at"]] if "at" in column else column["cells"]
        assert cells == [payload.send_cell(fact[at]) for fact in facts]


def test_charts_show_what_compare_chooses(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    for city, value in (("信阳市", 3400), ("南阳市", 5100), ("洛阳市", 6000)):
        text = (
            f"2024年{city}国民经济和社会发展统计公报\n全年全市地区生产总值{value}亿元，增长5.3%。\n"
        )
        (tmp_path / "reports" / f"{city}.txt").write_text(text, encoding="utf-8")
    run(tmp_path / "reports", tmp_path / "out")
    ids = [fact.fact_id for fact in read_facts(tmp_path / "out")]
    charts = {item["kind"]: item for item in find_comparisons(tmp_path / "out", ids)}
    comparison = compare(tmp_path / "out", Request("地区生产总值"))
    assert sorted(charts) == ["amount", "change"]
    assert {
        (area, year): (value, ids[row]) for area, year, value, row, _ in charts["amount"]["figures"]
    } == {
        (figure.key.area, figure.key.year): (format_decimal(figure.value), figure.fact.fact_id)
        for figure in comparison.figures
    }
    assert len(comparison.figures) == 3


def test_findings_of_the_audit_are_on_the_page(folder: Path) -> None:
    text = "全年受理行政复议申请100件，办结80件，办结率95%。\n"
    (folder / "reports" / "办结率.txt").write_text(text, encoding="utf-8")
    run(folder / "reports", folder / "out")
    expected = [finding_row(item)[0] for item in audit(folder / "out", write=False).findings]
    assert [item["finding_id"] for item in read_run(folder / "out").findings] == expected != []


def test_no_text_of_an_earlier_page_is_left(folder: Path) -> None:
    (folder / "reports" / "又一份.txt").write_text(TEXT, encoding="utf-8")
    run(folder / "reports", folder / "out")
    for expected in (["0.js", "1.js"], ["0.js"]):
        explore.write_folder(folder / "out", folder / "page", Reports.of_run(folder / "out"))
        assert sorted(path.name for path in (folder / "page" / "texts").iterdir()) == expected
        (folder / "reports" / "又一份.txt").unlink(missing_ok=True)
        run(folder / "reports", folder / "out")


def test_a_folder_that_holds_no_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"facts\.csv"):
        explore.write_page(tmp_path, tmp_path / "page.html", Reports())

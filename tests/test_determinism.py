"""The same input gives the same bytes, whatever the process, its settings and its workers are."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govextract.batch import run
from govextract.model import Report
from govextract.pipeline import extract
from scripts_of import load_script
from small_reports import tables, write_reports
from test_pattern_growth import PIECES

CORPUS = Path(__file__).parent.parent / "corpus"
FORMATS = ("csv", "xlsx", "parquet", "sqlite", "duckdb", "sdmx")
OTHERWISE = {
    "plain": {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8"},
    "odd": {"PYTHONHASHSEED": "4242", "TZ": "Asia/Shanghai", "LC_ALL": "C", "PYTHONUTF8": "0"},
}
SAID = ("全年受理申请12件，", "其中办结9件。", "投入3.5万元")
determinism = load_script("determinism")


def govextract(variables: dict[str, str], *arguments: str) -> None:
    path = os.pathsep.join(sys.path)
    subprocess.run(
        [sys.executable, "-m", "govextract", *arguments],
        env=os.environ | variables | {"PYTHONPATH": path},
        check=True,
        capture_output=True,
    )


@pytest.fixture(scope="module")
def outs(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """All outputs of some reports, by two processes with settings as different as may be."""
    reports = tmp_path_factory.mktemp("reports")
    for city in ("保定市", "遵义市"):
        shutil.copytree(CORPUS / city, reports / city)
    made = []
    for name, variables in OTHERWISE.items():
        out = tmp_path_factory.mktemp(name)
        workers = "2" if name == "odd" else "1"
        given = ["--out", str(out), "-f", ",".join(FORMATS), "-j", workers, "--audit"]
        govextract(variables, "run", str(reports), *given)
        govextract(variables, "explore", str(out))
        govextract(variables, "compare", str(out), "-f", "xlsx", "-o", str(out / "matrix.xlsx"))
        made.append(out)
    return made


def test_no_hash_seed_time_zone_locale_or_worker_changes_a_byte(outs: list[Path]) -> None:
    one, other = (tables(out) for out in outs)
    assert len(one) >= 15
    assert {name for name in one if one[name] != other.get(name)} <= {"tables.duckdb"}


def test_databases_hold_the_same_rows(outs: list[Path]) -> None:
    """DuckDB's files differ in what it puts there for itself."""
    duckdb = pytest.importorskip("duckdb")
    rows = []
    for out in outs:
        with duckdb.connect(str(out / "tables.duckdb"), read_only=True) as connection:
            rows.append(connection.execute("SELECT * FROM facts").fetchall())
    assert rows[0] == rows[1] != []


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from([*PIECES, "全年受理申请12件，", "其中办结9件。", "投入3.5万元"]),
        max_size=25,
    )
)
def test_an_extraction_depends_on_nothing_but_its_report(pieces: list[str]) -> None:
    """Not on what was extracted before: caches hold nothing of a report."""
    report = Report("a.txt", "".join(pieces))
    first = extract(report)
    extract(Report("b.txt", "2019年乙市受理申请8件，其中" + "".join(reversed(pieces))))
    assert extract(report) == first


def test_the_order_in_which_files_are_found_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reports = write_reports(tmp_path / "reports", 6)
    run(reports, tmp_path / "plain")
    walk = os.walk
    chance = random.Random(5)

    def shuffled(folder: Path) -> object:
        for parent, folders, names in walk(folder):
            chance.shuffle(folders)
            chance.shuffle(names)
            yield parent, folders, names

    monkeypatch.setattr(os, "walk", shuffled)
    run(reports, tmp_path / "other")
    assert tables(tmp_path / "other") == tables(tmp_path / "plain")


def test_the_check_over_versions_finds_what_differs(tmp_path: Path) -> None:
    """`scripts/determinism.py` runs in environments of other versions; here, what it compares."""
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "facts.csv").write_text("x", encoding="utf-8")
    digests = {name: determinism.digests(tmp_path / name) for name in ("a", "b")}
    assert determinism.differences(digests) == []
    (tmp_path / "b" / "facts.csv").write_text("y", encoding="utf-8")
    digests["b"] = determinism.digests(tmp_path / "b")
    assert determinism.differences(digests) == ["facts.csv: a is not as b"]

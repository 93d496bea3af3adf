"""Which reader reads a file, and what is said where none can."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govextract import readers
from govextract.errors import ReadError, UsageError
from govextract.model import Report


def test_a_text_file_is_read_with_its_name_and_hash(tmp_path: Path) -> None:
    path = tmp_path / "年报.txt"
    path.write_bytes("受理申请12件。\r\n办结11件。".encode())
    report = readers.read(path)
    assert report.text == "受理申请12件。\n办结11件。"
    assert (report.document, report.reader, report.encoding) == ("年报.txt", "text", "utf-8")
    assert len(report.content_hash) == 64


@pytest.mark.parametrize(
    ("data", "suffix", "code"),
    [
        (b"", ".txt", "read/empty"),
        (b" \r\n\x00", ".txt", "read/empty"),
        (b"\x89PNG\r\n\x1a\n0000", ".txt", "read/unknown-format"),
        (b"GIF89a....", "", "read/unknown-format"),
    ],
)
def test_what_cannot_be_read_has_a_code_and_a_remedy(data: bytes, suffix: str, code: str) -> None:
    with pytest.raises(ReadError) as caught:
        readers.read_bytes(data, "那份.txt", suffix)
    assert caught.value.code == code
    assert caught.value.place == "那份.txt"
    assert caught.value.remedy


def test_a_missing_file_and_a_folder_are_read_errors(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no such file") as caught:
        readers.read(tmp_path / "none.txt")
    assert caught.value.code == "read/missing"
    with pytest.raises(ReadError) as caught:
        readers.read(tmp_path)
    assert caught.value.code == "read/unreadable"


def test_a_file_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "MAX_BYTES", 10)
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 11)
    for attempt in (lambda: readers.read(path), lambda: readers.read_bytes(b"x" * 11, "a.txt")):
        with pytest.raises(ReadError) as caught:
            attempt()
        assert caught.value.code == "read/too-large"


MAGIC = (
    b"",
    b"%PDF-1.7\n",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"<html><p>",
    b"\xff\xfe",
)


@given(
    st.sampled_from(MAGIC),
    st.one_of(
        st.binary(max_size=300), st.text(max_size=150).map(lambda text: text.encode("utf-8"))
    ),
    st.sampled_from(["", ".txt", ".html", ".pdf", ".docx", ".doc", ".xls"]),
)
def test_any_bytes_give_a_report_or_a_read_error(magic: bytes, data: bytes, suffix: str) -> None:
    try:
        report = readers.read_bytes(magic + data, "a", suffix)
    except ReadError as error:
        assert error.code.startswith("read/")
        assert error.place
        assert error.remedy
        return
    assert isinstance(report, Report)
    assert "\r" not in report.text
    assert all(0 <= region.start < region.end <= len(report.text) for region in report.regions)
    for table in report.tables:
        assert all(report.text[c.start : c.end] == c.text for c in table.cells)


@given(
    st.lists(st.sampled_from("|\t 一1.、。：目录单位表\n索引号来源甲市"), max_size=80).map("".join)
)
def test_the_text_of_a_text_file_is_kept(text: str) -> None:
    try:
        report = readers.read_bytes(text.encode(), "a.txt", ".txt")
    except ReadError as error:
        assert error.code == "read/empty"
        return
    assert report.text == text
    for table in report.tables:
        assert all(report.text[c.start : c.end] == c.text for c in table.cells)


def test_the_content_decides_before_the_extension() -> None:
    page = "<html><body><p>全年受理申请12件，办结11件。</p></body></html>".encode()
    assert readers.find_reader(page, "a", ".txt").name == "html"
    assert readers.find_reader(b"%PDF-1.4 ...", "a", ".html").name == "pdf"
    assert readers.find_reader("全年受理12件<5天".encode(), "a", "").name == "text"


def test_every_problem_code_is_described() -> None:
    root = Path(__file__).parents[1]
    described = (root / "docs" / "problems.md").read_text(encoding="utf-8")
    source = "".join(
        path.read_text(encoding="utf-8")
        for path in sorted((root / "src" / "govextract" / "readers").glob("*.py"))
    )
    codes = set(re.findall(r'"(read/[a-z-]+)"', source))
    assert len(codes) >= 8
    assert {code for code in codes if f"`{code}`" not in described} == set()


class Shout:
    """A reader as another package would add it."""

    name = "shout"

    def sniff(self, data: bytes, suffix: str) -> float:
        return 1.0 if data.startswith(b"!!") else 0.0

    def read(self, data: bytes, document: str) -> Report:
        return Report(document, data.decode(), reader=self.name)


def added(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    entry = EntryPoint("shout", value, "govextract.readers")
    monkeypatch.setattr(readers, "entry_points", lambda group: [entry])
    readers.load_readers.cache_clear()


@pytest.fixture
def fresh_readers() -> Iterator[None]:
    yield
    readers.load_readers.cache_clear()


@pytest.mark.usefixtures("fresh_readers")
def test_an_entry_point_adds_a_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("shouting")
    module.shout = Shout()  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "shouting", module)
    added(monkeypatch, "shouting:shout")
    assert readers.read_bytes(b"!!12", "a.txt", ".txt").reader == "shout"
    assert readers.read_bytes(b"12", "a.txt", ".txt").reader == "text"


@pytest.mark.usefixtures("fresh_readers")
def test_an_added_reader_that_cannot_be_loaded_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    added(monkeypatch, "no_such_module:reader")
    with pytest.raises(UsageError, match="shout"):
        readers.read_bytes(b"12", "a.txt", ".txt")

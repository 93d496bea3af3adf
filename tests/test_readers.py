"""Which reader reads a file, and what is said where none can."""

from __future__ import annotations

from pathlib import Path

import pytest

from govextract import readers
from govextract.errors import ReadError


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

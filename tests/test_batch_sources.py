"""Which files a run reads, and what their documents are called."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from govextract.batch.sources import find_sources, read_source
from govextract.errors import ReadError, UsageError
from small_reports import write_reports


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    write_reports(tmp_path / "a", 3)
    write_reports(tmp_path / "b", 1)
    (tmp_path / "a" / ".hidden").mkdir()
    (tmp_path / "a" / ".hidden" / "x.txt").write_text("x", encoding="utf-8")
    (tmp_path / "a" / ".x.txt").write_text("x", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def documents(*inputs, **options) -> list[str]:
    return [source.document for source in find_sources(inputs, **options)]


def test_one_folder_names_documents_below_it(folder):
    assert documents("a") == documents(folder / "a") == documents("a/")
    assert documents("a") == ["2020/甲00市.txt", "2021/甲01市.txt", "2022/甲02市.txt"]


def test_one_file_is_called_by_its_name(folder):
    assert documents("a/2020/甲00市.txt") == ["甲00市.txt"]


def test_several_are_called_as_they_were_given(folder):
    assert documents("./a", "b", "a/2020/甲00市.txt") == [
        "a/2020/甲00市.txt",
        "a/2021/甲01市.txt",
        "a/2022/甲02市.txt",
        "b/2020/甲00市.txt",
    ]


def test_globs_and_lists(folder):
    assert documents("*/2020/*.txt") == ["a/2020/甲00市.txt", "b/2020/甲00市.txt"]
    (folder / "list.txt").write_text(
        "# mine\n\nb/2020/甲00市.txt\na/missing.txt\n", encoding="utf-8"
    )
    listed = find_sources([], files_from=folder / "list.txt")
    assert [source.document for source in listed] == ["a/missing.txt", "b/2020/甲00市.txt"]
    with pytest.raises(ReadError, match="there is no such file"):
        read_source(listed[0])


def test_addresses(folder):
    fsspec = pytest.importorskip("fsspec")
    files = fsspec.filesystem("memory")
    for path in (folder / "a").rglob("甲*.txt"):
        files.pipe_file(f"/in/{path.name}", path.read_bytes())
    files.pipe_file("/in/.hidden.txt", b"x")
    found = find_sources(["memory://in"])
    assert [source.document for source in found] == ["甲00市.txt", "甲01市.txt", "甲02市.txt"]
    assert read_source(found[0]).metadata == read_source(find_sources(["a/2020"])[0]).metadata
    assert documents(f"file://{folder / 'a'}") == documents("a")
    assert documents("memory://in/*01*", "b/2020") == [
        "b/2020/甲00市.txt",
        "memory://in/甲01市.txt",
    ]
    files.rm("/in", recursive=True)


def test_what_stands_around_a_path_in_an_address_stays(folder):
    """The host of a store, and what is chained before it or behind."""
    fsspec = pytest.importorskip("fsspec")
    from fsspec.implementations.memory import MemoryFileSystem

    class Hosted(MemoryFileSystem):
        """Files on a host: hosted://node:8020/in is its folder /in."""

        protocol = "hosted"

        @classmethod
        def _strip_protocol(cls, path):
            return "/" + path.removeprefix("hosted://").partition("/")[2] if "://" in path else path

    fsspec.register_implementation("hosted", Hosted, clobber=True)
    Hosted().pipe_file("/in/甲.txt", "全年受理案件3件。".encode())
    [found] = find_sources(["hosted://node:8020/in"])
    assert found == ("甲.txt", "hosted://node:8020/in/甲.txt")
    assert "3件" in read_source(found).text
    with zipfile.ZipFile(folder / "in.zip", "w") as file:
        file.write(folder / "a" / "2020" / "甲00市.txt", "2020/甲.txt")
    for inner in ("", "2020", "*/*.txt"):
        [found] = find_sources([f"zip://{inner}::{folder / 'in.zip'}"])
        assert read_source(found).text == read_source(find_sources(["a/2020"])[0]).text
    [cached] = find_sources(["simplecache::hosted://node:8020/in"])
    assert "3件" in read_source(cached).text
    [local] = find_sources([f"local://{folder / 'a' / '2020'}/"])
    assert read_source(local).text == read_source(find_sources(["a/2020"])[0]).text
    Hosted().rm("/in", recursive=True)


@pytest.mark.parametrize("inputs", [["nowhere"], ["a/.hidden/none"], ["a/*.pdf"], ["empty"]])
def test_nothing_to_read_is_an_error(folder, inputs):
    (folder / "empty").mkdir()
    with pytest.raises(UsageError):
        find_sources(inputs)

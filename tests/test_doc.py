"""Old Word files, with a stand-in for LibreOffice."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from docx_maker import Maker
from govextract.errors import ReadError
from govextract.readers import doc, find_reader

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64)
WORD = OLE + "WordDocument".encode("utf-16-le")

# Called as soffice is: copies the DOCX beside it to the output folder.
STAND_IN = """#!{python}
import shutil, sys
folder, source = sys.argv[sys.argv.index("--outdir") + 1], sys.argv[-1]
shutil.copy({made!r}, folder + "/report.docx")
"""


def install(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    program = folder / "soffice"
    program.write_text(script)
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))


def test_without_libreoffice_the_problem_names_the_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ReadError) as caught:
        doc.read(WORD, "a.doc")
    assert caught.value.code == "read/needs-soffice"
    assert "libreoffice" in caught.value.remedy


def test_with_libreoffice_it_is_read_as_docx(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Maker()
    made.paragraph("受理申请12件")
    converted = tmp_path / "made.docx"
    converted.write_bytes(made.bytes())
    script = STAND_IN.format(python=sys.executable, made=str(converted))
    install(tmp_path, monkeypatch, script)
    report = doc.read(WORD, "a.doc")
    assert (report.text.strip(), report.reader) == ("受理申请12件", "doc")


def test_a_conversion_that_fails_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, monkeypatch, f"#!{sys.executable}\nraise SystemExit(1)\n")
    with pytest.raises(ReadError) as caught:
        doc.read(WORD, "a.doc")
    assert caught.value.code == "read/damaged"


def test_an_encrypted_file_says_so() -> None:
    with pytest.raises(ReadError) as caught:
        doc.read(OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx")
    assert caught.value.code == "read/encrypted"


@pytest.mark.parametrize(
    ("data", "suffix"), [(WORD, ".doc"), (WORD, ".wps"), (WORD, ""), (b"{\\rtf1 a}", ".doc")]
)
def test_it_is_found_by_its_content(data: bytes, suffix: str) -> None:
    assert find_reader(data, "a", suffix).name == "doc"

"""DOC and RTF: converted to DOCX by LibreOffice (``soffice``) where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from govextract.errors import ReadError
from govextract.model import Report
from govextract.readers import docx
from govextract.readers.layout import build_report

name = "doc"

SECONDS = 120
"""A conversion that takes longer is given up."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RTF = b"{\\rtf"
_WORD_STREAM = "WordDocument".encode("utf-16-le")
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")


def sniff(data: bytes, suffix: str) -> float:
    """Return 1 for RTF or an OLE file with a Word stream, less for another that is ``.doc``."""
    if data.startswith(_RTF) or (data.startswith(_OLE) and _has_word(data)):
        return 1.0
    return 0.2 if data.startswith(_OLE) and suffix in (".doc", ".wps") else 0.0


def read(data: bytes, document: str) -> Report:
    """Return the report.

    Raises ReadError: ``read/encrypted``, ``read/needs-soffice`` where LibreOffice is not installed,
    ``read/damaged`` where it cannot convert the file.
    """
    if _ENCRYPTED_STREAM in data:
        raise ReadError(
            "is encrypted",
            code="read/encrypted",
            place=document,
            remedy="save it without a password",
        )
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise ReadError(
            "is an old Word file, and LibreOffice is not installed",
            code="read/needs-soffice",
            place=document,
            remedy="install LibreOffice (apt-get install libreoffice-writer), or save it as DOCX",
        )
    layout = docx.read_layout(_convert(program, data, document), document)
    return build_report(data, document, layout, reader=name)


def _convert(program: str, data: bytes, document: str) -> bytes:
    suffix = ".rtf" if data.startswith(_RTF) else ".doc"
    with tempfile.TemporaryDirectory(prefix="govextract-") as folder:
        source = Path(folder, f"report{suffix}")
        source.write_bytes(data)
        command = [
            program,
            # Its own profile, so that several workers can convert at once.
            f"-env:UserInstallation={Path(folder, 'profile').as_uri()}",
            "--headless", "--convert-to", "docx", "--outdir", folder, str(source),
        ]  # fmt: skip
        try:
            subprocess.run(command, capture_output=True, timeout=SECONDS, check=True)
            return source.with_suffix(".docx").read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            raise ReadError(
                f"could not be converted by LibreOffice ({type(error).__name__})",
                code="read/damaged",
                place=document,
                remedy="open it in Word or WPS and save it as DOCX",
            ) from error


def _has_word(data: bytes) -> bool:
    return _WORD_STREAM in data or _ENCRYPTED_STREAM in data

"""Files that were damaged at random: read, or refused with a ReadError, never anything else."""

from __future__ import annotations

import io
import random
import zipfile
from contextlib import suppress
from functools import cache

import pytest

from docx_maker import Maker
from govextract.errors import ReadError
from govextract.model import Extraction, Report
from govextract.readers import docx, pdf
from pdf_maker import make_pdf, paragraph, table
from scripts_of import load_script

PROSE = "全年受理行政复议申请1247件，审结979件，比上年增长5.3%，办理各类法律援助案件三百二十件。"


@cache
def whole_pdf() -> bytes:
    rows = [["指标", "件数"], ["受理", "12"], ["审结", "9"]]
    return make_pdf([[*paragraph(760, PROSE), *table([74, 200, 330], 600, rows)]] * 2)


def made_docx() -> Maker:
    made = Maker()
    made.numbering(7, [("chineseCounting", "%1、"), ("decimal", "%2.")])
    made.paragraph("概况", 7)
    made.paragraph(PROSE, 7, 1)
    made.table([["指标", "件数"], ["受理", "12"], ["", "9"]], {(1, 0): (2, 0)})
    return made


@cache
def whole_docx() -> bytes:
    return made_docx().bytes()


def damage(data: bytes, chance: random.Random) -> bytes:
    damaged = bytearray(data)
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(damaged))
        match chance.randrange(4):
            case 0 | 1:
                damaged[at] = chance.randrange(256)
            case 2:
                del damaged[at : at + chance.randint(1, 60)]
            case 3:
                damaged[at:at] = damaged[at : at + chance.randint(1, 60)]
    return bytes(damaged)


@pytest.mark.parametrize("seed", range(120))
def test_a_damaged_pdf_is_read_or_refused(seed: int) -> None:
    with suppress(ReadError):
        pdf.read(damage(whole_pdf(), random.Random(seed)), "a.pdf")


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_zip_is_read_or_refused(seed: int) -> None:
    with suppress(ReadError):
        docx.read(damage(whole_docx(), random.Random(seed)), "a.docx")


@pytest.mark.parametrize("part", ["document", "numbering", "styles"])
def test_numbers_of_a_docx_that_are_none_or_absurd_do_no_harm(part: str) -> None:
    package = zipfile.ZipFile(io.BytesIO(whole_docx()))
    path = f"word/{part}.xml"
    for value in ("x", "-1", "99999999999", "", "１２"):
        content = package.read(path).decode()
        for name in ("ilvl", "gridSpan", "start", "numId", "abstractNumId"):
            content = content.replace(f'<w:{name} w:val="', f'<w:{name} w:val="{value}')
        content = content.replace('w:ilvl="', f'w:ilvl="{value}')
        report = docx.read(made_docx().bytes({path: content}), "a.docx")
        assert PROSE in report.text


def test_the_fuzz_script_finds_no_defect_in_some_hundred_inputs() -> None:
    """20,000 of them: ``python scripts/fuzz.py``."""
    fuzz = load_script("fuzz")
    outcomes = fuzz.try_job(fuzz.Job(7, range(1, 400), (fuzz.CORPUS,)))
    assert outcomes["facts"] > 200
    assert [name for name in outcomes if name.startswith(("DEFECT", "HANG"))] == []


def test_the_fuzz_script_finds_what_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    fuzz = load_script("fuzz")
    extract = fuzz.extract

    def shifted(report: Report) -> Extraction:
        found = extract(report)
        facts = [fact._replace(start=fact.start + 1, end=fact.end + 1) for fact in found.facts]
        return found._replace(facts=tuple(facts))

    monkeypatch.setattr(fuzz, "extract", shifted)
    outcomes = fuzz.try_job(fuzz.Job(7, range(1, 20), (fuzz.CORPUS,)))
    assert any("slice of a fact" in name for name in outcomes)

"""Damage reports at random and extract them: nothing may raise, hang, or say what is not there.

    PYTHONPATH=src python scripts/fuzz.py [--count 20000] [--seed 1] [--workers 2] [FOLDER ...]

Inputs are windows of the corpus and of the given folders, cut to a size at which a report is
done in milliseconds, and small PDF and DOCX files whole. Each is damaged by its own seed, so that
``--only NUMBER`` does one again. Prints how many inputs came to each outcome; exits with 1 where
one is a defect.
"""

from __future__ import annotations

import argparse
import csv
import io
import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path
from typing import NamedTuple

from govextract.batch.limits import OutOfTime, time_limit
from govextract.errors import ReadError
from govextract.model import Extraction
from govextract.pipeline import extract
from govextract.readers import read_bytes
from govextract.table import SCHEMAS, fact_row
from govextract.writers.csv import format_cell, restore, write_csv_stream

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
SECONDS = 20.0
"""An input that takes longer hangs; the slowest takes a few hundredths."""
WINDOW = 1_000
"""Bytes of a text or a page that are taken."""
WHOLE = 60_000
"""The largest PDF or DOCX that is damaged whole, one input in ``RARE``."""
RARE = 100
_BINARY = (".pdf", ".docx")
_TOKENS = tuple(
    piece.encode()
    for piece in (
        "其中", "分别为", "，", "。", "（", "）", "《", "同比增长", "%", "万元", "一", "1", "-",
        "2020年", "\n", "|", "\x00", "\ufeff", "=", "一、", "占", "<table><tr><td>", "</p>",
        "&#x110000;", "9" * 50,
    )
)  # fmt: skip


class Job(NamedTuple):
    """Some inputs, by number, made from ``folders``."""

    seed: int
    numbers: Sequence[int]
    folders: tuple[Path, ...]


@cache
def find_files(folders: tuple[Path, ...]) -> tuple[list[Path], list[Path]]:
    """Return the texts and pages, and the small PDF and DOCX files, below ``folders``."""
    files = sorted(path for folder in folders for path in folder.rglob("*.*") if path.is_file())
    texts = [path for path in files if path.suffix in (".txt", ".html", ".htm")]
    whole = [path for path in files if path.suffix in _BINARY and path.stat().st_size < WHOLE]
    return texts, whole


@cache
def content(path: Path) -> bytes:
    return path.read_bytes()


def make_input(number: int, job: Job) -> tuple[bytes, str]:
    """Return the damaged bytes of input ``number`` and the extension that they are read with."""
    chance = random.Random(f"{job.seed}/{number}")
    texts, whole = find_files(job.folders)
    if whole and number % RARE == 0:
        path = chance.choice(whole)
        return damage(content(path), chance), path.suffix
    path = chance.choice(texts)
    data = content(path)
    start = chance.randrange(max(1, len(data) - WINDOW))
    return damage(data[start : start + WINDOW], chance), path.suffix


def damage(data: bytes, chance: random.Random) -> bytes:
    """Change, take out, repeat and put in bytes at some places."""
    damaged = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(damaged) + 1)
        length = chance.randint(1, 40)
        match chance.randrange(5):
            case 0:
                damaged[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del damaged[at : at + length]
            case 2:
                damaged[at:at] = damaged[at : at + length] * chance.choice((1, 2, 20))
            case 3:
                damaged[at:at] = chance.choice(_TOKENS) * chance.choice((1, 1, 3, 50))
            case 4:
                other = chance.randrange(len(damaged) + 1)
                damaged[at : at + length] = damaged[other : other + length]
    return bytes(damaged)


def check(extraction: Extraction) -> None:
    """Raise AssertionError where a fact is not in the text, is no number, or is not given back."""
    text = extraction.report.text
    for quantity in extraction.quantities:
        assert text[quantity.start : quantity.end] == quantity.text, "slice of a quantity"
    for fact in extraction.facts:
        assert text[fact.start : fact.end] == fact.text != "", "slice of a fact"
        assert fact.value is not None and fact.value.is_finite(), "value"
    assert len({fact.fact_id for fact in extraction.facts}) == len(extraction.facts), "ids"
    rows = [fact_row(fact) for fact in extraction.facts]
    stream = io.StringIO(newline="")
    write_csv_stream(stream, SCHEMAS["facts"], rows)
    stream.seek(0)
    back = list(csv.reader(stream))[1:]
    assert [list(map(restore, row)) for row in back] == [
        [cell if isinstance(cell, str) else format_cell(cell) for cell in row] for row in rows
    ], "output reads back"


def try_input(number: int, job: Job) -> str:
    """Return the outcome of one input."""
    data, suffix = make_input(number, job)
    try:
        with time_limit(SECONDS):
            extraction = extract(read_bytes(data, "report" + suffix, suffix))
            check(extraction)
    except ReadError as error:
        return error.code
    except OutOfTime:
        return f"HANG {number}"
    except Exception as error:
        return f"DEFECT {number}: {type(error).__name__}: {error}"
    return "facts" if extraction.facts else "no facts"


def try_job(job: Job) -> Counter[str]:
    """Return how many inputs of a job came to each outcome."""
    return Counter(try_input(number, job) for number in job.numbers)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--only", type=int, help="do this one input again, and raise")
    options = parser.parse_args()
    folders = (CORPUS, *options.folders)
    if options.only is not None:
        data, suffix = make_input(options.only, Job(options.seed, (), folders))
        check(extract(read_bytes(data, "report" + suffix, suffix)))
        return 0
    began = time.monotonic()
    jobs = [
        Job(options.seed, range(start, min(start + 100, options.count)), folders)
        for start in range(0, options.count, 100)
    ]
    outcomes: Counter[str] = Counter()
    with ProcessPoolExecutor(options.workers) as pool:
        for counts in pool.map(try_job, jobs):
            outcomes.update(counts)
    for outcome, count in sorted(outcomes.items(), key=lambda item: (-item[1], item[0])):
        print(f"{count:7,}  {outcome}")
    print(f"{outcomes.total():7,}  in {time.monotonic() - began:.0f} s, seed {options.seed}")
    return int(any(outcome.startswith(("DEFECT", "HANG")) for outcome in outcomes))


if __name__ == "__main__":
    sys.exit(main())

"""Parts give back what was put in, in the order of documents, whatever part holds which."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from govextract.batch.parts import (
    DocumentEntry,
    PartEntry,
    PartRows,
    PartWriter,
    pack_rows,
    unpack_rows,
)
from govextract.batch.storage import LocalStorage
from govextract.model import Fact
from govextract.table import FACTS, PROBLEMS
from govextract.writers.csv import write_csv
from govextract.writers.parquet import write_parquet

SIGNS = ["=1+1", "=", "-5", "-x", "@a", "+", '"', "a,b", "a\nb", "\tx", "'", " ", "+3.2%"]
TEXT = st.text(st.characters(exclude_characters="\r", codec="utf-8"), max_size=8) | st.sampled_from(
    SIGNS
)
NUMBER = st.none() | st.decimals(allow_nan=False, allow_infinity=False, places=3)
CELLS = {
    "string": TEXT,
    "date": TEXT,
    "number": NUMBER,
    "integer": st.none() | st.integers(-(2**40), 2**40),
}
FACT_ROW = st.tuples(*(CELLS[column.type] for column in FACTS))


@settings(deadline=None)
@given(st.lists(FACT_ROW, max_size=4))
def test_rows_are_given_back(rows):
    assert list(unpack_rows("facts", pack_rows("facts", rows))) == rows


def test_digits_are_kept_exactly():
    fact = Fact(*[""] * len(FACTS))._replace(year=2020, start=0, end=1, page=None, value_max=None)
    values = [Decimal("1E+3"), Decimal("0.10"), Decimal("12345678901234567890.123456789")]
    rows = [fact._replace(value=value, confidence=0.85) for value in values]
    given_back = [Fact._make(row) for row in unpack_rows("facts", pack_rows("facts", rows))]
    assert [row.value for row in given_back] == values
    assert given_back[0].confidence == Decimal("0.85")


def problem(document: str, code: str) -> tuple[str, ...]:
    return (document, code, *[""] * (len(PROBLEMS) - 2))


@settings(deadline=None, max_examples=50)
@given(
    st.dictionaries(
        st.text("abc", min_size=1, max_size=3),
        st.tuples(st.integers(0, 3), st.integers(0, 2), st.booleans()),
        max_size=12,
    )
)
def test_parts_are_merged_by_document(documents):
    """Each document has a part, a number of rows, and is live or not."""
    with TemporaryDirectory() as folder:
        storage = LocalStorage(Path(folder))
        for part in {part for part, _, _ in documents.values()}:
            writer = PartWriter()
            for document in sorted(documents):
                home, rows, _ = documents[document]
                if home == part:
                    writer.add({"problems": [problem(document, str(n)) for n in range(rows)]})
            writer.write(storage, str(part))
        homes = {name: str(part) for name, (part, _, live) in documents.items() if live}
        expected = [
            problem(name, str(n)) for name in sorted(homes) for n in range(documents[name][1])
        ]
        rows = PartRows(storage, "problems", homes)
        assert list(rows) == expected
        assert list(rows) == expected, "rows can be walked a second time"


def test_entries_are_given_back_and_broken_ones_are_none():
    entry = PartEntry("00001-0000001", "v", (DocumentEntry("甲/乙.txt", "ab", "text", 3, 0),))
    data = entry.to_json()
    assert PartEntry.from_json(data) == entry
    assert all(PartEntry.from_json(data[:end]) is None for end in range(len(data)))


def test_parquet_from_parts_is_that_from_rows(tmp_path):
    """However the rows are cut into parts."""
    rows = [
        Fact(*[""] * len(FACTS))._replace(
            document=f"{number:06d}",
            year=2020 if number % 7 else None,
            published="2021-01-31" if number % 5 else "2021",
            value=Decimal(number) / 8 if number % 3 else None,
            value_max=None,
            start=number,
            end=number + 1,
            page=None,
            confidence=0.85,
        )
        for number in range(45_000)
    ]
    storage = LocalStorage(tmp_path)
    for part, start in enumerate(range(0, len(rows), 17_000)):
        writer = PartWriter()
        writer.add({"facts": rows[start : start + 17_000]})
        writer.write(storage, str(part))
    homes = {row.document: str(row.start // 17_000) for row in rows}
    [stored] = write_parquet(tmp_path, {"facts": PartRows(storage, "facts", homes)})
    content = stored.read_bytes()
    [plain] = write_parquet(tmp_path, {"facts": rows})
    assert content == plain.read_bytes()


@settings(deadline=None, max_examples=60)
@given(st.lists(FACT_ROW, min_size=1, max_size=3))
def test_csv_from_parts_is_that_from_rows(rows):
    with TemporaryDirectory() as name:
        folder = Path(name)
        writer = PartWriter()
        for row in rows:
            writer.add({"facts": [row]})
        writer.write(LocalStorage(folder), "p")
        homes = dict.fromkeys((row[1] for row in rows), "p")
        stored = PartRows(LocalStorage(folder), "facts", homes)
        again = list(stored)
        [content, _] = [path.read_bytes() for path in write_csv(folder, {"facts": stored})]
        [plain, _] = [path.read_bytes() for path in write_csv(folder, {"facts": again})]
        assert content == plain

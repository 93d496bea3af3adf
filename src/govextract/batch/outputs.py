"""The tables of a run as files: written from the parts, and never over what another made.

``outputs.json`` in the run's storage names the files that runs have written, and from which parts:
where neither these nor the formats have changed, nothing is written again.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from govextract.batch.parts import PartRows
from govextract.batch.storage import Storage, local_path, open_address
from govextract.errors import UsageError
from govextract.table import TABLES, Headers
from govextract.writers import output_names, write_outputs

_RECORD = "outputs.json"


class Outputs(NamedTuple):
    """Which files runs have written, in which formats, and from what state of the parts."""

    files: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    headers: Headers = "en"
    state: str = ""

    @classmethod
    def load(cls, storage: Storage) -> Outputs:
        """Return the record in ``storage``; an empty one where there is none."""
        try:
            files, formats, headers, state = json.loads(storage.read(_RECORD))
        except (FileNotFoundError, ValueError):
            return cls()
        return cls(tuple(files), tuple(formats), headers, state)

    def store(self, storage: Storage) -> None:
        """Write the record into ``storage``."""
        storage.write(_RECORD, json.dumps(self).encode())


def check_outputs(out: str | Path, formats: Sequence[str], outputs: Outputs) -> None:
    """Raise UsageError where a file that would be written exists and is none of a run's own."""
    foreign = [
        name for name in output_names(formats) if name not in outputs.files and _exists(out, name)
    ]
    if foreign:
        raise UsageError(
            f"holds {', '.join(foreign)}, which no run of govextract has written there",
            place=str(out),
            remedy="give another folder, or --force to overwrite",
        )


def write_tables(
    out: str | Path,
    storage: Storage,
    homes: Mapping[str, str],
    formats: Sequence[str],
    headers: Headers,
) -> None:
    """Write all tables in ``formats`` from the parts ``homes``, where anything has changed.

    Formats that earlier runs have written are written too, so that no file is out of date.
    """
    before = Outputs.load(storage)
    formats = tuple(dict.fromkeys((*formats, *before.formats)))
    names = output_names(formats)
    after = Outputs(names, formats, headers, _state(homes))
    if after == before and all(_exists(out, name) for name in names):
        return
    # Until all are written, the record names the files as our own, of no known state.
    after._replace(state="").store(storage)
    tables = {table: PartRows(storage, table, homes) for table in TABLES}
    folder = local_path(out)
    if folder is not None:
        write_outputs(folder, tables, formats, headers)
    else:
        _write_remote(str(out), tables, formats, headers)
    after.store(storage)


def _write_remote(
    out: str, tables: Mapping[str, PartRows], formats: Sequence[str], headers: Headers
) -> None:
    fs, root = open_address(out)
    with tempfile.TemporaryDirectory() as folder:
        for path in write_outputs(Path(folder), tables, formats, headers):
            fs.put_file(str(path), f"{root}/{path.name}")


def _exists(out: str | Path, name: str) -> bool:
    folder = local_path(out)
    if folder is not None:
        return (folder / name).exists()
    fs, root = open_address(str(out))
    return bool(fs.exists(f"{root}/{name}"))


def _state(homes: Mapping[str, str]) -> str:
    digest = hashlib.sha256()
    for document in sorted(homes):
        digest.update(f"{document}\0{homes[document]}\n".encode(errors="surrogateescape"))
    return digest.hexdigest()

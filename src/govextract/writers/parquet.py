"""Parquet: one file a table, typed by the columns of :mod:`govextract.table`."""

from __future__ import annotations

from pathlib import Path

from govextract.table import SCHEMAS, Headers
from govextract.writers import Tables
from govextract.writers.arrow import arrow_batches, arrow_schema
from govextract.writers.files import replacing


def write_parquet(folder: Path, tables: Tables, headers: Headers = "en") -> list[Path]:
    """Write each table as ``<name>.parquet`` and return the paths."""
    import pyarrow.parquet as pq

    paths = []
    for name, rows in tables.items():
        path = folder / f"{name}.parquet"
        schema = arrow_schema(SCHEMAS[name], headers)
        with replacing(path) as part, pq.ParquetWriter(part, schema, compression="zstd") as writer:
            for batch in arrow_batches(SCHEMAS[name], rows, headers):
                writer.write_batch(batch)
        paths.append(path)
    return paths

"""An optional WARC (ISO 28500) of all answers, as archives and other tools read them."""

from __future__ import annotations

import io
import threading
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import Any

from govextract.fetch.client import Answer

# The content is archived decoded: headers that speak of how it was sent would be wrong.
_OF_TRANSFER = frozenset({"content-encoding", "transfer-encoding", "content-length"})


class Archive:
    """A WARC file that is added to; each answer is a record of its own."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("ab")
        warcio: Any = import_module("warcio")
        self._headers = warcio.StatusAndHeaders
        self._writer = warcio.WARCWriter(self._file, gzip=path.suffix == ".gz")
        self._lock = threading.Lock()

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._file.close()

    def add(self, answer: Answer) -> None:
        """Write one answer."""
        headers = [item for item in answer.headers.items() if item[0].lower() not in _OF_TRANSFER]
        headers.append(("Content-Length", str(len(answer.content))))
        with self._lock:
            record = self._writer.create_warc_record(
                answer.final,
                "response",
                payload=io.BytesIO(answer.content),
                http_headers=self._headers(str(answer.status), headers, protocol="HTTP/1.1"),
            )
            self._writer.write_record(record)
            self._file.flush()

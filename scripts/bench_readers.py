"""How fast the readers read, beside the bare reading of the library under each.

Usage: python scripts/bench_readers.py FOLDER [--repeat 5]

Both sides read the same files in one process; CPU time, the best of several rounds. Ours includes
what the libraries do not do: paragraphs, tables, numbering, metadata, regions, the content's hash.
"""

from __future__ import annotations

import argparse
import io
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from govextract.readers import docx, html, pdf


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--repeat", type=int, default=5)
    arguments = parser.parse_args()
    print("form\tunits\tbare per second\tours per second\tshare")
    for suffix, bare, ours in (
        (".html", bare_html, html.read),
        (".pdf", bare_pdf, pdf.read),
        (".docx", bare_docx, docx.read),
    ):
        paths = sorted(arguments.folder.rglob(f"*{suffix}"))
        files = [path.read_bytes() for path in paths]
        if not files:
            continue
        units = count_pages(files) if suffix == ".pdf" else len(files)
        rate = units / best_time(files, bare, arguments.repeat)
        own = units / best_time(files, lambda data, read=ours: read(data, "a"), arguments.repeat)
        print(f"{suffix}\t{units}\t{rate:.0f}\t{own:.0f}\t{own / rate:.2f}")


def best_time(files: Sequence[bytes], read: Callable[[bytes], object], repeat: int) -> float:
    """Return the CPU seconds of the fastest round over all files."""
    times = []
    for _ in range(repeat):
        start = time.process_time()
        for data in files:
            read(data)
        times.append(time.process_time() - start)
    return min(times)


def count_pages(files: Sequence[bytes]) -> int:
    import pypdfium2

    return sum(len(pypdfium2.PdfDocument(data)) for data in files)


def bare_html(data: bytes) -> object:
    from lxml import html as lxml_html

    return lxml_html.fromstring(data).text_content()


def bare_pdf(data: bytes) -> object:
    import pypdfium2

    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)]


def bare_docx(data: bytes) -> object:
    import docx as python_docx

    return [paragraph.text for paragraph in python_docx.Document(io.BytesIO(data)).paragraphs]


if __name__ == "__main__":
    main()

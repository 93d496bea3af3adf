"""How fast parts of govextract are, with jieba.lcut beside them on the same text in the same run.

    python scripts/bench.py quantities FOLDER

FOLDER holds reports; their prose is read once before the clock starts. The figures are processor
seconds, the best of some rounds, in MB of UTF-8 a second on one core.
"""

from __future__ import annotations

import argparse
import logging
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROUNDS = 5
MEGABYTE = 1_000_000


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    quantities = commands.add_parser("quantities", help="the quantities stage alone")
    quantities.add_argument("folder", type=Path)
    options = parser.parse_args(arguments)
    texts = read_prose(options.folder)
    size = sum(len(text.encode()) for text in texts) / MEGABYTE
    print(f"{len(texts)} texts, {size:.2f} MB of UTF-8")
    for name, work in (("find_quantities", bench_quantities(texts)), ("jieba.lcut", bench_jieba)):
        seconds = best(lambda work=work: work(texts))
        print(f"{name:16} {size / seconds:7.2f} MB/s")


def read_prose(folder: Path) -> list[str]:
    """Return the prose of the reports in ``folder``: what lies in no table, header or list."""
    from govextract.errors import ReadError
    from govextract.readers import read
    from govextract.text import prose

    texts = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            try:
                report = read(path)
            except ReadError:
                continue
            spans = prose(len(report.text), report.regions)
            texts.append("".join(report.text[span.start : span.end] for span in spans))
    return texts


def bench_quantities(texts: list[str]) -> Callable[[list[str]], None]:
    from govextract.lexicon import default_lexicon
    from govextract.stages.quantities import find_quantities

    lexicon = default_lexicon()
    found = [find_quantities(text, lexicon) for text in texts]
    mentions = sum(len(item.quantities) for item in found)
    print(f"{mentions} quantities, {sum(len(item.exclusions) for item in found)} exclusions")

    def work(texts: list[str]) -> None:
        for text in texts:
            find_quantities(text, lexicon)

    return work


def bench_jieba(texts: list[str]) -> None:
    import jieba

    jieba.setLogLevel(logging.WARNING)
    for text in texts:
        jieba.lcut(text)


def best(work: Callable[[], None]) -> float:
    """Return the least processor time of some rounds, in seconds; the first one warms up."""
    work()
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


if __name__ == "__main__":
    main(sys.argv[1:])

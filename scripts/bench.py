"""How fast and how large govextract is, with jieba.lcut beside it on the same text.

    python scripts/bench.py all [FOLDER] [--json NEW.json] [--compare OLD.json]
    python scripts/bench.py quantities [FOLDER]
    python scripts/bench.py stages [FOLDER]
    python scripts/bench.py length [FOLDER]

FOLDER holds reports; without one it is the real pages beside the checkout, else the corpus.
``all`` prints a line a stage, ``quantities`` that stage alone over the prose, ``stages`` a line for
each stage within ``extract``, ``length`` one line of text of growing length. Figures of one process
are processor seconds, the least of some rounds that take turns; what the process remembers of
reports is forgotten before each round, so that none has been seen before. Figures of runs are
seconds by the clock, with the memory of the largest process.
"""

from __future__ import annotations

import argparse
import functools
import gc
import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

ROUNDS = 5
MEGABYTE = 1_000_000
ROOT = Path(__file__).resolve().parent.parent
REAL = ROOT.parent / "shared" / "real" / "pages"
RULES = 8
"""At most so many lexicons are remembered by what loads them."""
COPIES = 40
"""So often a run reads the reports, so that starting workers does not decide."""
SAMPLE = 0.1
"""Seconds between looks at the memory of a run, which take time from it."""


class Line(NamedTuple):
    """One measurement: seconds, what was done in them, and the peak of memory where it is known."""

    stage: str
    seconds: float
    megabytes: float = 0.0
    reports: int = 0
    peak: float = 0.0
    """Megabytes of the largest process."""

    def rate(self) -> float:
        """Return megabytes a second; where nothing was read, how often a second it is done."""
        return (self.megabytes or 1.0) / self.seconds


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    for name, about in (
        ("all", "all stages"),
        ("quantities", "that stage"),
        ("stages", "each stage within extract"),
        ("length", "one line"),
    ):
        command = commands.add_parser(name, help=about)
        command.add_argument("folder", type=Path, nargs="?", default=default_folder())
    commands.choices["all"].add_argument("--json", type=Path, help="keep the figures here")
    commands.choices["all"].add_argument("--compare", type=Path, help="figures of another run")
    options = parser.parse_args(arguments)
    if options.command == "quantities":
        print_lines(bench_quantities(read_prose(options.folder)))
    elif options.command == "stages":
        print_lines(bench_stages(options.folder))
    elif options.command == "length":
        bench_length(options.folder)
    else:
        bench_all(options.folder, options.json, options.compare)


def default_folder() -> Path:
    return REAL if REAL.is_dir() else ROOT / "corpus"


def bench_all(folder: Path, keep: Path | None, compare: Path | None) -> None:
    lines = [*bench_texts(folder), *bench_runs(folder), *bench_start()]
    print_lines(lines)
    by_stage = {line.stage: line for line in lines}
    print(f"extract / jieba.lcut  {ratio(by_stage, 'jieba.lcut', 'extract'):.2f}")
    print(f"2 workers / 1         {ratio(by_stage, 'run, 1 worker', 'run, 2 workers'):.2f}")
    if compare:
        print_comparison(by_stage, json.loads(compare.read_text(encoding="utf-8")))
    if keep:
        records = [line._asdict() for line in lines]
        keep.write_text(json.dumps(records, ensure_ascii=False, indent=1), encoding="utf-8")


def ratio(lines: Mapping[str, Line], slow: str, fast: str) -> float:
    return lines[slow].seconds / lines[fast].seconds


def print_lines(lines: Sequence[Line]) -> None:
    print(f"{'stage':24}{'seconds':>9}{'MB/s':>8}{'reports/s':>11}{'peak MB':>9}")
    for line in lines:
        rates = f"{line.rate():8.2f}" if line.megabytes else " " * 8
        reports = f"{line.reports / line.seconds:11.1f}" if line.reports else " " * 11
        peak = f"{line.peak:9.0f}" if line.peak else ""
        print(f"{line.stage:24}{line.seconds:9.3f}{rates}{reports}{peak}")


def print_comparison(lines: Mapping[str, Line], old: Sequence[Mapping[str, float | str]]) -> None:
    """Print how each stage's speed compares with an earlier run: 1.10 is a tenth faster."""
    print("against the other run (above 1 is faster):")
    for record in old:
        now = lines.get(str(record["stage"]))
        if now is not None:
            before = Line(**record)  # type: ignore[arg-type]
            print(f"  {now.stage:24}{now.rate() / before.rate():6.2f}")


def bench_texts(folder: Path) -> list[Line]:
    """Measure segmentation, the quantities stage and the whole extraction over read reports."""
    import jieba

    from govextract.lexicon import default_lexicon
    from govextract.pipeline import extract
    from govextract.segmenter import load_segmenter
    from govextract.stages.quantities import find_quantities

    jieba.setLogLevel(logging.WARNING)
    reports = list(read_reports(folder))
    texts = [report.text for report in reports]
    size = sum(len(text.encode()) for text in texts) / MEGABYTE
    lexicon, segment = default_lexicon(), load_segmenter()
    facts = sum(len(extract(report).facts) for report in reports)
    print(f"{len(reports)} reports, {size:.2f} MB of UTF-8, {facts} facts")
    stages: dict[str, Callable[[], object]] = {
        "jieba.lcut": lambda: [jieba.lcut(text) for text in texts],
        "segmenter": lambda: [segment(text) for text in texts],
        "quantities": lambda: [find_quantities(text, lexicon) for text in texts],
        "extract": lambda: [extract(report) for report in reports],
    }
    seconds = best(stages)
    return [Line(stage, seconds[stage], size, len(reports)) for stage in stages]


def bench_quantities(texts: list[str]) -> list[Line]:
    """Measure the quantities stage, and jieba.lcut, over prose alone."""
    import jieba

    from govextract.lexicon import default_lexicon
    from govextract.stages.quantities import find_quantities

    jieba.setLogLevel(logging.WARNING)
    lexicon = default_lexicon()
    found = [find_quantities(text, lexicon) for text in texts]
    mentions = sum(len(item.quantities) for item in found)
    print(f"{mentions} quantities, {sum(len(item.exclusions) for item in found)} exclusions")
    stages: dict[str, Callable[[], object]] = {
        "jieba.lcut": lambda: [jieba.lcut(text) for text in texts],
        "quantities": lambda: [find_quantities(text, lexicon) for text in texts],
    }
    seconds = best(stages)
    size = sum(len(text.encode()) for text in texts) / MEGABYTE
    return [Line(stage, seconds[stage], size, len(texts)) for stage in stages]


def bench_stages(folder: Path) -> list[Line]:
    """Measure each stage within ``extract``, the longest first."""
    from govextract import pipeline

    reports = list(read_reports(folder))
    names = [name for name in vars(pipeline) if name.startswith(("find_", "link_", "build_"))]
    spent = dict.fromkeys(names, 0.0)

    def timed(name: str, stage: Callable[..., object]) -> Callable[..., object]:
        def run(*given: object, **named: object) -> object:
            start = time.process_time()
            found = stage(*given, **named)
            found = list(found) if isinstance(found, Iterator) else found
            spent[name] += time.process_time() - start
            return found

        return run

    for name in names:
        setattr(pipeline, name, timed(name, getattr(pipeline, name)))
    rounds = []
    for _ in range(ROUNDS):
        spent.update(dict.fromkeys(names, 0.0))
        forget()
        for report in reports:
            pipeline.extract(report)
        rounds.append(dict(spent))
    least = {name: min(found[name] for found in rounds[1:]) for name in names}
    size = sum(len(report.text.encode()) for report in reports) / MEGABYTE
    longest = sorted(least, key=lambda name: -least[name])
    return [Line(name, least[name], size, len(reports)) for name in longest if least[name]]


def bench_length(folder: Path) -> None:
    """Measure extraction of one line of growing length: linear where MB/s stays the same."""
    from govextract.model import Metadata, Report
    from govextract.pipeline import extract

    prose = "".join(read_prose(folder)).replace("\n", "")
    lines = []
    extract(Report("warm", prose[:20_000]))
    for size in (0.1, 1, 3, 10):
        length = int(size * MEGABYTE * len(prose) / len(prose.encode()))
        text = (prose * (length // len(prose) + 1))[:length]
        report = Report("line", text, Metadata(year=2024))
        start = time.process_time()
        extract(report)
        lines.append(Line(f"one line of {size:g} MB", time.process_time() - start, size, 1))
    print_lines(lines)


def bench_runs(folder: Path) -> Iterator[Line]:
    """Measure ``govextract run`` from files to Parquet over copies of the reports."""
    with tempfile.TemporaryDirectory() as name:
        reports = Path(name) / "reports"
        for copy in range(COPIES):
            shutil.copytree(folder, reports / str(copy))
        read = list(read_reports(folder))
        size = COPIES * sum(len(report.text.encode()) for report in read) / MEGABYTE
        for workers in (1, 2):
            out = Path(name) / f"out{workers}"
            arguments = ["run", str(reports), "-o", str(out), "-f", "parquet", "-j", str(workers)]
            seconds, peak = run_command(arguments)
            stage = f"run, {workers} worker{'s' * (workers > 1)}"
            yield Line(stage, seconds, size, COPIES * len(read), peak)


def bench_start() -> Iterator[Line]:
    """Measure how long the command takes to print its help."""
    for arguments in (["--help"], ["run", "--help"]):
        times = [run_command(arguments)[0] for _ in range(ROUNDS)]
        yield Line("govextract " + " ".join(arguments), min(times))


def run_command(arguments: Sequence[str]) -> tuple[float, float]:
    """Return the seconds that a command took, and the peak of its largest process in MB."""
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    start = time.monotonic()
    command = subprocess.Popen(
        [sys.executable, "-m", "govextract", *arguments],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    peaks, ended = [0.0], threading.Event()

    def watch() -> None:
        while not ended.wait(SAMPLE):
            peaks.extend(map(memory, family(command.pid)))

    watcher = threading.Thread(target=watch)
    watcher.start()
    code = command.wait()
    seconds = time.monotonic() - start
    ended.set()
    watcher.join()
    if code:
        raise SystemExit(f"govextract {' '.join(arguments)} ended with {code}")
    return seconds, max(peaks)


def family(process: int) -> list[int]:
    """Return a process and its children (Linux; elsewhere only itself)."""
    children = Path(f"/proc/{process}/task/{process}/children")
    try:
        return [process, *map(int, children.read_text().split())]
    except OSError:
        return [process]


def memory(process: int) -> float:
    """Return the peak of a process's resident memory in MB (Linux; elsewhere 0)."""
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0.0
    peak = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")]
    return int(peak[0]) * 1024 / MEGABYTE if peak else 0.0


def read_reports(folder: Path) -> Iterator:
    """Yield the reports in ``folder`` that can be read."""
    from govextract.errors import ReadError
    from govextract.readers import read

    for path in sorted(folder.rglob("*")):
        if path.is_file():
            try:
                yield read(path)
            except ReadError:
                continue


def read_prose(folder: Path) -> list[str]:
    """Return the prose of the reports in ``folder``: what lies in no table, header or list."""
    from govextract.text import prose

    return [
        "".join(report.text[start:end] for start, end in prose(len(report.text), report.regions))
        for report in read_reports(folder)
    ]


def best(stages: Mapping[str, Callable[[], object]]) -> dict[str, float]:
    """Return the least processor time of each stage.

    The stages take turns, so that another load on the machine meets all of them. Before each one
    the process forgets what it remembers of reports.
    """
    times: dict[str, list[float]] = {stage: [] for stage in stages}
    for _ in range(ROUNDS):
        for stage, work in stages.items():
            forget()
            start = time.process_time()
            work()
            times[stage].append(time.process_time() - start)
    return {stage: min(seconds) for stage, seconds in times.items()}


def forget() -> None:
    """Empty what govextract remembers of wordings, places and numbers; rules stay loaded."""
    for memory in remembered():
        memory.cache_clear()


@functools.cache
def remembered() -> list[functools._lru_cache_wrapper[object]]:
    """Return the functions that remember the latest of many answers.

    Those that load rules remember all answers, or a few.
    """
    kept = (item for item in gc.get_objects() if isinstance(item, functools._lru_cache_wrapper))
    ours = (item for item in kept if str(item.__module__).startswith("govextract"))
    return [item for item in ours if (item.cache_parameters()["maxsize"] or 0) > RULES]


if __name__ == "__main__":
    main(sys.argv[1:])

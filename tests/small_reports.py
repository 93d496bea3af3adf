"""A folder of small reports, and what a run wrote, for the tests of runs."""

from __future__ import annotations

from pathlib import Path


def write_report(folder: Path, number: int, cases: int = 247) -> Path:
    """Write one small report, below a folder of its year, and return its path."""
    path = folder / f"{2020 + number % 3}" / f"甲{number:02d}市.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f"甲{number:02d}市{2020 + number % 3}年法治政府建设年度报告\n\n"
        f"一、依法行政\n全年受理行政复议申请{cases}件，"
        f"审结{cases - number}件，同比增长{number}.5%。\n"
        f"二、服务群众\n举办活动{number + 1}场次，投入资金{number * 3 + 1}万元。\n",
        encoding="utf-8",
    )
    return path


def write_reports(folder: Path, count: int = 12) -> Path:
    """Write ``count`` small reports below ``folder`` and return it."""
    for number in range(count):
        write_report(folder, number)
    return folder


def tables(out: Path) -> dict[str, bytes]:
    """Return the files that a run wrote, by name."""
    return {path.name: path.read_bytes() for path in sorted(out.iterdir()) if path.is_file()}

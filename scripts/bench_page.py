"""How long the page takes to open with 50,000 facts in a browser, and how much it puts on screen.

Usage: python scripts/bench_page.py OUT [--reports 500] [--facts 100] [--repeat 3]

OUT is the folder of a run, whose facts are repeated until there are enough. Needs Chromium with
its driver, and selenium.
"""

from __future__ import annotations

import argparse
import csv
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from govextract.explore import write_folder
from govextract.explore.texts import Reports
from govextract.model import Fact
from govextract.stored import read_facts
from govextract.table import fact_row
from govextract.writers import write_outputs

ELEMENTS = "return document.querySelectorAll('*').length"
READY = "return document.documentElement.dataset.ready"


def many_facts(out: Path, reports: int, each: int) -> Iterator[Fact]:
    """Yield the facts of a run again and again, under new names, until there are enough."""
    facts = list(read_facts(out))
    for number in range(reports * each):
        fact = facts[number % len(facts)]
        document = f"{number // each:03}.txt"
        yield fact._replace(fact_id=f"{number:016x}", document=document, part_of="", same_as="")


def write_large_page(out: Path, folder: Path, reports: int, each: int) -> Path:
    """Write a page of ``reports`` with ``each`` so many facts to ``folder``; return its path."""
    facts = [fact_row(fact) for fact in many_facts(out, reports, each)]
    with (out / "documents.csv").open(encoding="utf-8-sig", newline="") as file:
        first = list(csv.reader(file))[1]
    documents = [(f"{number:03}.txt", *first[1:]) for number in range(reports)]
    write_outputs(folder, {"facts": facts, "documents": documents}, ["csv"])
    return write_folder(folder, folder / "page", Reports()).path


def open_view(browser: Any, page: Path, view: str) -> tuple[float, int]:
    """Open a view of the page; return the seconds until it is ready, and its elements."""
    browser.get("about:blank")
    began = time.monotonic()
    browser.get(f"{page.as_uri()}#view={view}&language=en")
    while not browser.execute_script(READY):
        if time.monotonic() - began > 120:
            raise TimeoutError("the page does not get ready")
        time.sleep(0.01)
    return time.monotonic() - began, browser.execute_script(ELEMENTS)


def main() -> None:
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--reports", type=int, default=500)
    parser.add_argument("--facts", type=int, default=100)
    parser.add_argument("--repeat", type=int, default=3)
    arguments = parser.parse_args()
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or shutil.which("google-chrome") or ""
    for flag in ("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(flag)
    with tempfile.TemporaryDirectory() as folder:
        page = write_large_page(arguments.out, Path(folder), arguments.reports, arguments.facts)
        browser = webdriver.Chrome(options, Service(shutil.which("chromedriver")))
        try:
            print("view\tbest of\tseconds\telements")
            for view in ("reports", "facts", "compare", "problems"):
                opened = [open_view(browser, page, view) for _ in range(arguments.repeat)]
                print(f"{view}\t{arguments.repeat}\t{min(opened)[0]:.2f}\t{opened[0][1]}")
        finally:
            browser.quit()


if __name__ == "__main__":
    main()

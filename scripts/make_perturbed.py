"""Write many reports for a large run: copies of some, each with other figures.

    python scripts/make_perturbed.py OUT COUNT [FOLDER …]

The texts of the reports in the folders (without one, the corpus and, where they are beside the
checkout, the real pages) are taken in turn. In each copy every digit of a number may change, so
that no two are alike; years stay. The copies are for measuring only and are not kept.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = (ROOT / "corpus", ROOT.parent / "shared" / "real" / "pages")
FILES_A_FOLDER = 500
# A number that is no year.
NUMBER = re.compile(r"(?<![\d.])(?!(?:19|20)\d\d(?!\d))\d+(?:\.\d+)?")


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("folders", type=Path, nargs="*", default=FOLDERS)
    options = parser.parse_args(arguments)
    texts = list(read_texts(options.folders))
    for number in range(options.count):
        folder = options.out / f"{number // FILES_A_FOLDER:04d}"
        folder.mkdir(parents=True, exist_ok=True)
        text = perturb(texts[number % len(texts)], random.Random(number))
        (folder / f"{number:07d}.txt").write_text(text, encoding="utf-8")
    print(f"{options.count} reports from {len(texts)}, in {options.out}")


def read_texts(folders: list[Path]) -> Iterator[str]:
    """Yield the texts of all reports below ``folders`` that can be read."""
    from govextract.errors import ReadError
    from govextract.readers import read

    for path in sorted(path for folder in folders for path in folder.rglob("*")):
        if path.is_file():
            try:
                yield read(path).text
            except ReadError:
                continue


def perturb(text: str, chance: random.Random) -> str:
    """Return ``text`` with the digits of its numbers drawn anew, half of them."""

    def redraw(match: re.Match[str]) -> str:
        first, rest = match[0][0], match[0][1:]
        digits = (
            chance.choice("0123456789") if digit.isdigit() and chance.random() < 0.5 else digit
            for digit in rest
        )
        return first + "".join(digits)

    return NUMBER.sub(redraw, text)


if __name__ == "__main__":
    main(sys.argv[1:])

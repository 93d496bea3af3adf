"""Which licences the dependencies have, and whether each may stand beside this project's.

Usage: python scripts/licences.py [--write]

Goes through the dependencies of govextract with its extras, and theirs, as they are installed. A
licence that is not known to be compatible, or none at all, is an error. ``--write`` brings
docs/licences.md up to date, which lists the direct dependencies and what they bring along.
"""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import NamedTuple

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "licences.md"
PROJECT = "govextract"
TOOLS = ("dev", "docs")
"""Extras for development: what they hold is not given on."""

PERMISSIVE = {
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "MIT", "MIT-CMU",
    "PSF-2.0", "Python-2.0", "CNRI-Python", "Unlicense", "Zlib", "BlueOak-1.0.0", "BSL-1.0",
}  # fmt: skip
WEAK = {"MPL-2.0", "LGPL-3.0-or-later"}
"""Files under these stay under them; a program that uses them does not come under them."""
NAMES = {
    "apache": "Apache-2.0", "apache 2": "Apache-2.0", "apache 2.0": "Apache-2.0",
    "apache license 2.0": "Apache-2.0", "apache license, version 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0", "apache-2": "Apache-2.0", "bsd": "BSD-3-Clause",
    "bsd license": "BSD-3-Clause", "bsd 3-clause license": "BSD-3-Clause",
    "bsd-3": "BSD-3-Clause", "new bsd": "BSD-3-Clause", "3-clause bsd license": "BSD-3-Clause",
    "mit license": "MIT", "the mit license": "MIT", "isc license (iscl)": "ISC",
    "python software foundation license": "PSF-2.0", "psf": "PSF-2.0", "psfl": "PSF-2.0",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0", "zlib/libpng license": "Zlib",
    "bsd-3-clause license": "BSD-3-Clause", "the unlicense (unlicense)": "Unlicense",
    "dual license": "",
    # The binding, and the PDFium that its wheels hold.
    "bsd-3-clause, apache-2.0, dependency licenses": "BSD-3-Clause AND Apache-2.0",
}  # fmt: skip
"""What packages write instead of an SPDX identifier."""


class Found(NamedTuple):
    """A package, its licence as SPDX has it (empty if unknown), and if it is named by us."""

    name: str
    licence: str
    direct: bool


def find_packages() -> list[Found]:
    """Return what govextract brings with it, sorted by name."""
    found: dict[str, Found] = {}
    todo = [(item, True) for item in own_requirements()]
    while todo:
        requirement, direct = todo.pop()
        name = normal(requirement.name)
        if name in found and not (direct and not found[name].direct):
            continue
        try:
            package = distribution(name)
        except PackageNotFoundError:
            continue  # for another system
        found[name] = Found(name, licence_of(package), direct)
        todo += [(item, False) for item in needed(package.requires or (), requirement.extras)]
    return sorted(found.values())


def own_requirements() -> Iterator[Requirement]:
    """Yield what govextract needs, and what its extras need that are given to users."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = list(project["dependencies"])
    for extra, more in project["optional-dependencies"].items():
        if extra not in TOOLS:
            lines += more
    yield from (item for item in map(Requirement, lines) if item.name != PROJECT)


def needed(lines: Iterable[str], extras: Iterable[str]) -> Iterator[Requirement]:
    """Yield the requirements that hold on this system with these extras."""
    for requirement in map(Requirement, lines):
        marker = requirement.marker
        if marker is None or any(marker.evaluate({"extra": extra}) for extra in ("", *extras)):
            yield requirement


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def licence_of(package: Distribution) -> str:
    """Return the licence of an installed package as SPDX has it; empty where none is stated."""
    metadata = package.metadata
    expression = metadata.get("License-Expression")
    if expression:
        return str(expression)
    stated = [
        line.rpartition("::")[2].strip()
        for line in metadata.get_all("Classifier", [])
        if line.startswith("License ::") and line.rpartition("::")[2].strip() != "OSI Approved"
    ]
    stated = stated or [metadata.get("License", "").split("\n")[0].strip()]
    known = [NAMES.get(text.lower(), text) for text in stated]
    return " AND ".join(text for text in known if text)


def is_allowed(licence: str) -> bool:
    """Tell whether an SPDX expression can be met with the licences that are allowed."""
    allowed = PERMISSIVE | WEAK
    choices = re.split(r"\s+OR\s+", licence.replace("(", "").replace(")", ""))
    return any(
        all(part.split(" WITH ")[0] in allowed for part in re.split(r"\s+AND\s+", choice))
        for choice in choices
    )


def page(packages: list[Found]) -> str:
    """Return docs/licences.md."""
    lines = [
        "# Licences of what comes along", "",
        "govextract is under the MIT licence. These packages are installed with `govextract[all]`;"
        " all of them may be used,",
        "changed and given on, also in closed programs. Made and checked by `scripts/licences.py`.",
        "",
        "| package | licence |", "|---|---|",
        *(f"| {item.name} | {item.licence} |" for item in packages if item.direct),
        "", "They bring with them: "
        + ", ".join(f"{item.name} ({item.licence})" for item in packages if not item.direct)
        + ".", "",
    ]  # fmt: skip
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="bring docs/licences.md up to date")
    options = parser.parse_args()
    packages = find_packages()
    bad = [item for item in packages if not is_allowed(item.licence)]
    for item in bad:
        print(f"{item.name}: {item.licence or 'no licence is stated'}: not known to be compatible")
    print(f"{len(packages)} packages, {len(bad)} with a licence that is not known to be compatible")
    if options.write:
        PAGE.write_text(page(packages), encoding="utf-8")
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())

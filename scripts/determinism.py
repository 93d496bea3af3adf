"""Check that other versions of Python and pandas give the same bytes.

Usage: python scripts/determinism.py [--python 3.11 --python 3.13] [--pandas 2 --pandas 3]

For each Python that is present and each major version of pandas, an environment is made with the
package and what it needs, from the index that pip is set up with; in it the corpus is run, audited
and compared, and pandas writes the facts. The digests of all files must agree. What cannot be
installed is said and left out; exits with 1 where something differs, or nothing was compared.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FRAME = (
    "import sys, pathlib, govextract\n"
    "facts = govextract.extract_folder(sys.argv[1])\n"
    "frame = govextract.to_frame(facts)\n"
    "pathlib.Path(sys.argv[2]).write_text(frame.to_csv(index=False), encoding='utf-8')\n"
)


def find_python(version: str) -> str | None:
    """Return the path of a Python that really starts, or None."""
    path = shutil.which(f"python{version}")
    if path and subprocess.run([path, "-c", ""], check=False, capture_output=True).returncode:
        return None
    return path


def make_environment(folder: Path, python: str, pandas: str) -> Path | None:
    """Return the Python of a new environment with the package, or None where it cannot be made."""
    subprocess.run([python, "-m", "venv", str(folder)], check=True, capture_output=True)
    own = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    done = subprocess.run(
        [str(own), "-m", "pip", "install", "--quiet", f"{ROOT}[xlsx]", f"pandas=={pandas}.*"],
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        print(f"cannot be installed: {done.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
        return None
    return own


def make_outputs(python: Path, out: Path) -> None:
    """Run, audit and compare the corpus by a Python of its own, and have pandas write the facts."""
    command = [str(python), "-m", "govextract"]
    corpus = str(ROOT / "corpus")
    for arguments in (
        ["run", corpus, "--out", str(out), "-f", "csv,xlsx,sqlite,sdmx", "--audit"],
        ["explore", str(out)],
        ["compare", str(out), "-f", "csv", "-o", str(out / "matrix.csv")],
    ):
        subprocess.run([*command, *arguments], check=True, capture_output=True, cwd=out.parent)
    subprocess.run([str(python), "-c", FRAME, corpus, str(out / "frame.csv")], check=True)


def digests(out: Path) -> dict[str, str]:
    """Return the digest of each file that a run wrote, by name."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.iterdir())
        if path.is_file()
    }


def differences(found: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Return a line for each file that is not the same in all environments."""
    (first, expected), *others = found.items()
    return [
        f"{name}: {first} is not as {other}"
        for other, given in others
        for name in sorted(expected.keys() | given.keys())
        if expected.get(name) != given.get(name)
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--python", action="append", help="version, as in python3.13")
    parser.add_argument("--pandas", action="append", help="major version")
    options = parser.parse_args()
    found: dict[str, dict[str, str]] = {}
    with tempfile.TemporaryDirectory() as scratch:
        for version in options.python or ["3.11", "3.13"]:
            python = find_python(version)
            for pandas in options.pandas or ["2", "3"]:
                name = f"Python {version}, pandas {pandas}"
                folder = Path(scratch) / f"{version}-{pandas}"
                own = python and make_environment(folder / "environment", python, pandas)
                if not own:
                    print(f"{name}: not here")
                    continue
                make_outputs(own, folder / "out")
                found[name] = digests(folder / "out")
                shutil.rmtree(folder / "environment")
                print(f"{name}: {len(found[name])} files", flush=True)
    wrong = differences(found) if found else []
    print("\n".join(wrong) or f"{len(found)} environments give the same bytes")
    return int(bool(wrong) or not found)


if __name__ == "__main__":
    sys.exit(main())

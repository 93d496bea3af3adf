"""Write requirements-dev.lock: one version of every package that development needs.

Usage: python scripts/lock.py

Asks pip what a fresh environment with `.[dev]` would get, for this Python and system. With it,

    pip install -e ".[dev]" -c requirements-dev.lock

installs the same versions anywhere. Needs whatever index pip is set up with; the file names none.
"""

from __future__ import annotations

import json
import platform
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements-dev.lock"
PROJECT = "govextract"


def resolve() -> dict[str, str]:
    """Return the version of each package that pip would install, by its normal name."""
    command = [
        sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed", "--quiet",
        "--report", "-", "-e", f"{ROOT}[dev]",
    ]  # fmt: skip
    report = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    found = {}
    for item in report["install"]:
        name = re.sub(r"[-_.]+", "-", item["metadata"]["name"]).lower()
        if name != PROJECT:
            found[name] = item["metadata"]["version"]
    return dict(sorted(found.items()))


def main() -> None:
    versions = resolve()
    head = (
        f"# Made by scripts/lock.py with Python {platform.python_version()} on"
        f" {platform.system()} {platform.machine()}; use: pip install -e '.[dev]' -c this file.\n"
    )
    lines = "".join(f"{name}=={version}\n" for name, version in versions.items())
    LOCK.write_text(head + lines, encoding="utf-8")
    print(f"{len(versions)} packages")


if __name__ == "__main__":
    main()

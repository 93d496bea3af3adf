"""The version of the rules: while it stays the same, an earlier result is as good as a new one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path

import govextract
from govextract.lexicon import Lexicon


def rules_version(lexicon: Lexicon) -> str:
    """Return a digest of all that decides what is found in a file, 16 hexadecimal digits.

    That is the version of the package, its data and code, the readers that other packages add,
    and the overlays of ``lexicon``.
    """
    digest = hashlib.sha256(_package_digest())
    digest.update(repr(lexicon.overlays).encode())
    return digest.hexdigest()[:16]


@cache
def _package_digest() -> bytes:
    digest = hashlib.sha256(govextract.__version__.encode())
    for entry in sorted(entry_points(group="govextract.readers")):
        digest.update(f"{entry.name} {entry.value} {entry.dist and entry.dist.version}".encode())
    root = Path(govextract.__file__).parent
    for path in sorted(_package_files(root)):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.digest()


def _package_files(root: Path) -> Iterator[Path]:
    return (path for path in root.rglob("*") if path.suffix in (".py", ".toml", ".tsv"))

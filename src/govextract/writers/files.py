"""Files that appear whole or not at all, and not over others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from govextract.errors import UsageError


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a path beside ``path`` to write to; it is renamed at the end, or deleted on an error."""
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    try:
        yield part
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def refuse_existing(paths: Iterable[Path], *, force: bool) -> None:
    """Raise UsageError where one of the files is there already, unless ``force``."""
    found = [path for path in paths if path.exists()]
    if found and not force:
        others = f" and {len(found) - 1} more" if len(found) > 1 else ""
        raise UsageError(
            f"exists already{others}",
            place=str(found[0]),
            remedy="give another name, or --force to overwrite",
        )


def write_new(folder: Path, files: Mapping[str, str], *, force: bool = False) -> list[Path]:
    """Write texts by their name below ``folder`` and return their paths, as above."""
    paths = [folder / name for name in files]
    refuse_existing(paths, force=force)
    for path, content in zip(paths, files.values(), strict=True):
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as part:
            part.write_text(content, encoding="utf-8", newline="")
    return paths

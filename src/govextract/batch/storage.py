"""Where a run keeps its parts and its manifest: a local folder, or an fsspec address.

A file appears whole or not at all: local ones are written beside, synced and renamed; object
stores show an object only when it is whole. Names are relative to the root, ``/`` between.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Protocol

from govextract.errors import MissingExtraError

PART_SUFFIX = ".part"
"""The end of the name of a file that is being written; it starts with a dot besides."""


class Storage(Protocol):
    """A tree of small files that can be sent to another process (pickled)."""

    def read(self, name: str) -> bytes:
        """Return the contents of the file ``name``; raises FileNotFoundError."""
        ...

    def write(self, name: str, data: bytes) -> None:
        """Write the file ``name`` whole or not at all; raises OSError."""
        ...

    def names(self, folder: str) -> list[str]:
        """Return the names of what stands in ``folder``, sorted; empty where there is none."""
        ...

    def delete(self, name: str) -> None:
        """Delete the file ``name``, if it is there."""
        ...

    def sweep(self) -> None:
        """Delete what writes that were killed have left; nobody else may be writing."""
        ...


class LocalStorage:
    """Files below a local folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def read(self, name: str) -> bytes:
        """Return the contents of the file ``name``; raises FileNotFoundError."""
        return (self.root / name).read_bytes()

    def write(self, name: str, data: bytes) -> None:
        """Write the file ``name`` whole or not at all; raises OSError."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        # Two processes may write the same part, when a cluster runs a task a second time.
        beside = path.with_name(f".{path.name}.{os.getpid()}{PART_SUFFIX}")
        try:
            with beside.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise

    def names(self, folder: str) -> list[str]:
        """Return the names of what stands in ``folder``, sorted; empty where there is none."""
        path = self.root / folder
        return sorted(entry.name for entry in path.iterdir()) if path.is_dir() else []

    def delete(self, name: str) -> None:
        """Delete the file ``name``, if it is there."""
        (self.root / name).unlink(missing_ok=True)

    def sweep(self) -> None:
        """Delete what writes that were killed have left; nobody else may be writing."""
        for left in self.root.rglob(f".*{PART_SUFFIX}"):
            left.unlink(missing_ok=True)


class RemoteStorage:
    """Files below an fsspec address, e.g. ``s3://bucket/out`` or ``memory://out``."""

    def __init__(self, address: str) -> None:
        self.address = address.rstrip("/")

    def read(self, name: str) -> bytes:
        """Return the contents of the file ``name``; raises FileNotFoundError."""
        fs, root = open_address(self.address)
        return bytes(fs.cat_file(f"{root}/{name}"))

    def write(self, name: str, data: bytes) -> None:
        """Write the file ``name``; raises OSError."""
        fs, root = open_address(self.address)
        path = f"{root}/{name}"
        fs.makedirs(path.rpartition("/")[0], exist_ok=True)
        fs.pipe_file(path, data)

    def names(self, folder: str) -> list[str]:
        """Return the names of what stands in ``folder``, sorted; empty where there is none."""
        fs, root = open_address(self.address)
        # Listings are cached by some file systems; another process may have written since.
        fs.invalidate_cache()
        try:
            found = fs.ls(f"{root}/{folder}", detail=False)
        except FileNotFoundError:
            return []
        return sorted(name.rstrip("/").rpartition("/")[2] for name in found)

    def delete(self, name: str) -> None:
        """Delete the file ``name``, if it is there."""
        fs, root = open_address(self.address)
        try:
            fs.rm_file(f"{root}/{name}")
        except FileNotFoundError:
            return

    def sweep(self) -> None:
        """Nothing to do: a remote file appears whole or not at all."""


def open_storage(place: str | Path) -> Storage:
    """Return the storage at a local path or an address; ``file://`` addresses are local."""
    local = local_path(place)
    return LocalStorage(local) if local is not None else RemoteStorage(str(place))


def local_path(place: str | Path) -> Path | None:
    """Return the local path behind ``place``, or ``None`` where it is the address of another store.

    >>> local_path("file:///data/out").as_posix(), local_path("s3://bucket/out")
    ('/data/out', None)
    """
    text = str(place)
    if "://" not in text:
        return Path(place)
    return Path(text.removeprefix("file://")) if text.startswith("file://") else None


def open_address(address: str) -> tuple[Any, str]:
    """Return the fsspec file system of ``address`` and the path in it.

    Raises MissingExtraError without fsspec.
    """
    try:
        import fsspec
    except ImportError as error:
        raise MissingExtraError("fsspec", "dask") from error
    fs, path = fsspec.core.url_to_fs(address)  # type: ignore[no-untyped-call]
    return fs, str(path)

"""One run at a time in an output folder.

The lock of a local folder is held by the operating system and ends with its process, however that
ends: a lock file that a killed run left behind stops nobody. Other stores have no such thing:
there, an object says who is at work, and it stands until the run ends or somebody deletes it.
"""

from __future__ import annotations

import json
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from govextract.batch.storage import LocalStorage, Storage
from govextract.errors import UsageError

_NAME = "lock"


@contextmanager
def locked(storage: Storage, place: str) -> Iterator[None]:
    """Hold the lock of ``storage``; raises UsageError where another run holds it.

    ``place`` is the output folder, for the message.
    """
    if isinstance(storage, LocalStorage):
        with _hold_local(storage, place):
            yield
    else:
        with _hold_remote(storage, place):
            yield


@contextmanager
def _hold_local(storage: LocalStorage, place: str) -> Iterator[None]:
    storage.root.mkdir(parents=True, exist_ok=True)
    # Neither truncated nor deleted: another run may hold it, or wait to look at it.
    with (storage.root / _NAME).open("a+b") as file:
        if not _try_lock(file):
            file.seek(0)
            raise _refusal(place, file.read(), "wait for it to end")
        file.truncate(0)
        file.write(_own_mark())
        file.flush()
        yield


@contextmanager
def _hold_remote(storage: Storage, place: str) -> Iterator[None]:
    if _NAME in storage.names("") and not _left_behind(mark := storage.read(_NAME)):
        raise _refusal(place, mark, "wait for it to end; if it was killed, delete .govextract/lock")
    storage.write(_NAME, _own_mark())
    try:
        yield
    finally:
        storage.delete(_NAME)


def _try_lock(file: IO[bytes]) -> bool:
    """Lock ``file`` until it is closed; say whether that could be done."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _own_mark() -> bytes:
    return json.dumps({"process": os.getpid(), "host": socket.gethostname()}).encode()


def _left_behind(mark: bytes) -> bool:
    """Say whether ``mark`` is that of a process of this host that is no more."""
    try:
        holder = json.loads(mark)
        if holder["host"] != socket.gethostname():
            return False
        os.kill(holder["process"], 0)
    except ProcessLookupError:
        return True
    except (ValueError, KeyError, TypeError, OSError):
        return False
    return False


def _refusal(place: str, mark: bytes, remedy: str) -> UsageError:
    try:
        holder = json.loads(mark)
        who = f"process {holder['process']} on {holder['host']}"
    except (ValueError, KeyError, TypeError):
        who = "another process"
    return UsageError(f"another run is writing here ({who})", place=place, remedy=remedy)

"""A limit of time for the work on one report."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class OutOfTime(BaseException):
    """The time is up. No ``Exception``: a reader that catches those must not swallow it."""


@contextmanager
def time_limit(seconds: float | None) -> Iterator[None]:
    """Raise OutOfTime in this thread when the block takes longer than ``seconds``.

    Works in any thread, where a signal would need the main one. What runs inside a C library is
    interrupted when it returns; an engine with processes of its own ends one that does not.
    """
    if seconds is None:
        yield
        return
    thread = threading.get_ident()
    lock = threading.Lock()
    over = fired = raised = False

    def end() -> None:
        nonlocal fired
        with lock:
            if not over:
                fired = True
                _raise_out_of_time(thread)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    except OutOfTime:
        raised = True
        raise
    finally:
        timer.cancel()
        with lock:
            over = True
        if fired and not raised:
            _drop_out_of_time()


def _raise_out_of_time(thread: int) -> None:
    """Have ``thread`` raise OutOfTime at one of its next steps."""
    error = ctypes.py_object(OutOfTime)
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), error)


def _drop_out_of_time() -> None:
    """Drop an OutOfTime that came at the last moment and is still on its way.

    To take it back (``SetAsyncExc`` with NULL) leaves Python 3.11 looking for an exception for
    ever after: all is slower then, and a thread that is traced or debugged comes to a halt.
    """
    try:
        for _ in range(1000):
            pass
    except OutOfTime:
        return

"""How far a run is: a bar with rate and time left on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer

from govextract.cli.printing import visible

_SECONDS_A_LINE = 5.0


@contextmanager
def showing_progress() -> Iterator[Callable[[int, int, str], None]]:
    """Give a function to call with how many are done, how many there are, and the last's name."""
    if not sys.stderr.isatty():
        yield Lines()
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        TextColumn("{task.description}", markup=False),
    )
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=None, rate="")
        began = time.monotonic()

        def update(done: int, total: int, name: str) -> None:
            rate = f"{done / (time.monotonic() - began + 1e-9):.0f}/s"
            bar.update(task, completed=done, total=total, description=visible(name), rate=rate)

        yield update


class Lines:
    """Prints a line to the standard error every few seconds, and one at the end."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._began = self._last = clock()

    def __call__(self, done: int, total: int, name: str) -> None:
        """Print how far the run is, unless a line was printed just now."""
        now = self._clock()
        if done < total and now - self._last < _SECONDS_A_LINE:
            return
        self._last = now
        rate = done / max(now - self._began, 1e-9)
        left = (total - done) / rate
        typer.echo(f"{done}/{total} {rate:.0f}/s {left:.0f} s left: {visible(name)}", err=True)

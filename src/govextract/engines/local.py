"""Tasks in processes of this machine.

Each worker has one task in hand and gets the next when that is done, so that no queue can grow. A
worker says which report it begins: when it ends or hangs, it is known on what.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
import time
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from typing import Any, Literal, NamedTuple

from govextract.batch.parts import PartEntry
from govextract.batch.work import Notice, Task, Work, crashed, out_of_time
from govextract.errors import GovextractError
from govextract.model import Problem
from govextract.writers.arrow import leave_pandas_out

MAX_WORKER_BYTES = 400_000_000
"""A worker whose memory was ever larger is replaced when its task is done."""

GRACE = 5.0
"""Seconds beyond a report's limit after which its worker is killed: it is stuck in a C library."""

_STRIKES = 2
"""A report on which so many workers ended is not tried again; one may have been an accident."""

_FAILED_STARTS = 3


class _Message(NamedTuple):
    """What a worker says: it begins a document, has done its task, or cannot go on."""

    kind: Literal["document", "done", "error"]
    content: Any
    leaves: bool = False


class LocalProcesses:
    """The engine of one machine: ``workers`` processes."""

    task_sizes = (1, 50)

    def __init__(
        self, workers: int, max_worker_bytes: int = MAX_WORKER_BYTES, grace: float = GRACE
    ) -> None:
        self.workers = workers
        self.max_worker_bytes = max_worker_bytes
        self.grace = grace

    def run(self, work: Work, tasks: Iterable[Task], notice: Notice) -> Iterator[PartEntry]:
        """Yield the entry of each part as it is written, in any order."""
        crew = _Crew(self, work, tasks, notice)
        try:
            while crew.busy():
                yield from crew.listen()
        finally:
            crew.dismiss()


class _Worker:
    """A process, the pipe to it, and what it has in hand."""

    def __init__(self, work: Work, max_bytes: int) -> None:
        # Forked workers would hold the run's lock and each other's pipes open.
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, work, max_bytes), daemon=True)
        self.process.start()
        theirs.close()
        self.task: Task | None = None
        self.document = ""
        self.began = 0.0

    def give(self, task: Task) -> None:
        self.task, self.document = task, ""
        self.pipe.send(task)

    def begins(self, document: str) -> None:
        self.document, self.began = document, time.monotonic()

    def is_stuck(self, limit: float) -> bool:
        return bool(self.document) and time.monotonic() - self.began > limit

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


class _Crew:
    """The workers of one run, and the tasks that they have before them."""

    def __init__(
        self, engine: LocalProcesses, work: Work, tasks: Iterable[Task], notice: Notice
    ) -> None:
        self._engine = engine
        self._work = work
        self._tasks = iter(tasks)
        self._again: deque[Task] = deque()
        self._notice = notice
        self._workers: list[_Worker] = []
        self._strikes: Counter[str] = Counter()
        self._failed_starts = 0

    def busy(self) -> bool:
        """Give tasks to all workers that have none; say whether any work is left."""
        idle = [worker for worker in self._workers if worker.task is None]
        while idle or len(self._workers) < self._engine.workers:
            task = self._next_task()
            if task is None:
                break
            worker = idle.pop() if idle else self._hire()
            worker.give(task)
        return any(worker.task for worker in self._workers)

    def listen(self) -> Iterator[PartEntry]:
        """Wait for what workers say and act on it; yield the entries of parts that are done."""
        pipes = {worker.pipe: worker for worker in self._workers if worker.task}
        for pipe in wait(list(pipes), timeout=1.0):
            worker = pipes[pipe]  # type: ignore[index]
            try:
                message = worker.pipe.recv()
            except (EOFError, OSError):
                self._lost(worker)
                continue
            yield from self._act(worker, message)
        if self._work.timeout is not None:
            self._end_stuck(self._work.timeout)

    def dismiss(self) -> None:
        """End all workers, whatever they do."""
        for worker in self._workers:
            worker.end()
        self._workers = []

    def _act(self, worker: _Worker, message: _Message) -> Iterator[PartEntry]:
        if message.kind == "error":
            raise message.content
        if message.kind == "document":
            self._failed_starts = 0
            worker.begins(message.content)
            self._notice(message.content)
            return
        worker.task, worker.document = None, ""
        if message.leaves:
            self._dismiss(worker)
        yield message.content

    def _next_task(self) -> Task | None:
        return self._again.popleft() if self._again else next(self._tasks, None)

    def _hire(self) -> _Worker:
        worker = _Worker(self._work, self._engine.max_worker_bytes)
        self._workers.append(worker)
        return worker

    def _dismiss(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        worker.end()

    def _lost(self, worker: _Worker) -> None:
        """Have the task of a worker that ended done again, in the end without its last report."""
        worker.process.join()
        reason = f"exit code {worker.process.exitcode}"
        if worker.document:
            self._strikes[worker.document] += 1
            if self._strikes[worker.document] >= _STRIKES:
                self._give_up(worker, crashed(worker.document, reason))
                return
        else:
            self._failed_starts += 1
            if self._failed_starts >= _FAILED_STARTS:
                raise GovextractError(
                    f"worker processes end before they begin ({reason})",
                    remedy="see the messages above; in Python, batch.run works without them",
                )
        self._again.append(worker.task)  # type: ignore[arg-type]
        self._dismiss(worker)

    def _end_stuck(self, timeout: float) -> None:
        for worker in list(self._workers):
            if worker.is_stuck(timeout + self._engine.grace):
                self._give_up(worker, out_of_time(worker.document, timeout))

    def _give_up(self, worker: _Worker, problem: Problem) -> None:
        """Have the task of ``worker`` done again without the report that it has in hand."""
        task = worker.task
        if task is not None:
            failed = {**task.failed, problem.document: problem}
            self._again.append(task._replace(failed=failed))
        self._dismiss(worker)


def _serve(pipe: Connection, work: Work, max_bytes: int) -> None:
    """Do tasks from ``pipe`` until it closes, an error occurs, or this process grows too large."""
    # Ctrl-C reaches all processes of a terminal; the one that leads the run ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    leave_pandas_out()
    leaves = False

    def notice(document: str, _count: int = 1, /) -> None:
        pipe.send(_Message("document", document))

    try:
        while not leaves:
            entry = work.run(pipe.recv(), notice)
            leaves = peak_bytes() > max_bytes
            pipe.send(_Message("done", entry, leaves))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return
    except Exception as error:
        # Where the one that leads the run is gone, nobody hears it.
        with suppress(BrokenPipeError, ConnectionResetError):
            pipe.send(_Message("error", error))


def peak_bytes() -> int:
    """Return the largest memory that this process has had; 0 where it cannot be told."""
    try:
        import resource
    except ImportError:  # Windows
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024

"""Tasks on a Dask cluster.

Dask gives the task of a lost worker to another. A task on which several workers are lost is cut in
halves, until the report that ends them is alone and becomes a problem.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any
from uuid import uuid4

from govextract.batch.parts import PartEntry
from govextract.batch.work import Notice, Task, Work, crashed
from govextract.errors import MissingExtraError, UsageError

_TASKS_A_THREAD = 2
"""So many tasks are with the cluster: one in work and one that waits, so that none is idle."""


class DaskCluster:
    """The engine of a Dask cluster: that at ``scheduler``, or ``workers`` on this machine."""

    task_sizes = (25, 200)

    def __init__(self, scheduler: str | None = None, workers: int = 1) -> None:
        self.scheduler = scheduler
        self._workers = workers

    @property
    def workers(self) -> int:
        """How many tasks it does at a time: the threads that the cluster has now.

        Raises as :meth:`run` does.
        """
        if self.scheduler is None:
            return self._workers
        with self._client() as client:
            return _threads(client)

    def run(self, work: Work, tasks: Iterable[Task], notice: Notice) -> Iterator[PartEntry]:
        """Yield the entry of each part as it is written, in any order.

        Raises MissingExtraError without Dask, UsageError where the scheduler does not answer.
        """
        distributed = _load_distributed()
        waiting = iter(tasks)
        with self._client() as client:
            given: dict[str, Task] = {}
            # Parts of other runs on the cluster are called the same.
            run = uuid4().hex
            done = distributed.as_completed()

            def give(task: Task) -> None:
                future = client.submit(work.run, task, key=f"govextract-{run}-{task.part}")
                given[future.key] = task
                done.add(future)

            for task in islice(waiting, _TASKS_A_THREAD * _threads(client)):
                give(task)
            for future in done:
                task = given.pop(future.key)
                try:
                    entry: PartEntry = future.result()
                except distributed.KilledWorker:
                    for part in halves(task):
                        give(part)
                    continue
                future.release()
                for following in islice(waiting, 1):
                    give(following)
                notice(task.sources[-1].document, len(task.sources))
                yield entry

    def _client(self) -> Any:
        distributed = _load_distributed()
        if self.scheduler is None:
            return distributed.Client(
                n_workers=self._workers, threads_per_worker=1, dashboard_address=None
            )
        try:
            return distributed.Client(self.scheduler)
        except (OSError, ValueError) as error:
            raise UsageError(
                f"the scheduler does not answer ({error})",
                place=self.scheduler,
                remedy="give the address that `dask scheduler` prints",
            ) from error


def _load_distributed() -> Any:
    try:
        import distributed
    except ImportError as error:
        raise MissingExtraError("distributed", "dask") from error
    return distributed


def _threads(client: Any) -> int:
    return max(1, int(sum(client.nthreads().values())))


def halves(task: Task) -> Iterator[Task]:
    """Yield ``task`` cut in two; where it is one report, that becomes a problem."""
    middle = len(task.sources) // 2
    if middle == 0:
        document = task.sources[0].document
        problem = crashed(document, "on several machines")
        yield task._replace(part=f"{task.part}x", failed={document: problem})
        return
    yield task._replace(part=f"{task.part}a", sources=task.sources[:middle])
    yield task._replace(part=f"{task.part}b", sources=task.sources[middle:])

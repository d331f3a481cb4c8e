"""A few threads that nobody waits for at the end: what they wait for may never come."""

from __future__ import annotations

from concurrent.futures import Future
from queue import SimpleQueue
from threading import Lock, Thread
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

Answer = TypeVar("Answer")


class _Job(NamedTuple):
    """What to do, and who is to hear of it."""

    function: Callable[[], Any]
    future: Future[Any]


class Threads:
    """Runs functions; any thread may call.

    Unlike those of the standard library, these threads do not keep the Jupyter server from ending
    while a dead cluster is being asked.

    Parameters
    ----------
    most
        How many threads; each begins when it is needed.
    name
        What they are called.
    """

    def __init__(self, most: int, name: str) -> None:
        self._most = most
        self._name = name
        self._lock = Lock()
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._count = 0
        self._free = 0
        self._closed = False

    def submit(self, function: Callable[[], Answer]) -> Future[Answer]:
        """Run a function as soon as a thread is free.

        Parameters
        ----------
        function
            What blocks.
        """
        future: Future[Answer] = Future()
        with self._lock:
            if self._closed:
                future.cancel()
                return future
            self._jobs.put(_Job(function, future))
            if self._jobs.qsize() > self._free and self._count < self._most:
                self._count += 1
                name = f"{self._name} {self._count}"
                Thread(target=self._work, name=name, daemon=True).start()
        return future

    def close(self) -> None:
        """Take nothing more, drop what waits, and let the threads end when they are done."""
        with self._lock:
            self._closed = True
            while not self._jobs.empty():
                job = self._jobs.get()
                if job is not None:
                    job.future.cancel()
            for _ in range(self._count):
                self._jobs.put(None)

    def _work(self) -> None:
        while (job := self._next()) is not None:
            if not job.future.set_running_or_notify_cancel():
                continue
            try:
                job.future.set_result(job.function())
            except BaseException as error:  # noqa: BLE001 - whoever waits for it gets it
                job.future.set_exception(error)

    def _next(self) -> _Job | None:
        with self._lock:
            self._free += 1
        job = self._jobs.get()
        with self._lock:
            self._free -= 1
        return job

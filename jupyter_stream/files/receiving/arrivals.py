"""The records that were read and not yet taken in, in order."""

from __future__ import annotations

from collections import defaultdict, deque
from heapq import merge
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from concurrent.futures import Future

    from jupyter_stream.files.receiving.verification import Arrival, Verification
    from jupyter_stream.kafka.record import Record


class Arrivals:
    """Records that are being verified while others are read or taken in.

    Parameters
    ----------
    verification
        What verifies them.
    """

    def __init__(self, verification: Verification) -> None:
        self._verification = verification
        self._tasks: deque[Future[list[Arrival]]] = deque()
        self._ready: deque[Arrival] = deque()

    def __bool__(self) -> bool:
        return bool(self._tasks or self._ready)

    def add(self, records: list[Record]) -> int:
        """Begin to verify a batch, and give the number of tasks that it makes.

        Parameters
        ----------
        records
            The records of each partition in order.
        """
        tasks = self._verification.begin(in_order_of_time(records))
        self._tasks.extend(tasks)
        return len(tasks)

    def first(self, leave: int = 0) -> Arrival | None:
        """Give the first record that is to be taken in; None if there is none.

        Parameters
        ----------
        leave
            How many tasks, of the newest, are not waited for.
        """
        while not self._ready and len(self._tasks) > leave:
            self._ready.extend(self._tasks.popleft().result())
        return self._ready[0] if self._ready else None

    def pop(self) -> None:
        """Take the first record out."""
        self._ready.popleft()

    def drop(self, partitions: set[int]) -> None:
        """Leave out what is here of these partitions."""
        while self._tasks:
            self._ready.extend(self._tasks.popleft().result())
        kept = (arrival for arrival in self._ready if arrival.record.partition not in partitions)
        self._ready = deque(kept)


def in_order_of_time(records: list[Record]) -> list[Record]:
    """Order records of several partitions by time, keeping the order of each partition.

    A backlog comes partition by partition; its time says more to who watches it.
    """
    if len({record.partition for record in records}) < 2:  # noqa: PLR2004 - they are in order
        return records
    partitions: defaultdict[int, list[Record]] = defaultdict(list)
    for record in records:
        partitions[record.partition].append(record)
    return list(merge(*partitions.values(), key=lambda record: record.timestamp or 0.0))

"""The newest things of a stream, within a limit."""

from __future__ import annotations

from collections import deque
from itertools import islice
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Recent(Generic[T]):
    """Keeps the newest; the oldest go when there are too many, or too many bytes.

    One thread at a time adds, any number of threads look. `total` counts all that was added.

    Parameters
    ----------
    count_limit
        How many are kept at most.
    byte_limit
        How many bytes they hold at most; the newest one is always kept.
    """

    def __init__(self, count_limit: int, byte_limit: int) -> None:
        self._count_limit = count_limit
        self._byte_limit = byte_limit
        self._bytes = 0
        self._lock = Lock()
        self._kept: deque[tuple[T, int]] = deque()
        self.total = 0

    @property
    def latest(self) -> T | None:
        """The newest one; None before the first."""
        with self._lock:
            return self._kept[-1][0] if self._kept else None

    def extend(self, newest: list[tuple[T, int]]) -> None:
        """Add some; hundreds of thousands of them may come in a second.

        Parameters
        ----------
        newest
            What is new in order, each with the bytes that it holds.
        """
        with self._lock:
            self.total += len(newest)
            self._kept.extend(newest)
            self._bytes += sum([size for _, size in newest])
            for _ in range(len(self._kept) - self._count_limit):
                self._bytes -= self._kept.popleft()[1]
            while len(self._kept) > 1 and self._bytes > self._byte_limit:
                self._bytes -= self._kept.popleft()[1]

    def clear(self) -> None:
        """Let all go; they stay counted."""
        with self._lock:
            self._kept.clear()
            self._bytes = 0

    def newest_last(self) -> tuple[T, ...]:
        """Return what is kept, in order."""
        with self._lock:
            return tuple([one for one, _ in self._kept])

    def after(self, count: int) -> tuple[int, list[T]]:
        """Return what came after so many, and how many of those are gone.

        Parameters
        ----------
        count
            How many in all were there before.
        """
        with self._lock:
            first = self.total - len(self._kept)
            gone = max(0, first - count)
            kept = islice(self._kept, max(0, count - first), None)
            return gone, [one for one, _ in kept]

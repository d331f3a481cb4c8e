"""The newest results of a watch, within a limit."""

from __future__ import annotations

from collections import deque
from itertools import islice
from threading import Lock
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jupyter_stream.analysis.result import Result

COUNT_LIMIT = 10_000
BYTE_LIMIT = 256 * 2**20


class RecentResults:
    """Keeps the newest results; the oldest go when there are too many, or too many bytes.

    One thread at a time adds, any number of threads look.

    Parameters
    ----------
    count_limit
        How many results are kept at most.
    byte_limit
        How many bytes they hold at most; the newest one is always kept.
    """

    def __init__(self, count_limit: int = COUNT_LIMIT, byte_limit: int = BYTE_LIMIT) -> None:
        self._count_limit = count_limit
        self._byte_limit = byte_limit
        self._bytes = 0
        self._lock = Lock()
        self._results: deque[tuple[Result, int]] = deque()
        self.total = 0

    @property
    def latest(self) -> Any:
        """The newest value; None before the first."""
        with self._lock:
            return self._results[-1][0].value if self._results else None

    def extend(self, results: list[tuple[Result, int]]) -> None:
        """Add results.

        Parameters
        ----------
        results
            The results in order, each with the bytes that it holds.
        """
        with self._lock:
            self.total += len(results)
            self._results.extend(results)
            self._bytes += sum([size for _, size in results])
            for _ in range(len(self._results) - self._count_limit):
                self._bytes -= self._results.popleft()[1]
            while len(self._results) > 1 and self._bytes > self._byte_limit:
                self._bytes -= self._results.popleft()[1]

    def clear(self) -> None:
        """Let all results go; they stay counted."""
        with self._lock:
            self._results.clear()
            self._bytes = 0

    def newest_last(self) -> tuple[Result, ...]:
        """Return the results that are kept, in order."""
        with self._lock:
            return tuple([result for result, _ in self._results])

    def after(self, count: int) -> tuple[int, list[Result]]:
        """Return the results that came after so many, and how many of those are gone.

        Parameters
        ----------
        count
            How many results in all were there before.
        """
        with self._lock:
            first = self.total - len(self._results)
            gone = max(0, first - count)
            kept = islice(self._results, max(0, count - first), None)
            return gone, [result for result, _ in kept]

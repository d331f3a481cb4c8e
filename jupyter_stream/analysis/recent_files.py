"""The newest files of a stream, within a limit."""

from __future__ import annotations

from collections import deque
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jupyter_stream.files.receiving.received_file import ReceivedFile

COUNT_LIMIT = 1_000
BYTE_LIMIT = 256 * 2**20


class RecentFiles:
    """Keeps the newest files; the oldest go when there are too many, or too many bytes.

    One thread appends, any number of threads look.

    Parameters
    ----------
    count_limit
        How many files are kept at most.
    byte_limit
        How many bytes they hold at most; the newest file is always kept.
    """

    def __init__(self, count_limit: int = COUNT_LIMIT, byte_limit: int = BYTE_LIMIT) -> None:
        self._count_limit = count_limit
        self._byte_limit = byte_limit
        self._bytes = 0
        self._lock = Lock()
        self._files: deque[ReceivedFile] = deque()

    def append(self, file: ReceivedFile) -> None:
        """Keep a file, and let the oldest go where the limits ask for it.

        Parameters
        ----------
        file
            The newest file.
        """
        with self._lock:
            self._files.append(file)
            self._bytes += file.size
            while len(self._files) > 1 and self._over():
                self._bytes -= self._files.popleft().size

    def clear(self) -> None:
        """Let all files go."""
        with self._lock:
            self._files.clear()
            self._bytes = 0

    def newest_last(self) -> tuple[ReceivedFile, ...]:
        """Return the files that are kept, in the order of their arrival."""
        with self._lock:
            return tuple(self._files)

    def _over(self) -> bool:
        return len(self._files) > self._count_limit or self._bytes > self._byte_limit

"""Files on their way from the job's thread to whoever iterates over them."""

from __future__ import annotations

from collections import deque
from threading import Condition
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jupyter_stream.files.receiving.received_file import ReceivedFile

MOST_FILES = 1_000
MOST_BYTES = 256 * 2**20


class HandOver:
    """A queue of files, which tells when it is full.

    A file counts as used when the next one is asked for.

    Parameters
    ----------
    most_files, most_bytes
        With how much in it the queue is full.
    """

    def __init__(self, most_files: int = MOST_FILES, most_bytes: int = MOST_BYTES) -> None:
        self._most_files = most_files
        self._most_bytes = most_bytes
        self._taken = Condition()
        self._files: deque[tuple[int, ReceivedFile]] = deque()
        self._bytes = 0
        self._lent: int | None = None
        self.count = 0

    @property
    def is_full(self) -> bool:
        """Whether something should be taken before more comes."""
        return len(self._files) >= self._most_files or self._bytes >= self._most_bytes

    @property
    def holds_files(self) -> bool:
        """Whether there is something to take."""
        return bool(self._files)

    def put(self, files: Iterable[ReceivedFile]) -> None:
        """Put files in; `count` is the number of the last one then."""
        with self._taken:
            for file in files:
                self.count += 1
                self._files.append((self.count, file))
                self._bytes += file.size

    def is_used(self, number: int) -> bool:
        """Tell whether nothing up to a number is to be taken, or in use, any more."""
        with self._taken:
            first = self._lent or (self._files[0][0] if self._files else None)
            return first is None or first > number

    def wait_for_room(self, timeout: float) -> None:
        """Wait until something is taken out, some seconds at most."""
        with self._taken:
            self._taken.wait(timeout)

    def drop(self, partitions: set[int]) -> list[ReceivedFile]:
        """Take out the files of partitions that somebody else reads anew, and give them."""
        with self._taken:
            dropped = [file for _, file in self._files if file.partition in partitions]
            self._files = deque(it for it in self._files if it[1].partition not in partitions)
            self._bytes -= sum(file.size for file in dropped)
            return dropped

    def take(self) -> ReceivedFile | None:
        """Take the next file out; None if there is none. The one before it is used then."""
        with self._taken:
            self._lent = None
            self._taken.notify_all()
            if not self._files:
                return None
            self._lent, file = self._files.popleft()
            self._bytes -= file.size
            return file

    def clear(self) -> None:
        """Let all files go."""
        with self._taken:
            self._files.clear()
            self._bytes = 0

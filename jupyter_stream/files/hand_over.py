"""Files on their way from the job's thread to whoever iterates over them; bounded."""

from __future__ import annotations

from collections import deque
from threading import Condition
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyter_stream.files.received_file import ReceivedFile

MOST_FILES = 1_000
MOST_BYTES = 256 * 2**20


class HandOver:
    """A queue of files, limited in number and bytes; a single file always fits.

    A file counts as used when the next one is asked for.

    Parameters
    ----------
    most_files, most_bytes
        How much waits at most.
    """

    def __init__(self, most_files: int = MOST_FILES, most_bytes: int = MOST_BYTES) -> None:
        self._most_files = most_files
        self._most_bytes = most_bytes
        self._changed = Condition()
        self._files: deque[ReceivedFile] = deque()
        self._bytes = 0
        self._lent = 0
        self._wakers: list[Callable[[], None]] = []
        self.used = 0

    def offer(self, file: ReceivedFile) -> bool:
        """Put a file in, and say whether there was room for it."""
        with self._changed:
            if self._files and self._is_full(file):
                return False
            self._files.append(file)
            self._bytes += file.size
            self._wake()
            return True

    def wait_for_room(self, timeout: float) -> None:
        """Wait until something is taken out, some seconds at most."""
        with self._changed:
            self._changed.wait(timeout)

    def drop(self, partitions: set[int]) -> None:
        """Take out the files of partitions that somebody else reads anew; they count as used."""
        with self._changed:
            kept = [file for file in self._files if file.partition not in partitions]
            self.used += len(self._files) - len(kept)
            self._files = deque(kept)
            self._bytes = sum(file.size for file in kept)

    def take(self, timeout: float) -> ReceivedFile | None:
        """Take the next file out; None if none comes in time. The one before it is used then.

        Parameters
        ----------
        timeout
            Seconds to wait at most.
        """
        with self._changed:
            self.used += self._lent
            self._lent = 0
            if not self._files:
                self._changed.wait(timeout)
            if not self._files:
                return None
            file = self._files.popleft()
            self._bytes -= file.size
            self._lent = 1
            self._changed.notify_all()
            return file

    def when_changed(self, wake: Callable[[], None]) -> None:
        """Have a function called, once, when a file comes in or `wake_all` is called."""
        with self._changed:
            self._wakers.append(wake)

    def wake_all(self) -> None:
        """Wake all who wait."""
        with self._changed:
            self._wake()

    def clear(self) -> None:
        """Let all files go."""
        with self._changed:
            self._files.clear()
            self._bytes = 0

    def _is_full(self, file: ReceivedFile) -> bool:
        return len(self._files) >= self._most_files or self._bytes + file.size > self._most_bytes

    def _wake(self) -> None:
        self._changed.notify_all()
        wakers, self._wakers = self._wakers, []
        for wake in wakers:
            wake()

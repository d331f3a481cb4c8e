"""Reading and hashing files in threads while others are being sent."""

from __future__ import annotations

import os
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, ThreadPoolExecutor, wait
from typing import TYPE_CHECKING, NamedTuple

from jupyter_stream.errors import StreamError
from jupyter_stream.files.uploading.survey import KEPT_BYTES, Survey, survey

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from jupyter_stream.files.uploading.sending import Sending

# So much content is kept for sending, and so few files at once are given to a thread.
AHEAD_BYTES = 24 * 2**20
AHEAD_FILES = 512
_TASK_BYTES = 2**20
_TASK_FILES = 32
_THREADS = min(4, max(2, os.cpu_count() or 1))


class Prepared(NamedTuple):
    """A file that was read, or the reason why it cannot be sent.

    Attributes
    ----------
    sending
        The attempt to send it.
    outcome
        Its survey, or what went wrong.
    """

    sending: Sending
    outcome: Survey | StreamError | OSError


class ReadAhead:
    """Surveys files in threads; bounded by the bytes and the files that are kept.

    Parameters
    ----------
    root
        The directory that the paths are relative to.
    checkpoint
        Called by the threads now and then; may wait, and may raise CancelledError.
    """

    def __init__(self, root: Path, checkpoint: Callable[[], None]) -> None:
        self._root = root
        self._checkpoint = checkpoint
        self._readers = ThreadPoolExecutor(_THREADS, "jupyter_stream reading")
        self._hashing = ThreadPoolExecutor(_THREADS, "jupyter_stream hashing")
        self._tasks: dict[Future[list[Prepared]], tuple[int, int]] = {}
        self._bytes = 0
        self._files = 0

    def fill(self, take: Callable[[], Sending | None], chunk_size: int) -> None:
        """Give files to the threads as long as there is room.

        Parameters
        ----------
        take
            Gives the next file; None if there is none.
        chunk_size
            Bytes of data in each of their chunks but the last.
        """
        while self._bytes < AHEAD_BYTES and self._files < AHEAD_FILES:
            group, size = _group(take)
            if not group:
                return
            task = self._readers.submit(self._prepare, group, chunk_size)
            self._tasks[task] = (size, len(group))
            self._bytes += size
            self._files += len(group)

    def take(self, seconds: float) -> list[Prepared]:
        """Give files that are ready, in no certain order.

        Parameters
        ----------
        seconds
            How long to wait for some if none are.
        """
        if not self._tasks or not (done := wait(self._tasks, seconds, FIRST_COMPLETED).done):
            return []
        # One task at a time: what is taken is not counted any more, and still kept.
        task = done.pop()
        size, count = self._tasks.pop(task)
        self._bytes -= size
        self._files -= count
        return task.result()

    @property
    def busy(self) -> bool:
        """Whether files are with the threads."""
        return bool(self._tasks)

    def close(self) -> None:
        """Drop what was not taken, and return when the threads are gone."""
        self._readers.shutdown(cancel_futures=True)
        self._hashing.shutdown()
        self._tasks.clear()

    def _prepare(self, group: list[Sending], chunk_size: int) -> list[Prepared]:
        prepared = []
        for sending in group:
            try:
                prepared.append(Prepared(sending, self._survey(sending, chunk_size)))
            except (StreamError, OSError) as error:
                prepared.append(Prepared(sending, error))
            except CancelledError:
                break
        return prepared

    def _survey(self, sending: Sending, chunk_size: int) -> Survey:
        file = self._root / sending.path
        return survey(file, sending.path, chunk_size, self._hashing, self._checkpoint)


def _group(take: Callable[[], Sending | None]) -> tuple[list[Sending], int]:
    """Take some small files together, which cost more to hand on than to read, or a large one."""
    group: list[Sending] = []
    size = 0
    while size < _TASK_BYTES and len(group) < _TASK_FILES and (sending := take()):
        group.append(sending)
        # A large file is not kept, but one is enough to be hashed before its time.
        size += sending.state.size if sending.state.size <= KEPT_BYTES else AHEAD_BYTES
    return group, size

"""What was received and waits for its analysis."""

from __future__ import annotations

from collections import deque
from threading import Condition
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jupyter_stream.files.receiving.received_file import ReceivedFile
    from jupyter_stream.kafka.record import Record

MOST_ITEMS = 20_000
MOST_BYTES = 64 * 2**20


class Inbox:
    """Batches of files and records, from several feeds to one analysis; tells when it is full."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._batches: deque[tuple[Sequence[ReceivedFile | Record], int]] = deque()
        self._items = 0
        self._bytes = 0

    @property
    def is_full(self) -> bool:
        """Whether something should be taken before more comes."""
        return self._items >= MOST_ITEMS or self._bytes >= MOST_BYTES

    def put(self, batch: Sequence[ReceivedFile | Record], size: int) -> None:
        """Put a batch in.

        Parameters
        ----------
        batch
            Files or records, in order.
        size
            How many bytes they hold.
        """
        with self._changed:
            self._batches.append((batch, size))
            self._items += len(batch)
            self._bytes += size
            self._changed.notify_all()

    def take(self, timeout: float) -> Sequence[ReceivedFile | Record]:
        """Take the next batch out; an empty one if none comes in time.

        Parameters
        ----------
        timeout
            Seconds to wait at most.
        """
        with self._changed:
            if not self._batches:
                self._changed.wait(timeout)
            if not self._batches:
                return ()
            batch, size = self._batches.popleft()
            self._items -= len(batch)
            self._bytes -= size
            self._changed.notify_all()
            return batch

    def wait_for_room(self, timeout: float) -> None:
        """Wait until something is taken out, some seconds at most."""
        with self._changed:
            if self.is_full:
                self._changed.wait(timeout)

    def clear(self) -> None:
        """Let all batches go."""
        with self._changed:
            self._batches.clear()
            self._items = self._bytes = 0
            self._changed.notify_all()

"""Records become verified chunks: read, chosen and checked against their hashes in threads."""

from __future__ import annotations

import os
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple

from jupyter_stream.errors import FormatError
from jupyter_stream.formats.chunk import Chunk, unpack_chunk, verify

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jupyter_stream.files.path_filter import PathFilter
    from jupyter_stream.kafka.record import Record

# Less than this is not worth a thread of its own.
_TASK_BYTES = 256 * 1024
_MOST_THREADS = 8


class Arrival(NamedTuple):
    """What was in a record.

    Attributes
    ----------
    record
        The record.
    chunk
        A verified chunk; None if the record has none that is wanted.
    refusal
        Why the record cannot be used; None if it can, or is not wanted.
    """

    record: Record
    chunk: Chunk | None
    refusal: FormatError | None


class Verification:
    """Reads and checks records in threads, in order, some batches ahead of whoever takes them.

    Parameters
    ----------
    chosen
        Which paths are wanted.
    """

    def __init__(self, chosen: PathFilter) -> None:
        self._chosen = chosen
        self._threads = ThreadPoolExecutor(
            min(os.cpu_count() or 1, _MOST_THREADS), "jupyter_stream verify"
        )

    def begin(self, records: list[Record]) -> list[Future[list[Arrival]]]:
        """Begin to check records; give what holds the results, in their order.

        Parameters
        ----------
        records
            The records.
        """
        return [self._threads.submit(self._examine, task) for task in _tasks(records)]

    def close(self) -> None:
        """End the threads."""
        self._threads.shutdown(cancel_futures=True)

    def _examine(self, records: list[Record]) -> list[Arrival]:
        return [self._arrival(record) for record in records]

    def _arrival(self, record: Record) -> Arrival:
        try:
            chunk = unpack_chunk(record.value)
            if self._chosen.reason(chunk.path):
                return Arrival(record, None, None)
            verify(chunk)
        except FormatError as error:
            return Arrival(record, None, error)
        return Arrival(record, chunk, None)


def _tasks(records: list[Record]) -> Iterator[list[Record]]:
    """Cut a batch into pieces that are worth a thread."""
    task: list[Record] = []
    size = 0
    for record in records:
        task.append(record)
        size += len(record.value or b"")
        if size >= _TASK_BYTES:
            yield task
            task, size = [], 0
    if task:
        yield task

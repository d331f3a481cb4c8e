"""Files assembled in memory, each in one buffer that its user then gets."""

from collections.abc import Iterator

import numpy as np

from jupyter_stream.errors import FileTooLarge
from jupyter_stream.files.version import Version


class HeldContent:
    """A file held in memory."""

    __slots__ = ("_view",)

    location = None

    def __init__(self, view: memoryview) -> None:
        self._view = view.toreadonly()

    def data(self) -> memoryview:
        """Give the bytes, read-only and without a copy."""
        return self._view


class MemoryPart:
    """A file that is being put together in a buffer.

    The buffer is reserved, not touched: the system gives memory as chunks are written.
    """

    def __init__(self, path: str, capacity: int) -> None:
        try:
            self._buffer = np.empty(capacity, dtype=np.uint8).data
        except MemoryError as error:
            raise FileTooLarge(
                f"{path}: no memory for {capacity} bytes; receive it to disk instead."
            ) from error

    def write(self, offset: int, data: bytes | memoryview) -> None:
        """Copy bytes to their place: the only copy there is."""
        self._buffer[offset : offset + len(data)] = data

    def read(self, start: int, stop: int) -> Iterator[memoryview]:
        """Give the bytes between two offsets, as one block."""
        yield self._buffer[start:stop]

    def finish(self, size: int, version: Version) -> HeldContent:  # noqa: ARG002 - all are kept
        """Hand the buffer over."""
        return HeldContent(self._buffer[:size])

    def abandon(self) -> None:
        """Let the buffer go."""
        self._buffer = memoryview(b"")


class MemorySink:
    """Takes files into memory; every version of a path is delivered."""

    def begin(self, path: str, capacity: int) -> MemoryPart:
        """Reserve a buffer.

        Raises
        ------
        FileTooLarge
            The system refuses that much memory.
        """
        return MemoryPart(path, capacity)

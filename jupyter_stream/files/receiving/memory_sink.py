"""Files assembled in memory, each in one buffer that its user then gets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from jupyter_stream.errors import FileTooLarge, StreamError
from jupyter_stream.files.receiving.part import Placed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jupyter_stream.files.receiving.part import Traits
    from jupyter_stream.files.receiving.unfinished_file import UnfinishedFile


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
        # NumPy lets other threads run meanwhile: the system gives the memory only now.
        np.copyto(
            np.frombuffer(self._buffer, np.uint8, len(data), offset), np.frombuffer(data, np.uint8)
        )

    def read(self, start: int, stop: int) -> Iterator[memoryview]:
        """Give the bytes between two offsets, as one block."""
        yield self._buffer[start:stop]

    def seal(self, traits: Traits) -> None:
        """Cut the buffer to the length of the file."""
        self._buffer = self._buffer[: traits.size]

    def content(self) -> HeldContent:
        """Hand the buffer over."""
        return HeldContent(self._buffer)

    def abandon(self) -> None:
        """Let the buffer go."""
        self._buffer = memoryview(b"")

    def give_up(self, report: UnfinishedFile) -> str:  # noqa: ARG002 - there is no place for it
        """Let the buffer go."""
        self.abandon()
        return ""


class MemorySink:
    """Takes files into memory; every version of a path is delivered."""

    patience = 0.0

    def begin(self, path: str, capacity: int) -> MemoryPart:
        """Reserve a buffer.

        Raises
        ------
        FileTooLarge
            The system refuses that much memory.
        """
        return MemoryPart(path, capacity)

    def place(self, parts: Sequence[MemoryPart]) -> list[Placed | StreamError]:
        """Hand the buffers over."""
        return [Placed(part.content(), is_new=True) for part in parts]

    def close(self) -> None:
        """Do nothing: the buffers belong to those who have them."""

"""What the assembler needs of a place that files are put together in."""

from collections.abc import Iterator
from typing import Protocol

from jupyter_stream.files.received_file import Content
from jupyter_stream.files.version import Version


class Part(Protocol):
    """One file that is being put together."""

    def write(self, offset: int, data: bytes | memoryview) -> None:
        """Put bytes at their offset; raises NotStored and may then be called again."""

    def read(self, start: int, stop: int) -> Iterator[bytes | memoryview]:
        """Give the bytes between two offsets again, in blocks."""

    def finish(self, size: int, version: Version) -> Content | None:
        """Make the file visible; None if a newer version of it is there. Raises NotStored."""

    def abandon(self) -> None:
        """Leave nothing behind."""


class Sink(Protocol):
    """A place that takes files."""

    def begin(self, path: str, capacity: int) -> Part:
        """Open a part for a file of at most `capacity` bytes.

        Raises UnsafePath, FileTooLarge or NotStored.
        """

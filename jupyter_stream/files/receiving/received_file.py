"""A complete file that came over a topic, as users get it."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol


class Content(Protocol):
    """Where the bytes of a complete file are."""

    @property
    def location(self) -> Path | None:
        """The file on disk; None if the bytes are in memory only."""

    def data(self) -> memoryview:
        """Give the bytes, read-only and without a copy."""


@dataclass(frozen=True, slots=True, repr=False)
class ReceivedFile:
    """A file whose every byte has arrived and was checked against its hash.

    Attributes
    ----------
    path
        Relative posix path, as sent and checked for safety.
    size
        Length in bytes.
    sha512
        Digest of the content, in hexadecimal.
    mtime
        Modification time at its origin in epoch seconds; None if unknown.
    topic, partition, offset
        The record that completed the file.
    """

    path: str
    size: int
    sha512: str
    mtime: float | None
    topic: str
    partition: int
    offset: int
    content: Content = field(compare=False)

    def __repr__(self) -> str:
        place = f"{self.topic} [{self.partition}] {self.offset}"
        return f"<ReceivedFile {self.path!r}: {self.size} bytes, {place}>"

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition("/")[2]

    @property
    def location(self) -> Path | None:
        """The file on disk; None if it was received into memory."""
        return self.content.location

    @property
    def data(self) -> memoryview:
        """The bytes, read-only and shared: `numpy.frombuffer(file.data, ...)` copies nothing.

        Raises
        ------
        FileChanged
            The file on disk was replaced or changed after it had arrived.
        """
        return self.content.data()

    def text(self, encoding: str = "utf-8") -> str:
        """Decode the content.

        Raises
        ------
        UnicodeDecodeError
            The content is not text in that encoding.
        """
        return str(self.data, encoding)

"""A file as its chunks tell of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from jupyter_stream.errors import BadChunk
from jupyter_stream.formats.chunk import verify

if TYPE_CHECKING:
    from jupyter_stream.formats.chunk import Chunk
    from jupyter_stream.kafka.record import Record

MOST_RANGES = 20
MOST_PATH_SIGNS = 1024


class FileState(StrEnum):
    """What a file's chunks amount to."""

    COMPLETE = "complete"
    INCOMPLETE = "incomplete"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where chunks of a file are in a partition.

    Attributes
    ----------
    partition
        Its number.
    first_offset, last_offset
        The offsets of the first and the last of them.
    """

    partition: int
    first_offset: int
    last_offset: int


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file in the list.

    Attributes
    ----------
    path
        Relative path, as it was sent.
    bytes
        Its size; as long as its last chunk is missing, the most that it can have.
    chunks
        How many it has.
    received
        How many of them were found.
    missing
        Ranges of chunks (counted from 1, both ends belong to them) that were not found, at most 20.
    state
        What the chunks amount to.
    verified
        Whether all chunks are there, and each has the hash that came with it.
    places
        Where the chunks are, by partition.
    newest
        Time of the newest chunk in epoch seconds; None if it has none.
    sha512
        The hash of the whole file, in hexadecimal.
    """

    path: str
    bytes: int
    chunks: int
    received: int
    missing: list[tuple[int, int]]
    state: FileState
    verified: bool
    places: list[Stretch]
    newest: float | None
    sha512: str


class ChunkedFile:
    """Collects what the chunks of one file tell.

    `places` are the first and the last offset of each partition.

    Parameters
    ----------
    chunk
        The first of them that was found.
    """

    def __init__(self, chunk: Chunk) -> None:
        self.places: dict[int, tuple[int, int]] = {}
        self.newest = 0.0
        self._path = chunk.path
        self._hash = chunk.file_hash
        self._total = chunk.total
        self._indices: set[int] = set()
        self._stride = 0
        self._size: int | None = None
        self._damaged = False

    @property
    def is_open(self) -> bool:
        """Whether more of its chunks may be found."""
        return len(self._indices) < self._total

    def add(self, record: Record, chunk: Chunk) -> None:
        """Take in a chunk.

        Parameters
        ----------
        record
            The record that it came in.
        chunk
            What it tells.
        """
        at = (record.offset, record.offset)
        low, high = self.places.get(record.partition, at)
        self.places[record.partition] = (min(low, record.offset), max(high, record.offset))
        self.newest = max(self.newest, record.timestamp or 0.0)
        self._stride = max(self._stride, len(chunk.data))
        if chunk.index == chunk.total:
            self._size = chunk.offset + len(chunk.data)
        try:
            verify(chunk)
        except BadChunk:
            self._damaged = True
            return
        self._indices.add(chunk.index)

    def row(self) -> FileRow:
        """Return what is known of it."""
        damaged = self._damaged and self.is_open
        whole = FileState.INCOMPLETE if self.is_open else FileState.COMPLETE
        return FileRow(
            path=self._path[:MOST_PATH_SIGNS],
            bytes=self._size if self._size is not None else self._stride * self._total,
            chunks=self._total,
            received=len(self._indices),
            missing=self._missing(),
            state=FileState.DAMAGED if damaged else whole,
            verified=not self.is_open,
            places=[Stretch(number, *ends) for number, ends in sorted(self.places.items())],
            newest=self.newest or None,
            sha512=self._hash.hex(),
        )

    def _missing(self) -> list[tuple[int, int]]:
        ranges: list[tuple[int, int]] = []
        expected = 1
        for index in [*sorted(self._indices), self._total + 1]:
            if index > expected:
                ranges.append((expected, index - 1))
            expected = index + 1
            if len(ranges) == MOST_RANGES:
                break
        return ranges

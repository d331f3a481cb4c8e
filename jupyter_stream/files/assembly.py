"""The state of one unfinished file."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha512
from itertools import islice
from typing import NamedTuple

from jupyter_stream.errors import BadChunk
from jupyter_stream.files.layout import Layout
from jupyter_stream.files.part import Part
from jupyter_stream.files.received_file import Content
from jupyter_stream.files.version import Version
from jupyter_stream.formats.chunk import Chunk

_MISSING_SHOWN = 20
# One touched byte can cost a whole huge page.
_PAGE_BYTES = 2 * 1024 * 1024


class FileIdentity(NamedTuple):
    """What makes two chunks belong to the same file."""

    topic: str
    path: str
    file_hash: bytes


@dataclass(frozen=True, slots=True)
class UnfinishedFile:
    """A file of which some chunks have not arrived.

    Attributes
    ----------
    topic, path, sha512
        Which file; the digest in hexadecimal.
    have, total
        Chunks that arrived, and chunks that make the file.
    missing
        Indexes (from 1) of missing chunks, the first 20 of them.
    first_offsets
        The first offset of the file on each partition that carried it.
    age, idle
        Seconds since its first and since its latest chunk.
    """

    topic: str
    path: str
    sha512: str
    have: int
    total: int
    missing: tuple[int, ...]
    first_offsets: Mapping[int, int]
    age: float
    idle: float


class Assembly:
    """One file on its way: which chunks are there, and the part that holds them.

    The hash of the whole file is computed along with the chunks as far as they come in order;
    only what came out of order is read again at the end.
    """

    def __init__(self, identity: FileIdentity, layout: Layout, part: Part, now: float) -> None:
        self.identity = identity
        self.layout = layout
        self._part = part
        self._begun = self._touched = now
        self._received: set[int] = set()
        self._first_offsets: dict[int, int] = {}
        self.last_offsets: dict[int, int] = {}
        self._size: int | None = None
        self.mtime: float | None = None
        self._hash = sha512()
        self._verified_hash = b""
        self._hashed = 0

    @property
    def is_complete(self) -> bool:
        """Whether every chunk is in the part."""
        return len(self._received) == self.layout.total

    @property
    def charge(self) -> int:
        """The memory that the part may occupy by now, in bytes."""
        pages = -(-self.layout.stride // _PAGE_BYTES)
        return min(self.layout.capacity, len(self._received) * pages * _PAGE_BYTES)

    @property
    def version(self) -> Version:
        """What orders this file among the versions of its path."""
        return Version(self.mtime, self.identity.topic, self._first_offsets)

    @property
    def size(self) -> int:
        """The length of the file in bytes, known once its last chunk is there."""
        return self.layout.capacity if self._size is None else self._size

    def see(self, partition: int, offset: int) -> None:
        """Note where a record of this file was."""
        first = self._first_offsets.setdefault(partition, offset)
        self._first_offsets[partition] = min(first, offset)
        self.last_offsets[partition] = max(self.last_offsets.get(partition, offset), offset)

    def has(self, chunk: Chunk) -> bool:
        """Tell whether a chunk is there already.

        Raises
        ------
        BadChunk
            It is the last one, and ends elsewhere than the last one that is there.
        """
        is_last = chunk.index == self.layout.total
        if is_last and self._size not in (None, chunk.offset + len(chunk.data)):
            raise BadChunk(
                f"{self.identity.path!r} has {self.size} bytes, but another last chunk ends it "
                f"at byte {chunk.offset + len(chunk.data)}."
            )
        return chunk.index in self._received

    def put(self, chunk: Chunk, now: float) -> None:
        """Write a verified chunk to its place.

        Raises
        ------
        NotStored
            The sink did not take it; the chunk still counts as missing.
        """
        self._part.write(chunk.offset, chunk.data)
        self._received.add(chunk.index)
        self._touched = now
        if chunk.mtime is not None:
            self.mtime = chunk.mtime
        if chunk.index == self.layout.total:
            self._size = chunk.offset + len(chunk.data)
        self._hash_along(chunk)

    def digest(self) -> bytes:
        """Hash the complete file."""
        if self._verified_hash:
            return self._verified_hash
        for block in self._part.read(self._hashed, self.size):
            self._hash.update(block)
        self._hashed = self.size
        return self._hash.digest()

    def finish(self) -> Content | None:
        """Make the complete file visible; None if a newer version of it is there.

        Raises
        ------
        NotStored
            The sink did not take it; this can be tried again.
        """
        return self._part.finish(self.size, self.version)

    def abandon(self) -> None:
        """Leave nothing of the file behind."""
        self._part.abandon()

    def report(self, now: float) -> UnfinishedFile:
        """Describe what has arrived so far."""
        indexes = range(1, self.layout.total + 1)
        missing = (index for index in indexes if index not in self._received)
        return UnfinishedFile(
            topic=self.identity.topic,
            path=self.identity.path,
            sha512=self.identity.file_hash.hex(),
            have=len(self._received),
            total=self.layout.total,
            missing=tuple(islice(missing, _MISSING_SHOWN)),
            first_offsets=dict(self._first_offsets),
            age=now - self._begun,
            idle=now - self._touched,
        )

    def _hash_along(self, chunk: Chunk) -> None:
        """Hash the file as far as it is there in order; an only chunk was hashed already."""
        if self.layout.total == 1:
            self._verified_hash = chunk.chunk_hash
        elif chunk.offset == self._hashed:
            self._hash.update(chunk.data)
            self._hashed += len(chunk.data)

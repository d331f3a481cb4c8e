"""The state of one file on its way."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from jupyter_stream.errors import BadChunk
from jupyter_stream.files.receiving.file_hash import FileHash, HashLine
from jupyter_stream.files.receiving.part import Traits
from jupyter_stream.files.receiving.unfinished_file import UnfinishedFile
from jupyter_stream.files.receiving.version import Version

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyter_stream.files.receiving.layout import Layout
    from jupyter_stream.files.receiving.part import Part
    from jupyter_stream.formats.chunk import Chunk

_MISSING_SHOWN = 20
_GAPS_SHOWN = 1000
# One touched byte can cost a whole huge page.
_PAGE_BYTES = 2 * 1024 * 1024


class FileIdentity(NamedTuple):
    """What makes two chunks belong to the same file."""

    topic: str
    path: str
    file_hash: bytes


class Position(NamedTuple):
    """Where a record is in its topic."""

    partition: int
    offset: int


class Assembly:
    """One file on its way: which chunks are there, and the part that holds them.

    Parameters
    ----------
    identity
        Which file.
    layout
        How it was cut.
    part
        What holds its bytes.
    line
        What hashes it.
    now
        A monotonic time in seconds.
    """

    def __init__(
        self, identity: FileIdentity, layout: Layout, part: Part, line: HashLine, now: float
    ) -> None:
        self.identity = identity
        self.layout = layout
        self.part = part
        self.first_offsets: dict[int, int] = {}
        self.last_offsets: dict[int, int] = {}
        self.mtime: float | None = None
        self.completed_by = Position(-1, -1)
        self._begun = self.touched = now
        self._chunks = FileHash(line, layout, part)
        self._size: int | None = None

    @property
    def is_complete(self) -> bool:
        """Whether every chunk is in the part."""
        return len(self._chunks) == self.layout.total

    @property
    def charge(self) -> int:
        """The room that the part may occupy by now, in bytes."""
        pages = -(-self.layout.stride // _PAGE_BYTES)
        return min(self.layout.capacity, len(self._chunks) * pages * _PAGE_BYTES)

    @property
    def version(self) -> Version:
        """What orders this file among the versions of its path."""
        return Version(self.mtime, self.identity.topic, self.first_offsets)

    @property
    def size(self) -> int:
        """The length of the file in bytes, known once its last chunk is there."""
        return self.layout.capacity if self._size is None else self._size

    @property
    def traits(self) -> Traits:
        """What is known of the file once it is complete."""
        return Traits(self.size, self.mtime, self.identity.file_hash)

    def progress(self, now: float) -> tuple[str, int, int, float]:
        """Give path, bytes that have come, bytes in all, and age in seconds.

        Bytes in all are the most that they can be until the last chunk is there.

        Parameters
        ----------
        now
            A monotonic time in seconds.
        """
        came = min(len(self._chunks) * self.layout.stride, self.size)
        return self.identity.path, came, self.size, now - self._begun

    def see(self, position: Position) -> None:
        """Note where a record of this file was."""
        partition, offset = position
        first = self.first_offsets.setdefault(partition, offset)
        self.first_offsets[partition] = min(first, offset)
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
        return chunk.index in self._chunks

    def put(self, chunk: Chunk, now: float) -> None:
        """Write a verified chunk to its place.

        Raises
        ------
        NotStored
            The sink did not take it; the chunk still counts as missing.
        """
        self.part.write(chunk.offset, chunk.data)
        self.touched = now
        if chunk.mtime is not None:
            self.mtime = chunk.mtime
        if chunk.index == self.layout.total:
            self._size = chunk.offset + len(chunk.data)
        self._chunks.put(chunk)

    def begin_seal(self) -> Callable[[], None]:
        """Give a function that checks the complete file and makes it safe; for any thread.

        It raises BadChunk if the hash of the whole differs, FileChanged if the part was removed,
        and NotStored if the system refuses: then begin again.
        """
        digest = self._chunks.begin_digest()
        return lambda: self._seal(digest)

    def report(self, now: float) -> UnfinishedFile:
        """Describe what has arrived so far."""
        gaps = tuple(islice(self._chunks.gaps(), _GAPS_SHOWN))
        missing = (index for first, last in gaps for index in range(first, last + 1))
        return UnfinishedFile(
            topic=self.identity.topic,
            path=self.identity.path,
            sha512=self.identity.file_hash.hex(),
            have=len(self._chunks),
            total=self.layout.total,
            missing=tuple(islice(missing, _MISSING_SHOWN)),
            gaps=gaps,
            first_offsets=dict(self.first_offsets),
            age=now - self._begun,
            idle=now - self.touched,
        )

    def _seal(self, digest: Callable[[], bytes]) -> None:
        if digest() != self.identity.file_hash:
            raise BadChunk(
                f"{self.identity.path!r} is complete, but its whole-file hash differs: a chunk was "
                "not of this file, or the file changed while it was sent. Send it again."
            )
        self.part.seal(self.traits)

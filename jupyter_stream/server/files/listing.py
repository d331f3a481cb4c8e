"""The files of a topic, the newest first or the earliest first."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

from jupyter_stream.errors import BadChunk, NotAChunk
from jupyter_stream.formats.chunk import unpack_chunk
from jupyter_stream.server.files.chunked_file import ChunkedFile

if TYPE_CHECKING:
    from jupyter_stream.kafka.inspection.page import Offsets
    from jupyter_stream.kafka.inspection.scan import Scan
    from jupyter_stream.kafka.record import Record
    from jupyter_stream.server.files.chunked_file import FileRow

Identity = tuple[str, bytes, int]


class FilesFound(NamedTuple):
    """Some files of a topic.

    Attributes
    ----------
    rows
        The files, the one with the newest chunk first.
    others
        How many records are no chunks.
    damaged
        How many records are chunks that cannot be read.
    rest
        Where to go on; None if all was read.
    """

    rows: list[FileRow]
    others: int
    damaged: int
    rest: Offsets | None


class FileListing:
    """Collects files from the records of a scan.

    Parameters
    ----------
    scan
        Gives the records.
    down
        Whether it reads downwards.
    limit
        How many files to find; a few more may be given.
    max_bytes, max_seconds
        How much may be read, and how long that may take.
    """

    def __init__(
        self, scan: Scan, *, down: bool, limit: int, max_bytes: int, max_seconds: float
    ) -> None:
        self._scan = scan
        self._down = down
        self._limit = limit
        self._max_bytes = max_bytes
        self._deadline = time.monotonic() + max_seconds
        self._files: dict[Identity, ChunkedFile] = {}
        self._others = 0
        self._damaged = 0

    def find(self) -> FilesFound:
        """Read until there are enough files, all is read, or the budget ends."""
        for block in self._scan.blocks():
            for record in block:
                self._take(record)
            if self._enough:
                break
        rest = None if self._scan.done else self._rest()
        files = sorted(self._files.values(), key=lambda file: file.newest, reverse=True)
        return FilesFound([file.row() for file in files], self._others, self._damaged, rest)

    @property
    def _enough(self) -> bool:
        complete = sum(not file.is_open for file in self._files.values())
        spent = self._scan.bytes >= self._max_bytes or time.monotonic() >= self._deadline
        return complete >= self._limit or spent

    def _take(self, record: Record) -> None:
        try:
            chunk = unpack_chunk(record.value)
        except NotAChunk:
            self._others += 1
            return
        except BadChunk:
            self._damaged += 1
            return
        identity = (chunk.path, chunk.file_hash, chunk.total)
        self._files.setdefault(identity, ChunkedFile(chunk)).add(record, chunk)

    def _rest(self) -> Offsets:
        """Return where to go on: files that were cut by the end of reading are read again whole."""
        at = dict(self._scan.at)
        cut = {identity: file for identity, file in self._files.items() if file.is_open}
        if len(cut) == len(self._files):
            # What is larger than the budget is shown as far as it was read.
            return at
        for identity, file in cut.items():
            for number, (low, high) in file.places.items():
                at[number] = max(at[number], high + 1) if self._down else min(at[number], low)
            del self._files[identity]
        return at

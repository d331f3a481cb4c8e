"""Chunks in, complete files out: any order, duplicates and interleaving are normal."""

import time
from collections import Counter, deque
from collections.abc import Callable
from typing import NamedTuple, Self

from jupyter_stream.errors import BadChunk, FileChanged, FileTooLarge, StreamError, UnsafePath
from jupyter_stream.files.assembly import Assembly, FileIdentity, UnfinishedFile
from jupyter_stream.files.assembly_counters import AssemblyCounters
from jupyter_stream.files.assembly_limits import AssemblyLimits
from jupyter_stream.files.completed import CompletedFiles
from jupyter_stream.files.layout import Layout, layout_of
from jupyter_stream.files.part import Sink
from jupyter_stream.files.received_file import ReceivedFile
from jupyter_stream.files.safe_path import check_path
from jupyter_stream.files.unfinished import UnfinishedTable
from jupyter_stream.formats.chunk import Chunk, verify

_ABANDONED_SHOWN = 100


class _Position(NamedTuple):
    """Where a record is in its topic."""

    partition: int
    offset: int


class Assembler:
    """Puts files together from chunks. One thread owns it; it is a context manager.

    Each chunk is checked and goes straight into the sink; none is kept. Versions of a path never
    mix: a file is its topic, path and hash.

    Parameters
    ----------
    sink
        Where files go.
    limits
        What is taken before chunks are refused or unfinished files given up.
    clock
        Seconds that only go forward; tests bring their own.
    """

    def __init__(
        self,
        sink: Sink,
        limits: AssemblyLimits | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._sink = sink
        self._limits = limits or AssemblyLimits()
        self._clock = clock
        self._unfinished = UnfinishedTable()
        self._completed = CompletedFiles(self._limits.max_completed_files)
        self._counts: Counter[str] = Counter()
        self._abandoned: deque[UnfinishedFile] = deque(maxlen=_ABANDONED_SHOWN)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    @property
    def counters(self) -> AssemblyCounters:
        """What was done so far, as a snapshot."""
        return AssemblyCounters(**self._counts)

    @property
    def unfinished(self) -> list[UnfinishedFile]:
        """Files of which chunks are missing, the one that waited longest first."""
        now = self._clock()
        return [assembly.report(now) for assembly in self._unfinished]

    @property
    def abandoned(self) -> list[UnfinishedFile]:
        """The latest 100 files that were given up, as they were then."""
        return list(self._abandoned)

    def add(self, topic: str, partition: int, offset: int, chunk: Chunk) -> ReceivedFile | None:
        """Take one chunk, and give the file that it completes.

        Parameters
        ----------
        topic, partition, offset
            The record that the chunk came in.
        chunk
            What was in it.

        Raises
        ------
        BadChunk
            The chunk, or the file that it completes, contradicts its hash or its own numbers.
            After a whole-file mismatch the file can be sent again.
        UnsafePath
            The file must not be written under its name.
        FileTooLarge
            The file exceeds a limit.
        FileChanged
            Somebody removed the unfinished file from the output directory. It can be sent again.
        NotStored
            The sink failed, for instance because the disk is full. Nothing was lost: add the
            same chunk again once there is space.
        """
        self._counts["chunks"] += 1
        position = _Position(partition, offset)
        identity = FileIdentity(topic, chunk.path, chunk.file_hash)
        if self._completed.covers(identity, partition, offset):
            self._counts["duplicates"] += 1
            return None
        try:
            return self._accept(identity, position, chunk)
        except (BadChunk, UnsafePath, FileTooLarge, FileChanged):
            self._counts["refused"] += 1
            raise

    def abandon_idle(self, seconds: float) -> list[UnfinishedFile]:
        """Give up the files whose latest chunk is longer ago than this, and tell which."""
        now = self._clock()
        reports = ((assembly, assembly.report(now)) for assembly in list(self._unfinished))
        idle = [(assembly, report) for assembly, report in reports if report.idle > seconds]
        for assembly, _ in idle:
            self._abandon(assembly)
        return [report for _, report in idle]

    def close(self) -> None:
        """Give up all unfinished files; nothing of them stays in the sink."""
        for assembly in list(self._unfinished):
            self._abandon(assembly)

    def _accept(
        self, identity: FileIdentity, position: _Position, chunk: Chunk
    ) -> ReceivedFile | None:
        """Bring a chunk to its file, which may begin with it."""
        layout = layout_of(chunk)
        assembly = self._unfinished.get(identity, layout)
        if assembly is None:
            return self._begin(identity, layout, position, chunk)
        return self._go_on(assembly, position, chunk)

    def _begin(
        self, identity: FileIdentity, layout: Layout, position: _Position, chunk: Chunk
    ) -> ReceivedFile | None:
        """Begin a file with its first chunk, once everything speaks for it."""
        check_path(identity.path)
        self._check_limits(identity, layout)
        verify(chunk)
        part = self._sink.begin(identity.path, layout.capacity)
        assembly = Assembly(identity, layout, part, self._clock())
        try:
            self._put(assembly, position, chunk)
            if assembly.is_complete:
                return self._complete(assembly, position)
        except StreamError:
            assembly.abandon()
            raise
        self._keep(assembly)
        return None

    def _go_on(self, assembly: Assembly, position: _Position, chunk: Chunk) -> ReceivedFile | None:
        """Add a chunk to a file that has some."""
        if assembly.has(chunk):
            self._counts["duplicates"] += 1
            assembly.see(*position)
        else:
            verify(chunk)
            self._put(assembly, position, chunk)
            self._keep(assembly)
        if not assembly.is_complete:
            return None
        try:
            return self._complete(assembly, position)
        except (BadChunk, UnsafePath, FileChanged):
            self._unfinished.remove(assembly)
            assembly.abandon()
            raise

    def _check_limits(self, identity: FileIdentity, layout: Layout) -> None:
        """Refuse a file by what it claims, before anything is taken for it."""
        most = min(self._limits.max_file_bytes, self._limits.max_total_bytes)
        if layout.least_size > most:
            raise FileTooLarge(
                f"{identity.path!r} has {layout.least_size} bytes or more; the limit is {most}."
            )
        if layout.total > self._limits.max_chunks:
            raise FileTooLarge(
                f"{identity.path!r} comes in {layout.total} chunks; the limit is "
                f"{self._limits.max_chunks}. Send it in larger chunks."
            )

    def _put(self, assembly: Assembly, position: _Position, chunk: Chunk) -> None:
        """Write a verified chunk."""
        assembly.put(chunk, self._clock())
        assembly.see(*position)
        self._counts["bytes"] += len(chunk.data)

    def _keep(self, assembly: Assembly) -> None:
        """Enter a file that got a chunk, giving up others where limits are exceeded."""
        self._unfinished.keep(assembly)
        while len(self._unfinished) > 1 and self._is_over_limits():
            self._abandon(self._unfinished.longest_waiting())

    def _is_over_limits(self) -> bool:
        """Tell whether unfinished files are too many or too large."""
        return (
            len(self._unfinished) > self._limits.max_unfinished_files
            or self._unfinished.charge > self._limits.max_total_bytes
        )

    def _complete(self, assembly: Assembly, position: _Position) -> ReceivedFile | None:
        """Check a complete file and make it visible."""
        identity = assembly.identity
        if assembly.digest() != identity.file_hash:
            raise BadChunk(
                f"{identity.path!r} is complete, but its whole-file hash differs: a chunk was "
                "not of this file, or the file changed while it was sent. Send it again."
            )
        content = assembly.finish()
        self._forget_cuts(assembly)
        self._completed.add(identity, assembly.last_offsets)
        if content is None:
            self._counts["superseded"] += 1
            return None
        self._counts["completed"] += 1
        return ReceivedFile(
            path=identity.path,
            size=assembly.size,
            sha512=identity.file_hash.hex(),
            mtime=assembly.mtime,
            topic=identity.topic,
            partition=position.partition,
            offset=position.offset,
            content=content,
        )

    def _forget_cuts(self, finished: Assembly) -> None:
        """Take a finished file out, and what has arrived of it in other cuts."""
        for assembly in self._unfinished.with_identity(finished.identity):
            self._unfinished.remove(assembly)
            if assembly is not finished:
                assembly.abandon()

    def _abandon(self, assembly: Assembly) -> None:
        """Give a file up, and remember that."""
        self._unfinished.remove(assembly)
        assembly.abandon()
        self._abandoned.append(assembly.report(self._clock()))
        self._counts["abandoned"] += 1

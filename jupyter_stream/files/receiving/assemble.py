"""Chunks in, complete files out: any order, duplicates and interleaving are normal."""

from __future__ import annotations

import time
from collections import Counter, deque
from dataclasses import replace
from itertools import islice, takewhile
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from jupyter_stream.errors import BadChunk, FileChanged, FileTooLarge, StreamError, UnsafePath
from jupyter_stream.files.receiving.assembly import Assembly, FileIdentity, Position
from jupyter_stream.files.receiving.assembly_counters import AssemblyCounters
from jupyter_stream.files.receiving.assembly_limits import AssemblyLimits
from jupyter_stream.files.receiving.completed import CompletedFiles
from jupyter_stream.files.receiving.file_hash import HashLine
from jupyter_stream.files.receiving.finishing import Finishing
from jupyter_stream.files.receiving.layout import Layout, layout_of
from jupyter_stream.files.receiving.positions import earliest
from jupyter_stream.files.receiving.unfinished import UnfinishedTable
from jupyter_stream.files.safe_path import check_path

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyter_stream.files.receiving.part import Sink
    from jupyter_stream.files.receiving.register import Completion, Register
    from jupyter_stream.files.receiving.unfinished_file import UnfinishedFile
    from jupyter_stream.formats.chunk import Chunk

_ABANDONED_SHOWN = 100


class Finished(NamedTuple):
    """What became of complete files.

    Attributes
    ----------
    completions
        Files that are in their place, to be entered in the register.
    refusals
        Files that must not be used: where their last record was, and why.
    trouble
        Why others are not in their place yet; None if nothing hinders. Try again later.
    """

    completions: list[Completion]
    refusals: list[tuple[Position, StreamError]]
    trouble: StreamError | None


class Assembler:
    """Puts files together from chunks. One thread owns it; it is a context manager.

    Each chunk goes straight into the sink; none is kept. Versions of a path never mix: a file is
    its topic, path and hash. What is complete waits for `finish`.

    Parameters
    ----------
    sink
        Where files go.
    limits
        What is taken before chunks are refused or unfinished files given up.
    register
        Which files were completed; kept in memory if not given.
    clock
        Seconds that only go forward: what the age of unfinished files is measured by.
    """

    def __init__(
        self,
        sink: Sink[Any],
        limits: AssemblyLimits | None = None,
        *,
        register: Register | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._sink = sink
        self._limits = limits or AssemblyLimits()
        self._register = CompletedFiles() if register is None else register
        self._clock = clock
        self._line = HashLine()
        self._unfinished = UnfinishedTable()
        self._finishing = Finishing(sink, self._register, time.monotonic)
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
        return [assembly.report(now) for assembly in self._unfinished if not assembly.is_complete]

    def progress(self, most: int) -> list[tuple[str, int, int, float]]:
        """Give path, bytes that came, bytes in all, and age of the files that got a chunk last.

        Parameters
        ----------
        most
            Of how many.
        """
        now = self._clock()
        return [assembly.progress(now) for assembly in islice(reversed(self._unfinished), most)]

    @property
    def abandoned(self) -> list[UnfinishedFile]:
        """The latest 100 files that were given up, as they were then."""
        return list(self._abandoned)

    @property
    def pending(self) -> int:
        """How many files are in the middle, or complete and not finished."""
        return len(self._unfinished)

    @property
    def finishing(self) -> int:
        """How many files are complete and not finished."""
        return len(self._finishing)

    def first_offsets(self) -> dict[int, int]:
        """Give the first offset on each partition of all that is not finished."""
        return earliest(assembly.first_offsets for assembly in self._unfinished)

    def add(self, topic: str, partition: int, offset: int, chunk: Chunk) -> bool:
        """Take one chunk whose data were checked against their hash.

        Parameters
        ----------
        topic, partition, offset
            The record that the chunk came in.
        chunk
            What was in it.

        Returns
        -------
        bool
            False if what is complete has to be finished first; then add it again: a content has
            come back after another one of its path, and neither is in its place yet.

        Raises
        ------
        BadChunk
            The chunk contradicts its own numbers, or those of other chunks of its file.
        UnsafePath
            The file must not be written under its name.
        FileTooLarge
            The file exceeds a limit.
        FileChanged
            Somebody removed the unfinished file from the disk. It can be sent again.
        NotStored
            The sink failed, for instance because the disk is full. Nothing was lost: add the
            same chunk again once there is space.
        """
        self._counts["chunks"] += 1
        identity = FileIdentity(topic, chunk.path, chunk.file_hash)
        try:
            return self._accept(identity, Position(partition, offset), chunk)
        except (BadChunk, UnsafePath, FileTooLarge, FileChanged):
            self._counts["refused"] += 1
            raise

    def finish(self, *, wait: bool = False) -> Finished:
        """Bring complete files to their place, many at once.

        Parameters
        ----------
        wait
            Whether to wait for all that are complete, and not just take what is ready.
        """
        results = self._finishing.take(wait=wait)
        for assembly, _ in (*results.placed, *results.refused):
            self._unfinished.remove(assembly)
        for assembly, completion in results.placed:
            self._forget_cuts(assembly)
            self._counts[completion.outcome] += 1
        refusals = []
        for assembly, error in results.refused:
            assembly.part.abandon()
            self._counts["refused"] += 1
            refusals.append((assembly.completed_by, error))
        return Finished([completion for _, completion in results.placed], refusals, results.trouble)

    def abandon_idle(self, seconds: float) -> None:
        """Give up the files whose latest chunk is longer ago than this."""
        long_ago = self._clock() - seconds
        idle = takewhile(lambda assembly: assembly.touched < long_ago, self._unfinished)
        for assembly in [assembly for assembly in idle if not assembly.is_complete]:
            self._give_up(assembly)

    def drop(self, partitions: set[int]) -> None:
        """Forget the files that came on these partitions only; who has them now reads them anew."""
        for assembly in list(self._unfinished):
            if assembly.first_offsets.keys() <= partitions:
                self._discard(assembly)

    def close(self) -> None:
        """Drop all unfinished files; nothing of them stays in the sink."""
        for assembly in list(self._unfinished):
            self._discard(assembly)
        self._line.close()
        self._finishing.close()
        self._sink.close()

    def _accept(self, identity: FileIdentity, position: Position, chunk: Chunk) -> bool:
        """Bring a chunk to its file, which may begin with it."""
        layout = layout_of(chunk)
        assembly = self._unfinished.get(identity, layout)
        if assembly is not None:
            if assembly.is_complete and self._unfinished.has_other_versions(identity):
                return False
            self._go_on(assembly, position, chunk)
        elif self._register.covers(identity, *position):
            self._counts["duplicates"] += 1
            self._counts["repeated"] += chunk.index == 1
        else:
            self._begin(identity, layout, position, chunk)
        return True

    def _begin(
        self, identity: FileIdentity, layout: Layout, position: Position, chunk: Chunk
    ) -> None:
        """Begin a file with its first chunk, once everything speaks for it."""
        check_path(identity.path)
        self._limits.check(identity.path, layout)
        part = self._sink.begin(identity.path, layout.capacity)
        assembly = Assembly(identity, layout, part, self._line, self._clock())
        try:
            self._put(assembly, position, chunk)
        except StreamError:
            part.abandon()
            raise

    def _go_on(self, assembly: Assembly, position: Position, chunk: Chunk) -> None:
        """Add a chunk to a file that has some."""
        if assembly.has(chunk):
            self._counts["duplicates"] += 1
            assembly.see(position)
            return
        try:
            self._put(assembly, position, chunk)
        except (FileChanged, FileTooLarge):
            self._discard(assembly)
            raise

    def _put(self, assembly: Assembly, position: Position, chunk: Chunk) -> None:
        """Write a verified chunk, and enter its file, giving up others beyond the limits."""
        assembly.put(chunk, self._clock())
        assembly.see(position)
        self._counts["bytes"] += len(chunk.data)
        self._unfinished.keep(assembly)
        if assembly.is_complete:
            assembly.completed_by = position
            self._finishing.add(assembly)
            return
        while not self._limits.allow(self._waiting, self._unfinished.charge):
            self._give_up(self._unfinished.longest_waiting())

    @property
    def _waiting(self) -> int:
        """How many files miss chunks."""
        return len(self._unfinished) - len(self._finishing)

    def _forget_cuts(self, finished: Assembly) -> None:
        """Take out what has arrived of a finished file in other cuts."""
        for assembly in self._unfinished.with_identity(finished.identity):
            self._discard(assembly)

    def _give_up(self, assembly: Assembly) -> None:
        """Give a file up, and remember that."""
        report = assembly.report(self._clock())
        self._unfinished.remove(assembly)
        report = replace(report, kept=assembly.part.give_up(report))
        self._abandoned.append(report)
        self._counts["abandoned"] += 1

    def _discard(self, assembly: Assembly) -> None:
        """Drop a file, and leave nothing of it."""
        self._unfinished.remove(assembly)
        self._finishing.remove(assembly)
        assembly.part.abandon()

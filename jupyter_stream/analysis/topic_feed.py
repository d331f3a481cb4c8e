"""One topic of a watch: its files and its other records go to the analysis."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from jupyter_stream.files.receiving.arrivals import in_order_of_time
from jupyter_stream.files.receiving.assembly_limits import AssemblyLimits
from jupyter_stream.files.receiving.completed import CompletedFiles
from jupyter_stream.files.receiving.memory_sink import MemorySink
from jupyter_stream.files.receiving.reception import Reception
from jupyter_stream.formats.chunk import is_chunk
from jupyter_stream.jobs.job import IDLE_SECONDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jupyter_stream.analysis.inbox import Inbox
    from jupyter_stream.files.receiving.received_file import ReceivedFile
    from jupyter_stream.files.receiving.reception_plan import ReceptionPlan
    from jupyter_stream.jobs.job import Job
    from jupyter_stream.kafka.cluster import Cluster
    from jupyter_stream.kafka.record import Record
    from jupyter_stream.kafka.record_reader import RecordReader

ASSEMBLY_BYTES = 4 * 2**30
PROGRESS_SHOWN = 20


class FileInProgress(NamedTuple):
    """A file of which some chunks have come.

    Attributes
    ----------
    path
        Its path, as sent.
    received
        Bytes that have come.
    total
        Bytes of the whole file; None if unknown. Until the last chunk is there, it is rounded up
        to whole chunks.
    seconds
        How long ago its first chunk came.
    """

    path: str
    received: int
    total: int | None
    seconds: float


class TopicFeed(Reception):
    """Reads a topic for a watch. Records that are no chunks of files are items of their own.

    Parameters
    ----------
    watch
        The watch.
    cluster
        Where the topic is.
    plan
        What of it is wanted.
    inbox
        Where files and records go.
    """

    def __init__(self, watch: Job, cluster: Cluster, plan: ReceptionPlan, inbox: Inbox) -> None:
        self._inbox = inbox
        self.progress: tuple[FileInProgress, ...] = ()
        super().__init__(
            plan.topic,
            cluster,
            plan,
            sink=MemorySink(),
            limits=AssemblyLimits(max_total_bytes=ASSEMBLY_BYTES),
            register=CompletedFiles(),
            parent=watch,
        )

    def discard(self) -> None:
        """Release what a feed holds that was never started."""
        self._close()

    def _sift(self, records: list[Record]) -> list[Record]:
        if not records:
            return records
        chunks = [record for record in records if is_chunk(record.value)]
        if len(chunks) == len(records):
            return records
        others = records
        if chunks:
            others = [record for record in records if not is_chunk(record.value)]
        size = sum([len(record.value or b"") for record in others])
        if self._hand_on(in_order_of_time(others), size):
            self._count(len(others), size, others[-1].timestamp)
        return chunks

    def _deliver(self, files: list[ReceivedFile]) -> None:
        if files:
            self._hand_on(files, sum(file.size for file in files))

    def _hand_on(self, items: Sequence[ReceivedFile | Record], size: int) -> bool:
        """Hand items to the analysis as soon as it has room; not after a stop."""
        while self._goes_on() and self._inbox.is_full:
            self._inbox.wait_for_room(IDLE_SECONDS)
            if self._reader is not None:
                self._publish(replace(self.stats, lag=self._reader.lag()), self.trouble)
        if self._stopping.is_set():
            return False
        self._inbox.put(items, size)
        return True

    def _measure(self, reader: RecordReader) -> None:
        super()._measure(reader)
        if self.progress or self._assembler.pending:
            newest = self._assembler.progress(PROGRESS_SHOWN)
            self.progress = tuple(FileInProgress(*one) for one in newest)

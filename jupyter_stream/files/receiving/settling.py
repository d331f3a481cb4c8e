"""Bringing complete files to their end: placed, entered, delivered, and only then committed."""

from __future__ import annotations

import time
from abc import abstractmethod
from typing import TYPE_CHECKING, Any

from jupyter_stream.errors import LedgerNotWritten, StreamError
from jupyter_stream.files.receiving.assemble import Assembler
from jupyter_stream.files.receiving.positions import Positions, earliest
from jupyter_stream.files.receiving.reading_time import ReadingTime
from jupyter_stream.files.receiving.topic_job import TopicJob

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jupyter_stream.files.receiving.assembly_limits import AssemblyLimits
    from jupyter_stream.files.receiving.part import Sink
    from jupyter_stream.files.receiving.received_file import ReceivedFile
    from jupyter_stream.files.receiving.reception_plan import ReceptionPlan
    from jupyter_stream.files.receiving.register import Completion, Register
    from jupyter_stream.jobs.job import Job
    from jupyter_stream.kafka.cluster import Cluster
    from jupyter_stream.kafka.record import Record
    from jupyter_stream.kafka.record_reader import RecordReader
    from jupyter_stream.kafka.start import Start

SETTLE_SECONDS = 0.5


class Settling(TopicJob):
    """A job whose complete files are brought to their end, in batches.

    Parameters
    ----------
    name, cluster, plan, sink, limits, register, parent
        As in `Reception`.
    """

    def __init__(
        self,
        name: str,
        cluster: Cluster,
        plan: ReceptionPlan,
        *,
        sink: Sink[Any],
        limits: AssemblyLimits,
        register: Register,
        parent: Job | None = None,
    ) -> None:
        super().__init__(name, cluster, plan, parent)
        self._register = register
        self._reading_time = ReadingTime()
        self._assembler = Assembler(sink, limits, register=register, clock=self._reading_time)
        self._positions = Positions()
        self._placed: list[Completion] = []
        self._settled = 0.0

    def _open(self, start: Start | None, *, wait: bool) -> RecordReader | None:
        reader = super()._open(start, wait=wait)
        if reader is not None:
            self._positions.begin(reader.begins)
        return reader

    @abstractmethod
    def _refuse(
        self, partition: int, offset: int, error: StreamError, record: Record | None = None
    ) -> None:
        """Tell what cannot be used; without a record it is a whole file."""

    @abstractmethod
    def _deliver(self, files: list[ReceivedFile]) -> None:
        """Do what is to be done with new files, and `_announce` each."""

    def _released(self, offsets: Mapping[int, int]) -> Mapping[int, int]:
        """Say which of the offsets, up to which all is done here, may be committed by now."""
        return offsets

    def _settle(self, *, wait: bool = False) -> None:
        """Bring complete files to their end; what hinders that is waited for, but not at a stop."""
        while True:
            trouble = self._settled_batch(wait=wait)
            if trouble is None and not (wait and self._assembler.finishing):
                return
            if trouble is not None:
                if not self._goes_on():
                    return
                self._hold_on(trouble)

    def _settled_batch(self, *, wait: bool) -> StreamError | None:
        trouble = None
        # What has its place is entered before more comes there: it may be an older version.
        if not self._placed:
            try:
                finished = self._assembler.finish(wait=wait)
            except LedgerNotWritten as error:
                return error
            for position, refusal in finished.refusals:
                self._refuse(*position, refusal)
            self._placed += finished.completions
            trouble = finished.trouble
        if self._placed or wait or time.monotonic() >= self._settled + SETTLE_SECONDS:
            try:
                self._enter_placed()
            except LedgerNotWritten as error:
                return error
            if trouble is None:
                self._hindrance = None
        return trouble

    def _enter_placed(self) -> None:
        """Enter the files that have their place, and how far the topic is done; then tell both."""
        offsets = self._positions.safe(self._assembler.first_offsets())
        # A group keeps its position itself: what its other members have may not be here.
        new = self._register.enter(self._placed, {} if self._plan.group else offsets)
        self._settled = time.monotonic()
        self._placed.clear()
        self._deliver(new)
        self._commit(offsets)

    def _commit(self, offsets: Mapping[int, int]) -> None:
        if self._reader is not None and (released := self._released(offsets)):
            self._reader.commit(released)

    def _give_away(self, partitions: set[int]) -> None:
        """Commit what is done of partitions that another member reads now, and drop the rest."""
        placed = [completion.version.first_offsets for completion in self._placed]
        safe = self._positions.safe(earliest([self._assembler.first_offsets(), *placed]))
        self._commit({p: offset for p, offset in safe.items() if p in partitions})
        self._assembler.drop(partitions)
        self._positions.drop(partitions)

"""Receiving files from a topic: records in, verified files out, positions behind them."""

from __future__ import annotations

import time
from abc import abstractmethod
from dataclasses import replace
from threading import Condition
from typing import TYPE_CHECKING, Any

from jupyter_stream.errors import (
    LedgerError,
    LedgerNotWritten,
    NotStored,
    StreamError,
    TopicNotFound,
)
from jupyter_stream.files.arrivals import Arrivals
from jupyter_stream.files.assemble import Assembler
from jupyter_stream.files.positions import Positions
from jupyter_stream.files.sharing import is_out_of_place, must_leave
from jupyter_stream.files.verification import Verification
from jupyter_stream.jobs.job import Job
from jupyter_stream.jobs.rates import Rates
from jupyter_stream.jobs.state import JobState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jupyter_stream.files.assembly_limits import AssemblyLimits
    from jupyter_stream.files.part import Sink
    from jupyter_stream.files.received_file import ReceivedFile
    from jupyter_stream.files.reception_plan import ReceptionPlan
    from jupyter_stream.files.register import Completion, Register
    from jupyter_stream.files.verification import Arrival
    from jupyter_stream.kafka.cluster import Cluster
    from jupyter_stream.kafka.record import Record
    from jupyter_stream.kafka.record_reader import RecordReader
    from jupyter_stream.kafka.start import Start

READ_SECONDS = 0.1
SETTLE_SECONDS = 0.5
RETRY_SECONDS = 1.0
LOOK_FOR_TOPIC_SECONDS = 1.0
STAND_BY_SECONDS = 3.0
_NAMED = 10


class Reception(Job):
    """A job that receives the files of a topic; what happens with them is the subclass's matter.

    Parameters
    ----------
    name
        What the job does, in a few words.
    cluster
        Where the topic is.
    plan
        What of it is wanted.
    sink
        Where files are put together.
    limits
        How much is taken before files are refused or given up.
    register
        Knows the files that were completed.
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
    ) -> None:
        super().__init__(name)
        self.topic = plan.topic
        self._cluster = cluster
        self._plan = plan
        self._register = register
        self._assembler = Assembler(sink, limits, register=register)
        self._verification = Verification(plan.chosen)
        self._arrivals = Arrivals(self._verification)
        self._positions = Positions()
        self._placed: list[Completion] = []
        self._rates = Rates()
        self._settled = 0.0
        self._hindrance: str | None = None
        self._abandoned = 0
        self._restarted = 0
        self._spread_since: float | None = None
        self._arrived = Condition()
        # Opened here and not in the thread: whatever is written after this call is seen.
        self._reader: RecordReader | None = None
        try:
            self._reader = self._open(plan.start, wait=plan.wait_for_topic)
        except BaseException:
            self._close()
            raise

    def wait_for_files(self, count: int, timeout: float | None = None) -> bool:
        """Wait until so many files were completed since the job began.

        Parameters
        ----------
        count
            How many files.
        timeout
            Seconds to wait at most; None waits as long as the job runs.

        Returns
        -------
        bool
            Whether they arrived; False when the time was up or the job had ended before.
        """
        with self._arrived:
            self._arrived.wait_for(lambda: self.stats.files >= count or self.state.ended, timeout)
        return self.stats.files >= count

    @abstractmethod
    def _deliver(self, files: list[ReceivedFile]) -> None:
        """Do what is to be done with new files, and `_announce` each."""

    def _begin_at(self, start: Start | None) -> Start:
        """Say where to start, now that the topic is there; it may have been made anew."""
        return "earliest" if start is None else start

    def _keep_refused(
        self, partition: int, offset: int, reason: str, record: Record | None
    ) -> None:
        """Keep what could not be used for inspection, if there is a place for it."""

    def _released(self, offsets: Mapping[int, int]) -> Mapping[int, int]:
        """Say which of the offsets, up to which all is done here, may be committed by now."""
        return offsets

    def _finish_up(self) -> None:
        """Do what has to be done before the topic is left, if `_goes_on` allows it."""

    def _announce(self, file: ReceivedFile) -> None:
        """Count a file, and tell those who wait for it."""
        stats = self.stats
        with self._arrived:
            self._publish(
                replace(
                    stats,
                    files=stats.files + 1,
                    content_bytes=stats.content_bytes + file.size,
                    latest=file.path,
                ),
                self.trouble,
            )
            self._arrived.notify_all()

    def _enter(self, state: JobState, reason: str | None = None) -> None:
        super()._enter(state, reason)
        with self._arrived:
            self._arrived.notify_all()

    def _attend(self) -> None:
        if self._reader is not None:
            self._reader.keep_alive()

    def _run(self) -> None:
        try:
            while self._reader is None and self._goes_on():
                self._look_for_topic()
            self._enter(JobState.RUNNING)
            while self._goes_on() and not self._is_done():
                self._step()
            self._settle(wait=True)
            self._finish_up()
            if self._reader is not None:
                self._measure(self._reader)
        finally:
            self._close()

    def _close(self) -> None:
        try:
            if self._reader is not None:
                self._reader.close()
        finally:
            self._verification.close()
            self._assembler.close()

    def _open(self, start: Start | None, *, wait: bool) -> RecordReader | None:
        topic, group = self.topic, self._plan.group
        try:
            self._cluster.partitions(topic)
        except TopicNotFound as error:
            if not wait:
                raise TopicNotFound(
                    f"{error}; to wait for it: wait_for_topic=True, or --wait"
                ) from None
            self._enter(JobState.WAITING, str(error))
            return None
        begin = self._begin_at(start)
        if group is None:
            return self._cluster.reader(topic, begin)
        return self._cluster.group_reader(topic, group, begin, on_revoked=self._give_away)

    def _look_for_topic(self) -> None:
        self._idle(LOOK_FOR_TOPIC_SECONDS)
        try:
            # All of a topic that is born during the job is new, whatever the start was.
            self._reader = self._open("earliest", wait=True)
        except StreamError as error:
            self._publish(self.stats, str(error))
        else:
            self._publish(self.stats, None)

    def _is_done(self) -> bool:
        """Tell whether all was received that was there at the start, if that is to be the end."""
        reader = self._reader
        if not self._plan.until_end or reader is None or not reader.at_end or self._arrivals:
            return False
        self._settle(wait=True)
        for file in self._assembler.unfinished:
            self._problems.add("A file is not complete at the end of the topic", file.summary)
        return True

    def _step(self) -> None:
        """Read a batch, take the batch before it in, and bring to its end what is complete."""
        reader = self._reader
        if reader is None:
            self._stand_by()
            return
        records = reader.read(0.0 if self._arrivals else READ_SECONDS)
        self._take_in(leave=self._arrivals.add(records))
        self._assembler.abandon_idle(self._plan.unfinished_seconds)
        self._settle()
        self._measure(reader)
        since = self._spread_since
        if since is not None and must_leave(reader, time.monotonic() - since):
            self._leave(reader)

    def _take_in(self, leave: int) -> None:
        """Take in what was verified; the newest tasks are left to go on meanwhile."""
        records = size = 0
        newest: float | None = None
        is_fresh = False
        while self._goes_on() and (arrival := self._arrivals.first(leave)):
            try:
                if not is_fresh:
                    self._register.refresh()
                is_fresh = True
                self._use(arrival)
            except (NotStored, LedgerNotWritten) as error:
                self._hold_on(error)
                continue
            self._hindrance = None
            self._arrivals.pop()
            self._positions.take(arrival.record)
            records += 1
            size += len(arrival.record.value or b"")
            newest = arrival.record.timestamp
        if records:
            self._count(records, size, newest)

    def _count(self, records: int, size: int, newest: float | None) -> None:
        stats = self.stats
        behind = time.time() - newest if newest else 0.0
        stats = replace(
            stats, records=stats.records + records, bytes=stats.bytes + size, seconds_behind=behind
        )
        self._publish(stats, self.trouble)

    def _use(self, arrival: Arrival) -> None:
        """Bring a chunk to its file, or say why not."""
        record, chunk, refusal = arrival
        if refusal is not None:
            self._refuse(record.partition, record.offset, refusal, record)
        if chunk is None:
            return
        if self._plan.group and self._reader and is_out_of_place(chunk, record, self._reader):
            self._spread_since = self._spread_since or time.monotonic()
        try:
            self._assembler.add(record.topic, record.partition, record.offset, chunk)
        except (NotStored, LedgerError):
            raise
        except StreamError as error:
            self._refuse(record.partition, record.offset, error, record)

    def _refuse(
        self, partition: int, offset: int, error: StreamError, record: Record | None = None
    ) -> None:
        where = f"{self.topic} [{partition}] offset {offset}"
        self._problems.add(f"Record skipped: {type(error).__name__}", f"{where}: {error}")
        self._keep_refused(partition, offset, f"{type(error).__name__}: {error}", record)
        self._publish(replace(self.stats, skipped=self.stats.skipped + 1), self.trouble)

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
        try:
            finished = self._assembler.finish(wait=wait)
        except LedgerNotWritten as error:
            return error
        for position, refusal in finished.refusals:
            self._refuse(*position, refusal)
        self._placed += finished.completions
        now = time.monotonic()
        if not self._placed and not wait and now < self._settled + SETTLE_SECONDS:
            return finished.trouble
        offsets = self._positions.safe(self._assembler.first_offsets())
        try:
            new = self._register.enter(self._placed, offsets)
        except LedgerNotWritten as error:
            return error
        self._settled = now
        self._placed.clear()
        if finished.trouble is None:
            self._hindrance = None
        self._deliver(new)
        self._commit(offsets)
        return finished.trouble

    def _commit(self, offsets: Mapping[int, int]) -> None:
        if self._reader is not None and (released := self._released(offsets)):
            self._reader.commit(released)

    def _hold_on(self, error: StreamError) -> None:
        """Tell of trouble, and wait a moment as a member of the group."""
        self._hindrance = str(error)
        self._publish(self.stats, self._hindrance)
        deadline = time.monotonic() + RETRY_SECONDS
        while self._goes_on() and time.monotonic() < deadline:
            self._attend()
            self._idle()

    def _give_away(self, partitions: set[int]) -> None:
        """Commit what is done of partitions that another member reads now, and drop the rest."""
        firsts = self._assembler.first_offsets()
        for completion in self._placed:
            for partition, offset in completion.version.first_offsets.items():
                firsts[partition] = min(offset, firsts.get(partition, offset))
        safe = self._positions.safe(firsts)
        self._commit({p: offset for p, offset in safe.items() if p in partitions})
        self._arrivals.drop(partitions)
        self._assembler.drop(partitions)
        self._positions.drop(partitions)

    def _leave(self, reader: RecordReader) -> None:
        """Leave a group that cannot share this topic, and stand by."""
        self._reader = self._spread_since = None
        reader.close()
        self._enter(
            JobState.WAITING,
            f"the chunks of files lie on several partitions of {self.topic!r}, so one member of "
            f"group {self._plan.group!r} has to read them all; this one stands by for it",
        )

    def _stand_by(self) -> None:
        """Join the group again when nobody else is in it any more."""
        self._idle(STAND_BY_SECONDS)
        try:
            if self._goes_on() and self._cluster.group_members(self._plan.group or "") == 0:
                self._reader = self._open(self._plan.start, wait=True)
        except StreamError as error:
            self._publish(self.stats, str(error))
            return
        if self._reader is not None:
            self._enter(JobState.RUNNING)

    def _measure(self, reader: RecordReader) -> None:
        self._report_abandoned()
        self._report_lost(reader)
        lag = reader.lag()
        counters = self._assembler.counters
        stats = self._rates.measure(self.stats)
        stats = replace(
            stats,
            lag=lag,
            seconds_behind=stats.seconds_behind if lag else 0.0,
            lost=reader.lost,
            unfinished=self._assembler.pending,
            duplicates=counters.present + counters.repeated,
        )
        self._publish(stats, self._hindrance or reader.trouble)

    def _report_lost(self, reader: RecordReader) -> None:
        if reader.lost > self.stats.lost:
            names = [file.path for file in self._assembler.unfinished[:_NAMED]]
            middle = f"; in the middle were {', '.join(names)}" if names else ""
            self._problems.add(
                "Records were deleted before they were read",
                f"{reader.lost - self.stats.lost} records of {self.topic}: its retention is "
                f"shorter than what was still to be read{middle}",
            )
        if reader.restarted > self._restarted:
            self._restarted = reader.restarted
            self._begin_at(None)
            self._problems.add(
                "The topic was made anew",
                f"{self.topic} is shorter than what was read of it; it is read from its start",
            )

    def _report_abandoned(self) -> None:
        """Tell of files that were given up, for want of chunks or of room."""
        given_up = self._assembler.counters.abandoned - self._abandoned
        self._abandoned += given_up
        for file in self._assembler.abandoned[-given_up:] if given_up else ():
            self._problems.add("A file never became complete", f"{file.summary}. {file.kept}")

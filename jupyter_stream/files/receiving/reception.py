"""Receiving files from a topic: records in, verified files out, positions behind them."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from jupyter_stream.errors import (
    FormatError,
    LedgerError,
    LedgerNotWritten,
    NotStored,
    StreamError,
)
from jupyter_stream.files.receiving.arrivals import Arrivals
from jupyter_stream.files.receiving.loss_report import LossReport
from jupyter_stream.files.receiving.positions import Positions
from jupyter_stream.files.receiving.settling import Settling
from jupyter_stream.files.receiving.sharing import is_out_of_place, must_leave
from jupyter_stream.files.receiving.topic_identity import TopicIdentity
from jupyter_stream.files.receiving.verification import Verification
from jupyter_stream.jobs.rates import Rates
from jupyter_stream.jobs.state import JobState

if TYPE_CHECKING:
    from jupyter_stream.files.receiving.assembly_limits import AssemblyLimits
    from jupyter_stream.files.receiving.part import Sink
    from jupyter_stream.files.receiving.received_file import ReceivedFile
    from jupyter_stream.files.receiving.reception_plan import ReceptionPlan
    from jupyter_stream.files.receiving.register import Register
    from jupyter_stream.files.receiving.verification import Arrival
    from jupyter_stream.jobs.job import Job
    from jupyter_stream.kafka.cluster import Cluster
    from jupyter_stream.kafka.record import Record
    from jupyter_stream.kafka.record_reader import RecordReader

READ_SECONDS = 0.1
# So many complete files may wait for their place while more are read; each holds some memory.
MOST_FINISHING = 1000


class Reception(Settling):
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
    parent
        The job that this one is a part of, if it is one.
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
        super().__init__(
            name, cluster, plan, sink=sink, limits=limits, register=register, parent=parent
        )
        self._verification = Verification(plan.chosen)
        self._arrivals = Arrivals(self._verification)
        self._rates = Rates()
        self._losses = LossReport(self.topic, self._assembler, self._problems)
        self._spread_since: float | None = None
        self._identity = TopicIdentity(cluster, self.topic)
        # Opened here and not in the thread: whatever is written after this call is seen.
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
        self._bell.wait_for(lambda: self.stats.files >= count or self.state.ended, timeout)
        return self.stats.files >= count

    def _attend(self) -> None:
        super()._attend()
        if self._reader is not None:
            trouble = self._hindrance or self._reader.trouble
            self._publish(replace(self.stats, lag=self._reader.lag()), trouble)

    def _keep_refused(
        self, partition: int, offset: int, reason: str, record: Record | None
    ) -> None:
        """Keep what could not be used for inspection, if there is a place for it."""

    def _sift(self, records: list[Record]) -> list[Record]:
        """Take out the records that are for others; give those that may be chunks."""
        return records

    def _finish_up(self) -> None:
        """Do what has to be done before the topic is left, if `_goes_on` allows it."""

    def _announce(self, file: ReceivedFile) -> None:
        """Count a file, which those hear of who wait for it."""
        stats = self.stats
        stats = replace(
            stats,
            files=stats.files + 1,
            content_bytes=stats.content_bytes + file.size,
            latest=file.path,
        )
        self._publish(stats, self.trouble)

    def _run(self) -> None:
        try:
            self._await_topic()
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

    def _is_done(self) -> bool:
        """Tell whether all was received that was there at the start, if that is to be the end."""
        reader = self._reader
        if not self._plan.until_end or reader is None or not reader.at_end or self._arrivals:
            return False
        self._settle(wait=True)
        self._losses.at_end()
        return True

    def _step(self) -> None:
        """Read a batch, take the batch before it in, and bring to its end what is complete."""
        reader = self._reader
        if reader is None:
            self._stand_by()
            return
        records = self._sift(reader.read(0.0 if self._arrivals else READ_SECONDS))
        self._take_in(leave=self._arrivals.add(records))
        self._reading_time.advance(is_read=reader.trouble is None)
        self._assembler.abandon_idle(self._plan.unfinished_seconds)
        self._settle(wait=self._assembler.finishing > MOST_FINISHING)
        self._measure(reader)
        since = self._spread_since
        if since is not None and must_leave(reader, time.monotonic() - since):
            self._spread_since = None
            self._leave(reader)
        elif reader.trouble is None and self._identity.has_changed():
            self._start_over(reader)

    def _start_over(self, reader: RecordReader) -> None:
        """Read a topic that was made anew from its start."""
        self._problems.add(
            "The topic was made anew",
            f"{self.topic} is another topic than before; it is read from its start",
        )
        partitions = reader.partitions
        self._give_away(partitions)
        # What was committed by now says nothing about the new topic.
        reader.commit(dict.fromkeys(partitions, 0))
        self._reader = None
        reader.close()
        self._await_topic()

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
                is_used = self._use(arrival)
            except (NotStored, LedgerNotWritten) as error:
                self._hold_on(error)
                continue
            if not is_used:
                self._settle(wait=True)
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

    def _use(self, arrival: Arrival) -> bool:
        """Bring a chunk to its file, or say why not; False if others have to be finished first."""
        record, chunk, refusal = arrival
        if refusal is not None:
            self._refuse(record.partition, record.offset, refusal, record)
        if chunk is None:
            return True
        if self._plan.group and self._reader and is_out_of_place(chunk, record, self._reader):
            self._spread_since = self._spread_since or time.monotonic()
        try:
            return self._assembler.add(record.topic, record.partition, record.offset, chunk)
        except (NotStored, LedgerError):
            raise
        except StreamError as error:
            self._refuse(record.partition, record.offset, error, record)
            return True

    def _refuse(
        self, partition: int, offset: int, error: StreamError, record: Record | None = None
    ) -> None:
        where = f"{self.topic} [{partition}] offset {offset}"
        self._problems.add(f"Record skipped: {type(error).__name__}", f"{where}: {error}")
        self._keep_refused(partition, offset, f"{type(error).__name__}: {error}", record)
        # What is no file of ours is passed over; a file that is not stored is a failure.
        failures = record is None or not isinstance(error, FormatError)
        stats = self.stats
        stats = replace(stats, skipped=stats.skipped + 1, errors=stats.errors + failures)
        self._publish(stats, self.trouble)

    def _give_away(self, partitions: set[int]) -> None:
        super()._give_away(partitions)
        self._arrivals.drop(partitions)

    def _measure(self, reader: RecordReader) -> None:
        lost = self._losses.of_records(reader)
        if self._losses.of_topic(reader):
            # What was read of the old topic says nothing about the new one.
            self._positions = Positions()
            self._begin_anew()
        lag = reader.lag()
        counters = self._assembler.counters
        stats = self._rates.measure(self.stats)
        stats = replace(
            stats,
            lag=lag,
            seconds_behind=stats.seconds_behind if lag else 0.0,
            lost=stats.lost + lost,
            errors=stats.errors + self._losses.of_files(),
            unfinished=self._assembler.pending,
            duplicates=counters.present + counters.repeated,
        )
        self._publish(stats, self._hindrance or reader.trouble)

"""Watching a topic: files are reconstructed, analysed and plotted as they arrive."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable
from dataclasses import replace
from threading import Condition
from typing import TYPE_CHECKING, Any, Literal

from jupyter_stream.analysis.read_spectrum import read_spectrum
from jupyter_stream.analysis.recent_files import RecentFiles
from jupyter_stream.errors import (
    ClusterUnreachable,
    FileTooLarge,
    FormatError,
    StreamError,
    TopicNotFound,
    UnsafePath,
    UsageMistake,
)
from jupyter_stream.files.assemble import Assembler
from jupyter_stream.files.assembly_limits import AssemblyLimits
from jupyter_stream.files.sinks import MemorySink
from jupyter_stream.formats.chunk import unpack_chunk
from jupyter_stream.jobs.job import Job
from jupyter_stream.jobs.rates import Rates
from jupyter_stream.jobs.state import JobState
from jupyter_stream.kafka.connect import current_cluster
from jupyter_stream.plots.spectrum import as_spectrum
from jupyter_stream.plots.spectrum_plot import SpectrumPlot

if TYPE_CHECKING:
    from jupyter_stream.files.received_file import ReceivedFile
    from jupyter_stream.kafka.cluster import Cluster, Start
    from jupyter_stream.kafka.reader import TopicReader
    from jupyter_stream.kafka.record import Record

Analysis = Callable[["ReceivedFile"], Any]
PlotKind = Literal["spectrum"]

READ_SECONDS = 0.1
LOOK_FOR_TOPIC_SECONDS = 1.0
# A file whose next chunk does not come for so long is given up.
IDLE_FILE_SECONDS = 600.0
ASSEMBLY_BYTES = 4 * 2**30


def watch(
    topic: str,
    *,
    plot: PlotKind | None = None,
    apply: Analysis | None = None,
    start: Start = "earliest",
    wait_for_topic: bool = False,
    cluster: Cluster | None = None,
) -> Watch:
    """Watch a topic: reconstruct its files in memory, and analyse each as it completes.

    Parameters
    ----------
    topic
        Name of the topic.
    plot
        "spectrum" to show the results on a live plot; None for no plot.
    apply
        Called with each `ReceivedFile`; what it returns is the result. Without it the result
        is the file read as a spectrum if there is a plot, and the file itself otherwise.
    start
        "earliest" for all that the topic holds, "latest" for what is written from now on.
    wait_for_topic
        Whether to wait for a topic that does not exist yet, instead of raising.
    cluster
        The cluster; the one connected to last if not given.

    Returns
    -------
    Watch
        The running watch.

    Raises
    ------
    UsageMistake
        An argument has a value that is not offered.
    TopicNotFound
        There is no such topic; the text names the nearest ones.
    NotConnected
        No cluster was given, and none was connected to.
    ClusterUnreachable
        No broker answers.
    """
    if plot not in (None, "spectrum"):
        raise UsageMistake(f"plot={plot!r} is not offered; use 'spectrum' or None")
    if start not in ("earliest", "latest"):
        raise UsageMistake(f"start={start!r} is not offered; use 'earliest' or 'latest'")
    if apply is not None and not callable(apply):
        raise UsageMistake(f"apply={apply!r} is no function; give the function itself")
    return Watch(
        cluster or current_cluster(),
        topic,
        plot=plot,
        apply=apply,
        start=start,
        wait_for_topic=wait_for_topic,
    ).start()


class Watch(Job):
    """A running watch on a topic; made by `watch`.

    The parameters are those of `watch`.
    """

    def __init__(
        self,
        cluster: Cluster,
        topic: str,
        *,
        plot: PlotKind | None,
        apply: Analysis | None,
        start: Start,
        wait_for_topic: bool,
    ) -> None:
        super().__init__(f"watch {topic}")
        self.topic = topic
        self.plot = SpectrumPlot(topic) if plot else None
        self._cluster = cluster
        self._apply = apply or (read_spectrum if plot else _the_file_itself)
        self._assembler = Assembler(MemorySink(), AssemblyLimits(max_total_bytes=ASSEMBLY_BYTES))
        self._recent = RecentFiles()
        self._latest: Any = None
        self._arrived = Condition()
        self._rates = Rates()
        self._abandoned = 0
        # Opened here and not in the thread: whatever is written after this call is seen.
        self._reader = self._open(start, wait_for_topic=wait_for_topic)

    @property
    def files(self) -> tuple[ReceivedFile, ...]:
        """The files that arrived, newest last; only the newest are kept (256 MiB, 1000 files)."""
        return self._recent.newest_last()

    @property
    def latest(self) -> Any:
        """The newest result; None before the first."""
        return self._latest

    def wait_for_files(self, count: int, timeout: float | None = None) -> bool:
        """Wait until so many files were completed since the watch began.

        Parameters
        ----------
        count
            How many files.
        timeout
            Seconds to wait at most; None waits as long as the watch runs.

        Returns
        -------
        bool
            Whether they arrived; False when the time was up or the watch had ended before.
        """
        with self._arrived:
            self._arrived.wait_for(lambda: self.stats.files >= count or self.state.ended, timeout)
        return self.stats.files >= count

    def release(self) -> None:
        """Let go of the files and the newest result."""
        self._recent.clear()
        self._latest = None

    def _run(self) -> None:
        try:
            self._follow()
        finally:
            self._assembler.close()
            if self._reader is not None:
                self._reader.close()

    def _enter(self, state: JobState, reason: str | None = None) -> None:
        super()._enter(state, reason)
        with self._arrived:
            self._arrived.notify_all()

    def _follow(self) -> None:
        while self._reader is None and self._goes_on():
            self._look_for_topic()
        self._enter(JobState.RUNNING)
        while self._reader is not None and self._goes_on():
            self._take_in_order(self._reader.read(READ_SECONDS))
            self._measure(self._reader)

    def _take_in_order(self, records: list[Record]) -> None:
        # A backlog comes partition by partition; its time says more.
        for record in sorted(records, key=lambda record: record.timestamp or 0.0):
            if not self._goes_on():
                return
            self._take(record)

    def _open(self, start: Start, *, wait_for_topic: bool) -> TopicReader | None:
        try:
            self._cluster.partitions(self.topic)
        except TopicNotFound as error:
            if not wait_for_topic:
                raise TopicNotFound(
                    f"{error}; to wait for it: wait_for_topic=True, or --wait"
                ) from None
            self._enter(JobState.WAITING, str(error))
            return None
        return self._cluster.reader(self.topic, start)

    def _look_for_topic(self) -> None:
        self._idle(LOOK_FOR_TOPIC_SECONDS)
        try:
            # All of a topic that is born during the watch is new, whatever the start was.
            self._reader = self._open("earliest", wait_for_topic=True)
        except (ClusterUnreachable, TopicNotFound) as error:
            self._publish(self.stats, str(error))
        else:
            self._publish(self.stats, None)

    def _take(self, record: Record) -> None:
        stats = self.stats
        self._publish(
            replace(
                stats,
                records=stats.records + 1,
                bytes=stats.bytes + len(record.value or b""),
                seconds_behind=time.time() - (record.timestamp or time.time()),
            ),
            self.trouble,
        )
        try:
            chunk = unpack_chunk(record.value)
            file = self._assembler.add(record.topic, record.partition, record.offset, chunk)
        except (FormatError, UnsafePath, FileTooLarge) as error:
            self._skip(record, error)
            return
        if file is not None:
            self._analyse(file)

    def _skip(self, record: Record, error: StreamError) -> None:
        where = f"{record.topic} [{record.partition}] offset {record.offset}"
        self._problems.add(f"Record skipped: {type(error).__name__}", f"{where}: {error}")
        self._publish(replace(self.stats, skipped=self.stats.skipped + 1), self.trouble)

    def _analyse(self, file: ReceivedFile) -> None:
        try:
            result = self._apply(file)
            if self.plot is not None:
                self.plot.append(as_spectrum(result).labelled(file.name))
        except BaseException as error:  # noqa: BLE001 - the user's function may raise anything
            self._blame(file, error)
        else:
            self._latest = result
        self._recent.append(file)
        with self._arrived:
            self._publish(
                replace(self.stats, files=self.stats.files + 1, latest=file.path), self.trouble
            )
            self._arrived.notify_all()

    def _blame(self, file: ReceivedFile, error: BaseException) -> None:
        where = f"{file.path} ({file.topic} [{file.partition}] offset {file.offset})"
        # The first frame is ours and tells the user nothing.
        trace = error.__traceback__ and error.__traceback__.tb_next
        lines = traceback.format_exception(type(error), error, trace)
        if isinstance(error, StreamError):
            lines = [str(error)]
        self._problems.add(f"{type(error).__name__} in the analysis", f"{where}\n{''.join(lines)}")
        self._publish(replace(self.stats, errors=self.stats.errors + 1), self.trouble)

    def _measure(self, reader: TopicReader) -> None:
        self._assembler.abandon_idle(IDLE_FILE_SECONDS)
        self._report_abandoned()
        self._report_lost(reader.lost)
        lag = reader.lag()
        stats = self._rates.measure(self.stats)
        behind = stats.seconds_behind if lag else 0.0
        self._publish(
            replace(stats, lag=lag, seconds_behind=behind, lost=reader.lost), reader.trouble
        )

    def _report_lost(self, lost: int) -> None:
        if lost > self.stats.lost:
            self._problems.add(
                "Records were deleted before they were read",
                f"{lost - self.stats.lost} records of {self.topic}: its retention is shorter than "
                "what was still to be read",
            )

    def _report_abandoned(self) -> None:
        """Tell of files that were given up, for want of chunks or of room."""
        given_up = self._assembler.counters.abandoned - self._abandoned
        self._abandoned += given_up
        for file in self._assembler.abandoned[-given_up:] if given_up else ():
            missing = ", ".join(map(str, file.missing))
            self._problems.add(
                "A file never became complete",
                f"{file.path}: {file.have} of {file.total} chunks came; missing {missing} ...",
            )


def _the_file_itself(file: ReceivedFile) -> ReceivedFile:
    return file

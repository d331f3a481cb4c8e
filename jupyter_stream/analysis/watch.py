"""Watching a topic: files are reconstructed, analysed and plotted as they arrive."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

from jupyter_stream.analysis.read_spectrum import read_spectrum
from jupyter_stream.analysis.recent_files import RecentFiles
from jupyter_stream.errors import StreamError, UsageMistake
from jupyter_stream.files.receiving.assembly_limits import AssemblyLimits
from jupyter_stream.files.receiving.completed import CompletedFiles
from jupyter_stream.files.receiving.reception import Reception
from jupyter_stream.files.receiving.reception_plan import ReceptionPlan, checked_start
from jupyter_stream.files.receiving.sinks import MemorySink
from jupyter_stream.kafka.connect import current_cluster
from jupyter_stream.plots.spectrum import as_spectrum
from jupyter_stream.plots.spectrum_plot import SpectrumPlot

if TYPE_CHECKING:
    from jupyter_stream.files.receiving.received_file import ReceivedFile
    from jupyter_stream.kafka.cluster import Cluster
    from jupyter_stream.kafka.start import Start

Analysis = Callable[["ReceivedFile"], Any]
PlotKind = Literal["spectrum"]

# A file whose next chunk does not come for so long is given up.
IDLE_FILE_SECONDS = 600.0
ASSEMBLY_BYTES = 4 * 2**30


def watch(
    topic: str,
    *,
    plot: PlotKind | None = None,
    apply: Analysis | None = None,
    start: Start | str = "earliest",
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
        "earliest" for all that the topic holds, "latest" for what is written from now on, a time,
        a time span ("-10m", or a timedelta), an offset, or the offset of each partition.
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
    if apply is not None and not callable(apply):
        raise UsageMistake(f"apply={apply!r} is no function; give the function itself")
    plan = ReceptionPlan(
        topic,
        start=checked_start(start),
        unfinished_seconds=IDLE_FILE_SECONDS,
        wait_for_topic=wait_for_topic,
    )
    return Watch(cluster or current_cluster(), plan, plot=plot, apply=apply).start()


class Watch(Reception):
    """A running watch on a topic; made by `watch`.

    Parameters
    ----------
    cluster
        Where the topic is.
    plan
        What of it is wanted.
    plot, apply
        As in `watch`.
    """

    def __init__(
        self,
        cluster: Cluster,
        plan: ReceptionPlan,
        *,
        plot: PlotKind | None,
        apply: Analysis | None,
    ) -> None:
        self.plot = SpectrumPlot(plan.topic) if plot else None
        self._apply = apply or (read_spectrum if plot else _the_file_itself)
        self._recent = RecentFiles()
        self._latest: Any = None
        super().__init__(
            f"watch {plan.topic}",
            cluster,
            plan,
            sink=MemorySink(),
            limits=AssemblyLimits(max_total_bytes=ASSEMBLY_BYTES),
            register=CompletedFiles(),
        )

    @property
    def files(self) -> tuple[ReceivedFile, ...]:
        """The files that arrived, newest last; only the newest are kept (256 MiB, 1000 files)."""
        return self._recent.newest_last()

    @property
    def latest(self) -> Any:
        """The newest result; None before the first."""
        return self._latest

    def release(self) -> None:
        """Let go of the files and the newest result."""
        self._recent.clear()
        self._latest = None

    def _deliver(self, files: list[ReceivedFile]) -> None:
        for file in files:
            # A stop does not wait for the rest of a backlog, nor does a pause.
            if not self._goes_on():
                return
            self._analyse(file)

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
        self._announce(file)

    def _blame(self, file: ReceivedFile, error: BaseException) -> None:
        where = f"{file.path} ({file.topic} [{file.partition}] offset {file.offset})"
        # The first frame is ours and tells the user nothing.
        trace = error.__traceback__ and error.__traceback__.tb_next
        lines = traceback.format_exception(type(error), error, trace)
        if isinstance(error, StreamError):
            lines = [str(error)]
        self._problems.add(f"{type(error).__name__} in the analysis", f"{where}\n{''.join(lines)}")
        self._publish(replace(self.stats, errors=self.stats.errors + 1), self.trouble)


def _the_file_itself(file: ReceivedFile) -> ReceivedFile:
    return file

"""Watching topics: files and records are analysed and plotted as they arrive."""

from __future__ import annotations

import inspect
from dataclasses import replace
from threading import Event
from typing import TYPE_CHECKING, Any, get_args

from jupyter_stream.analysis.analysis import Analysis
from jupyter_stream.analysis.bell import Bell
from jupyter_stream.analysis.feeds import Feeds
from jupyter_stream.analysis.harvest import Harvest
from jupyter_stream.analysis.inbox import Inbox
from jupyter_stream.analysis.plotting import PlotKind, Plotting
from jupyter_stream.analysis.read_item import as_found, as_it_is, as_spectrum_file
from jupyter_stream.analysis.topic_choice import TopicChoice
from jupyter_stream.analysis.topic_feed import TopicFeed
from jupyter_stream.analysis.waiting import wait_for
from jupyter_stream.errors import JobFailed, UsageMistake
from jupyter_stream.files.receiving.reception_plan import ReceptionPlan, checked_start
from jupyter_stream.jobs.job import Job
from jupyter_stream.jobs.rates import Rates
from jupyter_stream.jobs.state import JobState
from jupyter_stream.kafka.connect import current_cluster

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from jupyter_stream.analysis.analysis import Stuck
    from jupyter_stream.analysis.analysis_error import AnalysisError
    from jupyter_stream.analysis.result import Result
    from jupyter_stream.analysis.topic_feed import FileInProgress
    from jupyter_stream.analysis.worker import Function
    from jupyter_stream.files.receiving.received_file import ReceivedFile
    from jupyter_stream.jobs.stats import JobStats
    from jupyter_stream.kafka.cluster import Cluster
    from jupyter_stream.kafka.start import Start
    from jupyter_stream.plots.plot_model import PlotModel

LAST = 20
# A file whose next chunk does not come for so long is given up.
IDLE_FILE_SECONDS = 600.0
GATHER_SECONDS = 0.1


def watch(
    *topics: str,
    plot: PlotKind | None = "auto",
    apply: Function | None = None,
    start: Start | str = "earliest",
    last: int = LAST,
    max_rate: float | None = None,
    wait_for_topic: bool = False,
    cluster: Cluster | None = None,
) -> Watch:
    """Watch topics: analyse each file as it completes, and each record that is no part of one.

    Parameters
    ----------
    topics
        Names of topics; one with `*`, `?` or `[` is a pattern, also for topics that come later.
    plot
        "spectrum", "waterfall", "image", "series" or "table" to show the results on a live plot;
        "auto" takes what suits the first results; None for no plot.
    apply
        Called with each `ReceivedFile` and `ReceivedRecord`; what it returns is the result.
        Without it the result is what is found in the file or record; without a plot, a file is
        the result itself.
    start
        "earliest" for all that the topics hold, "latest" for what is written from now on, a time,
        a time span ("-10m", or a timedelta), an offset, or the offset of each partition.
    last
        How many results a plot shows over one another.
    max_rate
        How often a view is brought up to date at most, in 1/s; as often as it can if not given.
    wait_for_topic
        Whether to wait for topics that do not exist yet, instead of raising.
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
    if plot not in (None, *get_args(PlotKind)):
        offered = ", ".join(map(repr, get_args(PlotKind)))
        raise UsageMistake(f"plot={plot!r} is not offered; use {offered} or None")
    if last < 1:
        raise UsageMistake(f"last={last!r} is no number of results; give 1 or more")
    if max_rate is not None and not max_rate > 0:
        raise UsageMistake(f"max_rate={max_rate!r} is no rate; give more than 0 a second")
    return Watch(
        cluster or current_cluster(),
        TopicChoice(topics),
        plot=plot,
        apply=_checked(apply),
        start=checked_start(start),
        last=last,
        max_rate=max_rate,
        wait_for_topic=wait_for_topic,
    ).start()


class Watch(Job):
    """A running watch on topics; made by `watch`.

    Parameters
    ----------
    cluster
        Where the topics are.
    choice
        Which topics.
    plot, apply, start, last, max_rate, wait_for_topic
        As in `watch`.
    """

    def __init__(
        self,
        cluster: Cluster,
        choice: TopicChoice,
        *,
        plot: PlotKind | None,
        apply: Function | None,
        start: Start | None,
        last: int,
        max_rate: float | None,
        wait_for_topic: bool,
    ) -> None:
        super().__init__(f"watch {choice}")
        self.topic = choice.first
        self.max_rate = max_rate
        self._kind = plot
        self._news = Event()
        self._bell = Bell()
        self._inbox = Inbox()
        self._rates = Rates()
        self._plotting = Plotting(plot, str(choice), last)
        self._harvest = Harvest(self._plotting, self._problems, self._bell)
        self._analysis = Analysis(self._inbox, apply or self._reading(), self._harvest.take)
        plan = ReceptionPlan(
            "",
            start=start,
            unfinished_seconds=IDLE_FILE_SECONDS,
            wait_for_topic=wait_for_topic,
        )

        def open_feed(topic: str, is_new: bool) -> TopicFeed:
            begin = "earliest" if is_new else start
            return TopicFeed(self, cluster, replace(plan, topic=topic, start=begin), self._inbox)

        # Opened here and not in the thread: whatever is written after this call is seen.
        self._feeds = Feeds(cluster, choice, wait_for_topics=wait_for_topic, open_feed=open_feed)
        self._see_what_is_there()

    def __repr__(self) -> str:
        stats = self.stats
        counted = f"{stats.results} result{'' if stats.results == 1 else 's'}"
        return f"<Watch {self.id} {self.name!r}: {self.state}, {counted}>"

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics that are watched now."""
        return self._feeds.topics

    @property
    def plot(self) -> PlotModel | None:
        """The plot; None without one, and as long as "auto" has seen nothing to choose it by."""
        return self._plotting.model

    @property
    def plot_choice(self) -> str | None:
        """What "auto" has chosen, and why; None before, and where the user has chosen."""
        return self._plotting.choice

    @property
    def latest(self) -> Any:
        """The newest result; None before the first."""
        return self._harvest.results.latest

    @property
    def results(self) -> tuple[Result, ...]:
        """The results, newest last; only the newest are kept (10 000 results, 256 MiB)."""
        return self._harvest.results.newest_last()

    @property
    def files(self) -> tuple[ReceivedFile, ...]:
        """The files that arrived, newest last; only the newest are kept (256 MiB, 1000 files)."""
        return self._harvest.files.newest_last()

    @property
    def errors(self) -> tuple[AnalysisError, ...]:
        """What could not be analysed, newest last, with the item (64 MiB, 100 errors are kept)."""
        return self._harvest.errors.newest_last()

    @property
    def files_in_progress(self) -> tuple[FileInProgress, ...]:
        """Up to 20 files of which some chunks have come: path, bytes received, bytes in all."""
        return self._feeds.files_in_progress

    def wait(self, timeout: float | None = None, *, n: int | None = None) -> bool:
        """Wait until the watch has ended, or until there were so many results.

        In a running cell the notebook stays alive meanwhile: plots and buttons work.

        Parameters
        ----------
        timeout
            Seconds to wait at most; None waits without limit.
        n
            How many results in all since the start; None waits for the end.

        Returns
        -------
        bool
            Whether that was reached.
        """
        if n is None:
            wait_for(self._bell, lambda: self.state.ended, timeout)
            return self.state.ended and self._await_end(timeout)
        results = self._harvest.results
        wait_for(self._bell, lambda: results.total >= n or self.state.ended, timeout)
        return results.total >= n

    def wait_for_files(self, count: int, timeout: float | None = None) -> bool:
        """Wait until so many files were analysed since the watch began.

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
        wait_for(self._bell, lambda: self.stats.files >= count or self.state.ended, timeout)
        return self.stats.files >= count

    async def __aiter__(self) -> AsyncIterator[Result]:
        """Go through the results, beginning with those that are kept, until the watch ends."""
        results, seen = self._harvest.results, 0
        seen = results.after(0)[0]
        while True:
            ended = self.state.ended
            gone, newer = results.after(seen)
            if gone:
                self._problems.add(
                    "Results passed by", f"an `async for` was too slow for {gone} results"
                )
            for result in newer:
                yield result
            seen += gone + len(newer)
            if ended and not newer:
                self.raise_if_failed()
                return
            await self._bell.heard(
                lambda: results.total > seen or self.state.ended,  # noqa: B023 - used at once
                None,
            )

    def replace_analysis(self, apply: Function | None) -> None:
        """Analyse what comes from now on with another function; nothing is read twice or missed.

        A function that does not return is left to itself after a second, and its item goes to
        the new one.

        Parameters
        ----------
        apply
            The function, as in `watch`.

        Raises
        ------
        UsageMistake
            It is no function.
        """
        self._analysis.replace(_checked(apply) or self._reading())
        self._news.set()

    def pause(self) -> None:
        """Take nothing more in until `resume`; an analysis that is under way is finished."""
        super().pause()
        self._feeds.pause()
        self._analysis.pause()

    def resume(self) -> None:
        """Go on after `pause`, where the watch was."""
        super().resume()
        self._feeds.resume()
        self._analysis.resume()

    def ask_to_stop(self) -> None:
        """Let the watch end soon, without waiting for it."""
        super().ask_to_stop()
        self._feeds.ask_to_stop()
        self._analysis.ask_to_stop()
        self._news.set()

    def release(self) -> None:
        """Let go of results, files and errors."""
        self._harvest.clear()

    def _reading(self) -> Function:
        """Return what is done with files and records without a function of the user's."""
        if self._kind in ("spectrum", "waterfall"):
            return as_spectrum_file
        return as_found if self._kind else as_it_is

    def _run(self) -> None:
        try:
            self._feeds.start()
            self._analysis.start()
            while self._goes_on():
                self._news.clear()
                self._feeds.look()
                self._gather()
                self._see_what_is_there()
                if failure := self._feeds.failure:
                    raise JobFailed(failure)
                self._news.wait(GATHER_SECONDS)
        finally:
            self._wind_up()

    def _attend(self) -> None:
        self._gather()

    def _wind_up(self) -> None:
        self.ask_to_stop()
        if left := self._analysis.stop():
            self._tell_left(left)
        self._feeds.stop()
        self._inbox.clear()
        self._gather()

    def _see_what_is_there(self) -> None:
        waits_for = self._feeds.waits_for
        if waits_for:
            self._enter(JobState.WAITING, waits_for)
        elif self._thread.ident is not None:
            self._enter(JobState.RUNNING)

    def _gather(self) -> None:
        """Take together what the topics and the analysis have to tell."""
        if left := self._analysis.attend():
            self._tell_left(left)
        stuck = self._analysis.stuck()
        told = [self._feeds.trouble, stuck and f"{stuck}; stop() or replace_analysis() end that"]
        self._publish(self._rates.measure(self._all_stats()), "; ".join(filter(None, told)) or None)

    def _all_stats(self) -> JobStats:
        stats, tally = self._feeds.stats(), self._harvest.tally
        return replace(
            stats,
            files=tally.files,
            content_bytes=tally.content_bytes,
            results=tally.results,
            latest=tally.latest,
            skipped=stats.skipped + tally.skipped,
            errors=stats.errors + tally.errors,
        )

    def _tell_left(self, left: Stuck) -> None:
        self._problems.add(
            "A function was left running",
            f"{left} and did not return; its thread goes on until it does, and what it returns "
            "is not used",
        )

    def _publish(self, stats: JobStats, trouble: str | None = None) -> None:
        super()._publish(stats, trouble)
        self._bell.ring()

    def _enter(self, state: JobState, reason: str | None = None) -> None:
        super()._enter(state, reason)
        self._bell.ring()


def _checked(apply: Function | None) -> Function | None:
    if apply is not None and not callable(apply):
        raise UsageMistake(f"apply={apply!r} is no function; give the function itself")
    if inspect.iscoroutinefunction(apply):
        raise UsageMistake(f"apply={apply.__name__} is an async function; give a plain one")
    return apply

"""What goes on in a watch: topics are read, an analysis runs, and both are taken together."""

from __future__ import annotations

from dataclasses import replace
from threading import Event
from typing import TYPE_CHECKING

from jupyter_stream.analysis.analysis import Analysis
from jupyter_stream.analysis.failing import Failing
from jupyter_stream.analysis.feeds import Feeds
from jupyter_stream.analysis.harvest import Harvest
from jupyter_stream.analysis.inbox import Inbox
from jupyter_stream.analysis.plotting import PlotKind, Plotting
from jupyter_stream.analysis.read_item import as_found, as_it_is, as_spectrum_file
from jupyter_stream.analysis.topic_feed import TopicFeed
from jupyter_stream.errors import JobFailed
from jupyter_stream.files.receiving.reception_plan import ReceptionPlan
from jupyter_stream.jobs.job import Job
from jupyter_stream.jobs.rates import Rates
from jupyter_stream.jobs.state import JobState

if TYPE_CHECKING:
    from jupyter_stream.analysis.analysis import Stuck
    from jupyter_stream.analysis.topic_choice import TopicChoice
    from jupyter_stream.analysis.worker import Function
    from jupyter_stream.jobs.stats import JobStats
    from jupyter_stream.kafka.cluster import Cluster
    from jupyter_stream.kafka.start import Start

# A file whose next chunk does not come for so long is given up.
IDLE_FILE_SECONDS = 600.0
GATHER_SECONDS = 0.1


class Watching(Job):
    """A job that reads topics and analyses what comes.

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
        self._inbox = Inbox()
        self._rates = Rates()
        self._plotting = Plotting(plot, str(choice), last)
        self._harvest = Harvest(self._plotting, self._problems, self._bell)
        self._analysis = Analysis(self._inbox, apply or self._reading(), self._harvest)
        self._failing = Failing(self._harvest.tally)
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

    def _reading(self) -> Function:
        """Return what is done with files and records without a function of the user's."""
        if self._kind in ("spectrum", "waterfall"):
            return as_spectrum_file
        return as_found if self._kind else as_it_is

    def _run(self) -> None:
        try:
            self._see_what_is_there()
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
        told = [
            self._feeds.trouble,
            stuck and f"{stuck}; stop() or replace_analysis() end that",
            self._failing.told(self._harvest.tally),
        ]
        stats = self._rates.measure(self._all_stats())
        self._publish(
            stats.at_rest() if self.state.rests else stats, "; ".join(filter(None, told)) or None
        )

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

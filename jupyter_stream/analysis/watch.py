"""Watching topics: files and records are analysed and plotted as they arrive."""

from __future__ import annotations

import inspect
from contextvars import copy_context
from functools import partial
from typing import TYPE_CHECKING, Any, get_args

from jupyter_stream.analysis.plotting import PlotKind
from jupyter_stream.analysis.tables import to_dataframe, to_xarray
from jupyter_stream.analysis.topic_choice import TopicChoice
from jupyter_stream.analysis.waiting import wait_for
from jupyter_stream.analysis.watching import Watching
from jupyter_stream.errors import UsageMistake
from jupyter_stream.files.receiving.reception_plan import checked_start
from jupyter_stream.kafka.connect import current_cluster
from jupyter_stream.plots.export import export

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    import pandas as pd
    import xarray as xr

    from jupyter_stream.analysis.analysis_error import AnalysisError
    from jupyter_stream.analysis.result import Result
    from jupyter_stream.analysis.topic_feed import FileInProgress
    from jupyter_stream.analysis.worker import Function
    from jupyter_stream.files.receiving.received_file import ReceivedFile
    from jupyter_stream.kafka.cluster import Cluster
    from jupyter_stream.kafka.start import Start
    from jupyter_stream.plots.plot_model import PlotModel

LAST = 20


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
        apply=_bound(apply),
        start=checked_start(start),
        last=last,
        max_rate=max_rate,
        wait_for_topic=wait_for_topic,
    ).start()


class Watch(Watching):
    """A running watch on topics; made by `watch`. It is a context manager that stops it."""

    def __repr__(self) -> str:
        # The numbers of `stats` are gathered now and then; this one is right at once.
        results = self._harvest.results.total
        counted = f"{results} result{'' if results == 1 else 's'}"
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
        newest = self._harvest.results.latest
        return newest and newest.value

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
        """Up to 20 files of which some chunks have come: path, bytes received and in all, age."""
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

    def to_dataframe(self) -> pd.DataFrame:
        """Return the results that are kept as a table: topic, partition, offset, time, name, value.

        A value that is a mapping has one column for each of its keys.
        """
        return to_dataframe(self.results)

    def to_xarray(self) -> xr.DataArray:
        """Return the results that are kept as one array, if they have one shape.

        Raises
        ------
        UsageMistake
            The results have several shapes, or are no numbers; or xarray is not installed.
        """
        return to_xarray(self.results)

    def export(self, path: str | Path) -> None:
        """Write what the plot shows to a file, with topic, partition and offset of each item.

        Parameters
        ----------
        path
            The file; its suffix says the format: .csv, .npz or .h5 (.hdf5).

        Raises
        ------
        UsageMistake
            There is no plot, or no such format.
        """
        if self.plot is None:
            raise UsageMistake("there is no plot yet, so there is nothing to export")
        export(self.plot, path)

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
        self._analysis.replace(_bound(apply) or self._reading())
        self._failing.begin_anew(self._harvest.tally)
        self._news.set()

    def release(self) -> None:
        """Let go of results, files, errors and the plot."""
        self._harvest.clear()
        self._plotting.clear()


def _bound(apply: Function | None) -> Function | None:
    """Return a function that runs in the context of now, whichever thread calls it.

    A kernel keeps in it under which cell stands what is printed and displayed.
    """
    if apply is None:
        return None
    if not callable(apply):
        raise UsageMistake(f"apply={apply!r} is no function; give the function itself")
    if inspect.iscoroutinefunction(apply):
        raise UsageMistake(f"apply={apply.__name__} is an async function; give a plain one")
    # Typed, since mypy does not see that `partial` leaves an argument to be given later.
    run: Callable[..., Any] = copy_context().run
    return partial(run, apply)

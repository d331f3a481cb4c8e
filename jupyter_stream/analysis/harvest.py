"""What has come of the analysis of a watch: results, files, errors, and the plot."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jupyter_stream.analysis.analysis_error import RecentErrors
from jupyter_stream.analysis.recent_files import RecentFiles
from jupyter_stream.analysis.recent_results import RecentResults
from jupyter_stream.analysis.result import result_of, size_of
from jupyter_stream.errors import Undecodable
from jupyter_stream.files.receiving.received_file import ReceivedFile

if TYPE_CHECKING:
    from jupyter_stream.analysis.bell import Bell
    from jupyter_stream.analysis.plotting import Plotting
    from jupyter_stream.analysis.result import Item, Result
    from jupyter_stream.analysis.worker import Outcome
    from jupyter_stream.jobs.problems import Problems


class Tally(NamedTuple):
    """What was counted; replaced as a whole, so that it can be read at any time.

    Attributes
    ----------
    files, content_bytes
        Files that were analysed, and their bytes.
    results, errors, skipped
        Results, failures of the function or the plot, and records that could not be decoded.
    latest
        Name of what was analysed last; None before.
    """

    files: int = 0
    content_bytes: int = 0
    results: int = 0
    errors: int = 0
    skipped: int = 0
    latest: str | None = None


class Harvest:
    """Takes in what came of each file and record; bounded. One thread at a time adds.

    Parameters
    ----------
    plotting
        The plot.
    problems
        Where failures are told.
    bell
        Rung when something has come in.
    """

    def __init__(self, plotting: Plotting, problems: Problems, bell: Bell) -> None:
        self.results = RecentResults()
        self.files = RecentFiles()
        self.errors = RecentErrors()
        self.tally = Tally()
        self._plotting = plotting
        self._problems = problems
        self._bell = bell

    def take(self, outcomes: list[Outcome]) -> None:
        """Take in what came of some items.

        Parameters
        ----------
        outcomes
            At least one, in order.
        """
        results: list[tuple[Result, int]] = []
        failures = [self._use(outcome, results) for outcome in outcomes]
        told = [error for error in failures if error is not None]
        skipped = sum(isinstance(error, Undecodable) for error in told)
        self.results.extend(results)
        files = [outcome.item for outcome in outcomes if isinstance(outcome.item, ReceivedFile)]
        for file in files:
            self.files.append(file)
        before, newest = self.tally, outcomes[-1].item
        self.tally = Tally(
            files=before.files + len(files),
            content_bytes=before.content_bytes + sum(file.size for file in files),
            results=self.results.total,
            errors=before.errors + len(told) - skipped,
            skipped=before.skipped + skipped,
            latest=newest.path if isinstance(newest, ReceivedFile) else newest.name,
        )
        self._bell.ring()

    def clear(self) -> None:
        """Let go of all that takes memory."""
        self.results.clear()
        self.files.clear()
        self.errors.clear()

    def _use(self, outcome: Outcome, results: list[tuple[Result, int]]) -> BaseException | None:
        """Keep a result, and show it; give what went wrong."""
        item, value, error = outcome
        if error is None:
            try:
                result = result_of(item, value)
                results.append((result, size_of(value)))
                self._plotting.add(result)
            except Exception as failure:  # noqa: BLE001 - an object of the user's may do anything
                error = failure
        if error is not None:
            self._blame(item, error)
        return error

    def _blame(self, item: Item, error: BaseException) -> None:
        kind = type(error).__name__
        place = f"{item.topic} [{item.partition}] offset {item.offset}"
        where = f"{item.path} ({place})" if isinstance(item, ReceivedFile) else place
        title = f"{kind} in the analysis"
        if isinstance(error, Undecodable):
            title = "Record skipped: Undecodable"
        told = self.errors.add(item, error).traceback
        self._problems.add(title, f"{where}\n{told}")

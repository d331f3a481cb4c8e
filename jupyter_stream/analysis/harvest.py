"""What has come of the analysis of a watch: results, files, errors, and the plot."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jupyter_stream.analysis.analysis_error import RecentErrors
from jupyter_stream.analysis.memory_size import size_of, sizes_of_decoded
from jupyter_stream.analysis.received_record import ReceivedRecord
from jupyter_stream.analysis.recent import Recent
from jupyter_stream.analysis.result import Result, result_of
from jupyter_stream.errors import Undecodable
from jupyter_stream.files.receiving.received_file import ReceivedFile
from jupyter_stream.formats.decoding import examine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jupyter_stream.analysis.plotting import Plotting
    from jupyter_stream.analysis.result import Item
    from jupyter_stream.analysis.worker import Function, Outcome
    from jupyter_stream.jobs.bell import Bell
    from jupyter_stream.jobs.problems import Problems
    from jupyter_stream.kafka.record import Record

    Failure = tuple[Item, BaseException]

RESULTS_KEPT = 10_000
FILES_KEPT = 1_000
BYTES_KEPT = 256 * 2**20


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
        self.results = Recent[Result](RESULTS_KEPT, BYTES_KEPT)
        self.files = Recent[ReceivedFile](FILES_KEPT, BYTES_KEPT)
        self.errors = RecentErrors()
        self.tally = Tally()
        self._plotting = plotting
        self._problems = problems
        self._bell = bell
        self._function: Function | None = None

    def take(self, outcomes: list[Outcome]) -> None:
        """Take in what came of some items.

        Parameters
        ----------
        outcomes
            At least one, in order.
        """
        for part in _by_function(outcomes):
            self._take(part)
        self._bell.ring()

    def decode(self, records: Sequence[Record], function: Function) -> None:
        """Take in records whose decoded values are the results; many at once, which is quick.

        Parameters
        ----------
        records
            At least one, in order.
        function
            What they would have been given to one by one.
        """
        found = [examine(record.value) for record in records]
        good = list(zip(records, found, strict=True))
        failures: list[Failure] = [
            (ReceivedRecord(record), one.error) for record, one in good if one.error is not None
        ]
        if failures:
            good = [(record, one) for record, one in good if one.error is None]
        # The class itself makes them half as fast.
        new = tuple.__new__
        results = [new(Result, (one.value, None, *record[:4])) for record, one in good]
        sizes = sizes_of_decoded(
            [one.value for _, one in good], [len(record.value or b" ") for record, _ in good]
        )
        self._blame(failures)
        refused: list[Failure] = [
            (ReceivedRecord(good[index][0]), error)
            for index, error in self._show(results, sizes, function)
        ]
        self._blame(refused)
        self._count([], [*failures, *refused], ReceivedRecord(records[-1]))
        self._bell.ring()

    def refuse(self, items: Sequence[Item], error: BaseException) -> None:
        """Tell that items could not be taken in.

        Parameters
        ----------
        items
            At least one, in order.
        error
            Why.
        """
        files = [item for item in items if isinstance(item, ReceivedFile)]
        failures = [(item, error) for item in items]
        self._blame(failures)
        self._count(files, failures, items[-1])
        self._bell.ring()

    def clear(self) -> None:
        """Let go of all that takes memory."""
        self.results.clear()
        self.files.clear()
        self.errors.clear()

    def _take(self, outcomes: list[Outcome]) -> None:
        done = [(item, value) for item, value, error, _ in outcomes if error is None]
        failures = [(item, error) for item, _, error, _ in outcomes if error is not None]
        # First, so that whoever has waited for a result finds the errors that came before it.
        self._blame(failures)
        results = [result_of(item, value) for item, value in done]
        sizes = [size_of(value) for _, value in done]
        shown = self._show(results, sizes, outcomes[0][3])
        refused = [(done[index][0], error) for index, error in shown]
        self._blame(refused)
        files = [item for item, *_ in outcomes if isinstance(item, ReceivedFile)]
        self._count(files, [*failures, *refused], outcomes[-1][0])

    def _show(
        self, results: list[Result], sizes: list[int], function: Function
    ) -> list[tuple[int, BaseException]]:
        """Keep results and put them on the plot; give what it did not take."""
        self.results.extend(list(zip(results, sizes, strict=True)))
        if self._function not in (None, function):
            self._plotting.begin_anew()
        self._function = function
        return self._plotting.take(results)

    def _count(self, files: list[ReceivedFile], failures: list[Failure], newest: Item) -> None:
        self.files.extend([(file, file.size) for file in files])
        skipped = sum(isinstance(error, Undecodable) for _, error in failures)
        before = self.tally
        self.tally = Tally(
            files=before.files + len(files),
            content_bytes=before.content_bytes + sum(file.size for file in files),
            results=self.results.total,
            errors=before.errors + len(failures) - skipped,
            skipped=before.skipped + skipped,
            latest=newest.path if isinstance(newest, ReceivedFile) else newest.name,
        )

    def _blame(self, failures: list[Failure]) -> None:
        for item, error in failures:
            self._tell(item, error)

    def _tell(self, item: Item, error: BaseException) -> None:
        kind = type(error).__name__
        place = f"{item.topic} [{item.partition}] offset {item.offset}"
        where = f"{item.path} ({place})" if isinstance(item, ReceivedFile) else place
        title = f"{kind} in the analysis"
        if isinstance(error, Undecodable):
            title = "Record skipped: Undecodable"
        told = self.errors.add(item, error).traceback
        self._problems.add(title, f"{where}\n{told}")


def _by_function(outcomes: list[Outcome]) -> list[list[Outcome]]:
    """Part what the former function gave from what its successor gave."""
    last = outcomes[-1][3]
    if outcomes[0][3] is last:
        return [outcomes]
    first = next(i for i, outcome in enumerate(outcomes) if outcome[3] is last)
    return [*_by_function(outcomes[:first]), outcomes[first:]]

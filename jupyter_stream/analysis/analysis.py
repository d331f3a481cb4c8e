"""The analysis of a watch: one function at a time, which can be replaced or get stuck."""

from __future__ import annotations

import time
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from jupyter_stream.analysis.worker import Worker

if TYPE_CHECKING:
    from jupyter_stream.analysis.harvest import Harvest
    from jupyter_stream.analysis.inbox import Inbox
    from jupyter_stream.analysis.result import Item
    from jupyter_stream.analysis.worker import Function

# So long an item may take until somebody is told.
STUCK_SECONDS = 5.0
# So long a function that was replaced may take to return.
PATIENCE_SECONDS = 1.0
STOP_SECONDS = 2.0
# So long the taking in of results may hold up the watch.
DELIVER_SECONDS = 0.5


class Stuck(NamedTuple):
    """A call of the function that has not returned yet.

    Attributes
    ----------
    name
        What it was called with.
    seconds
        For how long.
    """

    name: str
    seconds: float

    def __str__(self) -> str:
        return f"the analysis of {self.name} has been running for {self.seconds:.0f} s"


class Analysis:
    """Calls a function with all that comes into an inbox; one thread owns it.

    Parameters
    ----------
    inbox
        Where files and records come from.
    function
        The user's function.
    harvest
        Takes what comes of them.
    """

    def __init__(
        self,
        inbox: Inbox,
        function: Function,
        harvest: Harvest,
    ) -> None:
        self._inbox = inbox
        self._harvest = harvest
        self._function = function
        self._worker = Worker(inbox, function, harvest)
        self._replaced_at = 0.0
        self._is_paused = False
        # What is asked for while a worker is replaced must reach its successor.
        self._changing = Lock()

    def start(self) -> None:
        """Begin."""
        self._worker.start()

    def pause(self) -> None:
        """Begin with no further item until `resume`."""
        with self._changing:
            self._is_paused = True
            self._worker.pause()

    def resume(self) -> None:
        """Go on after `pause`."""
        with self._changing:
            self._is_paused = False
            self._worker.resume()

    def replace(self, function: Function) -> None:
        """Call another function from the next item on; any thread may ask for that.

        Parameters
        ----------
        function
            The new function.
        """
        with self._changing:
            self._replaced_at = time.monotonic()
            self._function = self._worker.function = function

    def attend(self) -> Stuck | None:
        """See to it that results come though the function is held up, and that it is replaced.

        Returns
        -------
        Stuck
            The call that was left to itself just now, because it did not return; None if there
            was none.
        """
        self._worker.deliver(DELIVER_SECONDS)
        at, now = self._worker.at(), time.monotonic()
        if at is None or not at[1] < self._replaced_at < now - PATIENCE_SECONDS:
            return None
        item, begun = at
        with self._changing:
            return Stuck(item.name, now - begun) if self._replace_worker(item) else None

    def stuck(self) -> Stuck | None:
        """Return the call that takes long at the moment."""
        at, now = self._worker.at(), time.monotonic()
        return Stuck(at[0].name, now - at[1]) if at and now - at[1] > STUCK_SECONDS else None

    def ask_to_stop(self) -> None:
        """Let it end after the item that it is at."""
        self._worker.ask_to_end()

    def stop(self) -> Stuck | None:
        """End, and return the call that had to be left to itself; None if there was none."""
        self._worker.ask_to_end()
        has_ended = self._worker.has_ended(STOP_SECONDS)
        self._worker.deliver(DELIVER_SECONDS)
        at = None if has_ended else self._worker.at()
        if at is None or self._worker.abandon(at[0]) is None:
            return None
        return Stuck(at[0].name, time.monotonic() - at[1])

    def _replace_worker(self, item: Item) -> bool:
        """Put a new worker in the place of the one that is held up, if it still is."""
        rest = self._worker.abandon(item)
        if rest is None:
            return False
        self._worker = Worker(self._inbox, self._function, self._harvest, rest)
        if self._is_paused:
            self._worker.pause()
        self._worker.start()
        return True

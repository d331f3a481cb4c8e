"""The analysis of a watch: one function at a time, which can be replaced or get stuck."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, NamedTuple

from jupyter_stream.analysis.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyter_stream.analysis.inbox import Inbox
    from jupyter_stream.analysis.worker import Function, Outcome

# So long an item may take until somebody is told.
STUCK_SECONDS = 5.0
# So long a function that was replaced may take to return.
PATIENCE_SECONDS = 1.0
STOP_SECONDS = 2.0


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
    deliver
        Takes what came of them, from one thread at a time.
    """

    def __init__(
        self,
        inbox: Inbox,
        function: Function,
        deliver: Callable[[list[Outcome]], None],
    ) -> None:
        self._inbox = inbox
        self._deliver = deliver
        self._function = function
        self._worker = Worker(inbox, function, deliver)
        self._replaced_at = 0.0

    def start(self) -> None:
        """Begin."""
        self._worker.start()

    def pause(self) -> None:
        """Begin with no further item until `resume`."""
        self._worker.pause()

    def resume(self) -> None:
        """Go on after `pause`."""
        self._worker.resume()

    def replace(self, function: Function) -> None:
        """Call another function from the next item on; any thread may ask for that.

        Parameters
        ----------
        function
            The new function.
        """
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
        self._worker.hand_over()
        current, now = self._worker.current, time.monotonic()
        if current is None or not current[1] < self._replaced_at < now - PATIENCE_SECONDS:
            return None
        left = Stuck(_name(current[0]), now - current[1])
        rest = self._worker.abandon()
        self._worker = Worker(self._inbox, self._function, self._deliver, rest)
        self._worker.start()
        return left

    def stuck(self) -> Stuck | None:
        """Return the call that takes long at the moment."""
        current = self._worker.current
        if current is None:
            return None
        seconds = time.monotonic() - current[1]
        return Stuck(_name(current[0]), seconds) if seconds > STUCK_SECONDS else None

    def ask_to_stop(self) -> None:
        """Let it end after the item that it is at."""
        self._worker.ask_to_end()

    def stop(self) -> Stuck | None:
        """End, and return the call that had to be left to itself; None if there was none."""
        self._worker.ask_to_end()
        if self._worker.has_ended(STOP_SECONDS):
            self._worker.hand_over()
            return None
        current = self._worker.current
        self._worker.abandon()
        return current and Stuck(_name(current[0]), time.monotonic() - current[1])


def _name(item: Any) -> str:
    return str(item.name)

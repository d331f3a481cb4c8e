"""The thread that calls a user's function with one item after another."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Any, NamedTuple

from jupyter_stream.analysis.received_record import ReceivedRecord
from jupyter_stream.kafka.record import Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jupyter_stream.analysis.inbox import Inbox
    from jupyter_stream.analysis.result import Item
    from jupyter_stream.files.receiving.received_file import ReceivedFile

Function = Callable[[Any], Any]

TAKE_SECONDS = 0.1
# Results come in batches, but not later than this.
HAND_OVER_SECONDS = 0.02


class Outcome(NamedTuple):
    """What came of one item.

    Attributes
    ----------
    item
        The file or record.
    value
        What the function returned.
    error
        What it raised; None if it returned.
    function
        The function.
    """

    item: Item
    value: Any
    error: BaseException | None
    function: Function


class Worker:
    """Calls a function with items, in a thread of its own, until it is ended or abandoned.

    Parameters
    ----------
    inbox
        Where the items come from.
    function
        The user's function.
    deliver
        Takes the outcomes, from one thread at a time.
    batch
        Items that come before those of the inbox.
    """

    def __init__(
        self,
        inbox: Inbox,
        function: Function,
        deliver: Callable[[list[Outcome]], None],
        batch: Sequence[ReceivedFile | Record] = (),
    ) -> None:
        self.function = function
        self.current: tuple[Item, float] | None = None
        self._inbox = inbox
        self._deliver = deliver
        self._batch = batch
        self._delivered = 0
        self._outcomes: deque[Outcome] = deque()
        self._lock = Lock()
        self._halted = False
        self._ending = False
        self._abandoned = False
        self._unpaused = Event()
        self._unpaused.set()
        self._thread = Thread(target=self._run, name="jupyter_stream analysis", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def pause(self) -> None:
        """Begin with no further item until `resume`."""
        self._unpaused.clear()
        self._halted = True

    def resume(self) -> None:
        """Go on after `pause`."""
        self._halted = self._ending
        self._unpaused.set()

    def ask_to_end(self) -> None:
        """Let the thread end after the item that it is at."""
        self._ending = self._halted = True
        self._unpaused.set()

    def has_ended(self, timeout: float) -> bool:
        """Wait for the end of the thread, and say whether it has come.

        Parameters
        ----------
        timeout
            Seconds to wait at most.
        """
        if self._thread.ident is not None:
            self._thread.join(timeout)
        return not self._thread.is_alive()

    def hand_over(self) -> None:
        """Deliver what is ready; also called for a thread that is held up by the function."""
        with self._lock:
            if not self._abandoned:
                self._hand_over()

    def abandon(self) -> Sequence[ReceivedFile | Record]:
        """Leave the thread to itself: nothing of it is delivered any more.

        Returns
        -------
        Sequence
            The items that were taken out of the inbox and are not analysed, in order.
        """
        with self._lock:
            self._hand_over()
            self._abandoned = True
            self.ask_to_end()
            return self._batch[self._delivered :]

    def _hand_over(self) -> None:
        ready = [self._outcomes.popleft() for _ in range(len(self._outcomes))]
        self._delivered += len(ready)
        if ready:
            self._deliver(ready)

    def _run(self) -> None:
        while not self._ending:
            self._work_off(self._batch)
            self.hand_over()
            # An abandoned one takes nothing away from its successor.
            if not self._ending:
                self._begin(self._inbox.take(TAKE_SECONDS))

    def _begin(self, batch: Sequence[ReceivedFile | Record]) -> None:
        with self._lock:
            self._batch = batch
            self._delivered = 0

    def _work_off(self, batch: Sequence[ReceivedFile | Record]) -> None:
        outcomes = self._outcomes
        due = time.monotonic() + HAND_OVER_SECONDS
        for it in batch:
            if self._halted and not self._goes_on():
                return
            item = ReceivedRecord(it) if isinstance(it, Record) else it
            now = time.monotonic()
            self.current = (item, now)
            function = self.function
            try:
                outcome = Outcome(item, function(item), None, function)
            except BaseException as error:  # noqa: BLE001 - a user's function may raise anything
                outcome = Outcome(item, None, error, function)
            self.current = None
            outcomes.append(outcome)
            if now > due:
                self.hand_over()
                due = now + HAND_OVER_SECONDS

    def _goes_on(self) -> bool:
        self.hand_over()
        self._unpaused.wait()
        return not self._ending

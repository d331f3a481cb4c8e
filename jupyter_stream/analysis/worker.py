"""The thread that calls a user's function with one item after another."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Any, cast

from jupyter_stream.analysis.read_item import only_decodes
from jupyter_stream.analysis.received_record import ReceivedRecord
from jupyter_stream.kafka.record import Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jupyter_stream.analysis.harvest import Harvest
    from jupyter_stream.analysis.inbox import Inbox
    from jupyter_stream.analysis.result import Item
    from jupyter_stream.files.receiving.received_file import ReceivedFile

Function = Callable[[Any], Any]

TAKE_SECONDS = 0.1
# Results come in batches, but not later than this.
HAND_OVER_SECONDS = 0.02
DECODED_AT_ONCE = 500


Outcome = tuple["Item", Any, BaseException | None, Function]
"""An item, what the function returned for it, what it raised (None if it returned), the function.

No class of its own: hundreds of thousands of them are made in a second."""


class Worker:
    """Calls a function with items, in a thread of its own, until it is ended or abandoned.

    Parameters
    ----------
    inbox
        Where the items come from.
    function
        The user's function.
    harvest
        Takes what comes of them.
    batch
        Items that come before those of the inbox.
    """

    def __init__(
        self,
        inbox: Inbox,
        function: Function,
        harvest: Harvest,
        batch: Sequence[ReceivedFile | Record] = (),
    ) -> None:
        self.function = function
        self.current: Item | None = None
        self.begun = 0.0
        self._inbox = inbox
        self._harvest = harvest
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

    def abandon(self, item: Item) -> Sequence[ReceivedFile | Record] | None:
        """Leave the thread to itself: nothing of it is delivered any more.

        Parameters
        ----------
        item
            What the function was called with; if it has just returned, nothing happens.

        Returns
        -------
        Sequence
            The items that were taken out of the inbox and are not analysed, in order; None if
            the thread is needed, as it goes on.
        """
        with self._lock:
            self._halted = True
            if self.current is not item:
                self._halted = self._ending or not self._unpaused.is_set()
                return None
            self._hand_over()
            self._abandoned = True
            self.ask_to_end()
            return self._batch[self._delivered :]

    def _hand_over(self) -> None:
        ready = [self._outcomes.popleft() for _ in range(len(self._outcomes))]
        self._delivered += len(ready)
        if ready:
            self._harvest.take(ready)

    def _run(self) -> None:
        while not self._ending:
            if self._batch:
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
        """Analyse the items of a batch; no feed puts both files and records into one."""
        while only_decodes(self.function) and isinstance(batch[0], Record):
            if self._halted and not self._goes_on():
                return
            some = cast("Sequence[Record]", batch[:DECODED_AT_ONCE])
            with self._lock:
                self._harvest.decode(some, self.function)
                self._delivered += len(some)
            batch = batch[DECODED_AT_ONCE:]
            if not batch:
                return
        self._call_with_each(batch)

    def _call_with_each(self, batch: Sequence[ReceivedFile | Record]) -> None:
        outcomes = self._outcomes
        due = time.monotonic() + HAND_OVER_SECONDS
        for it in batch:
            item = ReceivedRecord(it) if isinstance(it, Record) else it
            self.begun = now = time.monotonic()
            # First the item, then the look: whoever abandons does it the other way round.
            self.current = item
            if self._halted:
                self.current = None
                self.hand_over()
                if not self._goes_on():
                    return
                self.begun, self.current = time.monotonic(), item
            function = self.function
            try:
                outcomes.append((item, function(item), None, function))
            except BaseException as error:  # noqa: BLE001 - a user's function may raise anything
                outcomes.append((item, None, error, function))
            if now > due:
                self.hand_over()
                due = now + HAND_OVER_SECONDS
        self.current = None

    def _goes_on(self) -> bool:
        # Not for ever: a pause may come behind the wish to end.
        while not self._ending and not self._unpaused.wait(TAKE_SECONDS):
            pass
        return not self._ending

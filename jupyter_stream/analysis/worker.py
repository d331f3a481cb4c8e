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
LOCK_SECONDS = 0.2
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
        self._delivering: tuple[Item, float] | None = None
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

    def at(self) -> tuple[Item, float] | None:
        """Return the item that takes its time now, and since when; None between items.

        It is in the function, or its result, which may have code of its own, is taken in.
        """
        item, begun = self.current, self.begun
        return self._delivering or (None if item is None else (item, begun))

    def deliver(self, timeout: float) -> None:
        """Deliver what is ready while the thread is held up by the function.

        That is done in another thread, as the code of a result may hold it up as well.

        Parameters
        ----------
        timeout
            Seconds to wait at most.
        """
        if self._outcomes and not self._lock.locked():
            helper = Thread(target=self.hand_over, name="jupyter_stream results", daemon=True)
            helper.start()
            helper.join(timeout)

    def hand_over(self) -> None:
        """Deliver what is ready."""
        with self._lock:
            if not self._abandoned:
                self._hand_over()

    def abandon(self, item: Item) -> Sequence[ReceivedFile | Record] | None:
        """Leave the thread to itself: nothing of it is delivered any more.

        Parameters
        ----------
        item
            What it is at; if it has just got on, nothing happens.

        Returns
        -------
        Sequence
            The items that were taken out of the inbox and are not analysed, in order; None if
            the thread is needed, as it goes on.
        """
        # Whoever takes in a result that does not let go keeps the lock for good.
        is_mine = self._lock.acquire(timeout=LOCK_SECONDS)
        try:
            self._halted = True
            if is_mine and self.current is not item:
                self._halted = self._ending or not self._unpaused.is_set()
                return None
            self._abandoned = True
            self.ask_to_end()
            return self._batch[self._delivered :]
        finally:
            if is_mine:
                self._lock.release()

    def _hand_over(self) -> None:
        ready = [self._outcomes.popleft() for _ in range(len(self._outcomes))]
        self._delivered += len(ready)
        if not ready:
            return
        self._delivering = ready[-1][0], time.monotonic()
        try:
            self._harvest.take(ready)
        except BaseException as error:  # noqa: BLE001 - a result may do anything, even exit
            self._harvest.refuse([item for item, *_ in ready], error)
        finally:
            self._delivering = None

    def _decode(self, records: Sequence[Record]) -> None:
        try:
            self._harvest.decode(records, self.function)
        except BaseException as error:  # noqa: BLE001 - the thread must not end unseen
            self._harvest.refuse([ReceivedRecord(record) for record in records], error)
        self._delivered += len(records)

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
                self._decode(some)
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

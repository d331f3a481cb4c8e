"""How much may be under way to a page."""

from __future__ import annotations

from threading import Condition

MOST_BATCHES = 2


class Window:
    """Lets a thread send two batches, and no more until one of them is acknowledged.

    Any thread may call.
    """

    def __init__(self) -> None:
        self._changed = Condition()
        self._sent = 0
        self._acknowledged = 0
        self._paused = False
        self._stopped = False

    @property
    def stopped(self) -> bool:
        """Whether nothing is to be sent any more."""
        return self._stopped

    def wait(self, seconds: float) -> bool:
        """Wait until something may be sent, and tell whether it may.

        Parameters
        ----------
        seconds
            How long to wait.
        """
        with self._changed:
            return self._changed.wait_for(lambda: self._open or self._stopped, seconds) and (
                not self._stopped
            )

    def sent(self) -> int:
        """Count a batch, and return its number."""
        with self._changed:
            self._sent += 1
            return self._sent

    def acknowledge(self, sequence: int) -> None:
        """Take in which batch was shown; those before it were, too.

        Parameters
        ----------
        sequence
            Its number; one that was not sent counts for nothing.
        """
        with self._changed:
            if self._acknowledged < sequence <= self._sent:
                self._acknowledged = sequence
                self._changed.notify_all()

    def pause(self, *, paused: bool) -> None:
        """Stop sending, or go on.

        Parameters
        ----------
        paused
            Which of both.
        """
        with self._changed:
            self._paused = paused
            self._changed.notify_all()

    def stop(self) -> None:
        """Let whoever waits end."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()

    @property
    def _open(self) -> bool:
        return not self._paused and self._sent - self._acknowledged < MOST_BATCHES

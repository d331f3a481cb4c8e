"""Time in which chunks can come: outages, pauses, and waiting for a full disk are left out."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST_SECONDS = 1.0


class ReadingTime:
    """A clock that goes only while a topic is read.

    A file whose chunks cannot come has not waited in vain.

    Parameters
    ----------
    clock
        Seconds that only go forward; tests bring their own.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._last = clock()
        self._seconds = 0.0

    def __call__(self) -> float:
        """Give the seconds so far."""
        return self._seconds

    def advance(self, *, is_read: bool) -> None:
        """Count the time since the last call, if it was not longer than reading takes.

        Parameters
        ----------
        is_read
            Whether the topic can be read at the moment.
        """
        passed, self._last = self._clock() - self._last, self._clock()
        if is_read:
            self._seconds += min(passed, LONGEST_SECONDS)

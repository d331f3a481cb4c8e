"""Which files are to be sent now, and which later once more."""

import time
from collections import deque
from collections.abc import Callable
from pathlib import Path

from jupyter_stream.files.sending import Sending

LONGEST_DELAY_SECONDS = 60.0


class Outbox:
    """The files that are not stored yet: to be sent, under way, or to be tried again later.

    Parameters
    ----------
    clock
        Seconds that only go forward; tests bring their own.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._newest: dict[Path, Sending] = {}
        self._ready: deque[Sending] = deque()
        self._waiting: dict[Sending, float] = {}

    def __len__(self) -> int:
        return len(self._newest)

    def __contains__(self, sending: Sending) -> bool:
        return self._newest.get(sending.path) is sending

    @property
    def paths(self) -> list[Path]:
        """The files that are not stored yet."""
        return list(self._newest)

    def add(self, path: Path) -> None:
        """Take in a file, or a new version of one: the former version is then not tried again."""
        sending = Sending(path)
        self._newest[path] = sending
        self._ready.append(sending)

    def take(self) -> Sending | None:
        """Give the next file that is to be sent; None if there is none at the moment."""
        self._wake()
        while self._ready:
            sending = self._ready.popleft()
            if sending in self:
                return sending
        return None

    def put_back(self, sending: Sending) -> float:
        """Let a file be tried again later, and give the delay in seconds: 1, 2, 4 ... 60."""
        # Beyond this power the delay is at its longest, and huge numbers are not wanted.
        delay = min(2.0 ** min(sending.failures, 6), LONGEST_DELAY_SECONDS)
        again = Sending(sending.path, sending.failures + 1)
        self._newest[sending.path] = again
        self._waiting[again] = self._clock() + delay
        return delay

    def remove(self, sending: Sending) -> None:
        """Forget a file, unless there is a newer version of it."""
        if sending in self:
            del self._newest[sending.path]

    def clear(self) -> None:
        """Forget all files."""
        self._newest.clear()

    def _wake(self) -> None:
        """Let those be sent whose delay is over."""
        now = self._clock()
        for sending in [sending for sending, due in self._waiting.items() if due <= now]:
            del self._waiting[sending]
            self._ready.append(sending)

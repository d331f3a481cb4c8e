"""Which files are to be sent now, and which later once more."""

from __future__ import annotations

import time
from collections import deque
from typing import TYPE_CHECKING

from jupyter_stream.files.uploading.sending import Sending

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyter_stream.files.stamp import FileState

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
        self._newest: dict[str, Sending] = {}
        self._ready: deque[Sending] = deque()
        self._waiting: dict[Sending, float] = {}

    def __len__(self) -> int:
        return len(self._newest)

    def __contains__(self, sending: Sending) -> bool:
        return self._newest.get(sending.path) is sending

    @property
    def paths(self) -> list[str]:
        """The files that are not stored yet."""
        return list(self._newest)

    def add(self, path: str, state: FileState) -> Sending | None:
        """Take in a file, or a new version of one: the former version is then not tried again.

        Parameters
        ----------
        path
            Relative posix path of the file.
        state
            What it was when it was found.

        Returns
        -------
        Sending or None
            The version that this one takes the place of.
        """
        former = self._newest.get(path)
        sending = self._newest[path] = Sending(path, state)
        self._ready.append(sending)
        return former

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
        again = Sending(sending.path, sending.state, sending.failures + 1)
        self._newest[sending.path] = again
        self._waiting[again] = self._clock() + delay
        return delay

    def send_again(self, sending: Sending) -> None:
        """Let a file be tried again at once, as if it had not been tried."""
        again = self._newest[sending.path] = Sending(sending.path, sending.state, sending.failures)
        self._ready.appendleft(again)

    def remove(self, sending: Sending) -> None:
        """Forget a file, unless there is a newer version of it."""
        if sending in self:
            del self._newest[sending.path]

    def clear(self) -> None:
        """Forget all files."""
        self._newest.clear()

    def _wake(self) -> None:
        """Let those be sent whose delay is over."""
        if not self._waiting:
            return
        now = self._clock()
        for sending in [sending for sending, due in self._waiting.items() if due <= now]:
            del self._waiting[sending]
            self._ready.append(sending)

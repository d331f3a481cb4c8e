"""When a view may be sent a frame: bounded in flight, and silent when the browser is."""

from __future__ import annotations

from collections import deque

FRAMES_IN_FLIGHT = 2
BYTES_IN_FLIGHT = 2 * 2**20
SLOW_AFTER_SECONDS = 1.0
SILENT_AFTER_SECONDS = 10.0
SLOW_FRAME_SECONDS = 0.2
SLOW_BYTES_PER_SECOND = 256_000


class SendWindow:
    """The frames that a view has not acknowledged, and what follows from them.

    Two frames, or 2 MiB, may be in flight. After 1 s without an acknowledgement a frame may
    have been lost on the way, so one is let through now and then (5 Hz and 256 kB/s at most).
    After 10 s nothing is sent until the view says that it is there again, since the Jupyter
    server keeps without limit what a closed tab does not fetch.
    """

    def __init__(self) -> None:
        self._in_flight: deque[tuple[int, int]] = deque()
        self._waiting_since: float | None = None
        self._slow_until = 0.0

    def silent_for(self, now: float) -> float:
        """Return for how many seconds an answer has been awaited.

        Parameters
        ----------
        now
            A monotonic time in seconds.
        """
        return 0.0 if self._waiting_since is None else now - self._waiting_since

    def is_open(self, now: float) -> bool:
        """Say whether a frame may be sent.

        Parameters
        ----------
        now
            A monotonic time in seconds.
        """
        waited = self.silent_for(now)
        if waited >= SILENT_AFTER_SECONDS:
            return False
        if waited >= SLOW_AFTER_SECONDS:
            return now >= self._slow_until
        in_flight = sum(size for _, size in self._in_flight)
        return len(self._in_flight) < FRAMES_IN_FLIGHT and in_flight < BYTES_IN_FLIGHT

    def sent(self, sequence: int, size: int, now: float) -> None:
        """Note that a frame is on its way.

        Parameters
        ----------
        sequence
            The number of the frame.
        size
            Its size in bytes.
        now
            A monotonic time in seconds.
        """
        self._in_flight.append((sequence, size))
        if self._waiting_since is None:
            self._waiting_since = now
        self._slow_until = now + max(SLOW_FRAME_SECONDS, size / SLOW_BYTES_PER_SECOND)

    def acknowledged(self, sequence: int, now: float) -> None:
        """Note that the view has painted a frame, and with it all before it.

        Parameters
        ----------
        sequence
            The number of the frame.
        now
            A monotonic time in seconds.
        """
        while self._in_flight and self._in_flight[0][0] <= sequence:
            self._in_flight.popleft()
        self._waiting_since = now if self._in_flight else None

    def reopen(self) -> None:
        """Forget what was in flight: the view is there, and starts anew."""
        self._in_flight.clear()
        self._waiting_since = None

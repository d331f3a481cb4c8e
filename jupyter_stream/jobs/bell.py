"""Telling those who wait, in threads and in event loops, that something has changed."""

from __future__ import annotations

import asyncio
import time
from contextlib import contextmanager, suppress
from threading import Condition
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Waiting for ever cannot be interrupted on every platform.
_WAIT_SECONDS = 0.5


class Bell:
    """Wakes all who wait for a condition to hold, so that they look again."""

    def __init__(self) -> None:
        self._rung = Condition()
        self._wakers: list[Callable[[], None]] = []

    def ring(self) -> None:
        """Wake all who wait."""
        with self._rung:
            self._rung.notify_all()
            for wake in self._wakers:
                wake()

    def wait_for(self, holds: Callable[[], bool], timeout: float | None) -> bool:
        """Wait in a thread until a condition holds, and say whether it does.

        Parameters
        ----------
        holds
            The condition; looked at after each ring.
        timeout
            Seconds to wait at most; None waits without limit.
        """
        deadline = None if timeout is None else time.monotonic() + timeout
        with self._rung:
            while not holds():
                left = _WAIT_SECONDS if deadline is None else deadline - time.monotonic()
                if left <= 0:
                    return False
                self._rung.wait(min(left, _WAIT_SECONDS))
        return True

    async def heard(self, holds: Callable[[], bool], patience: float | None) -> bool:
        """Wait in an event loop until a condition holds, and say whether it does.

        Parameters
        ----------
        holds
            The condition; looked at after each ring.
        patience
            Seconds to wait at most; None waits without limit.
        """
        woken = asyncio.Event()
        loop = asyncio.get_running_loop()
        deadline = None if patience is None else loop.time() + patience

        def wake() -> None:
            with suppress(RuntimeError):  # The loop may be closed by then.
                loop.call_soon_threadsafe(woken.set)

        with self._waking(wake):
            while not holds():
                try:
                    async with asyncio.timeout_at(deadline):
                        await woken.wait()
                except TimeoutError:
                    return holds()
                woken.clear()
        return True

    @contextmanager
    def _waking(self, wake: Callable[[], None]) -> Iterator[None]:
        with self._rung:
            self._wakers.append(wake)
        try:
            yield
        finally:
            with self._rung:
                self._wakers.remove(wake)

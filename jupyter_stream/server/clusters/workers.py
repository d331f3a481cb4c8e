"""Threads that wait for one cluster, so that nothing else has to."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, TypeVar

from jupyter_stream.server.clusters.threads import Threads
from jupyter_stream.server.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

Answer = TypeVar("Answer")

# Whoever has waited for a thread for so long is told so, instead of being served.
PATIENCE_SECONDS = 10.0


class Workers:
    """Runs what blocks; for use on the event loop.

    Parameters
    ----------
    name
        Of the cluster, for error texts.
    threads
        How many work at the same time.
    waiting
        How many more may wait for them.
    """

    def __init__(self, name: str, threads: int, waiting: int) -> None:
        self._name = name
        self._room = threads + waiting
        self._busy = 0
        self._threads = Threads(threads, f"jupyter_stream {name}")

    async def run(self, function: Callable[[], Answer]) -> Answer:
        """Run a function in a thread.

        Parameters
        ----------
        function
            What blocks.

        Raises
        ------
        Refusal
            So many wait already that this one would wait for long.
        """
        if self._busy >= self._room:
            raise self._crowded()
        self._busy += 1
        given_up = time.monotonic() + PATIENCE_SECONDS

        def begin() -> Answer:
            if time.monotonic() > given_up:
                raise self._crowded()
            return function()

        future = self._threads.submit(begin)
        # Counted until the thread is free again, which may be long after a request was given up.
        loop = asyncio.get_running_loop()
        future.add_done_callback(lambda _: _told(loop, self._one_less))
        return await asyncio.wrap_future(future)

    def close(self) -> None:
        """Take nothing more, and drop what waits."""
        self._threads.close()

    def _crowded(self) -> Refusal:
        return Refusal(
            503,
            f"too many questions wait for {self._name!r}",
            "the cluster answers slowly, or not at all",
            "Wait a little, and try again.",
        )

    def _one_less(self) -> None:
        self._busy -= 1


def _told(loop: asyncio.AbstractEventLoop, what: Callable[[], None]) -> None:
    if not loop.is_closed():
        loop.call_soon_threadsafe(what)

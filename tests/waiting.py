"""Waiting for conditions, never for time, and for coroutines."""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

T = TypeVar("T")

DEADLINE = 40.0
LOOK_SECONDS = 0.02


def wait_until(condition: Callable[[], object], what: str, deadline: float = DEADLINE) -> None:
    """Return as soon as a condition holds; fail when it does not within the deadline."""
    end = time.monotonic() + deadline
    never = Event()
    while not condition():
        assert time.monotonic() < end, f"timed out waiting for: {what}"
        never.wait(LOOK_SECONDS)


def run_to_end(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine in a loop and a thread of its own, and close both.

    In a process that drives a browser a loop runs in the main thread all the time. Where loops may
    run within loops, which one call of ours allows for good, `asyncio.run` leaves its loop open,
    and some later test is blamed for it.
    """

    def run() -> T:
        with asyncio.Runner() as runner:
            return runner.run(work)

    with ThreadPoolExecutor(1) as threads:
        return threads.submit(run).result()

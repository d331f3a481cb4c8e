"""Waiting for conditions, never for time."""

from __future__ import annotations

import time
from threading import Event
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

DEADLINE = 40.0
LOOK_SECONDS = 0.02


def wait_until(condition: Callable[[], object], what: str, deadline: float = DEADLINE) -> None:
    """Return as soon as a condition holds; fail when it does not within the deadline."""
    end = time.monotonic() + deadline
    never = Event()
    while not condition():
        assert time.monotonic() < end, f"timed out waiting for: {what}"
        never.wait(LOOK_SECONDS)

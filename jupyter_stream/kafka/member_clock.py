"""A clock that goes on while the machine sleeps, as the group's clock does."""

from __future__ import annotations

import time

_WITH_SLEEP: int | None = getattr(time, "CLOCK_BOOTTIME", None)


def member_clock() -> float:
    """Return the seconds since some moment."""
    return time.monotonic() if _WITH_SLEEP is None else time.clock_gettime(_WITH_SLEEP)

"""Times of results: epoch seconds from anywhere, which may be no times at all."""

from __future__ import annotations

from datetime import UTC, datetime


def utc_time(seconds: float) -> datetime | None:
    """Return a time; None if it is out of the calendar.

    Parameters
    ----------
    seconds
        Epoch seconds.
    """
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def local_time(seconds: float) -> datetime | None:
    """Return a time as the clocks here show it; None if it is out of the calendar.

    Parameters
    ----------
    seconds
        Epoch seconds.
    """
    time = utc_time(seconds)
    try:
        return time and time.astimezone()
    except (ValueError, OverflowError, OSError):
        return None

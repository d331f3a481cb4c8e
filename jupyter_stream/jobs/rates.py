"""The rates of a job."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from jupyter_stream.jobs.rate import Rate

if TYPE_CHECKING:
    from jupyter_stream.jobs.stats import JobStats


class Rates:
    """Measures how fast a job's records, bytes and files grow; asked again and again."""

    def __init__(self) -> None:
        self._records, self._bytes, self._files = Rate(), Rate(), Rate()
        self._content = Rate()

    def measure(self, stats: JobStats) -> JobStats:
        """Return the numbers with the rates of now.

        Parameters
        ----------
        stats
            The numbers so far.
        """
        now = time.monotonic()
        content_per_second = self._content.update(now, stats.content_bytes)
        return replace(
            stats,
            records_per_second=round(self._records.update(now, stats.records), 3),
            bytes_per_second=round(self._bytes.update(now, stats.bytes), 3),
            files_per_second=round(self._files.update(now, stats.files), 3),
            seconds_left=_seconds_left(stats, content_per_second),
        )


def _seconds_left(stats: JobStats, content_per_second: float) -> float | None:
    """Guess how long the rest takes; None where the whole or the rate is unknown."""
    if stats.content_bytes_total is None:
        return None
    left = max(0, stats.content_bytes_total - stats.content_bytes)
    if not left:
        return 0.0
    return round(left / content_per_second, 1) if content_per_second else None

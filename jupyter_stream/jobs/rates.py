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

    def measure(self, stats: JobStats) -> JobStats:
        """Return the numbers with the rates of now.

        Parameters
        ----------
        stats
            The numbers so far.
        """
        now = time.monotonic()
        return replace(
            stats,
            records_per_second=round(self._records.update(now, stats.records), 3),
            bytes_per_second=round(self._bytes.update(now, stats.bytes), 3),
            files_per_second=round(self._files.update(now, stats.files), 3),
        )

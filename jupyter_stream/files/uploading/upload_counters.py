"""The numbers of an upload."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from jupyter_stream.jobs.rate import Rate
from jupyter_stream.jobs.rates import Rates
from jupyter_stream.jobs.stats import JobStats


@dataclass(slots=True)
class UploadCounters:
    """What an upload has done and has to do; the fields are those of `JobStats`."""

    records: int = 0
    bytes: int = 0
    files: int = 0
    skipped: int = 0
    errors: int = 0
    latest: str | None = None
    content_bytes: int = 0
    files_total: int = 0
    content_bytes_total: int = 0
    duplicates: int = 0
    _rates: Rates = field(default_factory=Rates)
    _content: Rate = field(default_factory=Rate)

    def plan(self, size: int) -> None:
        """Count a file that is to be sent.

        Parameters
        ----------
        size
            Its bytes.
        """
        self.files_total += 1
        self.content_bytes_total += size

    def drop(self, size: int) -> None:
        """Count a file no more that was to be sent, and need not be.

        Parameters
        ----------
        size
            Its bytes.
        """
        self.files_total -= 1
        self.content_bytes_total -= size

    def measure(self, unfinished: int) -> JobStats:
        """Give the numbers with the rates of now.

        Parameters
        ----------
        unfinished
            How many files are on their way.
        """
        stats = JobStats(
            records=self.records,
            bytes=self.bytes,
            files=self.files,
            skipped=self.skipped,
            errors=self.errors,
            latest=self.latest,
            content_bytes=self.content_bytes,
            files_total=self.files_total,
            content_bytes_total=self.content_bytes_total,
            seconds_left=self._seconds_left(),
            duplicates=self.duplicates,
            unfinished=unfinished,
        )
        return self._rates.measure(stats)

    def _seconds_left(self) -> float | None:
        per_second = self._content.update(time.monotonic(), self.content_bytes)
        left = self.content_bytes_total - self.content_bytes
        if left <= 0:
            return 0.0
        return round(left / per_second, 1) if per_second > 0 else None

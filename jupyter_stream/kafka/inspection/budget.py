"""How much a scan may read, and how long it may take."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jupyter_stream.kafka.record import Record


class Budget:
    """Counts what a scan reads. `bytes` and `records` are what it has read so far.

    Parameters
    ----------
    max_bytes
        How much it may read; may be infinite. The record that goes beyond is the last.
    max_seconds
        How long it may take; may be infinite.
    """

    def __init__(self, max_bytes: float, max_seconds: float) -> None:
        self.bytes = 0
        self.records = 0
        self._max_bytes = max_bytes
        self._begin = time.monotonic()
        self._max_seconds = max_seconds

    @property
    def seconds(self) -> float:
        """How long it has taken so far."""
        return time.monotonic() - self._begin

    @property
    def seconds_left(self) -> float:
        """How long it may still take."""
        return max(0.0, self._max_seconds - self.seconds)

    @property
    def bytes_left(self) -> float:
        """How much may still be read."""
        return max(0, self._max_bytes - self.bytes)

    @property
    def spent(self) -> bool:
        """Whether bytes or time are used up."""
        return not self.bytes_left or not self.seconds_left

    @property
    def mean_size(self) -> float:
        """Bytes of a record, in the mean of those that were read; 0 before the first."""
        return self.bytes / self.records if self.records else 0.0

    def spend(self, records: Iterable[Record]) -> None:
        """Count records that were read.

        Parameters
        ----------
        records
            They.
        """
        for record in records:
            self.records += 1
            self.bytes += record_size(record)


def record_size(record: Record) -> int:
    """Return the bytes of a record: key, value and headers.

    Parameters
    ----------
    record
        The record.
    """
    headers = sum(len(name) + len(value or b"") for name, value in record.headers)
    return len(record.key or b"") + len(record.value or b"") + headers

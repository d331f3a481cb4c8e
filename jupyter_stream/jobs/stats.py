"""What a job has done so far, in numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class JobStats:
    """An immutable snapshot of a job's numbers.

    Parameters
    ----------
    records
        Records read from, or written to, the topic.
    bytes
        Bytes of those records' values.
    files
        Files completed.
    skipped
        Records, or files, that could not be used.
    lost
        Records that the cluster deleted before they were read.
    errors
        Failures of the analysis function, or of writing.
    records_per_second, bytes_per_second, files_per_second
        Rates over the last few seconds.
    lag
        Records on the topic that are still to be read; None while unknown.
    seconds_behind
        Age in seconds of the newest record read while there is lag; 0 without lag.
    latest
        Name of the newest completed file; None before the first.
    """

    records: int = 0
    bytes: int = 0
    files: int = 0
    skipped: int = 0
    lost: int = 0
    errors: int = 0
    records_per_second: float = 0.0
    bytes_per_second: float = 0.0
    files_per_second: float = 0.0
    lag: int | None = None
    seconds_behind: float = 0.0
    latest: str | None = None

    def at_rest(self) -> JobStats:
        """Return the same numbers with all rates zero."""
        return replace(self, records_per_second=0.0, bytes_per_second=0.0, files_per_second=0.0)

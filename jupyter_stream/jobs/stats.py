"""What a job has done so far, in numbers."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

# From here on nobody needs a fraction.
EXACT_FROM = 100.0


@dataclass(frozen=True, slots=True, repr=False)
class JobStats:
    """An immutable snapshot of a job's numbers. Its text form leaves out what is as at the start.

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
    content_bytes
        Bytes of files' content that are safe: acknowledged by the broker, or complete at the
        receiver.
    files_total, content_bytes_total
        All files, and the bytes of their content, that the job knows it has to bring over; None
        where that cannot be known.
    seconds_left
        Seconds until all of that is done at the rate of now; None while unknown.
    duplicates
        Files that needed no work, because they had been brought over before.
    unfinished
        Files of which a part has been brought over so far.
    results
        What the analysis of a watch has given so far.
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
    content_bytes: int = 0
    files_total: int | None = None
    content_bytes_total: int | None = None
    seconds_left: float | None = None
    duplicates: int = 0
    unfinished: int = 0
    results: int = 0

    def __repr__(self) -> str:
        told = [
            f"{field.name}={_readable(getattr(self, field.name))}"
            for field in fields(self)
            if getattr(self, field.name) != field.default
        ]
        return f"JobStats({', '.join(told)})"

    def at_rest(self) -> JobStats:
        """Return the same numbers with all rates zero, and no guess of the time left."""
        return replace(
            self,
            records_per_second=0.0,
            bytes_per_second=0.0,
            files_per_second=0.0,
            seconds_left=None,
        )


def _readable(value: Any) -> str:
    match value:
        case float():
            return f"{value:_.0f}" if abs(value) >= EXACT_FROM else f"{value:.3g}"
        case int():
            return f"{value:_}"
        case _:
            return repr(value)

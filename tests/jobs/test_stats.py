"""The text form of a job's numbers."""

from __future__ import annotations

from jupyter_stream.jobs.stats import JobStats


def test_only_what_has_changed_is_told_and_is_readable() -> None:
    stats = JobStats(
        records=1_234_567, bytes_per_second=48_123_456.789, files_per_second=0.12345, lag=0
    )
    assert repr(stats) == (
        "JobStats(records=1_234_567, bytes_per_second=48_123_457, files_per_second=0.123, lag=0)"
    )
    assert repr(JobStats(latest="scan.dat", seconds_left=0.0)) == (
        "JobStats(latest='scan.dat', seconds_left=0)"
    )
    assert repr(JobStats()) == "JobStats()"

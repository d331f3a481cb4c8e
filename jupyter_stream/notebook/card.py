"""What a job's card shows, as JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from jupyter_stream.files.receiving.download import Download
from jupyter_stream.files.uploading.upload import Upload

if TYPE_CHECKING:
    from jupyter_stream.jobs.job import Job


def card(job: Job) -> dict[str, Any]:
    """Return the state, numbers and problems of a job.

    Parameters
    ----------
    job
        The job.
    """
    return {
        "name": job.name,
        "kind": _kind(job),
        "state": job.state.value,
        "reason": job.reason,
        "trouble": job.trouble,
        **asdict(job.stats),
        "problems": [asdict(problem) for problem in job.problems],
    }


def _kind(job: Job) -> str:
    """Return what the card shows: the progress of a transfer, or what a watch sees."""
    if isinstance(job, Upload):
        return "upload"
    return "download" if isinstance(job, Download) else "watch"

"""What a job's card shows, as JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

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
        "state": job.state.value,
        "reason": job.reason,
        "trouble": job.trouble,
        **asdict(job.stats),
        "problems": [asdict(problem) for problem in job.problems],
    }

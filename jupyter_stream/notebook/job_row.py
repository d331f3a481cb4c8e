"""What a list of jobs shows of each, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jupyter_stream.notebook.job_cells import cell_of

if TYPE_CHECKING:
    from jupyter_stream.jobs.job import Job


def job_row(job: Job) -> dict[str, Any]:
    """Return the state and the numbers of a job; `rate` is in records/s.

    Parameters
    ----------
    job
        The job.
    """
    stats = job.stats
    return {
        "id": job.id,
        "kind": _kind(job),
        "name": job.name,
        "state": job.state.value,
        "reason": job.reason,
        "trouble": job.trouble,
        "records": stats.records,
        "files": stats.files,
        "rate": stats.records_per_second,
        "errors": stats.errors,
        "problems": sum(problem.count for problem in job.problems),
        "lag": stats.lag,
        "cell": cell_of(job),
    }


def _kind(job: Job) -> str:
    """Return the word that users start such a job with."""
    name = type(job).__name__.lower()
    return "receive" if name == "filestream" else name

"""What a job's card shows, as JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from jupyter_stream.analysis.watch import Watch
from jupyter_stream.files.receiving.download import Download
from jupyter_stream.files.uploading.upload import Upload

if TYPE_CHECKING:
    from jupyter_stream.jobs.job import Job


# A row for each file that is done in a moment would come and go, and the page with it.
SHOWN_SECONDS = 1.0


def card(job: Job) -> dict[str, Any]:
    """Return the state and the numbers of a job.

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
        **_of_a_watch(job),
    }


def problem_list(job: Job) -> list[dict[str, Any]]:
    """Return what went wrong in a job, the newest first.

    Parameters
    ----------
    job
        The job.
    """
    return [asdict(problem) for problem in job.problems]


def _kind(job: Job) -> str:
    """Return what the card shows: the progress of a transfer, or what a watch sees."""
    if isinstance(job, Upload):
        return "upload"
    return "download" if isinstance(job, Download) else "watch"


def _of_a_watch(job: Job) -> dict[str, Any]:
    if not isinstance(job, Watch):
        return {"topics": [], "plot_choice": None, "files_in_progress": []}
    return {
        "topics": list(job.topics),
        "plot_choice": job.plot_choice,
        "files_in_progress": [
            {"path": file.path, "received": file.received, "total": file.total}
            for file in job.files_in_progress
            if file.seconds > SHOWN_SECONDS
        ],
    }

"""Which cell started which job, so that running the cell again replaces the job."""

from __future__ import annotations

from typing import TYPE_CHECKING

from IPython import get_ipython

if TYPE_CHECKING:
    from jupyter_stream.jobs.job import Job

_jobs: dict[tuple[str, type[Job]], Job] = {}


def stop_former(kind: type[Job]) -> None:
    """Stop the job of a kind that the running cell started before, if there is one.

    Parameters
    ----------
    kind
        The class of the job.
    """
    former = _jobs.pop((_cell(), kind), None)
    if former is not None:
        former.stop()
        former.release()


def remember(job: Job) -> None:
    """Note that the running cell has started a job.

    Parameters
    ----------
    job
        The job.
    """
    cell = _cell()
    if cell:
        _jobs[cell, type(job)] = job


def _cell() -> str:
    """Return the identity of the running cell; empty where the front end tells none."""
    shell = get_ipython()
    parent = shell.get_parent() if hasattr(shell, "get_parent") else {}
    return str(parent.get("metadata", {}).get("cellId", ""))

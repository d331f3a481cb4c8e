"""The jobs of this process, so that none is forgotten."""

from __future__ import annotations

import atexit
import time
import warnings
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jupyter_stream.jobs.job import Job

ENDED_KEPT = 10
# Jupyter ends a kernel by force when it takes about five seconds to exit.
EXIT_SECONDS = 4.0

_lock = Lock()
_jobs: list[Job] = []


def add(job: Job) -> None:
    """Remember a job that starts; of the ended ones only the newest stay known."""
    with _lock:
        _jobs.append(job)
        ended = [known for known in _jobs if known.state.ended]
        for known in ended[:-ENDED_KEPT]:
            _jobs.remove(known)


def list_jobs() -> tuple[Job, ...]:
    """Return the jobs that were started in this process, oldest first."""
    with _lock:
        return tuple(_jobs)


def running() -> tuple[Job, ...]:
    """Return the jobs that have not ended, oldest first."""
    return tuple(job for job in list_jobs() if not job.state.ended)


def stop_all() -> tuple[Job, ...]:
    """Stop every running job, and return those that were stopped."""
    return stop(running())


def stop(jobs: tuple[Job, ...], timeout: float | None = None) -> tuple[Job, ...]:
    """Stop jobs side by side, and return them.

    Parameters
    ----------
    jobs
        The jobs.
    timeout
        Seconds to wait at most for all of them; None waits until all have ended.
    """
    deadline = None if timeout is None else time.monotonic() + timeout
    for job in jobs:
        job.ask_to_stop()
    for job in jobs:
        job.stop(None if deadline is None else max(0.0, deadline - time.monotonic()))
    return jobs


@atexit.register
def _stop_leaked() -> None:
    for job in stop(running(), EXIT_SECONDS):
        warnings.warn(
            f"{job.name} was still running at exit; stop it, or use it in a with block",
            ResourceWarning,
            stacklevel=1,
        )

"""Which cell started which job, so that running the cell again replaces the job."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from IPython import get_ipython

if TYPE_CHECKING:
    from jupyter_stream.jobs.job import Job


class _Started(NamedTuple):
    job: Job
    recipe: Any
    run: str


# One cell may start several: `%stream_watch a` and `%stream_watch b`, or a loop.
_jobs: dict[tuple[str, type[Job]], list[_Started]] = {}


def former(kind: type[Job], recipe: Any) -> Job | None:
    """Return the job that the cell started by the same recipe when it ran before, if it goes on.

    Parameters
    ----------
    kind
        The class of the job.
    recipe
        What the job was to be made from.
    """
    for started in _of_runs_before(kind):
        if started.recipe == recipe and not started.job.state.ended:
            return started.job
    return None


def stop_former(kind: type[Job]) -> list[Job]:
    """Stop the jobs of a kind that the cell started when it ran before; return them.

    Parameters
    ----------
    kind
        The class of the jobs.
    """
    stopped = _of_runs_before(kind)
    for started in stopped:
        _jobs[running_cell(), kind].remove(started)
        started.job.stop()
        started.job.release()
    return [started.job for started in stopped]


def remember(job: Job, recipe: Any = None) -> None:
    """Note that the running cell has started a job, or goes on with it.

    Parameters
    ----------
    job
        The job.
    recipe
        What it was made from, where that matters when the cell is run again.
    """
    cell = running_cell()
    if cell:
        known = _jobs.setdefault((cell, type(job)), [])
        known[:] = [started for started in known if started.job is not job]
        known.append(_Started(job, recipe, running_run()))


def _of_runs_before(kind: type[Job]) -> list[_Started]:
    run = running_run()
    return [started for started in _jobs.get((running_cell(), kind), ()) if started.run != run]


def running_run() -> str:
    """Return what tells one run of a cell from another."""
    return str(_parent().get("header", {}).get("msg_id", ""))


def running_cell() -> str:
    """Return the identity of the running cell.

    Where the front end tells none, cells with the same magics count as the same.
    """
    code = str(_parent().get("content", {}).get("code", ""))
    return front_end_cell() or "\n".join(line for line in code.splitlines() if line.startswith("%"))


def front_end_cell() -> str:
    """Return the identity that the front end gives the running cell; empty if it gives none."""
    return str(_parent().get("metadata", {}).get("cellId", ""))


def _parent() -> dict[str, Any]:
    shell = get_ipython()
    parent: dict[str, Any] = shell.get_parent() if hasattr(shell, "get_parent") else {}
    return parent

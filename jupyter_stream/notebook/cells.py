"""Which cell started which job, so that running the cell again replaces the job."""

from __future__ import annotations

import inspect
from contextvars import copy_context
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from IPython import get_ipython

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyter_stream.jobs.job import Job

    Analysis = Callable[[Any], Any]


class _Started(NamedTuple):
    job: Job
    recipe: Any


_jobs: dict[tuple[str, type[Job]], _Started] = {}


def former(kind: type[Job], recipe: Any) -> Job | None:
    """Return the job that the running cell started before by the same recipe, if it still goes on.

    Parameters
    ----------
    kind
        The class of the job.
    recipe
        What the job was to be made from.
    """
    started = _jobs.get((_cell(), kind))
    if started is None or started.recipe != recipe or started.job.state.ended:
        return None
    return started.job


def stop_former(kind: type[Job]) -> Job | None:
    """Stop the job of a kind that the running cell started before; return it, if there is one.

    Parameters
    ----------
    kind
        The class of the job.
    """
    started = _jobs.pop((_cell(), kind), None)
    if started is None:
        return None
    started.job.stop()
    started.job.release()
    return started.job


def remember(job: Job, recipe: Any = None) -> None:
    """Note that the running cell has started a job.

    Parameters
    ----------
    job
        The job.
    recipe
        What it was made from, where that matters when the cell is run again.
    """
    cell = _cell()
    if cell:
        _jobs[cell, type(job)] = _Started(job, recipe)


def bound(function: Analysis) -> Analysis:
    """Return a function that prints and displays under the running cell, whichever thread calls it.

    Parameters
    ----------
    function
        The function; it must not be called again before it has returned.
    """
    if inspect.iscoroutinefunction(function):
        return function
    # The kernel keeps in it which cell's output is meant; a thread has none of its own.
    run: Callable[..., Any] = copy_context().run
    return partial(run, function)


def _cell() -> str:
    """Return the identity of the running cell.

    Where the front end tells none, cells with the same magics count as the same.
    """
    shell = get_ipython()
    parent = shell.get_parent() if hasattr(shell, "get_parent") else {}
    known = str(parent.get("metadata", {}).get("cellId", ""))
    code = str(parent.get("content", {}).get("code", ""))
    return known or "\n".join(line for line in code.splitlines() if line.startswith("%"))

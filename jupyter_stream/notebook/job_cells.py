"""Under which cell a job is shown, so that users can go there from a list of jobs."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from jupyter_stream.notebook import cells

if TYPE_CHECKING:
    from jupyter_stream.jobs.job import Job

_cells: WeakKeyDictionary[Job, str] = WeakKeyDictionary()


def note_cell(job: Job) -> None:
    """Note that the running cell shows a job; of several cells the first one counts.

    Parameters
    ----------
    job
        The job.
    """
    cell = cells.front_end_cell()
    if cell:
        _cells.setdefault(job, cell)


def cell_of(job: Job) -> str | None:
    """Return the identity of the cell that a job is shown under; None if it is unknown.

    Parameters
    ----------
    job
        The job.
    """
    return _cells.get(job)

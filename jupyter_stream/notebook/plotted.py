"""Which jobs have a plot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jupyter_stream.analysis.watch import Watch

if TYPE_CHECKING:
    from jupyter_stream.jobs.job import Job
    from jupyter_stream.plots.plot_model import PlotModel


def plot_of(job: Job) -> PlotModel | None:
    """Return the plot of a job; None if it has none, or none yet.

    Parameters
    ----------
    job
        The job.
    """
    return job.plot if isinstance(job, Watch) else None

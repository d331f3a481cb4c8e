"""Pictures in the outputs of a notebook that runs without a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from jupyter_stream.jobs import registry
from jupyter_stream.notebook.display import is_shown, refresh
from jupyter_stream.notebook.frame_content import is_viewed
from jupyter_stream.notebook.plotted import plot_of

if TYPE_CHECKING:
    from jupyter_stream.jobs.job import Job

_drawn: WeakKeyDictionary[Job, tuple[int, str]] = WeakKeyDictionary()


def draw_after_cells(shell: Any) -> None:
    """Bring outputs that no browser shows up to date after each cell, from now on.

    Parameters
    ----------
    shell
        The IPython shell.
    """
    if _draw not in shell.events.callbacks["post_run_cell"]:
        shell.events.register("post_run_cell", _draw)


def _draw(_: Any) -> None:
    for job in registry.list_jobs():
        plot = plot_of(job)
        if plot is None or is_viewed(job) or not is_shown(job):
            continue
        now = plot.version, repr(job)
        if plot.version > 0 and now != _drawn.get(job):
            _drawn[job] = now
            refresh(job)

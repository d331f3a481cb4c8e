"""Several jobs side by side, as a grid of live plots."""

from __future__ import annotations

from typing import Any, cast

from ipywidgets import GridBox, Layout

from jupyter_stream.errors import UsageMistake
from jupyter_stream.jobs.job import Job
from jupyter_stream.notebook.display import live
from jupyter_stream.notebook.frame_server import serve_frames
from jupyter_stream.notebook.identity import identity
from jupyter_stream.notebook.picture_grid import picture_grid
from jupyter_stream.notebook.shown import note_shown
from jupyter_stream.notebook.stills import png, still_of
from jupyter_stream.notebook.widget import JobWidget

GAP_PIXELS = 8


def dashboard(*watches: Job, columns: int = 2) -> Dashboard:
    """Put jobs side by side; the last line of a cell shows what is returned.

    Parameters
    ----------
    *watches
        Watches, or other jobs; one may be there more than once.
    columns
        How many stand in a row.

    Returns
    -------
    Dashboard
        What a notebook shows as a grid of live plots.

    Raises
    ------
    UsageMistake
        There is nothing to show, or no column to show it in.
    """
    given = cast("tuple[object, ...]", watches)
    wrong = [watch for watch in given if not isinstance(watch, Job)]
    if wrong or not given:
        told = f"{wrong[0]!r} is none" if wrong else "none was given"
        raise UsageMistake(f"a dashboard is made of watches, such as js.watch returns: {told}")
    if columns < 1:
        raise UsageMistake(f"columns={columns}: a dashboard has at least one column")
    return Dashboard(watches, min(columns, len(watches)))


class Dashboard:
    """A grid of live plots; made by `dashboard`.

    Parameters
    ----------
    jobs
        What is shown, row by row.
    columns
        How many stand in a row.
    """

    def __init__(self, jobs: tuple[Job, ...], columns: int) -> None:
        self._jobs = jobs
        self._columns = columns
        self._grid: GridBox | None = None

    def __repr__(self) -> str:
        return "\n".join(map(repr, self._jobs))

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        serve_frames()
        # The cell that showed it before may have run again.
        if self._grid is None or self._grid.comm is None:
            widgets = [JobWidget(stream=identity(job)) for job in self._jobs]
            self._grid = _grid(widgets, self._columns)
        note_shown(self._grid)
        drawn = picture_grid([png(job) for job in self._jobs], self._columns)
        return {**live(self._jobs, self._grid, self._columns), **still_of(repr(self), drawn)}


def _grid(widgets: list[JobWidget], columns: int) -> GridBox:
    # Without the minimum a wide plot would not shrink to its column.
    sizes = f"repeat({columns}, minmax(0, 1fr))"
    layout = Layout(grid_template_columns=sizes, grid_gap=f"{GAP_PIXELS}px", width="100%")
    return GridBox(widgets, layout=layout)

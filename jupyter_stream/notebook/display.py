"""How a job is shown in a notebook: live as a widget, and as a picture where nothing runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

from IPython.display import display

from jupyter_stream.notebook.identity import identity
from jupyter_stream.notebook.job_cells import note_cell
from jupyter_stream.notebook.shown import close, note_shown
from jupyter_stream.notebook.stills import still
from jupyter_stream.notebook.widget import JobWidget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ipywidgets import DOMWidget

    from jupyter_stream.jobs.job import Job

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
# Ours, in JupyterLab and Notebook 7: the widget, and the picture in its place.
OUTPUT = "application/vnd.jupyter-stream.output+json"


def show(job: Job) -> None:
    """Show a job under the running cell.

    Parameters
    ----------
    job
        The job; its output can be brought up to date with `refresh`.
    """
    display(mime_bundle(job), raw=True, display_id=identity(job))


def is_shown(job: Job) -> bool:
    """Say whether a job has an output that may be brought up to date.

    Parameters
    ----------
    job
        The job.
    """
    widget = _widgets.get(job.id)
    return widget is not None and _is_open(widget)


def refresh(job: Job) -> None:
    """Put the newest picture of a shown job into its output, beside the widget.

    Parameters
    ----------
    job
        A job that `show` has shown.
    """
    display(_bundle(job), raw=True, display_id=identity(job), update=True)


def replace_by_picture(job: Job) -> None:
    """Put a picture in the place of a shown job, so that it stays when the notebook is saved.

    Parameters
    ----------
    job
        A job that `show` has shown, and that has ended.
    """
    display(still(job), raw=True, display_id=identity(job), update=True)
    forget(job)


def forget(job: Job) -> None:
    """Let the widget of a job go, and with it every view.

    Parameters
    ----------
    job
        A job that has ended.
    """
    widget = _widgets.pop(job.id, None)
    if widget is not None:
        close(widget)


def mime_bundle(job: Job, **_: Any) -> dict[str, Any]:
    """Return a job as a widget, a picture and a text, for front ends to choose from.

    Parameters
    ----------
    job
        The job.
    """
    note_shown(_widget(job))
    note_cell(job)
    return _bundle(job)


def live(jobs: Sequence[Job], widget: DOMWidget, columns: int = 1) -> dict[str, Any]:
    """Return what lets front ends show a widget.

    Parameters
    ----------
    jobs
        What the widget shows.
    widget
        The widget.
    columns
        How many jobs stand in a row.
    """
    view = {"version_major": 2, "version_minor": 0, "model_id": widget.model_id}
    streams = [identity(job) for job in jobs]
    return {OUTPUT: {"streams": streams, "columns": columns}, WIDGET_VIEW: view}


# One widget a job, so that showing it again is another view and not another copy. ipywidgets
# keeps them until they are closed.
_widgets: WeakValueDictionary[str, JobWidget] = WeakValueDictionary()


def _bundle(job: Job) -> dict[str, Any]:
    return {**live([job], _widget(job)), **still(job)}


def _widget(job: Job) -> JobWidget:
    widget = _widgets.get(job.id)
    if widget is None or not _is_open(widget):
        widget = _widgets[job.id] = JobWidget(stream=identity(job))
    return widget


def _is_open(widget: JobWidget) -> bool:
    """Say whether a widget is there still: its cell may have run again."""
    return widget.comm is not None

"""How a job is shown in a notebook: live as a widget, and as a picture where nothing runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from IPython.display import display

from jupyter_stream.notebook.plotted import plot_of
from jupyter_stream.notebook.widget import JobWidget
from jupyter_stream.plots.svg_view import spectrum_svg

if TYPE_CHECKING:
    from jupyter_stream.jobs.job import Job

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


def show(job: Job) -> None:
    """Show a job under the running cell.

    Parameters
    ----------
    job
        The job; its output can be brought replaced with `replace_by_picture`.
    """
    display(mime_bundle(job), raw=True, display_id=job.id)


def replace_by_picture(job: Job) -> None:
    """Put a picture in the place of a shown job, so that it stays when the notebook is saved.

    A widget would be shown as an error in a notebook that is opened without its kernel.

    Parameters
    ----------
    job
        A job that `show` has shown, and that has ended.
    """
    display(_still(job), raw=True, display_id=job.id, update=True)


def mime_bundle(job: Job, **_: Any) -> dict[str, Any]:
    """Return a job as a widget, a picture and a text, for front ends to choose from.

    Parameters
    ----------
    job
        The job.
    """
    # One widget a job, so that showing it again is another view and not another copy.
    return {WIDGET_VIEW: _view(job), **_still(job)}


def _still(job: Job) -> dict[str, Any]:
    picture = _picture(job)
    text = {"text/plain": repr(job)}
    return text if picture is None else {**text, "image/svg+xml": picture}


_widgets: dict[str, JobWidget] = {}


def _view(job: Job) -> dict[str, Any]:
    if job.id not in _widgets:
        _widgets[job.id] = JobWidget(stream=job.id)
    return {
        "version_major": 2,
        "version_minor": 0,
        "model_id": _widgets[job.id].model_id,
    }


def _picture(job: Job) -> str | None:
    plot = plot_of(job)
    if plot is None or plot.version == 0:
        return None
    return spectrum_svg(plot.since(0))

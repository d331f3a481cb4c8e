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
        The job; its output can be brought up to date with `refresh`.
    """
    display(mime_bundle(job), raw=True, display_id=job.id)


def refresh(job: Job) -> None:
    """Bring the static picture of a shown job up to date, for notebooks that are saved.

    Parameters
    ----------
    job
        A job that `show` has shown.
    """
    display(mime_bundle(job), raw=True, display_id=job.id, update=True)


def mime_bundle(job: Job, **_: Any) -> dict[str, Any]:
    """Return a job as a widget, a picture and a text, for front ends to choose from.

    Parameters
    ----------
    job
        The job.
    """
    # One widget a job, so that showing it again is another view and not another copy.
    bundle = {WIDGET_VIEW: _view(job), "text/plain": repr(job)}
    picture = _picture(job)
    return bundle if picture is None else {**bundle, "image/svg+xml": picture}


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

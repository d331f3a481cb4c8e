"""Pictures of jobs, for where nothing is live."""

from __future__ import annotations

from base64 import b64encode
from threading import Lock
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from jupyter_stream.notebook.plotted import plot_of
from jupyter_stream.plots.picture import picture

if TYPE_CHECKING:
    from jupyter_stream.jobs.job import Job

_lock = Lock()
_newest: WeakKeyDictionary[Job, tuple[int, bytes]] = WeakKeyDictionary()


def png(job: Job) -> bytes | None:
    """Return a picture of a job's plot as it is now; None where there is nothing to see.

    Parameters
    ----------
    job
        The job.
    """
    plot = plot_of(job)
    if plot is None or plot.version == 0:
        return None
    # Several views and outputs ask for the same picture, which takes a while to draw.
    with _lock:
        version, drawn = _newest.get(job, (0, b""))
        if version != plot.version:
            version = plot.version
            drawn = picture(plot)
            _newest[job] = version, drawn
        return drawn


def still(job: Job) -> dict[str, Any]:
    """Return a job as a picture and a text, by their types.

    Parameters
    ----------
    job
        The job.
    """
    return still_of(repr(job), png(job))


def still_of(text: str, drawn: bytes | None) -> dict[str, Any]:
    """Return a picture and a text by their types.

    Parameters
    ----------
    text
        The text.
    drawn
        The picture; None for none.
    """
    if drawn is None:
        return {"text/plain": text}
    return {"image/png": b64encode(drawn).decode(), "text/plain": text}

"""One view of a job in a browser: what it knows already, and what it is sent next."""

from __future__ import annotations

import time
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np

from jupyter_stream.formats.frame import pack_frame
from jupyter_stream.jobs.job import Job
from jupyter_stream.notebook.card import card
from jupyter_stream.notebook.send_window import SendWindow
from jupyter_stream.plots.bokeh_view import bokeh_library, bokeh_version, spectrum_figure
from jupyter_stream.plots.extremes import thinned
from jupyter_stream.plots.spectrum_plot import SpectrumPlot, same_axis

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from jupyter_stream.notebook.frame_comm import FrameComm
    from jupyter_stream.plots.spectrum_plot import PlottedSpectrum, SpectrumSnapshot

ABANDONED_SECONDS = 600.0
COMMANDS = {"pause": Job.pause, "resume": Job.resume, "stop": Job.ask_to_stop}


class View:
    """A view of a job, from the opening of its comm to its closing.

    Messages from the browser come on one thread, the frame clock asks on another.

    Parameters
    ----------
    comm
        The way to the browser.
    job
        What is viewed.
    plot
        The job's plot, or None for its card alone.
    """

    def __init__(self, comm: FrameComm, job: Job, plot: SpectrumPlot | None) -> None:
        self._comm = comm
        self._job = job
        self._plot = plot
        self._lock = Lock()
        self._window = SendWindow()
        self._ready = False
        self._visible = True
        self._heard = time.monotonic()
        self._sequence = 0
        self._job_version = -1
        self._serial = 0

    def introduce(self) -> None:
        """Send what the view embeds once: the empty figure."""
        item = None if self._plot is None else spectrum_figure(self._job.name)
        self._comm.send(
            {"type": "figure", "kind": "spectrum", "item": item, "bokeh": bokeh_version()}
        )

    @property
    def is_abandoned(self) -> bool:
        """Whether the view owes an answer for so long that its page must be gone.

        A page that is reloaded or closed says no word. One that is hidden, or was asleep, says
        `ready` when it is seen again.
        """
        with self._lock:
            owes = self._window.awaits_answer or not (self._ready and self._visible)
        return owes and time.monotonic() - self._heard > ABANDONED_SECONDS

    def receive(self, data: dict[str, Any]) -> None:
        """Take in a message from the browser.

        Parameters
        ----------
        data
            The message; one of an unknown type is left alone.
        """
        self._heard = time.monotonic()
        match data:
            case {"type": "bokehjs"}:
                answer = {"type": "bokehjs", "version": bokeh_version()}
                self._comm.send(answer, buffers=[bokeh_library()])
            case {"type": "ready"}:
                self._restart()
            case {"type": "ack", "sequence": int(sequence)}:
                with self._lock:
                    self._window.acknowledged(sequence, time.monotonic())
            case {"type": "visible", "visible": bool(visible)}:
                self._visible = visible
            case {"type": "command", "command": str(command)} if command in COMMANDS:
                COMMANDS[command](self._job)

    def send_if_due(self) -> None:
        """Send one frame if there is news, the view is visible and its window is open."""
        with self._lock:
            if not (self._ready and self._visible and self._has_news()):
                return
            now = time.monotonic()
            if self._window.is_open(now):
                frame = self._next_frame()
                self._window.sent(self._sequence, len(frame), now)
                self._comm.send({"type": "frame"}, buffers=[frame])

    def _restart(self) -> None:
        with self._lock:
            self._window.reopen()
            self._ready = True
            self._job_version = -1
            self._serial = 0

    def _has_news(self) -> bool:
        moved = self._plot is not None and self._plot.version != self._serial
        return moved or self._job.version != self._job_version

    def _next_frame(self) -> bytes:
        self._sequence += 1
        reset = self._job_version < 0
        self._job_version = self._job.version
        header = {
            "sequence": self._sequence,
            "reset": reset,
            "card": card(self._job),
            "plot": None,
        }
        if self._plot is None:
            return pack_frame(header, [])
        snapshot = self._plot.since(self._serial)
        self._serial = snapshot.version
        spectra, columns = _columns(snapshot.spectra)
        return pack_frame({**header, "plot": _plot(snapshot, self._plot, spectra)}, columns)


def _plot(
    snapshot: SpectrumSnapshot, plot: SpectrumPlot, spectra: list[dict[str, Any]]
) -> dict[str, Any]:
    return {
        "title": snapshot.title,
        "x_label": snapshot.x_label,
        "y_label": snapshot.y_label,
        "capacity": plot.capacity,
        "spectra": spectra,
    }


def _columns(
    spectra: tuple[PlottedSpectrum, ...],
) -> tuple[list[dict[str, Any]], list[NDArray[Any]]]:
    """Lay out the arrays of spectra; an axis that the one before has too is sent once."""
    described: list[dict[str, Any]] = []
    columns: list[NDArray[Any]] = []
    axis = -1
    for index, plotted in enumerate(spectra):
        spectrum = plotted.spectrum
        x, y = thinned(spectrum)
        shares_axis = index > 0 and same_axis(spectrum, spectra[index - 1].spectrum)
        if not shares_axis or x is not spectrum.x:
            axis = len(columns)
            columns.append(x)
        described.append(
            {"serial": plotted.serial, "label": spectrum.label, "x": axis, "y": len(columns)}
        )
        columns.append(y.astype(np.float32))
    return described, columns

"""What a view of a job is shown: the figure, and what is new since the frame before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from jupyter_stream.formats.frame import pack_frame
from jupyter_stream.jobs.job import Job
from jupyter_stream.notebook.card import card
from jupyter_stream.plots.bokeh_view import bokeh_version, spectrum_figure
from jupyter_stream.plots.extremes import thinned
from jupyter_stream.plots.spectrum_plot import SpectrumPlot, same_axis

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from jupyter_stream.notebook.link import Message
    from jupyter_stream.plots.spectrum_plot import PlottedSpectrum, SpectrumSnapshot

COMMANDS = {"pause": Job.pause, "resume": Job.resume, "stop": Job.ask_to_stop}


class FrameContent:
    """Knows what one view was told of a job.

    Parameters
    ----------
    job
        What is viewed.
    plot
        The job's plot, or None for its card alone.
    """

    def __init__(self, job: Job, plot: SpectrumPlot | None) -> None:
        self._job = job
        self._plot = plot
        self._job_version = -1
        self._serial = 0
        self._introduced = False

    @property
    def has_news(self) -> bool:
        """Whether there is something that the view was not told."""
        moved = self._plot is not None and self._plot.version != self._serial
        return moved or self._job.version != self._job_version

    @property
    def seconds_between(self) -> float:
        """How much time must lie between two frames, in seconds."""
        return 0.0

    def figure(self) -> dict[str, Any] | None:
        """Return the message with the empty figure that the view embeds; None if it has it."""
        if self._introduced:
            return None
        self._introduced = True
        item = None if self._plot is None else spectrum_figure(self._job.name)
        return {"type": "figure", "kind": "spectrum", "item": item, "bokeh": bokeh_version()}

    def restart(self) -> None:
        """Tell everything again with the next frame."""
        self._job_version = -1
        self._serial = 0

    def pack(self, sequence: int, reset: bool, transport: str) -> bytes:
        """Return the next frame.

        Parameters
        ----------
        sequence
            Its number.
        reset
            Whether it holds everything, and what came before is void.
        transport
            The way that it goes.
        """
        self._job_version = self._job.version
        header = {
            "sequence": sequence,
            "reset": reset,
            "transport": transport,
            "card": card(self._job),
            "plot": None,
        }
        if self._plot is None:
            return pack_frame(header, [])
        snapshot = self._plot.since(self._serial)
        self._serial = snapshot.version
        spectra, columns = _columns(snapshot.spectra)
        return pack_frame({**header, "plot": _plot(snapshot, self._plot, spectra)}, columns)

    def receive(self, data: dict[str, Any]) -> Message | None:
        """Do what the view asks for, and return what it is answered, if anything.

        Parameters
        ----------
        data
            The message; one of an unknown type is left alone.
        """
        match data:
            case {"type": "command", "command": str(command)} if command in COMMANDS:
                COMMANDS[command](self._job)
        return None


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

"""Which plot a watch has, and how results come onto it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from jupyter_stream.plots.spectrum import as_spectrum
from jupyter_stream.plots.spectrum_plot import SpectrumPlot

if TYPE_CHECKING:
    from jupyter_stream.analysis.result import Result

PlotKind = Literal["auto", "spectrum", "waterfall", "image", "series", "table"]


class Plotting:
    """Puts results on a plot.

    Parameters
    ----------
    kind
        The kind of plot; None for none.
    title
        What is watched.
    last
        How many results are shown over one another.
    """

    def __init__(self, kind: PlotKind | None, title: str, last: int) -> None:
        self.model = SpectrumPlot(title, last) if kind == "spectrum" else None
        self.choice: str | None = None

    def add(self, result: Result) -> None:
        """Put a result on the plot.

        Parameters
        ----------
        result
            The result; None as a value is nothing to be shown.

        Raises
        ------
        Unplottable
            The plot does not show such results.
        """
        if self.model is not None and result.value is not None:
            name = result.name.rpartition("/")[2]
            self.model.append(as_spectrum(result.value).labelled(name))

"""The empty figure of spectra."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jupyter_stream.plots.bokeh_frame import frame_figure

if TYPE_CHECKING:
    from bokeh.plotting import figure


def spectrum_figure(title: str) -> figure:
    """Return an empty figure.

    Parameters
    ----------
    title
        Title of the plot.
    """
    return frame_figure(title, height=360, right=18, wheel="width")

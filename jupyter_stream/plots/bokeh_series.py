"""The empty figure of curves over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bokeh.models import Range1d

from jupyter_stream.plots.bokeh_frame import frame_figure

if TYPE_CHECKING:
    from bokeh.plotting import figure

MORE_AXES = ("second", "third")


def series_figure(title: str) -> figure:
    """Return an empty figure, with two more ranges for curves of other magnitudes.

    Parameters
    ----------
    title
        Title of the plot.
    """
    plot = frame_figure(title, height=320, right=18, wheel="width")
    plot.extra_y_ranges = {name: Range1d(name=name, start=0, end=1) for name in MORE_AXES}
    return plot

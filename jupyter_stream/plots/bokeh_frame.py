"""What all figures share: a frame with ranges that can be moved, and nothing drawn in it.

The page draws axes and data itself, on a canvas within the frame, since a Bokeh document with
twenty spectra is painted 16 to 27 times a second only. Bokeh measures, pans and zooms.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bokeh.models import BoxZoomTool, PanTool, Range1d, Scatter, WheelZoomTool
from bokeh.models.annotations import Title
from bokeh.plotting import figure

if TYPE_CHECKING:
    from bokeh.core.enums import DimensionsType


def frame_figure(title: str, *, height: int, right: int, wheel: DimensionsType) -> figure:
    """Return an empty figure with tools named `pan`, `box` and `wheel`.

    Parameters
    ----------
    title
        Title of the plot.
    height
        Height in CSS pixels; the width is that of the page.
    right
        Space for what stands right of the frame, in CSS pixels.
    wheel
        Which ranges the wheel zooms.
    """
    pan, wheel_zoom = PanTool(name="pan"), WheelZoomTool(dimensions=wheel, name="wheel")
    plot = figure(
        title=Title(text=title, visible=False),
        height=height,
        sizing_mode="stretch_width",
        toolbar_location=None,
        tools=[pan, BoxZoomTool(name="box"), wheel_zoom],
        active_drag=pan,
        active_scroll=wheel_zoom,
        output_backend="canvas",
        # What is behind the canvases is the page's, in whatever theme.
        background_fill_color=None,
        border_fill_color=None,
        outline_line_color=None,
        x_range=Range1d(start=0, end=1),
        y_range=Range1d(start=0, end=1),
        min_border_left=72,
        min_border_right=right,
        min_border_top=10,
        min_border_bottom=46,
    )
    plot.axis.visible = False
    plot.grid.visible = False
    # Bokeh takes a figure without anything to draw for a mistake.
    plot.add_glyph(Scatter(x=0, y=0, size=0))
    return plot

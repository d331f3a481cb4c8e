"""The spectrum plot as a Bokeh document, for embedding in a page."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import bokeh
from bokeh.embed import json_item
from bokeh.models import BasicTickFormatter, ColumnDataSource, HoverTool
from bokeh.plotting import figure

HEIGHT = 360
TOOLS = "xpan,xwheel_zoom,box_zoom,reset,save"


def spectrum_figure(title: str) -> dict[str, Any]:
    """Return an empty spectrum figure as Bokeh's JSON, to be filled in the browser.

    Its data sources are named `history` (columns xs, ys, alpha: one row a spectrum) and
    `latest` (columns x, y).

    Parameters
    ----------
    title
        Title of the plot.
    """
    plot = figure(
        title=title,
        height=HEIGHT,
        sizing_mode="stretch_width",
        tools=TOOLS,
        active_scroll="xwheel_zoom",
        output_backend="canvas",
    )
    history = ColumnDataSource({"xs": [], "ys": [], "alpha": []}, name="history")
    latest = ColumnDataSource({"x": [], "y": []}, name="latest")
    plot.multi_line("xs", "ys", line_alpha="alpha", source=history, line_width=1)
    line = plot.line("x", "y", source=latest, line_width=1.5)
    plot.add_tools(
        HoverTool(renderers=[line], tooltips=[("x", "$x{0,0.0}"), ("y", "@y")], mode="vline")
    )
    # Counts read better as 150000 than as 1.5e+5.
    plot.yaxis.formatter = BasicTickFormatter(power_limit_high=7)
    plot.toolbar.logo = None
    plot.toolbar.autohide = True
    return dict(json_item(plot))


def bokeh_version() -> str:
    """Return the version that the document and the library agree on."""
    return str(bokeh.__version__)


@cache
def bokeh_library() -> bytes:
    """Return the text of BokehJS as it is installed beside the Python package."""
    static = resources.files(bokeh) / "server" / "static" / "js"
    return (static / "bokeh.min.js").read_bytes()

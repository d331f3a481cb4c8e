"""The empty figures that a page embeds, one for each kind of plot, as Bokeh documents."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import bokeh
from bokeh.embed import json_item

from jupyter_stream.plots.bokeh_image import image_figure
from jupyter_stream.plots.bokeh_series import series_figure
from jupyter_stream.plots.bokeh_spectrum import spectrum_figure
from jupyter_stream.plots.bokeh_waterfall import waterfall_figure

if TYPE_CHECKING:
    from collections.abc import Callable

    from bokeh.plotting import figure

FIGURES: dict[str, Callable[[str], figure]] = {
    "spectrum": spectrum_figure,
    "waterfall": waterfall_figure,
    "image": image_figure,
    "series": series_figure,
}


def figure_item(kind: str, title: str) -> dict[str, Any] | None:
    """Return an empty figure as Bokeh's JSON; None for a table, which is plain HTML.

    Parameters
    ----------
    kind
        The kind of plot.
    title
        Title of the plot.
    """
    return None if kind == "table" else dict(json_item(FIGURES[kind](title)))


def bokeh_version() -> str:
    """Return the version that the document and the library agree on."""
    return str(bokeh.__version__)


@cache
def bokeh_library() -> bytes:
    """Return the text of BokehJS as it is installed beside the Python package."""
    static = resources.files(bokeh) / "server" / "static" / "js"
    return (static / "bokeh.min.js").read_bytes()

"""Pictures of plots without a browser: for scripts, and for saved notebooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jupyter_stream.plots.picture_frame import draw_title
from jupyter_stream.plots.picture_image import draw_image
from jupyter_stream.plots.picture_series import draw_series
from jupyter_stream.plots.picture_sheet import Sheet
from jupyter_stream.plots.picture_spectrum import draw_spectra
from jupyter_stream.plots.picture_table import draw_table
from jupyter_stream.plots.picture_waterfall import draw_waterfall

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyter_stream.plots.plot_model import PlotModel, PlotState

WIDTH = 960
HEIGHTS = {"spectrum": 400, "waterfall": 420, "image": 520, "series": 360, "table": 400}
DRAWINGS: dict[str, Callable[[Sheet, PlotState], None]] = {
    "spectrum": draw_spectra,
    "waterfall": draw_waterfall,
    "image": draw_image,
    "series": draw_series,
    "table": draw_table,
}
LEFT = {"table": 20, "waterfall": 96}


def picture(model: PlotModel) -> bytes:
    """Return a plot as it is now, as a PNG file.

    Parameters
    ----------
    model
        The plot, which may be empty.
    """
    state = model.since(0)
    sheet = Sheet(WIDTH, HEIGHTS[model.kind])
    DRAWINGS[model.kind](sheet, state)
    draw_title(sheet, LEFT.get(model.kind, 76), state.header["title"], state.header["label"])
    return sheet.png()

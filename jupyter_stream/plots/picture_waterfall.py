"""The picture of a waterfall."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from jupyter_stream.plots.colour_map import colours
from jupyter_stream.plots.picture_axis import Axis, limits, time_text
from jupyter_stream.plots.picture_colours import draw_colour_bar
from jupyter_stream.plots.picture_frame import (
    LINE,
    SMALL,
    Frame,
    draw_border,
    draw_marks_below,
    draw_waiting,
)
from jupyter_stream.plots.quantise import quantised

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from jupyter_stream.plots.picture_sheet import Sheet
    from jupyter_stream.plots.plot_model import PlotState

APART = 34
LEAST_ROWS = 20


def draw_waterfall(sheet: Sheet, state: PlotState) -> None:
    """Draw one row a spectrum, the newest at the top.

    Parameters
    ----------
    sheet
        To be drawn on.
    state
        The whole state of a `WaterfallModel`.
    """
    header = state.header
    frame = Frame(96, 42, sheet.width - 108, sheet.height - 54)
    if not header["labels"]:
        draw_waiting(sheet, frame)
        return
    x, rows, times = (state.columns[header[name]] for name in ("x", "rows", "times"))
    codes = quantised(rows, *header["levels"]).reshape(len(times), header["width"])
    if x[0] > x[-1]:
        codes = codes[:, ::-1]
    # Few rows fill the frame no further, so that a row is no broad band.
    height = (frame.bottom - frame.top) / max(len(times), LEAST_ROWS)
    filled = frame._replace(bottom=frame.top + height * len(times))
    sheet.raster(colours()[codes[::-1]], filled)
    _draw_times(sheet, filled, times[::-1])
    axis = Axis(*limits(x.astype(np.float64)), frame.left, frame.right)
    draw_marks_below(sheet, frame, axis.ticks(90), header["x_label"])
    draw_border(sheet, frame)
    draw_colour_bar(sheet, frame, header["levels"], header["z_label"])


def _draw_times(sheet: Sheet, frame: Frame, times: NDArray[np.float64]) -> None:
    """Write when rows came, beside as many of them as there is room for."""
    height = (frame.bottom - frame.top) / len(times)
    every = max(1, round(APART / height))
    step = 1.0 if np.ptp(times) >= len(times) / every else 0.001
    for row in range(0, len(times), every):
        y = frame.top + height * (row + 0.5)
        sheet.line(np.array([[frame.left - 4, y], [frame.left, y]]), LINE)
        sheet.text((frame.left - 8, y), time_text(times[row], step), "rm", size=SMALL)

"""Values as colours in pictures, and the bar that tells which is which."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from jupyter_stream.plots.colour_map import colours
from jupyter_stream.plots.picture_axis import Axis
from jupyter_stream.plots.picture_frame import SMALL, Frame, draw_border, shortened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jupyter_stream.plots.picture_sheet import Sheet

BAR = 14


def draw_colour_bar(sheet: Sheet, frame: Frame, levels: Sequence[float], label: str) -> None:
    """Draw the colours beside the data, with the values that they stand for.

    Parameters
    ----------
    sheet
        To be drawn on.
    frame
        Where the data are.
    levels
        What the first and the last colour stand for.
    label
        What the values are.
    """
    bar = Frame(frame.right + 14, frame.top, frame.right + 14 + BAR, frame.bottom)
    sheet.raster(colours()[:0:-1, np.newaxis], bar)
    draw_border(sheet, bar)
    axis = Axis(levels[0], levels[1], bar.bottom, bar.top)
    ticks = axis.ticks(40)
    for tick in ticks:
        sheet.line(np.array([[bar.right, tick.pixel], [bar.right + 4, tick.pixel]]), "#9e9e9e")
        sheet.text((bar.right + 8, tick.pixel), tick.text, "lm", size=SMALL)
    shown = shortened(sheet, label, frame.bottom - frame.top, 13)
    numbers = max((sheet.text_width(tick.text, SMALL) for tick in ticks), default=0)
    sheet.upright((bar.right + numbers + 22, (frame.top + frame.bottom) / 2), shown)

"""The picture of an image."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from jupyter_stream.plots.colour_map import colours
from jupyter_stream.plots.picture_axis import Axis
from jupyter_stream.plots.picture_colours import draw_colour_bar
from jupyter_stream.plots.picture_frame import (
    DARK,
    FAINT,
    SMALL,
    Frame,
    draw_border,
    draw_marks_below,
    draw_marks_left,
    draw_waiting,
)

if TYPE_CHECKING:
    from jupyter_stream.plots.picture_sheet import Sheet
    from jupyter_stream.plots.plot_model import PlotState

REGION = "#ffffff"
# What is more oblong than this fills the frame.
MOST_OBLONG = 8
BESIDE, TEXT_ROOM = 130, 150
ROW = 20


def draw_image(sheet: Sheet, state: PlotState) -> None:
    """Draw an image with its axes and a bar of its colours.

    Parameters
    ----------
    sheet
        To be drawn on.
    state
        The whole state of an `ImageModel`.
    """
    header = state.header
    room = Frame(76, 42, sheet.width - 108, sheet.height - 54)
    if "image" not in header:
        draw_waiting(sheet, room)
        return
    frame = _fitting(room, header)
    codes = state.columns[header["image"]].reshape(header["sent"])
    (left, right), (first, last) = header["x_range"], header["y_range"]
    bottom, top = (first, last) if header["origin"] == "bottom" else (last, first)
    sheet.raster(colours()[codes if header["origin"] == "top" else codes[::-1]], frame)
    axes = (
        Axis(left, right, frame.left, frame.right),
        Axis(bottom, top, frame.bottom, frame.top),
    )
    draw_marks_below(sheet, frame, axes[0].ticks(70), header["x_label"])
    draw_marks_left(sheet, frame, axes[1].ticks(40), header["y_label"])
    if header["region"] is not None:
        _draw_region(sheet, axes, header["region"]["bounds"])
    draw_border(sheet, frame)
    draw_colour_bar(sheet, frame, header["levels"], header["z_label"])
    if sheet.width - frame.right > BESIDE + TEXT_ROOM:
        _write_statistics(sheet, frame.right + BESIDE, frame.top, header)


def _fitting(room: Frame, header: dict[str, Any]) -> Frame:
    """Return a frame in which pixels are square, unless the image is a mere strip."""
    height, width = header["shape"]
    if max(height / width, width / height) > MOST_OBLONG:
        return room
    size = min((room.right - room.left) / width, (room.bottom - room.top) / height)
    return room._replace(right=room.left + width * size, bottom=room.top + height * size)


def _write_statistics(sheet: Sheet, left: float, top: float, header: dict[str, Any]) -> None:
    """Write what is known of the values beside the image, where there is room."""
    height, width = header["shape"]
    parts = [(f"Image of {width} x {height}", header["statistics"])]
    if header["region"] is not None:
        parts.append(("Region", header["region"]["statistics"]))
    y = top + 8
    for title, numbers in parts:
        sheet.text((left, y), title, "lm", colour=DARK)
        for row, (name, value) in enumerate(numbers.items(), 1):
            text = "none" if value is None else f"{value:.6g}"
            sheet.text((left, y + ROW * row), name, "lm", size=SMALL, colour=FAINT)
            sheet.text((left + 64, y + ROW * row), text, "lm", size=SMALL)
        y += ROW * (len(numbers) + 2)


def _draw_region(sheet: Sheet, axes: tuple[Axis, Axis], bounds: list[float]) -> None:
    left, right = axes[0].pixels(np.array([bounds[0], bounds[2]]))
    bottom, top = axes[1].pixels(np.array([bounds[1], bounds[3]]))
    corners = [[left, bottom], [right, bottom], [right, top], [left, top], [left, bottom]]
    sheet.line(np.array(corners), REGION, 1.5)

"""The picture of curves over time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from jupyter_stream.plots.picture_axis import Axis, limits
from jupyter_stream.plots.picture_frame import (
    LINE,
    SMALL,
    Frame,
    draw_border,
    draw_waiting,
    draw_x_axis,
    draw_y_axis,
    shortened,
)
from jupyter_stream.plots.picture_lines import draw_legend, draw_line

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from jupyter_stream.plots.picture_sheet import Sheet
    from jupyter_stream.plots.plot_model import PlotState

COLOURS = (
    *("#0b66c3", "#c2500a", "#138058", "#9c3587"),
    *("#8a6d00", "#3f7f93", "#b3273f", "#5b5fc7"),
)
RIGHT_AXIS = 88
DOTS = 60
ROOM = 0.05


def draw_series(sheet: Sheet, state: PlotState) -> None:
    """Draw curves over time, with up to three axes.

    Parameters
    ----------
    sheet
        To be drawn on.
    state
        The whole state of a `SeriesModel`.
    """
    header = state.header
    more = max(len(header["axes"]) - 1, 0)
    frame = Frame(76, 42, sheet.width - 18 - RIGHT_AXIS * more, sheet.height - 40)
    if not header["curves"]:
        draw_waiting(sheet, frame)
        return
    curves = [_points(state, curve) for curve in header["curves"]]
    time = Axis(*limits(np.concatenate([t for t, _ in curves])), frame.left, frame.right)
    draw_x_axis(sheet, frame, time.time_ticks(100))
    axes = [_axis(index, header["curves"], curves, frame) for index in range(more + 1)]
    draw_y_axis(sheet, frame, axes[0], header["axes"][0])
    for place, (axis, label) in enumerate(zip(axes[1:], header["axes"][1:], strict=True)):
        _draw_right_axis(sheet, frame, axis, label, frame.right + RIGHT_AXIS * place)
    names = []
    for index, (curve, (t, y)) in enumerate(zip(header["curves"], curves, strict=True)):
        colour = COLOURS[index % len(COLOURS)]
        _draw_curve(sheet, (time, axes[curve["axis"]]), (t, y), colour)
        names.append((curve["name"], colour))
    draw_border(sheet, frame)
    draw_legend(sheet, frame, names[: len(COLOURS)] if len(names) > 1 else [])


def _points(
    state: PlotState, curve: dict[str, Any]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    t, y = (state.columns[curve[name]].astype(np.float64) for name in ("t", "y"))
    return t, y


def _axis(
    index: int,
    described: list[dict[str, Any]],
    curves: list[tuple[NDArray[np.float64], NDArray[np.float64]]],
    frame: Frame,
) -> Axis:
    heights = [y for curve, (_, y) in zip(described, curves, strict=True) if curve["axis"] == index]
    return Axis(*limits(np.concatenate(heights), ROOM), frame.bottom, frame.top)


def _draw_curve(
    sheet: Sheet,
    axes: tuple[Axis, Axis],
    line: tuple[NDArray[np.float64], NDArray[np.float64]],
    colour: str,
) -> None:
    draw_line(sheet, axes, line, colour, 1.4)
    known = np.isfinite(line[1])
    if known.sum() <= DOTS:
        points = (axis.pixels(values[known]) for axis, values in zip(axes, line, strict=True))
        for point in np.column_stack(tuple(points)):
            sheet.dot(point, colour, 2.2)


def _draw_right_axis(sheet: Sheet, frame: Frame, axis: Axis, label: str, left: float) -> None:
    sheet.line(np.array([[left, frame.top], [left, frame.bottom]]), LINE)
    ticks = axis.ticks(48)
    for tick in ticks:
        sheet.line(np.array([[left, tick.pixel], [left + 4, tick.pixel]]), LINE)
        sheet.text((left + 7, tick.pixel), tick.text, "lm", size=SMALL)
    numbers = max((sheet.text_width(tick.text, SMALL) for tick in ticks), default=0)
    shown = shortened(sheet, label, frame.bottom - frame.top, 13)
    sheet.upright((left + numbers + 20, (frame.top + frame.bottom) / 2), shown)

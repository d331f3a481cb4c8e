"""What surrounds the data of a picture: title, axes, grid and labels."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jupyter_stream.plots.picture_axis import Axis, Tick
    from jupyter_stream.plots.picture_sheet import Sheet

GRID, LINE, FAINT = "#e8e8e8", "#9e9e9e", "#757575"
DARK = "#212121"
SMALL, LARGE = 12, 15
ELLIPSIS = "…"


class Frame(NamedTuple):
    """Where the data are drawn, in pixels."""

    left: float
    top: float
    right: float
    bottom: float


def draw_title(sheet: Sheet, left: float, title: str, label: str) -> None:
    """Write what is shown and its latest item above the data.

    Parameters
    ----------
    sheet
        To be drawn on.
    left
        Where the line begins.
    title
        Title of the plot.
    label
        Its latest item; empty for none.
    """
    room = sheet.width - left - 16
    shown = shortened(sheet, title, room, LARGE)
    sheet.text((left, 22), shown, "lm", size=LARGE, colour=DARK)
    start = left + sheet.text_width(shown, LARGE) + 12
    rest = shortened(sheet, label, sheet.width - start - 16, SMALL)
    sheet.text((start, 23), rest, "lm", size=SMALL, colour=FAINT)


def shortened(sheet: Sheet, text: str, room: float, size: int) -> str:
    """Return as much of a text as there is room for.

    Parameters
    ----------
    sheet
        Knows how wide texts are.
    text
        The text.
    room
        In pixels.
    size
        Height of the font in pixels.
    """
    text = text[:300]
    if sheet.text_width(text, size) <= room:
        return text
    fits = (
        end
        for end in range(len(text), 0, -1)
        if sheet.text_width(text[:end] + ELLIPSIS, size) <= room
    )
    end = next(fits, 0)
    return text[:end] + ELLIPSIS if end else ""


def draw_x_axis(sheet: Sheet, frame: Frame, ticks: Sequence[Tick], label: str = "") -> None:
    """Draw grid, numbers and label of the axis at the bottom.

    Parameters
    ----------
    sheet, frame
        To be drawn on.
    ticks
        Where there are numbers.
    label
        What the axis is.
    """
    for tick in ticks:
        sheet.line(np.array([[tick.pixel, frame.top], [tick.pixel, frame.bottom]]), GRID)
    draw_marks_below(sheet, frame, ticks, label)


def draw_marks_below(sheet: Sheet, frame: Frame, ticks: Sequence[Tick], label: str) -> None:
    """Draw numbers and label of the axis at the bottom, and no grid.

    Parameters
    ----------
    sheet, frame
        To be drawn on.
    ticks
        Where there are numbers.
    label
        What the axis is.
    """
    for tick in ticks:
        sheet.line(np.array([[tick.pixel, frame.bottom], [tick.pixel, frame.bottom + 4]]), LINE)
        sheet.text((tick.pixel, frame.bottom + 8), tick.text, "mt", size=SMALL)
    middle = (frame.left + frame.right) / 2
    sheet.text((middle, frame.bottom + 28), label, "mt")


def draw_marks_left(sheet: Sheet, frame: Frame, ticks: Sequence[Tick], label: str) -> None:
    """Draw numbers and label of the axis at the left, and no grid.

    Parameters
    ----------
    sheet, frame
        To be drawn on.
    ticks
        Where there are numbers.
    label
        What the axis is.
    """
    for tick in ticks:
        sheet.line(np.array([[frame.left - 4, tick.pixel], [frame.left, tick.pixel]]), LINE)
        sheet.text((frame.left - 8, tick.pixel), tick.text, "rm", size=SMALL)
    shown = shortened(sheet, label, frame.bottom - frame.top, 13)
    sheet.upright((16, (frame.top + frame.bottom) / 2), shown)


def draw_y_axis(sheet: Sheet, frame: Frame, axis: Axis, label: str, *, apart: float = 48) -> None:
    """Draw grid, numbers and label of the axis at the left.

    Parameters
    ----------
    sheet, frame
        To be drawn on.
    axis
        The axis.
    label
        What it is.
    apart
        Least distance between numbers, in pixels.
    """
    ticks = axis.ticks(apart)
    for tick in ticks:
        sheet.line(np.array([[frame.left, tick.pixel], [frame.right, tick.pixel]]), GRID)
    draw_marks_left(sheet, frame, ticks, label)


def draw_border(sheet: Sheet, frame: Frame) -> None:
    """Draw the lines around the data.

    Parameters
    ----------
    sheet, frame
        To be drawn on.
    """
    left, top, right, bottom = frame
    corners = [[left, top], [right, top], [right, bottom], [left, bottom], [left, top]]
    sheet.line(np.array(corners), LINE)


def draw_waiting(sheet: Sheet, frame: Frame) -> None:
    """Say that nothing came yet.

    Parameters
    ----------
    sheet, frame
        To be drawn on.
    """
    draw_border(sheet, frame)
    middle = ((frame.left + frame.right) / 2, (frame.top + frame.bottom) / 2)
    sheet.text(middle, "nothing has arrived yet", "mm", size=LARGE, colour=FAINT)

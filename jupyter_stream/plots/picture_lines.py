"""Lines in pictures: no more points than there are pixels, no peak lost, gaps left open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from jupyter_stream.plots.extremes import extremes
from jupyter_stream.plots.picture_axis import LARGEST
from jupyter_stream.plots.picture_frame import shortened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from jupyter_stream.plots.picture_axis import Axis
    from jupyter_stream.plots.picture_frame import Frame
    from jupyter_stream.plots.picture_sheet import Sheet

SWATCH = 18
LONGEST_NAME = 240


def draw_line(
    sheet: Sheet,
    axes: tuple[Axis, Axis],
    line: tuple[NDArray[np.float64], NDArray[np.float64]],
    colour: str,
    width: float = 1.0,
) -> None:
    """Draw values over an axis.

    Parameters
    ----------
    sheet
        To be drawn on.
    axes
        Where x and y stand.
    line
        x and y, shape (n,) each; where one is not finite, or x beyond the axis, it has a gap.
    colour
        As in HTML.
    width
        In pixels.
    """
    for x, y in _pieces(*_within(axes[0], *line)):
        sheet.line(_points(axes, x, y), colour, width)


def draw_band(
    sheet: Sheet,
    axes: tuple[Axis, Axis],
    x: NDArray[np.float64],
    limits: tuple[NDArray[np.float64], NDArray[np.float64]],
    colour: str,
) -> None:
    """Fill the space between two lines.

    Parameters
    ----------
    sheet
        To be drawn on.
    axes
        Where x and y stand.
    x
        The axis of both, shape (n,).
    limits
        The lower and the upper values, shape (n,) each.
    colour
        As in HTML.
    """
    lower, upper = limits
    known = np.isfinite(x) & np.isfinite(lower) & np.isfinite(upper)
    for run in _runs(known):
        if run.stop - run.start > 1:
            below = _points(axes, x[run], lower[run])
            above = _points(axes, x[run], upper[run])
            sheet.area(np.concatenate((below, above[::-1])), colour)


def draw_legend(sheet: Sheet, frame: Frame, entries: Sequence[tuple[str, str]]) -> None:
    """Say what the lines are, at the top right.

    Parameters
    ----------
    sheet, frame
        To be drawn on.
    entries
        Names and colours.
    """
    if not entries:
        return
    names = [shortened(sheet, name, LONGEST_NAME, 12) for name, _ in entries]
    width = max(sheet.text_width(name, 12) for name in names) + SWATCH + 18
    left, top = frame.right - width - 8, frame.top + 8
    sheet.box((left - 1, top - 1, left + width + 1, top + 18 * len(names) + 7), "#e0e0e0")
    sheet.box((left, top, left + width, top + 18 * len(names) + 6), "#ffffff")
    for row, (name, (_, colour)) in enumerate(zip(names, entries, strict=True)):
        y = top + 12 + 18 * row
        sheet.line(np.array([[left + 6, y], [left + 6 + SWATCH, y]]), colour, 2)
        sheet.text((left + SWATCH + 12, y), name, "lm", size=12)


def _within(
    axis: Axis, x: NDArray[np.float64], y: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Leave a gap where a line goes beyond the axis: a reference may be longer than the data."""
    return x, np.where((axis.low <= x) & (x <= axis.high), y, np.nan)


def _pieces(
    x: NDArray[np.float64], y: NDArray[np.float64]
) -> list[tuple[NDArray[np.float64], NDArray[np.float64]]]:
    return [(x[run], y[run]) for run in _runs(np.isfinite(x) & np.isfinite(y))]


def _runs(known: NDArray[np.bool_]) -> list[slice]:
    """Return the stretches that are known."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], known, [False])).astype(np.int8)))
    return [slice(start, end) for start, end in edges.reshape(-1, 2).tolist()]


def _points(
    axes: tuple[Axis, Axis], x: NDArray[np.float64], y: NDArray[np.float64]
) -> NDArray[np.float64]:
    across = axes[0].pixels(x)
    heights = np.clip(y, -LARGEST, LARGEST)
    kept = extremes(np.round(across * 2).astype(np.int64), heights)
    return np.column_stack((across[kept], axes[1].pixels(heights[kept])))

"""Fewer points and pixels for the same picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

SIDE = 64


class Line(NamedTuple):
    """A line.

    Attributes
    ----------
    x
        Where its points are; None if they are where their numbers say.
    y
        Its points.
    """

    x: NDArray[np.float64] | None
    y: NDArray[np.float64]


def thinned(line: Line, points: int) -> Line:
    """Return a line of so many points at most: of each column the lowest and the highest.

    Parameters
    ----------
    line
        The line.
    points
        How many; at least 4.
    """
    if len(line.y) <= points:
        return line
    # What does not fill a column at the end goes into one more.
    width = -(-len(line.y) // (points // 2 - 1))
    whole = len(line.y) // width * width
    columns = np.nan_to_num(line.y[:whole]).reshape(-1, width)
    firsts = np.arange(0, whole, width)
    kept = np.concatenate([firsts + columns.argmin(axis=1), firsts + columns.argmax(axis=1)])
    if whole < len(line.y):
        kept = np.append(kept, len(line.y) - 1)
    kept = np.unique(kept)
    # Without an axis the points must be told where they were.
    x = kept.astype(np.float64) if line.x is None else line.x[kept]
    return Line(x, line.y[kept])


def small_plane(plane: NDArray[Any]) -> NDArray[np.float64]:
    """Return an image of 64 by 64 pixels at most: the means of blocks.

    Parameters
    ----------
    plane
        The image, two-dimensional.
    """
    rows, columns = (_starts(length) for length in plane.shape)
    sums = np.add.reduceat(np.add.reduceat(plane, rows, 0, np.float64), columns, 1, np.float64)
    counts = np.outer(_widths(rows, plane.shape[0]), _widths(columns, plane.shape[1]))
    means: NDArray[np.float64] = sums / counts
    return means


def _starts(length: int) -> NDArray[np.int64]:
    return np.arange(0, length, -(-length // SIDE))


def _widths(starts: NDArray[np.int64], length: int) -> NDArray[np.int64]:
    return np.diff(starts, append=length)

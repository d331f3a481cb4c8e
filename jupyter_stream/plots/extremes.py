"""Fewer points for the same picture: the extremes of each column of pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from jupyter_stream.plots.spectrum import Spectrum

COLUMNS = 4096


def thinned(spectrum: Spectrum) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return axis and values of a spectrum, of a very long one only those that a screen shows.

    No point is moved, and no peak is lost: of each of 4096 columns the highest and the lowest
    point stay.

    Parameters
    ----------
    spectrum
        The spectrum, of any length.
    """
    if len(spectrum.y) <= 2 * COLUMNS:
        return spectrum.x, spectrum.y
    kept = telling(spectrum.y)
    return spectrum.x[kept], spectrum.y[kept]


def telling(y: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the indices of the points that tell what a long line looks like, in order.

    Parameters
    ----------
    y
        More than 8192 values.
    """
    width = -(-len(y) // COLUMNS)
    whole = len(y) // width * width
    columns = np.nan_to_num(y[:whole]).reshape(-1, width)
    firsts = np.arange(0, whole, width)
    last = whole + np.arange(len(y) - whole)
    both = (firsts + columns.argmax(axis=1), firsts + columns.argmin(axis=1), last)
    return np.unique(np.concatenate(both))


def extremes(column: NDArray[np.int64], y: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the indices of the highest and the lowest point of each column, in order.

    Parameters
    ----------
    column
        The column that each point is in, shape (n,).
    y
        The values, shape (n,), all finite.
    """
    order = np.lexsort((y, column))
    edge = np.flatnonzero(np.diff(column[order])) + 1
    firsts = np.concatenate(([0], edge))[: len(order)]
    lasts = np.concatenate((edge - 1, [len(order) - 1]))[: len(order)]
    return np.unique(order[np.concatenate((firsts, lasts))])

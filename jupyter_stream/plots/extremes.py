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
    column = np.arange(len(spectrum.y)) * COLUMNS // len(spectrum.y)
    kept = extremes(column, np.nan_to_num(spectrum.y))
    return spectrum.x[kept], spectrum.y[kept]


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

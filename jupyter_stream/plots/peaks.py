"""Peaks of a spectrum, with their heights and widths."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from jupyter_stream.plots.analysis_extra import needed

if TYPE_CHECKING:
    from types import ModuleType

    from numpy.typing import NDArray

MOST = 20
# A peak has to stand out by this part of the whole height, and by as many times the noise, of
# which the greatest and the least of many values are 7 times apart.
LEAST_SHARE = 0.03
LEAST_NOISE = 8
# From the median of what a value is off its neighbours to the deviation of each.
NOISE = 1 / (0.6745 * np.sqrt(6))
NEIGHBOURS = 101


class Peak(NamedTuple):
    """A peak.

    Attributes
    ----------
    centre
        Where its top is, in units of the axis.
    height
        The value there.
    fwhm
        Its full width at half its prominence, in units of the axis.
    """

    centre: float
    height: float
    fwhm: float


def signal_library() -> ModuleType:
    """Return what finds peaks.

    Raises
    ------
    UsageMistake
        It is not installed.
    """
    return needed("scipy.signal", "peak markers")


def peaks(x: NDArray[np.float64], y: NDArray[np.float64]) -> list[Peak]:
    """Return the peaks that stand out most, at most 20, from left to right.

    Parameters
    ----------
    x
        The axis, shape (n,).
    y
        The values, shape (n,); where they are not finite a line leads over them.
    """
    known = np.flatnonzero(np.isfinite(y) & np.isfinite(x))
    if len(known) < 3:  # noqa: PLR2004 - a top and what is beside it
        return []
    places = np.arange(len(y), dtype=np.float64)
    smooth = np.interp(places, known, y[known])
    signal = signal_library()
    prominence = LEAST_SHARE * float(smooth.max() - smooth.min())
    if not 0 < prominence < np.inf:
        return []
    tops, facts = signal.find_peaks(smooth, prominence=prominence)
    clear = facts["prominences"] > LEAST_NOISE * _noise(smooth)[tops]
    best = np.sort(np.flatnonzero(clear)[np.argsort(facts["prominences"][clear])[-MOST:]])
    tops = tops[best]
    outline = tuple(facts[name][best] for name in ("prominences", "left_bases", "right_bases"))
    _, _, left, right = signal.peak_widths(smooth, tops, 0.5, outline)
    axis = np.interp(places, known, x[known])
    widths = np.abs(np.interp(right, places, axis) - np.interp(left, places, axis))
    found = [
        Peak(*numbers)
        for numbers in zip(axis[tops].tolist(), smooth[tops].tolist(), widths.tolist(), strict=True)
    ]
    return sorted(found)


def _noise(y: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the deviation of each value from its surroundings that has no meaning.

    It is told from how far values are from the middle of their neighbours, which slopes don't
    change, since the noise of counts is not the same everywhere.
    """
    ndimage = needed("scipy.ndimage", "peak markers")
    bends = np.abs(y[:-2] - 2 * y[1:-1] + y[2:])
    typical = ndimage.median_filter(np.pad(bends, 1, mode="edge"), NEIGHBOURS, mode="nearest")
    noise: NDArray[np.float64] = typical * NOISE
    return noise

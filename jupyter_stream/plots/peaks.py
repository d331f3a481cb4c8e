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
NEIGHBOURS = 31
# By so many points a noisy line is smoothed; what has less noise than this share is not noisy.
BLUR, HARDLY = 2.0, 1e-3
FWHM_OF_SIGMA = 2.3548
# Differences of larger values are no numbers any more.
LARGEST = 1e300


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
    whole = np.interp(places, known, y[known].clip(-LARGEST, LARGEST))
    axis = np.interp(places, known, x[known])
    signal = signal_library()
    line, noise, blur = _smoothed(whole)
    least = np.maximum(LEAST_SHARE * np.ptp(line), LEAST_NOISE * noise)
    if not 0 < least.max() < np.inf:
        return []
    tops, facts = signal.find_peaks(line, prominence=float(least.min()))
    clear = np.flatnonzero(facts["prominences"] > least[tops])
    best = np.sort(clear[np.argsort(facts["prominences"][clear])[-MOST:]])
    outline = tuple(facts[name][best] for name in ("prominences", "left_bases", "right_bases"))
    _, _, left, right = signal.peak_widths(line, tops[best], 0.5, outline)
    # What smoothing has added to the widths is taken away again.
    narrower = np.sqrt(np.maximum(1 - (blur / np.maximum(right - left, 1)) ** 2, LEAST_SHARE))
    widths = np.abs(np.interp(right, places, axis) - np.interp(left, places, axis)) * narrower
    heights = line[tops[best]]
    columns = (axis[tops[best]].tolist(), heights.tolist(), widths.tolist())
    return sorted(Peak(*numbers) for numbers in zip(*columns, strict=True))


def _smoothed(y: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64], float]:
    """Return a line with less noise, the noise that is left, and by how many points it is blurred.

    A line with hardly any noise is left as it is.
    """
    noise = _noise(y)
    if np.median(noise) <= HARDLY * np.ptp(y):
        return y, noise, 0.0
    ndimage = needed("scipy.ndimage", "peak markers")
    left = noise / np.sqrt(2 * np.sqrt(np.pi) * BLUR)
    return ndimage.gaussian_filter1d(y, BLUR, mode="nearest"), left, BLUR * FWHM_OF_SIGMA


def _noise(y: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the deviation of each value from its surroundings that has no meaning.

    It is told from how far values are from the middle of their neighbours, which slopes don't
    change, since the noise of counts is not the same everywhere.
    """
    ndimage = needed("scipy.ndimage", "peak markers")
    bends = np.abs(y[:-2] - 2 * y[1:-1] + y[2:])
    typical = ndimage.median_filter(np.pad(bends, 1, mode="edge"), NEIGHBOURS, mode="nearest")
    # The top of a peak is narrower than its noise reaches.
    noise: NDArray[np.float64] = ndimage.maximum_filter(typical, NEIGHBOURS) * NOISE
    return noise

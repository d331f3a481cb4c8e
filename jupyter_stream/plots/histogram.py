"""How often values occur."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from jupyter_stream.plots.levels import LARGEST, apart

if TYPE_CHECKING:
    from numpy.typing import NDArray

BINS = 128


class Histogram(NamedTuple):
    """Counts of values in 128 bins of the same width.

    Attributes
    ----------
    counts
        How many values each bin has, shape (128,).
    low, high
        The edges of the first and the last bin.
    """

    counts: NDArray[np.float32]
    low: float
    high: float


def histogram(sample: NDArray[Any]) -> Histogram:
    """Return how often values occur.

    Parameters
    ----------
    sample
        Values of any shape; those that are not finite don't count.
    """
    known = sample[np.isfinite(sample)].astype(np.float64).clip(-LARGEST, LARGEST)
    low, high = apart(float(known.min()), float(known.max())) if known.size else (0.0, 1.0)
    bins = ((known - low) * (BINS / (high - low))).astype(np.int64).clip(0, BINS - 1)
    counts = np.bincount(bins, minlength=BINS).astype(np.float32)
    return Histogram(counts, low, high)

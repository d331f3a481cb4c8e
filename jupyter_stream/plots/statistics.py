"""What is said of the values of an image or of a part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from jupyter_stream.plots.columns import finite

if TYPE_CHECKING:
    from numpy.typing import NDArray

STEPS = 512


def statistics(values: NDArray[Any]) -> dict[str, float | int | None]:
    """Return least, greatest, mean, deviation and sum, and how many values count for nothing.

    Parameters
    ----------
    values
        Real numbers of any shape; those that are not finite count for nothing.
    """
    known = _known(values)
    masked = values.size - known.size
    if known.size == 0:
        return {"min": None, "max": None, "mean": None, "std": None, "sum": None, "masked": masked}
    with np.errstate(over="ignore", invalid="ignore"):
        total = float(known.sum(dtype=np.float64))
        mean = total / known.size
        return {
            "min": float(known.min()),
            "max": float(known.max()),
            "mean": finite(mean),
            "std": finite(_deviation(known, mean)),
            "sum": finite(total),
            "masked": masked,
        }


def _known(values: NDArray[Any]) -> NDArray[Any]:
    """Return all values flat, without those that are not finite."""
    flat = values.reshape(-1)
    known = np.isfinite(flat)
    return flat if known.all() else flat[known]


def _deviation(known: NDArray[Any], mean: float) -> float:
    apart = known - known.dtype.type(mean)
    square = _squares(apart)
    if not np.isfinite(square):
        # Too large for the numbers that they came in.
        square = _squares(known.astype(np.float64) - mean)
    return float(np.sqrt(square / known.size))


def _squares(values: NDArray[Any]) -> float:
    """Return the sum of squares, in few steps each so that little is lost of float32."""
    whole = len(values) // STEPS * STEPS
    blocks = values[:whole].reshape(-1, STEPS)
    parts = np.einsum("ij,ij->i", blocks, blocks).sum(dtype=np.float64)
    return float(parts + np.dot(values[whole:], values[whole:]))

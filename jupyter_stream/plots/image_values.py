"""The values of an image as numbers to reckon with: masked pixels are NaN."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

EXACT_BYTES = 2


def real_values(pixels: NDArray[Any], mask: float | None) -> NDArray[Any]:
    """Return the values of pixels, float32 where that is exact, else float64.

    Parameters
    ----------
    pixels
        Values of any shape and kind.
    mask
        What stands for no value; None if nothing does.
    """
    values = _floats(pixels)
    if mask is None:
        return values
    hidden = pixels == mask
    if not hidden.any():
        return values
    return np.where(hidden, values.dtype.type(np.nan), values)


def _floats(pixels: NDArray[Any]) -> NDArray[Any]:
    if pixels.dtype.kind == "f":
        return pixels
    exact = np.float32 if pixels.dtype.itemsize <= EXACT_BYTES else np.float64
    return pixels.astype(exact)

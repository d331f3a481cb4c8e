"""Values as bytes: 0 for none, 1 to 255 from the low level to the high one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

STEPS = 254
# Beyond it float32 is not reckoned with.
LARGEST = 1e30


def quantised(values: NDArray[Any], low: float, high: float) -> NDArray[np.uint8]:
    """Return a byte for each value, flat: 0 where there is none.

    Parameters
    ----------
    values
        Real numbers of any shape; NaN stands for no value.
    low, high
        What the bytes 1 and 255 stand for; beyond them values stay there.
    """
    scale = STEPS / (high - low)
    if max(abs(low), abs(high), scale) > LARGEST:
        values = values.astype(np.float64)
    with np.errstate(over="ignore", invalid="ignore"):
        codes = values.reshape(-1) - values.dtype.type(low)
        codes *= codes.dtype.type(scale)
        # Half a step more, since the fraction is cut off.
        codes += codes.dtype.type(1.5)
        np.maximum(codes, 1, out=codes)
        np.minimum(codes, 255, out=codes)
        # The greater of NaN and 0 is 0.
        np.fmax(codes, 0, out=codes)
    as_bytes: NDArray[np.uint8] = codes.astype(np.uint8)
    return as_bytes

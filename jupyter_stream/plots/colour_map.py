"""The colours of values."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

NOTHING = (236, 236, 236)


@cache
def colours() -> NDArray[np.uint8]:
    """Return red, green and blue of the bytes that stand for values, shape (256, 3).

    0 is no value and grey; 1 to 255 go through the colours of viridis, whose brightness rises as
    evenly as the eye sees it.
    """
    # Loaded only for a picture: Bokeh is large.
    palette = import_module("bokeh.palettes").Viridis256
    table = np.array([[int(code[i : i + 2], 16) for i in (1, 3, 5)] for code in palette], np.uint8)
    table[0] = NOTHING
    table.setflags(write=False)
    return table

"""Taking what a user's function returned as an array, without taking memory on a claim."""

from __future__ import annotations

from collections.abc import Sized
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_ITEMS = 50_000_000


def as_array(value: Any) -> NDArray[Any]:
    """Return the array that NumPy makes of a value.

    Parameters
    ----------
    value
        Anything.

    Raises
    ------
    ValueError
        No array can be made of it, or only one that takes too much memory.
    """
    # A range, for one, holds next to nothing and becomes an array of any size.
    if not hasattr(value, "__array__") and isinstance(value, Sized) and len(value) > MOST_ITEMS:
        raise ValueError(f"{type(value).__name__} of {len(value)} items")
    return np.asarray(value)


def outer_shape(value: Any) -> tuple[int, ...]:
    """Return the shape of the array that NumPy makes of a value; that of a number if it cannot.

    Parameters
    ----------
    value
        Anything.
    """
    try:
        return as_array(value).shape
    except (ValueError, TypeError, OverflowError):
        return ()

"""Taking what a user's function returned as an array, without taking memory on a claim."""

from __future__ import annotations

from collections.abc import Mapping, Sized
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_ITEMS = 50_000_000
# The kinds of dtype that are real numbers.
REAL = "biuf"


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
    array = _array_or_none(value)
    return () if array is None else array.shape


def shape_of_numbers(value: Any) -> tuple[int, ...] | None:
    """Return the shape of what is an array of real numbers, or may become one; else None.

    Parameters
    ----------
    value
        Anything.
    """
    if isinstance(value, (str, bytes, Mapping)) or value is None:
        return None
    array = _array_or_none(value)
    return array.shape if array is not None and array.dtype.kind in REAL else None


def _array_or_none(value: Any) -> NDArray[Any] | None:
    try:
        return as_array(value)
    except (ValueError, TypeError, OverflowError):
        return None

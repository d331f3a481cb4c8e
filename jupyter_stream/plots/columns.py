"""Columns of a frame: arrays collected one by one, as small as their numbers allow."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

LARGEST = float(np.finfo(np.float32).max)
LEAST = 1e-30
STEP = float(np.finfo(np.float32).eps)
# By this part of the range, or of the step of an axis, a point may be off on a screen.
NOTICEABLE, NOTICEABLE_STEP = 1e-4, 1e-2


class Columns:
    """The arrays that a header refers to by their index."""

    def __init__(self) -> None:
        self.arrays: list[NDArray[Any]] = []

    def put(self, array: NDArray[Any]) -> int:
        """Take in an array and return its index.

        Parameters
        ----------
        array
            Contiguous, little-endian, and not changed later.
        """
        self.arrays.append(array)
        return len(self.arrays) - 1


def compact(values: NDArray[np.float64]) -> NDArray[Any]:
    """Return values as float32 if on a plot that makes no difference, else as they are.

    Parameters
    ----------
    values
        The values, shape (n,).
    """
    known = values[np.isfinite(values)]
    if known.size == 0:
        return values.astype(np.float32)
    low, high = float(known.min()), float(known.max())
    largest = max(abs(low), abs(high))
    span = high - low
    fits = largest <= LARGEST and span >= LEAST and largest * STEP <= NOTICEABLE * span
    return values.astype(np.float32) if fits else _exact(values)


def compact_axis(values: NDArray[np.float64]) -> NDArray[Any]:
    """Return the values of an axis as float32 if its points stay where they are, else as they are.

    Parameters
    ----------
    values
        The axis, shape (n,).
    """
    with np.errstate(over="ignore", invalid="ignore"):
        steps = np.abs(np.diff(values))
        largest, least = float(np.abs(values).max(initial=0)), float(steps.min(initial=math.inf))
        fits = largest <= LARGEST and largest * STEP <= NOTICEABLE_STEP * least
    return values.astype(np.float32) if fits else values


def _exact(values: NDArray[np.float64]) -> NDArray[Any]:
    with np.errstate(over="ignore"):
        small = values.astype(np.float32)
    return small if np.array_equal(small, values, equal_nan=True) else values


def finite(value: float) -> float | None:
    """Return a number as JSON has it: None for what is none.

    Parameters
    ----------
    value
        Any number.
    """
    return float(value) if math.isfinite(value) else None

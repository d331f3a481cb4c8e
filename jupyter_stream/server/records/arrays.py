"""Arrays, and lists that are arrays of numbers."""

from __future__ import annotations

from typing import Any

import numpy as np

# The kinds of dtype that are real numbers.
REAL = "biuf"
# Longer lists are not looked through.
_MOST_ITEMS = 100_000


def array_of(value: Any) -> np.ndarray[Any, Any] | None:
    """Return a value that is an array, or a list of numbers as one; None of others.

    Parameters
    ----------
    value
        A decoded value.
    """
    if isinstance(value, np.ndarray):
        return value
    if isinstance(value, list) and 1 < len(value) <= _MOST_ITEMS and _like_numbers(value):
        try:
            array = np.asarray(value)
        except (ValueError, OverflowError):
            return None
        return array if array.dtype.kind in REAL else None
    return None


def _like_numbers(items: list[Any]) -> bool:
    """Tell by the first item whether a list may be an array of numbers."""
    first = items[0]
    if isinstance(first, list):
        return bool(first) and len(first) * len(items) <= _MOST_ITEMS and _like_numbers(first)
    return isinstance(first, int | float)

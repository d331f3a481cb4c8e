"""What a decoded value is, for those who choose how to draw it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Any

import numpy as np

# The kinds of dtype that are real numbers.
_REAL = "biuf"
_PAIR = 2
_PLANE = 2
# Longer lists are not looked through.
_MOST_ITEMS = 100_000
_FIRST = 100

_KINDS: tuple[tuple[tuple[type, ...], str], ...] = (
    ((str,), "text"),
    ((bytes,), "bytes"),
    ((bool, int, float, complex, np.generic), "number"),
    ((list, tuple), "array"),
)


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
        return array if array.dtype.kind in _REAL else None
    return None


def kind_of(value: Any) -> str:
    """Return what a value is: number, spectrum, image, array, table, mapping, text or bytes.

    Parameters
    ----------
    value
        A decoded value.
    """
    array = array_of(value)
    if array is not None:
        return _kind_of_array(array)
    if isinstance(value, Mapping):
        return "table" if is_columns(value) else "mapping"
    if isinstance(value, list) and value and isinstance(value[0], Mapping):
        return "table"
    return next((kind for types, kind in _KINDS if isinstance(value, types)), "text")


def is_columns(value: Mapping[Any, Any]) -> bool:
    """Tell whether a mapping holds columns: lists or arrays of one length, longer than one.

    Parameters
    ----------
    value
        A mapping.
    """
    lengths = {_length(column) for column in islice(value.values(), _FIRST)}
    return len(lengths) == 1 and lengths.pop() > 1


def _length(column: Any) -> int:
    """Return how long a column is; 0 if it is none."""
    is_row = isinstance(column, np.ndarray) and column.ndim == 1
    return len(column) if is_row or isinstance(column, list) else 0


def _like_numbers(items: list[Any]) -> bool:
    """Tell by the first item whether a list may be an array of numbers."""
    first = items[0]
    if isinstance(first, list):
        return bool(first) and len(first) * len(items) <= _MOST_ITEMS and _like_numbers(first)
    return isinstance(first, int | float)


def _kind_of_array(array: np.ndarray[Any, Any]) -> str:
    if array.dtype.names:
        return "table"
    if array.dtype.kind not in _REAL:
        return "number" if array.ndim == 0 else "array"
    if array.ndim == 0:
        return "number"
    if array.ndim == 1 or (array.ndim == _PLANE and _PAIR in array.shape):
        return "spectrum"
    return "image" if array.ndim == _PLANE else "array"

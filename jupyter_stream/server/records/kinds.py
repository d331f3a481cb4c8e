"""What a decoded value is, for those who choose how to show it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np

from jupyter_stream.server.records.arrays import REAL, array_of
from jupyter_stream.server.records.drawable import is_coloured, spectrum_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

_PAIR = 2
_PLANE = 2
_FIRST = 100

_KINDS: tuple[tuple[tuple[type, ...], str], ...] = (
    ((str,), "text"),
    ((bytes,), "bytes"),
    ((bool, int, float, complex, np.generic), "number"),
    ((list, tuple), "array"),
)


def kind_of(value: Any) -> str:
    """Return what a value is: number, spectrum, image, array, table, mapping, text or bytes.

    Parameters
    ----------
    value
        A decoded value.
    """
    if isinstance(value, Mapping):
        return _kind_of_mapping(value)
    array = array_of(value)
    if array is not None:
        return _kind_of_array(array)
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


def _kind_of_mapping(value: Mapping[Any, Any]) -> str:
    if spectrum_of(value) is not None:
        return "spectrum"
    return "table" if is_columns(value) else "mapping"


def _kind_of_array(array: NDArray[Any]) -> str:
    if array.dtype.names:
        return "table"
    if array.ndim == 0:
        return "number"
    if array.dtype.kind not in REAL:
        return "array"
    if array.ndim == 1 or (array.ndim == _PLANE and _PAIR in array.shape):
        return "spectrum"
    return "image" if array.ndim == _PLANE or is_coloured(array) else "array"

"""Lines and images in decoded values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from jupyter_stream.server.records.arrays import REAL, array_of
from jupyter_stream.server.records.thinned import Line

if TYPE_CHECKING:
    from numpy.typing import NDArray

_PAIR = 2
_PLANE = 2
_COLOURED = 3
_COLOURS = (3, 4)


def spectrum_of(value: Any) -> Line | None:
    """Return a value as a line: numbers, an axis and numbers, or a mapping of x and y.

    Parameters
    ----------
    value
        A decoded value.
    """
    if isinstance(value, Mapping):
        return _named(value)
    array = _real(value)
    if array is None or not array.size:
        return None
    if array.ndim == 1:
        return Line(None, _floats(array))
    if array.ndim == _PLANE and _PAIR in array.shape:
        x, y = array if array.shape[0] == _PAIR else array.T
        return Line(_floats(x), _floats(y))
    return None


def plane_of(value: Any) -> NDArray[Any] | None:
    """Return a value as an image without colours.

    Parameters
    ----------
    value
        A decoded value.
    """
    array = _real(value)
    if array is None or not array.size:
        return None
    if is_coloured(array):
        array = array[:, :, :3].mean(axis=2)
    is_plane = array.ndim == _PLANE and _PAIR not in array.shape
    return array if is_plane else None


def is_coloured(array: NDArray[Any]) -> bool:
    """Tell whether an array is an image of three colours, perhaps with a mask.

    Parameters
    ----------
    array
        The array.
    """
    return array.ndim == _COLOURED and array.shape[2] in _COLOURS


def _named(value: Mapping[Any, Any]) -> Line | None:
    if "y" not in value:
        return None
    x, y = _row(value.get("x")), _row(value["y"])
    if y is None or (x is not None and len(x) != len(y)):
        return None
    return Line(x, y)


def _row(value: Any) -> NDArray[np.float64] | None:
    array = _real(value)
    return _floats(array) if array is not None and array.ndim == 1 and array.size else None


def _real(value: Any) -> NDArray[Any] | None:
    array = array_of(value)
    return array if array is not None and array.dtype.kind in REAL else None


def _floats(array: NDArray[Any]) -> NDArray[np.float64]:
    return array.astype(np.float64)

"""Results as short texts for a table."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Any

import numpy as np

from jupyter_stream.plots.short_text import shortened

LONGEST = 200
ONLY = "Value"
FEW = 6


def cells(result: Any, most: int) -> dict[str, str]:
    """Return the parts of a result as texts by name.

    Parameters
    ----------
    result
        Anything; a mapping has several parts.
    most
        How many parts are taken.
    """
    if not isinstance(result, Mapping):
        return {ONLY: cell_text(result)}
    parts = islice(result.items(), most)
    return {str(name)[:LONGEST]: cell_text(value) for name, value in parts}


def cell_text(value: Any) -> str:
    """Return a value as a short text.

    Parameters
    ----------
    value
        Anything; of a large array the kind and the limits are told.
    """
    if isinstance(value, (float, np.floating)):
        return f"{value:.7g}"
    if isinstance(value, np.ndarray) and value.size > FEW:
        return _array_text(value)
    if isinstance(value, (bytes, bytearray, memoryview)):
        return f"{len(value)} bytes: {bytes(value[: LONGEST // 4]).hex(' ')}"[:LONGEST]
    if isinstance(value, (list, tuple, set, frozenset, dict)) and len(value) > FEW:
        return f"{type(value).__name__} of {len(value)}"
    return shortened(value, LONGEST)


def _array_text(array: np.ndarray[Any, Any]) -> str:
    shape = " x ".join(str(side) for side in array.shape)
    known = array[np.isfinite(array)] if array.dtype.kind in "iuf" else array[:0]
    limits = f", {known.min():.4g} to {known.max():.4g}" if known.size else ""
    return f"{shape} of {array.dtype}{limits}"

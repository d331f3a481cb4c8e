"""Shapes as records claim them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

# As many as NumPy has.
MOST_DIMENSIONS = 64
_BEYOND = 2**63


def could_be_shape(shape: Sequence[Any]) -> bool:
    """Tell whether a shape is one that an array may have, before anything is reckoned with it.

    Parameters
    ----------
    shape
        What a record claims.
    """
    return len(shape) <= MOST_DIMENSIONS and all(
        type(length) is int and 0 <= length < _BEYOND for length in shape
    )

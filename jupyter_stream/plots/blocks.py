"""Fewer pixels for the same picture: means or maxima of blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def shrunk(values: NDArray[Any], longest: int, way: str) -> NDArray[Any]:
    """Return a picture whose sides are no longer than asked for.

    What is no number counts for nothing; a block of nothing else gives NaN.

    Parameters
    ----------
    values
        The picture, shape (h, w), in floating-point numbers.
    longest
        The longest side that is wanted, in pixels.
    way
        "mean" or "max".
    """
    rows, columns = (-(-side // longest) for side in values.shape)
    if rows == columns == 1:
        return values
    with np.errstate(over="ignore", invalid="ignore"):
        if way == "max":
            return _both_ways(values, rows, columns, np.fmax)
        return _means(values, rows, columns)


def shrunk_row(values: NDArray[np.float64], longest: int, way: Any) -> NDArray[np.float64]:
    """Return a row that is no longer than asked for.

    Parameters
    ----------
    values
        The row, shape (n,).
    longest
        The longest one that is wanted.
    way
        Gives one value for each block along an axis.
    """
    width = -(-len(values) // longest)
    if width == 1:
        return values
    whole = len(values) // width * width
    blocks = way(values[:whole].reshape(-1, width), axis=1)
    rest = values[whole:]
    return np.append(blocks, way(rest.reshape(1, -1), axis=1)) if rest.size else blocks


def _means(values: NDArray[Any], rows: int, columns: int) -> NDArray[Any]:
    sums = _both_ways(values, rows, columns)
    if not np.isnan(sums).any():
        sums /= _block_sizes(values.shape, rows, columns)
        return sums
    known = ~np.isnan(values)
    counts = _both_ways(known.astype(values.dtype), rows, columns)
    sums = _both_ways(np.where(known, values, values.dtype.type(0)), rows, columns)
    nothing = np.full_like(sums, np.nan)
    np.divide(sums, counts, out=nothing, where=counts > 0)
    return nothing


def _both_ways(
    values: NDArray[Any], rows: int, columns: int, way: np.ufunc = np.add
) -> NDArray[Any]:
    """Fold every few rows into one, then every few columns; the last block may be smaller."""
    flat = values[::rows].copy()
    for start in range(1, rows):
        part = values[start::rows]
        way(flat[: len(part)], part, out=flat[: len(part)])
    small = flat[:, ::columns].copy()
    for start in range(1, columns):
        part = flat[:, start::columns]
        way(small[:, : part.shape[1]], part, out=small[:, : part.shape[1]])
    return small


def _block_sizes(shape: tuple[int, ...], rows: int, columns: int) -> NDArray[Any]:
    """Return how many pixels each block has."""
    heights = _both_ways(np.ones((shape[0], 1), np.float32), rows, 1)
    widths = _both_ways(np.ones((1, shape[1]), np.float32), 1, columns)
    sizes: NDArray[Any] = heights * widths
    return sizes

"""Count, sum, mean, deviation and greatest value of many spectra, point by point."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]


class Totals(NamedTuple):
    """What is known of rows of values at each of their points; only finite values count.

    Attributes
    ----------
    number
        How many values there are, shape (n,).
    total
        Their sum, shape (n,).
    mean
        Their mean, shape (n,); 0 where there is no value.
    squares
        The sum of the squared differences from the mean, shape (n,).
    greatest
        The greatest of them, shape (n,); -inf where there is no value.
    """

    number: Values
    total: Values
    mean: Values
    squares: Values
    greatest: Values

    def deviation(self) -> Values:
        """Return the standard deviation, NaN where there are fewer than two values."""
        enough = self.number > 1
        variance = np.divide(
            self.squares, self.number - 1, out=np.full(len(self.number), np.nan), where=enough
        )
        deviation: Values = np.sqrt(variance)
        return deviation

    def where_known(self, values: Values) -> Values:
        """Return values, NaN where nothing came in."""
        return np.where(self.number > 0, values, np.nan)


def totals_of(rows: Values) -> Totals:
    """Return what is known of some rows.

    Parameters
    ----------
    rows
        Values, shape (k, n).
    """
    with np.errstate(over="ignore", invalid="ignore"):
        known = np.isfinite(rows)
        values = rows if known.all() else np.where(known, rows, 0)
        count = known.sum(axis=0, dtype=np.float64)
        total = values.sum(axis=0)
        mean = total / np.maximum(count, 1)
        apart = np.where(known, values - mean, 0)
        greatest = np.where(known, rows, -np.inf).max(axis=0)
        return Totals(count, total, mean, (apart * apart).sum(axis=0), greatest)


def merged(first: Totals, second: Totals) -> Totals:
    """Return what is known of the rows of both.

    Parameters
    ----------
    first, second
        What is known of some rows, and of some others of the same length.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        count = first.number + second.number
        some = np.maximum(count, 1)
        apart = second.mean - first.mean
        total = first.total + second.total
        # Differences of means, as sums of squares would cancel each other out.
        squares = first.squares + second.squares
        squares = squares + apart * apart * (first.number * second.number / some)
        mean = first.mean + apart * (second.number / some)
        return Totals(count, total, mean, squares, np.maximum(first.greatest, second.greatest))

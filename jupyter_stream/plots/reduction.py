"""Many spectra as one: mean, sum, greatest values."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from jupyter_stream.plots.totals import Totals, Values  # noqa: TC001 - of a NamedTuple


class Reduced(NamedTuple):
    """Many spectra as one.

    Attributes
    ----------
    values
        The one, shape (n,); NaN where no spectrum has a value.
    deviation
        Its standard deviation, shape (n,); None where that has no meaning.
    """

    values: Values
    deviation: Values | None


def reduced(kind: str, totals: Totals) -> Reduced:
    """Return the mean, the sum or the greatest values.

    Parameters
    ----------
    kind
        "mean", "sum" or "max".
    totals
        What is known of the spectra.
    """
    if kind == "max":
        return Reduced(totals.where_known(totals.greatest), None)
    deviation = totals.deviation()
    if kind == "sum":
        return Reduced(totals.where_known(totals.total), deviation * np.sqrt(totals.number))
    return Reduced(totals.where_known(totals.mean), deviation)

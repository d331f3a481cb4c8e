"""Lines that are derived from spectra: a reduction, a comparison, the limits of an error band."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from jupyter_stream.plots.columns import compact, compact_axis
from jupyter_stream.plots.extremes import COLUMNS, telling

if TYPE_CHECKING:
    from jupyter_stream.plots.columns import Columns

Values = NDArray[np.float64]


class Trace(NamedTuple):
    """A line.

    Attributes
    ----------
    role
        "reduction", "reference", "difference", "ratio", "lower" or "upper".
    name
        What it is called on the plot.
    x, y
        Axis and values, shape (n,).
    slot
        Of a reference, in which slot it is kept.
    """

    role: str
    name: str
    x: Values
    y: Values
    slot: int = 0


def compared(way: str, shown: Trace, reference: Trace) -> Trace:
    """Return the difference or the ratio of a line and the reference.

    Parameters
    ----------
    way
        "difference" or "ratio".
    shown
        The line.
    reference
        What it is compared with; where its axis is another one, values between its points are
        taken, and none beyond its ends.
    """
    against = _on_axis(reference, shown.x)
    with np.errstate(all="ignore"):
        values = shown.y - against if way == "difference" else shown.y / against
    # A ratio to nothing is no value.
    return Trace(
        way, f"{way} to {reference.name}", shown.x, np.where(np.isfinite(values), values, np.nan)
    )


def limits(shown: Trace, deviation: Values) -> list[Trace]:
    """Return the lines below and above another one.

    Parameters
    ----------
    shown
        The line in the middle.
    deviation
        How far away the lines are, shape (n,).
    """
    with np.errstate(over="ignore", invalid="ignore"):
        return [
            Trace("lower", f"{shown.name} - deviation", shown.x, shown.y - deviation),
            Trace("upper", f"{shown.name} + deviation", shown.x, shown.y + deviation),
        ]


def described(traces: list[Trace], columns: Columns) -> list[dict[str, Any]]:
    """Lay out lines; an axis that the one before has too is laid out once.

    Parameters
    ----------
    traces
        The lines.
    columns
        Takes in their arrays.
    """
    rows = []
    kept: NDArray[np.int64] | None = None
    laid_out: tuple[object, object] = (None, None)
    axis = -1
    for trace in traces:
        # Both limits keep the same points, so that the band between them can be filled.
        if trace.role != "upper":
            kept = telling(trace.y) if len(trace.y) > 2 * COLUMNS else None
        if laid_out[0] is not trace.x or laid_out[1] is not kept:
            laid_out = (trace.x, kept)
            axis = columns.put(compact_axis(_at(trace.x, kept)))
        y = columns.put(compact(_at(trace.y, kept)))
        row = {"role": trace.role, "name": trace.name, "slot": trace.slot}
        rows.append({**row, "x": axis, "y": y})
    return rows


def _at(values: Values, kept: NDArray[np.int64] | None) -> Values:
    return values if kept is None else values[kept]


def _on_axis(reference: Trace, x: Values) -> Values:
    if reference.x is x or np.array_equal(reference.x, x):
        return reference.y
    order = np.argsort(reference.x, kind="stable")
    placed: Values = np.interp(x, reference.x[order], reference.y[order], left=np.nan, right=np.nan)
    return placed

"""What follows from the paints that were seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.benchmarks.live.case import Case, Side

Paint = tuple[int, float]


class Figures(NamedTuple):
    """One side in one case; times in seconds.

    Attributes
    ----------
    painted
        Paints of new items a second, of the plot that had the fewest.
    kernel_to_paint, record_to_paint
        Median and 95th percentile, from when the kernel had the result, and from when the record
        was made.
    kernel_cpu
        Share of one core.
    kernel_memory, server_memory, browser_memory
        Bytes, at the end.
    next_cell
        Until a cell began that was run at the end.
    """

    case: Case
    side: Side
    painted: float
    kernel_to_paint: tuple[float, float]
    record_to_paint: tuple[float, float]
    kernel_cpu: float
    kernel_memory: int
    server_memory: int
    browser_memory: int
    next_cell: float


def paces(paints: Sequence[Sequence[Paint]], seconds: float) -> float:
    """Return the paints a second of the plot that had the fewest."""
    return min(len(of_one) for of_one in paints) / seconds


def latencies(paints: Sequence[Sequence[Paint]], since: Mapping[int, float]) -> tuple[float, float]:
    """Return median and 95th percentile of the seconds from a time of each offset to its paint.

    Parameters
    ----------
    paints
        Offset and time of each paint, plot by plot.
    since
        The time of each offset.
    """
    waited = [at - since[offset] for of_one in paints for offset, at in of_one]
    low, high = np.percentile(waited, (50, 95))
    return float(low), float(high)

"""Runs become figures: medians, spreads and ratios."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.benchmarks.transfer.bench import Measured
    from tests.benchmarks.transfer.case import Case, Direction, Side
    from tests.benchmarks.transfer.side_process import Run

MEGABYTE = 10**6


@dataclass(frozen=True, slots=True)
class Figures:
    """What one side reached in one transfer.

    Parameters
    ----------
    case, direction, side
        Who transferred what where.
    given
        What it was given, where that is not the case itself.
    seconds
        The median of the runs' times.
    fastest, slowest
        The fastest and the slowest run, in seconds.
    memory
        The largest peak of resident memory, in bytes.
    processor, broker, startup
        Medians in seconds.
    """

    case: Case
    direction: Direction
    side: Side
    given: Case
    seconds: float
    fastest: float
    slowest: float
    memory: int
    processor: float
    broker: float
    startup: float

    @property
    def rate(self) -> float:
        """Bytes of content a second."""
        return self.given.bytes / self.seconds

    @property
    def files_rate(self) -> float:
        """Files a second."""
        return self.given.files / self.seconds

    @property
    def rates(self) -> tuple[float, float]:
        """Bytes a second of the slowest and of the fastest run."""
        return self.given.bytes / self.slowest, self.given.bytes / self.fastest


def figures(row: Measured) -> Figures:
    """Sum up the runs of a side."""
    runs: list[Run] = row.runs
    return Figures(
        case=row.transfer.case,
        direction=row.transfer.direction,
        side=row.side,
        given=row.given,
        seconds=median(run.seconds for run in runs),
        fastest=min(run.seconds for run in runs),
        slowest=max(run.seconds for run in runs),
        memory=max(run.memory for run in runs),
        processor=median(run.processor for run in runs),
        broker=median(run.broker for run in runs),
        startup=median(run.startup for run in runs),
    )


def found(
    all_figures: Iterable[Figures], case: str, direction: Direction, side: Side
) -> Figures | None:
    """Return the figures of a side in a transfer; None if it was not measured."""
    wanted = (case, direction, side)
    for one in all_figures:
        if (one.case.name, one.direction, one.side) == wanted:
            return one
    return None

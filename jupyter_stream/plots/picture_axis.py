"""Axes of pictures: from values to pixels, and the ticks."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

LARGEST = 1e150
NARROWEST = 1e-9
MINUTE, HOUR, DAY = 60, 3600, 86400
TIME_STEPS = (
    *(1e-3, 2e-3, 5e-3, 1e-2, 2e-2, 5e-2, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30),
    *(MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 20 * MINUTE, 30 * MINUTE),
    *(HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 7 * DAY, 30 * DAY, 365 * DAY),
)


class Tick(NamedTuple):
    """A place on an axis and what is written there."""

    pixel: float
    text: str


class Axis:
    """Maps values to pixels.

    Parameters
    ----------
    start, end
        The values at the ends, apart from one another, in any order.
    first, last
        The pixels there.
    """

    def __init__(self, start: float, end: float, first: float, last: float) -> None:
        self.low, self.high = min(start, end), max(start, end)
        self._scale = (last - first) / (end - start)
        self._start = start
        self._first = first
        self._length = abs(last - first)

    def pixels(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return where values stand.

        Parameters
        ----------
        values
            Values in units of the axis.
        """
        drawable = np.clip(values, -LARGEST, LARGEST)
        return self._first + (drawable - self._start) * self._scale

    def ticks(self, apart: float) -> list[Tick]:
        """Return round values along the axis.

        Parameters
        ----------
        apart
            How far they are from one another at least, in pixels.
        """
        step = _round_step((self.high - self.low) * apart / self._length)
        values = _multiples(step, self.low, self.high)
        return [
            Tick(pixel, _number_text(value, step))
            for pixel, value in zip(self.pixels(values).tolist(), values.tolist(), strict=True)
        ]

    def time_ticks(self, apart: float) -> list[Tick]:
        """Return round times along an axis of epoch seconds, in local time.

        Parameters
        ----------
        apart
            How far they are from one another at least, in pixels.
        """
        rough = (self.high - self.low) * apart / self._length
        step = next((step for step in TIME_STEPS if step >= rough), TIME_STEPS[-1])
        shift = datetime.fromtimestamp(self.low, UTC).astimezone().utcoffset()
        offset = shift.total_seconds() if shift else 0.0
        values = _multiples(step, self.low + offset, self.high + offset) - offset
        return [
            Tick(pixel, time_text(value, step))
            for pixel, value in zip(self.pixels(values).tolist(), values.tolist(), strict=True)
        ]


def limits(values: NDArray[np.float64], room: float = 0.0) -> tuple[float, float]:
    """Return the ends of an axis that shows values.

    Parameters
    ----------
    values
        The values; those that are not finite are not shown.
    room
        How much of the range is left free at both ends.
    """
    finite = np.clip(values[np.isfinite(values)], -LARGEST, LARGEST)
    if finite.size == 0:
        return 0.0, 1.0
    low, high = float(finite.min()), float(finite.max())
    # A narrower range could not be parted into ticks by numbers of 53 bits.
    least = max(abs(low), abs(high)) * NARROWEST
    if high - low <= least:
        return low - least - 0.5, high + least + 0.5
    free = (high - low) * room
    # What begins at nothing, as counts do, keeps nothing as its end.
    return (low if low == 0 else low - free), high + free


def time_text(value: float, step: float) -> str:
    """Return a time of the day, or a date where steps are days, in local time.

    Parameters
    ----------
    value
        Epoch seconds.
    step
        The distance to the next one, in seconds.
    """
    time = datetime.fromtimestamp(value, UTC).astimezone()
    if step >= DAY:
        return f"{time:%Y-%m-%d}"
    if step >= MINUTE:
        return f"{time:%H:%M}"
    return f"{time:%H:%M:%S}" if step >= 1 else f"{time:%H:%M:%S.%f}"[:-3]


def _round_step(rough: float) -> float:
    power = 10.0 ** math.floor(math.log10(rough))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * 0.999)


def _multiples(step: float, low: float, high: float) -> NDArray[np.float64]:
    first, last = math.ceil(low / step - NARROWEST), math.floor(high / step + NARROWEST)
    return np.arange(first, last + 1, dtype=np.float64) * step


def _number_text(value: float, step: float) -> str:
    largest = abs(value)
    if largest and not 1e-4 <= largest < 1e7:  # noqa: PLR2004 - what reads well
        return f"{value:.6g}"
    digits = max(0, -math.floor(math.log10(step) + NARROWEST))
    return f"{value:.{min(digits, 9)}f}"

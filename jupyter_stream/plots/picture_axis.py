"""Axes of pictures: from values to pixels, and the ticks."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from jupyter_stream.plots.times import local_time

if TYPE_CHECKING:
    from numpy.typing import NDArray

LARGEST = 1e150
NARROWEST, LEAST = 1e-9, 1e-290
SMALLEST_PLAIN, LARGEST_PLAIN = 1e-3, 1e7
MINUTE, HOUR, DAY, YEAR = 60, 3600, 86400, 365.25 * 86400
LONG_STEP = 3 * HOUR
TIME_STEPS = (
    *(1e-3, 2e-3, 5e-3, 1e-2, 2e-2, 5e-2, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30),
    *(MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 20 * MINUTE, 30 * MINUTE),
    *(HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 7 * DAY, 30 * DAY, 90 * DAY),
    *(YEAR, 2 * YEAR, 5 * YEAR, 10 * YEAR, 50 * YEAR, 200 * YEAR),
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
        step = _round_step((self.high - self.low) * (apart / self._length))
        values = _multiples(step, self.low, self.high)
        texts = _number_texts(values.tolist(), step)
        return list(map(Tick, self.pixels(values).tolist(), texts))

    def time_ticks(self, apart: float) -> list[Tick]:
        """Return round times along an axis of epoch seconds, in local time.

        Parameters
        ----------
        apart
            How far they are from one another at least, in pixels.
        """
        rough = (self.high - self.low) * (apart / self._length)
        step = next((step for step in TIME_STEPS if step >= rough), rough)
        shift = start.utcoffset() if (start := local_time(self.low)) else None
        offset = shift.total_seconds() if shift else 0.0
        values = _multiples(step, self.low + offset, self.high + offset) - offset
        ticks = [
            Tick(pixel, time_text(value, step))
            for pixel, value in zip(self.pixels(values).tolist(), values.tolist(), strict=True)
        ]
        return [tick for tick in ticks if tick.text]


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
    least = max(max(abs(low), abs(high)) * NARROWEST, LEAST)
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
    time = local_time(value)
    if time is None:
        return ""
    if step >= DAY:
        return f"{time:%Y-%m-%d}"
    if step >= MINUTE:
        return f"{time:%m-%d %H:%M}" if step >= LONG_STEP else f"{time:%H:%M}"
    return f"{time:%H:%M:%S}" if step >= 1 else f"{time:%H:%M:%S.%f}"[:-3]


def _round_step(rough: float) -> float:
    power = 10.0 ** math.floor(math.log10(rough))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * 0.999)


def _multiples(step: float, low: float, high: float) -> NDArray[np.float64]:
    first, last = math.ceil(low / step - NARROWEST), math.floor(high / step + NARROWEST)
    return np.arange(first, last + 1, dtype=np.float64) * step


def _number_texts(values: list[float], step: float) -> list[str]:
    """Write numbers with as many digits as tell them apart."""
    largest = max((abs(value) for value in values), default=0.0)
    exponent = math.floor(math.log10(step) + NARROWEST)
    if not largest or SMALLEST_PLAIN <= largest < LARGEST_PLAIN:
        return [f"{value:.{max(0, -exponent)}f}" for value in values]
    digits = max(1, math.floor(math.log10(largest)) - exponent + 1)
    return [f"{value:.{digits}g}" if abs(value) > step / 2 else "0" for value in values]

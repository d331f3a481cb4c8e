"""Which values get the first and the last colour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from jupyter_stream.plots.settings import interval, one_of, optional

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

SAMPLE = 16_384
# Narrower ranges could not be parted into colours.
NARROWEST, LEAST = 1e-9, 1e-290
# Differences of larger ones are no numbers any more.
LARGEST = 1e307

LEVEL_RULES = {
    "level_mode": one_of("once", "continuous", "locked"),
    "percentiles": interval(0, 100),
    "levels": optional(interval()),
}
LEVEL_DEFAULTS: dict[str, Any] = {
    "level_mode": "continuous",
    "percentiles": (1.0, 99.0),
    "levels": None,
}


def level_settings(settings: dict[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """Return settings of levels that agree with one another.

    Levels given by hand are locked; any other way of getting them forgets those of before.

    Parameters
    ----------
    settings
        All settings, the new ones among them.
    new
        What was set now.
    """
    if new.get("levels") is not None and "level_mode" not in new:
        return {**settings, "level_mode": "locked"}
    if settings["level_mode"] != "locked" and ("level_mode" in new or "percentiles" in new):
        return {**settings, "levels": None}
    return settings


class Levels:
    """Finds levels and remembers them where they are to stay."""

    def __init__(self) -> None:
        self._kept: tuple[float, float] | None = None

    def forget(self) -> None:
        """Find new levels the next time, if they are found once only."""
        self._kept = None

    def found(self, settings: Mapping[str, Any], sample: NDArray[Any]) -> tuple[float, float]:
        """Return the levels.

        Parameters
        ----------
        settings
            How they are found.
        sample
            Values that stand for all; those that are not finite don't count.
        """
        if settings["levels"] is not None:
            low, high = settings["levels"]
            return float(low), float(high)
        if settings["level_mode"] == "continuous" or self._kept is None:
            self._kept = percentile_levels(sample, settings["percentiles"])
        return self._kept


def percentile_levels(
    sample: NDArray[Any], percentiles: tuple[float, float]
) -> tuple[float, float]:
    """Return two levels, the lower one first, that are apart from one another.

    Parameters
    ----------
    sample
        Values of any shape.
    percentiles
        Below and above them the colours stay the same.
    """
    known = sample[np.isfinite(sample)]
    if known.size == 0:
        return 0.0, 1.0
    ranks = (np.array(percentiles) / 100 * (known.size - 1)).round().astype(np.int64)
    low, high = np.partition(known, ranks)[ranks].astype(np.float64).clip(-LARGEST, LARGEST)
    return apart(float(low), float(high))


def apart(low: float, high: float) -> tuple[float, float]:
    """Return limits of a range that is wide enough to be drawn.

    Parameters
    ----------
    low, high
        The least and the greatest value.
    """
    least = max(max(abs(low), abs(high)) * NARROWEST, LEAST)
    if high - low > least:
        return low, high
    return low - least - 0.5, high + least + 0.5


def sampled(values: NDArray[Any]) -> NDArray[Any]:
    """Return values that stand for all: some evenly from everywhere, and both extremes.

    Parameters
    ----------
    values
        Values of any shape.
    """
    flat = values.reshape(-1)
    # An odd step visits all columns of a picture with an even width.
    step = -(-flat.size // SAMPLE)
    if step == 1:
        return flat
    return np.append(flat[:: step | 1], (np.fmin.reduce(flat), np.fmax.reduce(flat)))

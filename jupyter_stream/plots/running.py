"""A reduction of everything that came since its beginning."""

from __future__ import annotations

import math
from copy import copy
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from jupyter_stream.plots.reduction import Reduced, reduced
from jupyter_stream.plots.totals import Totals, Values, merged, totals_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jupyter_stream.plots.item_ring import Item
    from jupyter_stream.plots.spectrum import Spectrum

    Spectra = Sequence[Item[Spectrum]]

BATCH = 64
BATCH_BYTES = 8 * 2**20
USUAL_COUNT = 10


class Folding(Protocol):
    """Takes in spectra, keeping only what they are together."""

    def fold(self, items: Spectra) -> None:
        """Take in spectra of one axis, oldest first, at least one."""
        ...

    def reduced(self) -> Reduced | None:
        """Return what they are together; None before the first."""
        ...


class Running:
    """Puts spectra aside and folds many at once, which is quicker than one by one.

    Parameters
    ----------
    folding
        Takes them in.
    """

    def __init__(self, folding: Folding) -> None:
        self._folding = folding
        self._pending: list[Item[Spectrum]] = []
        self._size = 0

    def add(self, item: Item[Spectrum]) -> None:
        """Take in a spectrum.

        Parameters
        ----------
        item
            It has the same axis as those before.
        """
        self._pending.append(item)
        self._size += item.size
        if len(self._pending) >= BATCH or self._size > BATCH_BYTES:
            self._fold()

    def copied(self) -> Running:
        """Return a reduction of the same spectra that goes its own way."""
        # What a folding keeps is replaced, never changed.
        twin = Running(copy(self._folding))
        twin._pending, twin._size = list(self._pending), self._size
        return twin

    def reduced(self) -> Reduced | None:
        """Return what all spectra are together; None before the first."""
        if self._pending:
            self._fold()
        return self._folding.reduced()

    def _fold(self) -> None:
        self._folding.fold(self._pending)
        self._pending, self._size = [], 0


class FoldedTotals:
    """Mean, sum or greatest values of everything.

    Parameters
    ----------
    kind
        "mean", "sum" or "max".
    """

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._totals: Totals | None = None

    def fold(self, items: Spectra) -> None:
        """Take in spectra of one axis, oldest first, at least one."""
        fresh = totals_of(np.array([item.value.y for item in items]))
        self._totals = fresh if self._totals is None else merged(self._totals, fresh)

    def reduced(self) -> Reduced | None:
        """Return what they are together; None before the first."""
        return None if self._totals is None else reduced(self._kind, self._totals)


class ExponentialMean:
    """A mean in which a spectrum counts the less, the older it is.

    Parameters
    ----------
    count
        After so many spectra the weight of one has fallen to about an eighth, as with a mean
        over as many; None to go by time.
    seconds
        After this time the weight of a spectrum has fallen to 1/e.
    """

    def __init__(self, count: int | None, seconds: float | None) -> None:
        self._share = None if seconds and not count else 2 / ((count or USUAL_COUNT) + 1)
        self._seconds = seconds or math.inf
        self._time = -math.inf
        self._mean: Values | None = None
        self._variance: Values | None = None

    def fold(self, items: Spectra) -> None:
        """Take in spectra of one axis, oldest first, at least one."""
        for item in items:
            self._fold_one(item.value.y, item.mark.time)

    def reduced(self) -> Reduced | None:
        """Return what they are together; None before the first."""
        if self._mean is None or self._variance is None:
            return None
        return Reduced(self._mean, np.sqrt(self._variance))

    def _fold_one(self, y: Values, time: float) -> None:
        share, self._time = self._weight(time), time
        if self._mean is None or self._variance is None:
            self._mean = np.where(np.isfinite(y), y, np.nan)
            self._variance = np.zeros(len(y))
            return
        with np.errstate(over="ignore", invalid="ignore"):
            # A point without a value before starts from this one.
            before = np.where(np.isnan(self._mean), y, self._mean)
            apart = np.where(np.isfinite(y), y - before, 0)
            self._mean = np.where(np.isfinite(before), before + share * apart, np.nan)
            self._variance = (1 - share) * (self._variance + share * apart * apart)

    def _weight(self, time: float) -> float:
        if self._share is not None:
            return self._share
        return -math.expm1(-max(time - self._time, 0) / self._seconds)


def started(settings: Mapping[str, Any]) -> Running | None:
    """Return a reduction of what comes from now on; None if the settings ask for another one.

    Parameters
    ----------
    settings
        Those of a spectrum plot.
    """
    kind, count, seconds = (settings[name] for name in ("reduction", "span_count", "span_seconds"))
    if kind == "exponential":
        return Running(ExponentialMean(count, seconds))
    if kind == "none" or count is not None or seconds is not None:
        return None
    return Running(FoldedTotals(kind))

"""One curve over time, its oldest points leaving as new ones come."""

from __future__ import annotations

import math
import time
from copy import copy
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray  # noqa: TC002 - of a NamedTuple

FIRST_ROOM = 1024
BLOCK = 4
# Of the width of a plot nobody sees this part.
UNSEEN = 1e-3
# Clocks of machines that are set at all differ by less.
CLOCK_SECONDS = 60.0
# So many points ahead of the clock, one after the other, are no mistake of one.
ENOUGH, MOST_AHEAD = 3, 100


class Points(NamedTuple):
    """Points of a curve.

    Attributes
    ----------
    versions
        The version of the plot that each came with, shape (n,).
    t
        Their times in epoch seconds, shape (n,).
    y
        Their values, shape (n,).
    """

    versions: NDArray[np.int64]
    t: NDArray[np.float64]
    y: NDArray[np.float64]

    def at(self, chosen: NDArray[np.intp] | slice) -> Points:
        """Return a copy of some points."""
        return Points(self.versions[chosen].copy(), self.t[chosen].copy(), self.y[chosen].copy())


class Point(NamedTuple):
    """A point of a curve: the version of the plot that it came with, its time and its value."""

    version: int
    t: float
    y: float


class Curve:
    """The newest points of a curve in the order of time; it has no lock, its owner has one.

    Points that are late by less than a thousandth of the curve stay where they came. A point
    whose time has not come yet is set aside until it has, since the whole curve would have to
    make room for it; several of them one after the other are taken as they are.

    Parameters
    ----------
    capacity
        How many points are kept.
    """

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self.unit = ""
        self.rearranged = 0
        self.largest = 0.0
        self._latest = -math.inf
        self._points = _room(FIRST_ROOM)
        self._first = 0
        self._end = 0
        self._gone = 0
        self._ahead: list[Point] = []
        self._row = 0

    def __len__(self) -> int:
        return self._end - self._first

    def append(self, version: int, t: float, y: float) -> None:
        """Take in a point.

        Parameters
        ----------
        version
            That of the plot.
        t
            Time in epoch seconds.
        y
            The value.
        """
        now = time.time() + CLOCK_SECONDS
        if self._latest <= now < t:
            self._ahead = [*self._ahead[1 - MOST_AHEAD :], Point(version, t, y)]
            self._row += 1
            if self._row == ENOUGH:
                self._take_back(version, math.inf)
            return
        self._row = 0
        if self._ahead:
            self._take_back(version, max(now, t))
        self._put(version, t, y)

    def _take_back(self, version: int, until: float) -> None:
        """Take in points that were set aside, up to a time."""
        due = [point for point in self._ahead if point.t <= until]
        if due:
            self._ahead = [point for point in self._ahead if point.t > until]
            for point in due:
                self._put(*point)
            self.rearranged = version

    def _put(self, version: int, t: float, y: float) -> None:
        """Put a point where it belongs, which mostly is the end; without room the oldest leaves."""
        if len(self) == self.capacity:
            self._first += 1
            self._gone += 1
        if self._end == len(self._points.t):
            self._move(self.points())
        place = self._end
        self._end += 1
        self._latest = max(self._latest, t)
        if len(self) > 1 and self._is_late(t):
            place = self._open_gap(t)
            self.rearranged = version
        versions, times, values = self._points
        versions[place], times[place], values[place] = version, t, y
        if self.largest < abs(y) < math.inf:
            self.largest = abs(y)

    def resize(self, capacity: int) -> None:
        """Keep another number of points from now on.

        Parameters
        ----------
        capacity
            The new number.
        """
        self.capacity = capacity
        self._rewind(self._points.at(slice(max(self._first, self._end - capacity), self._end)))

    def thin(self, version: int) -> None:
        """Leave out about every second point, such that the highest and the lowest ones stay.

        Parameters
        ----------
        version
            That of the plot.
        """
        points = self.points()
        self._rewind(points.at(_telling(points.y)))
        self.rearranged = version

    def until(self, version: int) -> Curve:
        """Return a curve of the points that came up to a version.

        Parameters
        ----------
        version
            That of the plot.
        """
        twin, points = copy(self), self.points()
        twin._ahead = [point for point in self._ahead if point.version <= version]  # noqa: SLF001
        twin._rewind(points.at(np.flatnonzero(points.versions <= version)))  # noqa: SLF001
        return twin

    def _rewind(self, points: Points) -> None:
        self._move(points)
        self._gone = 0

    def points(self) -> Points:
        """Return a copy of all points."""
        return self._points.at(slice(self._first, self._end))

    def ahead(self) -> list[Point]:
        """Return the points whose time has not come yet, in the order in which they came."""
        return list(self._ahead)

    def newer(self, version: int) -> tuple[Points, int]:
        """Return a copy of the points at the end that a view lacks, and how many it has too many.

        Parameters
        ----------
        version
            What the view knows already; nothing was rearranged since then.
        """
        kept = self._points.versions[self._first : self._end]
        known = int((kept <= version).sum())
        had = min(self._gone + known, self.capacity) if version else 0
        return self._points.at(slice(self._first + known, self._end)), had - known

    def _is_late(self, t: float) -> bool:
        """Say whether a point belongs to the left of others by more than can be seen.

        Views have to be sent everything when points are rearranged, and the records of several
        partitions hardly ever come in the order of their times.
        """
        span = self._latest - self._points.t[self._first]
        return bool(t < self._latest - UNSEEN * span)

    def _open_gap(self, t: float) -> int:
        """Move the points later than a time by one, and return the place before them."""
        last = self._end - 1
        place = self._first + int(np.searchsorted(self._points.t[self._first : last], t, "right"))
        for column in self._points:
            column[place + 1 : self._end] = column[place:last].copy()
        return place

    def _move(self, points: Points) -> None:
        """Make room at the end: once for many points, since moving takes its time."""
        room = _room(max(FIRST_ROOM, 2 * len(points.t)))
        for new, old in zip(room, points, strict=True):
            new[: len(old)] = old
        self._points, self._first, self._end = room, 0, len(points.t)


def _room(length: int) -> Points:
    return Points(np.empty(length, np.int64), np.empty(length), np.empty(length))


def _telling(y: NDArray[np.float64]) -> NDArray[np.intp]:
    """Return the indices of the least and the greatest of every four values, and of the last."""
    whole = len(y) // BLOCK * BLOCK
    blocks = np.nan_to_num(y[:whole]).reshape(-1, BLOCK)
    firsts = np.arange(0, whole, BLOCK)
    both = (firsts + blocks.argmin(axis=1), firsts + blocks.argmax(axis=1))
    return np.unique(np.concatenate((*both, np.arange(whole, len(y)))))

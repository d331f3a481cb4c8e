"""The series plot: numbers over time, one curve a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from jupyter_stream.plots.columns import Columns, compact
from jupyter_stream.plots.curve import Curve, Points
from jupyter_stream.plots.curve_axes import Extent, shared_axes
from jupyter_stream.plots.item_plot import BYTE_LIMIT, ItemPlot
from jupyter_stream.plots.item_ring import Item, ItemRing
from jupyter_stream.plots.plot_model import Mark, PlotState
from jupyter_stream.plots.readings import ONLY, Reading, readings
from jupyter_stream.plots.settings import count, one_of

if TYPE_CHECKING:
    from collections.abc import Mapping

CAPACITY = 10_000
MOST = 50

RULES = {"capacity": count(10, 100_000), "when_full": one_of("roll", "thin")}
DEFAULTS = {"capacity": CAPACITY, "when_full": "roll"}

Numbers = dict[str, float]


class _Drawn(NamedTuple):
    """A curve as a view gets it."""

    name: str
    unit: str
    largest: float
    points: Points
    dropped: int


class SeriesModel(ItemPlot[Numbers]):
    """The last numbers of a stream over time.

    Of each curve 10 000 points are kept. Then either the oldest leave one by one, or every
    second one leaves, so that the curve reaches back to its beginning.

    Parameters
    ----------
    title
        Title of the plot.
    """

    kind = "series"

    def __init__(self, title: str) -> None:
        super().__init__(title, RULES, DEFAULTS, ItemRing(1, BYTE_LIMIT))
        # By topic and name: what two topics call by one name is not the same.
        self._curves: dict[tuple[str, str], Curve] = {}
        self._marks: dict[int, tuple[int, Mark]] = {}
        self._most_marks = 2 * CAPACITY
        self._rearranged = 0

    def add(self, value: Any, mark: Mark) -> None:
        """Take in a number, or some under names.

        Parameters
        ----------
        value
            What `readings` takes.
        mark
            Where it comes from, and the time of the numbers.

        Raises
        ------
        Unplottable
            There is no number in the value.
        """
        named = readings(value)
        with self._lock:
            item = self._put({name: one.value for name, one in named.items()}, mark, 0)
            self._marks[item.version] = (item.serial, item.mark)
            for name, one in named.items():
                self._draw((item.mark.topic, name), one, item)
            if len(self._marks) > self._most_marks:
                self._forget_marks()

    def _draw(self, key: tuple[str, str], one: Reading, item: Item[Numbers]) -> None:
        curve = self._curves.get(key)
        if curve is None:
            if len(self._curves) == MOST:
                return
            if len(self._topics) == 1 and key[0] not in self._topics:
                # The curves that a view has get other names.
                self._rearranged = item.version
            curve = self._curves[key] = Curve(self._settings["capacity"])
        if len(curve) == curve.capacity and self._settings["when_full"] == "thin":
            curve.thin(item.version)
        curve.unit = one.unit
        curve.append(item.version, item.mark.time, one.value)
        self._rearranged = max(self._rearranged, curve.rearranged)

    @property
    def _topics(self) -> set[str]:
        return {topic for topic, _ in self._curves}

    def _forget_marks(self) -> None:
        """Forget where points that have left came from; now and then, since it takes its time."""
        kept = self._versions()
        self._marks = {version: self._marks[version] for version in kept}
        self._most_marks = 2 * len(kept) + CAPACITY

    def _versions(self) -> list[int]:
        versions = [curve.points().versions for curve in self._curves.values()]
        ahead = [point.version for curve in self._curves.values() for point in curve.ahead()]
        kept: list[int] = np.unique(np.concatenate((*versions, ahead))).tolist()
        return kept

    def _rewind(self, total: int) -> None:
        versions = [version for version, (serial, _) in self._marks.items() if serial <= total]
        last = max(versions, default=self._version)
        if versions:
            self._total, mark = self._marks[last]
            self._ring = ItemRing(1, BYTE_LIMIT)
            self._ring.append(Item(self._total, last, mark, {}, 0))
        else:
            self._ring = self._ring.until(total)
        self._curves = {key: curve.until(last) for key, curve in self._curves.items()}
        self._marks = dict(self._marks)

    def _reconsidered(self, settings: dict[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
        if "capacity" in new:
            self._rearranged = self._version + 1
            for curve in self._curves.values():
                curve.resize(settings["capacity"])
        return settings

    def items(self) -> tuple[Item[Numbers], ...]:
        """Return the numbers that are kept by the results that they came with, oldest first."""
        with self._lock:
            curves = [(name, curve.points()) for (_, name), curve in self._curves.items()]
            ahead = [(name, curve.ahead()) for (_, name), curve in self._curves.items()]
            marks = dict(self._marks)
        numbers: dict[int, Numbers] = {}
        for name, points in curves:
            for version, y in zip(points.versions.tolist(), points.y.tolist(), strict=True):
                numbers.setdefault(version, {})[name] = y
        for name, some in ahead:
            for point in some:
                numbers.setdefault(point.version, {})[name] = point.y
        return tuple(
            Item(marks[version][0], version, marks[version][1], numbers[version], 0)
            for version in sorted(numbers)
        )

    def since(self, version: int) -> PlotState:
        """Return what a view lacks.

        Parameters
        ----------
        version
            The version that the view knows; 0 for none.
        """
        with self._lock:
            restarted = version < self._rearranged
            known = 0 if restarted else version
            is_one_topic = len(self._topics) <= 1
            moment = self._moment(version)
            drawn = [
                _Drawn(
                    name if is_one_topic else _full_name(topic, name),
                    curve.unit,
                    curve.largest,
                    *curve.newer(known),
                )
                for (topic, name), curve in self._curves.items()
            ]
            ahead = [point.t for curve in self._curves.values() for point in curve.ahead()]
        axes, labels = shared_axes([Extent(one.name, one.unit, one.largest) for one in drawn])
        columns = Columns()
        header = {
            "kind": self.kind,
            **self._common(moment, moment.items[-1].mark.label if moment.items else ""),
            "fresh": _fresh(drawn, version),
            **({"restarted": True} if restarted else {}),
            "time_axis": True,
            "curves": [
                _described(one, axis, columns) for one, axis in zip(drawn, axes, strict=True)
            ],
            "axes": labels,
            "ahead": sorted(ahead),
            "capacity": moment.settings["capacity"],
        }
        return PlotState(moment.version, header, columns.arrays)


def _full_name(topic: str, name: str) -> str:
    return topic if name == ONLY else f"{topic}: {name}"


def _fresh(drawn: list[_Drawn], version: int) -> int:
    """Count the results that a view sees for the first time."""
    if not drawn:
        return 0
    versions = np.concatenate([one.points.versions for one in drawn])
    return len(np.unique(versions[versions > version]))


def _described(one: _Drawn, axis: int, columns: Columns) -> dict[str, Any]:
    return {
        "name": one.name,
        "unit": one.unit,
        "axis": axis,
        "t": columns.put(one.points.t),
        "y": columns.put(compact(one.points.y)),
        "dropped": one.dropped,
    }

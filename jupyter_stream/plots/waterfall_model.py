"""The waterfall plot: one row of colours a spectrum, the newest last."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any

import numpy as np

from jupyter_stream.errors import UsageMistake
from jupyter_stream.plots.blocks import shrunk_row
from jupyter_stream.plots.columns import Columns, compact, compact_axis
from jupyter_stream.plots.extremes import thinned
from jupyter_stream.plots.item_plot import BYTE_LIMIT, ItemPlot, Moment
from jupyter_stream.plots.item_ring import Item, ItemRing
from jupyter_stream.plots.levels import (
    LEVEL_DEFAULTS,
    LEVEL_RULES,
    Levels,
    level_settings,
)
from jupyter_stream.plots.plot_model import PlotState
from jupyter_stream.plots.settings import count, optional
from jupyter_stream.plots.spectrum import Spectrum, as_spectrum, with_unit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Self

    from numpy.typing import NDArray

    from jupyter_stream.plots.plot_model import Mark

CAPACITY = 200
WIDTH = 2048
SAMPLE = 16_384

RULES = {**LEVEL_RULES, "selected": optional(count(1, 2**53))}
DEFAULTS = {**LEVEL_DEFAULTS, "selected": None}


class WaterfallModel(ItemPlot[Spectrum]):
    """The last spectra of a stream with the same axis.

    Parameters
    ----------
    title
        Title of the plot.
    last
        How many rows are kept, as long as the spectra take less than 64 MiB.
    """

    kind = "waterfall"

    def __init__(self, title: str, last: int = CAPACITY) -> None:
        super().__init__(title, RULES, DEFAULTS, ItemRing(last, BYTE_LIMIT))
        self._capacity = last
        self._axis: NDArray[np.float64] = np.empty(0)
        self._started = 0
        self._levels = Levels()
        self._selected: Item[Spectrum] | None = None

    def add(self, value: Any, mark: Mark) -> None:
        """Take in a spectrum, or what counts as one; one with another axis starts anew.

        Parameters
        ----------
        value
            What `as_spectrum` takes.
        mark
            Where it comes from.

        Raises
        ------
        UnreadableSpectrum
            The value is something else.
        """
        spectrum = as_spectrum(value).labelled(mark.label)
        with self._lock:
            if not np.array_equal(spectrum.x, self._axis, equal_nan=True):
                self._start_anew(spectrum.x)
            self._put(spectrum.on_axis(self._axis), mark, spectrum.y.nbytes)

    def _start_anew(self, axis: NDArray[np.float64]) -> None:
        self._ring.clear()
        self._levels.forget()
        self._axis = axis
        self._started = self._version

    def _rewind(self, total: int) -> None:
        super()._rewind(total)
        self._levels = copy(self._levels)

    def _taken_over(
        self, source: Self, settings: dict[str, Any], new: Mapping[str, Any]
    ) -> dict[str, Any]:
        # The row may have left one of the plots.
        self._selected = source._selected
        own = {name: value for name, value in new.items() if name != "selected"}
        return self._reconsidered(settings, own)

    def _reconsidered(self, settings: dict[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
        if "selected" in new:
            self._selected = self._chosen(new["selected"])
        if "level_mode" in new or "percentiles" in new:
            self._levels.forget()
        return level_settings(settings, new)

    def _chosen(self, serial: int | None) -> Item[Spectrum] | None:
        if serial is None:
            return None
        for item in self._ring.items():
            if item.serial == serial:
                return item
        raise UsageMistake(f"the spectrum number {serial} has left the plot")

    def since(self, version: int) -> PlotState:
        """Return what a view lacks.

        Parameters
        ----------
        version
            The version that the view knows; 0 for none.
        """
        with self._lock:
            restarted = version <= self._started
            moment = self._moment(0 if restarted else version)
            selected = self._selected
        columns = Columns()
        newest = moment.items[-1].value if moment.items else None
        header = {
            "kind": self.kind,
            **self._common(moment, newest.label if newest else ""),
            **({"restarted": True} if restarted else {}),
            "capacity": self._capacity,
            "x_label": with_unit(newest.x_label, newest.x_unit) if newest else "",
            "z_label": with_unit(newest.y_label, newest.y_unit) if newest else "",
            **_rows(moment, columns),
            "levels": self._found_levels(moment),
            "selected": None if selected is None else _described(selected.value, columns),
        }
        return PlotState(moment.version, header, columns.arrays)

    def _found_levels(self, moment: Moment[Spectrum]) -> list[float]:
        if not moment.items:
            return [0.0, 1.0]
        return list(self._levels.found(moment.settings, _sample(moment.items)))


def _rows(moment: Moment[Spectrum], columns: Columns) -> dict[str, Any]:
    axis = shrunk_row(moment.items[-1].value.x, WIDTH, np.mean) if moment.items else np.empty(0)
    with np.errstate(over="ignore"):
        rows = [
            shrunk_row(item.value.y, WIDTH, np.fmax.reduce).astype(np.float32)
            for item in moment.fresh
        ]
    block = np.concatenate(rows) if rows else np.empty(0, np.float32)
    return {
        "width": len(axis),
        "x": columns.put(compact_axis(axis)),
        "rows": columns.put(block),
        "times": columns.put(np.array([item.mark.time for item in moment.fresh], np.float64)),
        "labels": [item.value.label for item in moment.fresh],
        "first_serial": moment.fresh[0].serial if moment.fresh else moment.total + 1,
    }


def _sample(items: tuple[Item[Spectrum], ...]) -> NDArray[np.float64]:
    """Return values of all rows, as many of each."""
    length = len(items[0].value.y)
    step = max(1, length * len(items) // SAMPLE) | 1
    return np.concatenate([item.value.y[item.serial % step :: step] for item in items])


def _described(spectrum: Spectrum, columns: Columns) -> dict[str, Any]:
    x, y = thinned(spectrum)
    return {
        "label": spectrum.label,
        "x": columns.put(compact_axis(x)),
        "y": columns.put(compact(y)),
    }

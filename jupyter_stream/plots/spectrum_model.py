"""The spectrum plot: the last spectra over one another, and what is derived from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from jupyter_stream.plots.columns import Columns, compact, compact_axis
from jupyter_stream.plots.extremes import thinned
from jupyter_stream.plots.item_plot import BYTE_LIMIT, ItemPlot
from jupyter_stream.plots.item_ring import ItemRing
from jupyter_stream.plots.plot_model import PlotState
from jupyter_stream.plots.settings import count, flag, number, one_of, optional
from jupyter_stream.plots.spectrum import Spectrum, as_spectrum, with_unit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from jupyter_stream.plots.item_ring import Item
    from jupyter_stream.plots.plot_model import Mark

CAPACITY = 20
SPAN_LIMIT = 10_000

RULES = {
    "reduction": one_of("none", "mean", "sum", "max", "exponential"),
    "span_count": optional(count(1, SPAN_LIMIT)),
    "span_seconds": optional(number(1e-3)),
    "compare": one_of("none", "difference", "ratio"),
    "reference": optional(one_of("set", "clear")),
    "errors": one_of("none", "band", "bars"),
    "peaks": flag(),
}
DEFAULTS = {
    "reduction": "none",
    "span_count": None,
    "span_seconds": None,
    "compare": "none",
    "reference": None,
    "errors": "none",
    "peaks": False,
}


class SpectrumModel(ItemPlot[Spectrum]):
    """The last spectra of a stream.

    Parameters
    ----------
    title
        Title of the plot.
    last
        How many spectra are shown over one another, as long as they take less than 64 MiB.
    """

    kind = "spectrum"

    def __init__(self, title: str, last: int = CAPACITY) -> None:
        super().__init__(title, RULES, DEFAULTS, ItemRing(last, BYTE_LIMIT))
        self._capacity = last
        self._axis: NDArray[np.float64] = np.empty(0)

    def add(self, value: Any, mark: Mark) -> None:
        """Take in a spectrum, or what counts as one.

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
            if np.array_equal(spectrum.x, self._axis):
                spectrum = spectrum.on_axis(self._axis)
            self._axis = spectrum.x
            self._put(spectrum, mark, spectrum.x.nbytes + spectrum.y.nbytes)

    def since(self, version: int) -> PlotState:
        """Return what a view lacks.

        Parameters
        ----------
        version
            The version that the view knows; 0 for none.
        """
        with self._lock:
            moment = self._moment(version)
        newest = moment.items[-1].value if moment.items else None
        columns = Columns()
        header = {
            "kind": self.kind,
            **self._common(moment, newest.label if newest else ""),
            "x_label": with_unit(newest.x_label, newest.x_unit) if newest else "",
            "y_label": with_unit(newest.y_label, newest.y_unit) if newest else "",
            "capacity": self._capacity,
            "spectra": _described(moment.fresh, columns),
            "traces": [],
            "peaks": [],
        }
        return PlotState(moment.version, header, columns.arrays)


def _described(items: tuple[Item[Spectrum], ...], columns: Columns) -> list[dict[str, Any]]:
    """Lay out spectra; an axis that the one before has too is laid out once."""
    described: list[dict[str, Any]] = []
    known, axis = None, -1
    for item in items:
        x, y = thinned(item.value)
        if x is not known:
            known, axis = x, columns.put(compact_axis(x))
        row = {"serial": item.serial, "label": item.value.label, "x": axis}
        described.append({**row, "y": columns.put(compact(y))})
    return described

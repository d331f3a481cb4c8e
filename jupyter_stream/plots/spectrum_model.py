"""The spectrum plot: the last spectra over one another, and what is derived from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from jupyter_stream.errors import UsageMistake
from jupyter_stream.plots.columns import Columns, compact, compact_axis
from jupyter_stream.plots.derived import NOTHING, Basis, Derivation, Derived
from jupyter_stream.plots.extremes import thinned
from jupyter_stream.plots.item_plot import BYTE_LIMIT, ItemPlot
from jupyter_stream.plots.item_ring import ItemRing
from jupyter_stream.plots.peaks import signal_library
from jupyter_stream.plots.plot_model import PlotState
from jupyter_stream.plots.references import References
from jupyter_stream.plots.running import Running, started
from jupyter_stream.plots.spectrum import Spectrum, as_spectrum, with_unit
from jupyter_stream.plots.spectrum_settings import COMMANDED, DEFAULTS, RULES, kept_spectra
from jupyter_stream.plots.traces import Trace, described

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Self

    from numpy.typing import NDArray

    from jupyter_stream.plots.item_plot import Moment
    from jupyter_stream.plots.item_ring import Item
    from jupyter_stream.plots.plot_model import Mark

CAPACITY = 20


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
        self._axis_serial = 1
        self._axis_since = 0
        self._running: Running | None = None
        self._references = References()
        self._derivation = Derivation()

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
            if _same(spectrum.x, self._axis):
                # One array for all spectra: less memory, and seen to be the same at once.
                spectrum = spectrum.on_axis(self._axis)
            else:
                self._change_axis(spectrum.x)
            item = self._put(spectrum, mark, spectrum.y.nbytes)
            if self._running:
                self._running.add(item)

    def _change_axis(self, axis: NDArray[np.float64]) -> None:
        self._axis = axis
        self._axis_serial = self._total + 1
        self._axis_since = self._version
        self._running = started(self._settings)

    def _reconsidered(self, settings: dict[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
        if settings["peaks"]:
            signal_library()
        self._keep_references(settings, new)
        if {"reduction", "span_count", "span_seconds"} & new.keys():
            self._ring.resize(kept_spectra(settings, self._capacity))
            self._running = self._started_with_what_is_there(settings)
        return settings

    def _rewind(self, total: int) -> None:
        super()._rewind(total)
        self._derivation = Derivation()
        self._running = self._running and self._running.copied()
        items = self._ring.items()
        if items and items[-1].serial < self._axis_serial:
            # Another axis came meanwhile: of the one of before, what is there counts.
            self._axis = items[-1].value.x
            self._axis_serial = next(i.serial for i in items if i.value.x is self._axis)
            self._running = self._started_with_what_is_there(self._settings)

    def _taken_over(
        self, source: Self, settings: dict[str, Any], new: Mapping[str, Any]
    ) -> dict[str, Any]:
        self._references = source._references
        own = {name: value for name, value in new.items() if name not in COMMANDED}
        return self._reconsidered(settings, own)

    def _keep_references(self, settings: dict[str, Any], new: Mapping[str, Any]) -> None:
        """Do to the chosen slot what is asked for; the settings tell how it is called then."""
        slot = settings["slot"]
        if "reference" in new:
            self._references = self._references.put(slot, self._chosen(new["reference"]))
        if "reference_name" in new:
            self._references = self._references.renamed(slot, new["reference_name"])
        names = self._references.names()
        settings["references"] = names
        settings["reference"] = settings["reference_name"] = names[slot - 1]

    def _started_with_what_is_there(self, settings: Mapping[str, Any]) -> Running | None:
        running = started(settings)
        if running:
            for item in self._ring.items():
                if item.serial >= self._axis_serial:
                    running.add(item)
        return running

    def _chosen(self, wish: str | Spectrum) -> Trace | None:
        """Return the reference that is asked for."""
        if isinstance(wish, Spectrum):
            return Trace("reference", wish.label or "reference", wish.x, wish.y)
        if wish == "clear":
            return None
        basis = self._basis(self._moment(0))
        if basis is None:
            raise UsageMistake("there is no spectrum yet that could become the reference")
        line, newest = self._derivation.main(basis), basis.items[-1].value
        # A name that tells which of several means it is.
        is_newest = line.role == "latest" or not newest.label
        return line if is_newest else line._replace(name=f"{line.name} until {newest.label}")

    def _basis(self, moment: Moment[Spectrum]) -> Basis | None:
        """Return what is derived from; under the lock."""
        if not moment.items:
            return None
        older = max(self._axis_serial - moment.items[0].serial, 0)
        running = self._running.reduced() if self._running else None
        return Basis(
            moment.version,
            moment.settings,
            moment.items[older:],
            self._capacity,
            running,
            self._references,
        )

    def items(self) -> tuple[Item[Spectrum], ...]:
        """Return the spectra that are shown, oldest first."""
        return super().items()[-self._capacity :]

    def since(self, version: int) -> PlotState:
        """Return what a view lacks.

        Parameters
        ----------
        version
            The version that the view knows; 0 for none.
        """
        moment, derived, axis = self._derived(version)
        newest = moment.items[-1].value if moment.items else None
        columns = Columns()
        header = {
            "kind": self.kind,
            **self._common(moment, newest.label if newest else ""),
            "x_label": with_unit(newest.x_label, newest.x_unit) if newest else "",
            "y_label": with_unit(newest.y_label, newest.y_unit) if newest else "",
            "capacity": self._capacity,
            "spectra": _described(moment.fresh, columns, axis),
            "traces": described(derived.traces, columns),
            "peaks": [peak._asdict() for peak in derived.peaks],
        }
        return PlotState(moment.version, header, columns.arrays)

    def traces(self) -> list[Trace]:
        """Return the lines that are derived from the spectra."""
        _, derived, _ = self._derived(0)
        return derived.traces

    def _derived(
        self, version: int
    ) -> tuple[Moment[Spectrum], Derived, NDArray[np.float64] | None]:
        """Return the plot for a view, what is derived, and the axis that the view knows if any."""
        with self._lock:
            moment = self._moment(version)
            basis = self._basis(moment)
            axis = self._axis if version > self._axis_since else None
        fresh = moment.fresh[-self._capacity :]
        derived = NOTHING if basis is None else self._derivation.derived(basis)
        return moment._replace(fresh=fresh), derived, axis


def _same(one: NDArray[np.float64], other: NDArray[np.float64]) -> bool:
    # To look for NaN takes twice as long as to compare, and an axis seldom has any.
    return np.array_equal(one, other) or np.array_equal(one, other, equal_nan=True)


def _described(
    items: tuple[Item[Spectrum], ...], columns: Columns, known: NDArray[np.float64] | None
) -> list[dict[str, Any]]:
    """Lay out spectra; an axis that the one before has too is laid out once.

    None as an axis stands for the one of the newest spectrum that the view knows.
    """
    rows: list[dict[str, Any]] = []
    axis: int | None = None
    for item in items:
        x, y = thinned(item.value)
        if x is not known:
            known, axis = x, columns.put(compact_axis(x))
        row = {"serial": item.serial, "label": item.value.label, "x": axis}
        rows.append({**row, "y": columns.put(compact(y))})
    return rows

"""What a spectrum plot derives from its spectra: a reduction, comparisons, errors, peaks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from jupyter_stream.plots.peaks import Peak, peaks
from jupyter_stream.plots.reduction import Reduced, reduced
from jupyter_stream.plots.traces import Trace, compared, limits
from jupyter_stream.plots.window import Window, within_span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jupyter_stream.plots.item_ring import Item
    from jupyter_stream.plots.references import References
    from jupyter_stream.plots.spectrum import Spectrum


class Basis(NamedTuple):
    """What is derived from.

    Attributes
    ----------
    version
        The version of the plot.
    settings
        Its settings.
    items
        Its spectra with the axis of the newest, oldest first, at least one.
    shown
        How many of them are shown over one another.
    running
        What everything is together, if the plot keeps that.
    references
        What is compared with.
    """

    version: int
    settings: Mapping[str, Any]
    items: Sequence[Item[Spectrum]]
    shown: int
    running: Reduced | None
    references: References


class Derived(NamedTuple):
    """Lines and peaks that are derived from spectra."""

    traces: list[Trace]
    peaks: list[Peak]


NOTHING = Derived([], [])


class Derivation:
    """Derives once for all views of one version."""

    def __init__(self) -> None:
        self._window = Window()
        self._known = (0, NOTHING)

    def derived(self, basis: Basis) -> Derived:
        """Return what is derived from spectra.

        Parameters
        ----------
        basis
            The spectra, and what is wanted of them.
        """
        version, known = self._known
        if version != basis.version:
            known = self._derive(basis)
            self._known = (basis.version, known)
        return known

    def main(self, basis: Basis) -> Trace:
        """Return the line that matters most: the reduction if there is one, else the newest.

        Parameters
        ----------
        basis
            The spectra, and what is wanted of them.
        """
        reduction = self._reduced(basis)
        newest = basis.items[-1].value
        if reduction is None:
            return Trace("latest", newest.label or "latest", newest.x, newest.y)
        return Trace("reduction", _name(basis.settings), newest.x, reduction.values)

    def _derive(self, basis: Basis) -> Derived:
        settings, main = basis.settings, self.main(basis)
        traces = [main] if main.role == "reduction" else []
        traces += basis.references.shown(settings["hidden"])
        against = basis.references.at(settings["slot"])
        if against is not None and settings["compare"] != "none":
            traces.append(compared(settings["compare"], main, against))
        if settings["errors"] != "none":
            traces += self._limits(basis, main)
        return Derived(traces, peaks(main.x, main.y) if settings["peaks"] else [])

    def _reduced(self, basis: Basis) -> Reduced | None:
        kind = basis.settings["reduction"]
        if kind == "none" or basis.running is not None:
            return basis.running
        count, seconds = basis.settings["span_count"], basis.settings["span_seconds"]
        return reduced(kind, self._window.totals(within_span(basis.items, count, seconds)))

    def _limits(self, basis: Basis, main: Trace) -> list[Trace]:
        reduction = self._reduced(basis)
        if reduction is not None:
            deviation = reduction.deviation
        elif basis.items[-1].value.y_error is not None:
            deviation = basis.items[-1].value.y_error
        else:
            spread = reduced("mean", self._window.totals(basis.items[-basis.shown :]))
            main = Trace("reduction", "mean", main.x, spread.values)
            deviation = spread.deviation
        if deviation is None or np.isnan(deviation).all():
            return []
        return limits(main, deviation)


def _name(settings: Mapping[str, Any]) -> str:
    count, seconds = settings["span_count"], settings["span_seconds"]
    parts = [
        settings["reduction"],
        "" if count is None else f"of {count}",
        "" if seconds is None else f"over {seconds:g} s",
    ]
    return " ".join(part for part in parts if part)

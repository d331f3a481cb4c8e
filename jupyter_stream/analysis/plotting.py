"""Which plot a watch has, and how results come onto it."""

from __future__ import annotations

import time
from itertools import islice
from typing import TYPE_CHECKING, Literal

from jupyter_stream.plots.choose import choose, make_plot
from jupyter_stream.plots.plot_model import Mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jupyter_stream.analysis.result import Result
    from jupyter_stream.plots.plot_model import PlotModel

PlotKind = Literal["auto", "spectrum", "waterfall", "image", "series", "table"]

# So many results are looked at to choose a plot.
LOOKED_AT = 5


class Plotting:
    """Puts results on the plot that was asked for, or that suits the first of them.

    Parameters
    ----------
    kind
        The kind of plot; None for none.
    title
        What is watched.
    last
        How many results are shown over one another.
    """

    def __init__(self, kind: PlotKind | None, title: str, last: int) -> None:
        self.model: PlotModel | None = None
        self.choice: str | None = None
        self._title = title
        self._last = last
        self._chooses = self._is_open = kind == "auto"
        if kind is not None and not self._chooses:
            self.model = make_plot(kind, title, last=last)

    def clear(self) -> None:
        """Let go of the plot, for good."""
        self.model = None
        self._chooses = self._is_open = False

    def begin_anew(self) -> None:
        """Choose again by the next results: they come from another function."""
        self._is_open = self._chooses

    def take(self, results: Sequence[Result]) -> list[tuple[int, BaseException]]:
        """Put results on the plot; None as a value is nothing to be shown.

        Parameters
        ----------
        results
            Results in order.

        Returns
        -------
        list
            The indices of those that the plot did not take, and why.
        """
        if self._is_open:
            self._choose(results)
        model = self.model
        if model is None:
            return []
        refused: list[tuple[int, BaseException]] = []
        for index, result in enumerate(results):
            if result.value is not None:
                try:
                    model.add(result.value, _mark(result))
                except Exception as error:  # noqa: BLE001 - the user's objects may do anything
                    refused.append((index, error))
        return refused

    def _choose(self, results: Sequence[Result]) -> None:
        values = list(islice((it.value for it in results if it.value is not None), LOOKED_AT))
        if not values:
            return
        try:
            kind, reason = choose(values)
        except Exception as error:  # noqa: BLE001 - an object of the user's may do anything
            self.choice = f"no plot: {error}"
            return
        self._is_open = False
        self.choice = f"{kind}: {reason}"
        if self.model is None or self.model.kind != kind:
            self.model = make_plot(kind, self._title, last=self._last)


def _mark(result: Result) -> Mark:
    # A path is too long for a legend.
    label = result.name.rpartition("/")[2]
    moment = time.time() if result.timestamp is None else result.timestamp
    return Mark(label, result.topic, result.partition, result.offset, moment)

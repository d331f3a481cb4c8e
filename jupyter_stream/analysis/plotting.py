"""Which plot a watch has, and how results come onto it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Literal

from jupyter_stream.plots.choose import choose, make_plot
from jupyter_stream.plots.plot_model import Mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jupyter_stream.analysis.result import Item, Result
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

    def begin_anew(self) -> None:
        """Choose again by the next results: they come from another function."""
        self._is_open = self._chooses

    def take(self, results: Sequence[tuple[Item, Result]]) -> list[tuple[Item, BaseException]]:
        """Put results on the plot; None as a value is nothing to be shown.

        Parameters
        ----------
        results
            Results in order, with what they were made of.

        Returns
        -------
        list
            What the plot did not take, and why.
        """
        shown = [(item, result) for item, result in results if result.value is not None]
        if self._is_open and shown:
            self._choose([result for _, result in shown[:LOOKED_AT]])
        model = self.model
        if model is None:
            return []
        refused: list[tuple[Item, BaseException]] = []
        for item, result in shown:
            try:
                model.add(result.value, _mark(result))
            except Exception as error:  # noqa: BLE001 - an object of the user's may do anything
                refused.append((item, error))
        return refused

    def _choose(self, results: list[Result]) -> None:
        try:
            kind, reason = choose([result.value for result in results])
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

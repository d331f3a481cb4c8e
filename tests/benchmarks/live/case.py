"""What is measured: a stream, a plot, and who shows it."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Side(StrEnum):
    """Who shows the stream."""

    RELAY = "jupyter_stream, relay"
    COMM = "jupyter_stream, comm"
    BOKEH = "jupyter_bokeh"


HEIGHT = 1400


class Case(NamedTuple):
    """One measurement.

    Attributes
    ----------
    name
        In a word or two.
    plot
        The kind of plot.
    shape
        Of each array, as the producer takes it; float32.
    rate
        Records that are offered a second; 0 for as many as the broker takes.
    seconds
        How long is measured.
    plots
        How many watches of the same topic are shown.
    busy
        Whether a cell computes all the time.
    height
        Of the browser's window in pixels: what is outside of it is not painted.
    sides
        Who is measured.
    """

    name: str
    plot: str
    shape: str
    rate: float
    seconds: float = 20.0
    plots: int = 1
    busy: bool = False
    height: int = HEIGHT
    sides: tuple[Side, ...] = (Side.RELAY, Side.COMM)

    @property
    def title(self) -> str:
        """Its name, and what the producer offers."""
        return f"{self.name} ({self.shape} at {self.rate:g} Hz)"


_ALL = (Side.RELAY, Side.COMM, Side.BOKEH)

CASES = (
    Case("spectrum, idle", "spectrum", "2048", 60, sides=_ALL),
    Case("spectrum, busy cell", "spectrum", "2048", 60, busy=True, sides=_ALL),
    Case("spectrum at 10 Hz", "spectrum", "2048", 10),
    Case("image 512", "image", "512x512", 60, sides=_ALL),
    Case("image 2048", "image", "2048x2048", 10, sides=_ALL),
    Case("ten plots", "spectrum", "2048", 10, plots=10, height=3600),
)
QUICK_CASES = (Case("spectrum, idle", "spectrum", "256", 20, seconds=3.0, sides=_ALL),)
# A hundred times as often as a page paints.
OVERLOAD = Case("overload", "spectrum", "2048", 5000)
# 20 MB/s.
CLOSED_TAB = Case("closed tab", "spectrum", "2048", 2440)
LONG_CASES = (OVERLOAD, CLOSED_TAB)

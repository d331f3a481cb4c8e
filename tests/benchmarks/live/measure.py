"""One side in one case: the stream runs, the page shows it, the probe looks."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from tests.benchmarks.live import cells
from tests.benchmarks.live.case import Case, Side
from tests.benchmarks.live.cdp import ANSWER_SECONDS, PageSilent
from tests.benchmarks.live.figures import Figures, latencies, paces
from tests.benchmarks.live.kernel import NEXT_CELL, kernel_in
from tests.benchmarks.live.processes import Processes
from tests.benchmarks.live.stage import producing, stage
from tests.waiting import wait_until

if TYPE_CHECKING:
    from pathlib import Path

    from tests.benchmarks.live.browser import Browser
    from tests.benchmarks.live.figures import Paint

# So long the page runs in before it is measured.
WARM_SECONDS = 4.0
PLOT = ".jp-StreamPlot"

SETUP, SHOW, BUSY, NEXT = range(4)
_SETTLED_SECONDS = 60.0


class NothingPainted(Exception):
    """A side showed nothing; the text says how that was seen."""


def measure(case: Case, side: Side, bootstrap: str, topic: str, folder: Path) -> Figures:
    """Show a stream and look at it.

    Parameters
    ----------
    case, side
        What is measured.
    bootstrap, topic
        Where the stream goes through.
    folder
        For the server's files.

    Raises
    ------
    NothingPainted
        The page showed nothing.
    """
    try:
        return _measured(case, side, bootstrap, topic, folder)
    except PageSilent:
        raise NothingPainted(f"the page did not answer within {ANSWER_SECONDS:g} s") from None


def _measured(case: Case, side: Side, bootstrap: str, topic: str, folder: Path) -> Figures:
    busy = cells.BUSY.format(seconds=WARM_SECONDS + case.seconds + 2)
    sources = [
        f"{cells.SETUP.format(bootstrap=bootstrap)}\n{cells.PID}",
        _show(case, side, topic),
        busy,
        NEXT_CELL,
    ]
    with (
        stage(folder, sources, relay=side is not Side.COMM, height=case.height) as here,
        producing(bootstrap, topic, case.shape, case.rate),
        kernel_in(here.runtime) as kernel,
    ):
        page, server = here.browser, here.server
        pid = int(page.run_cell(SETUP))
        page.run_cell(SHOW)
        await_plots(page, "bokeh" if side is Side.BOKEH else "ours", case.plots)
        if case.busy:
            page.start_cell(BUSY)
        look(page, WARM_SECONDS)
        uses = Processes(pid), Processes(server.process.pid, pid), Processes(page.process.pid)
        begin = time.monotonic()
        paints = look(page, case.seconds)
        seconds = time.monotonic() - begin
        kernel_use, server_use, browser_use = (processes.look() for processes in uses)
        times = kernel.times(paints)
        next_cell = kernel.until_next_cell(page, NEXT)
    if not all(paints):
        raise NothingPainted(f"no picture within {case.seconds:g} s")
    return Figures(
        case,
        side,
        paces(paints, seconds),
        latencies(paints, {offset: pair[1] for offset, pair in times.items()}),
        latencies(paints, {offset: pair[0] for offset, pair in times.items()}),
        kernel_use.cpu,
        kernel_use.memory,
        server_use.memory,
        browser_use.memory,
        next_cell,
    )


def _show(case: Case, side: Side, topic: str) -> str:
    if side is Side.BOKEH:
        return cells.BOKEH.format(topic=topic, plot=case.plot)
    shown = cells.OURS.format(topic=topic, plot=case.plot)
    if case.plots == 1:
        return shown
    return cells.MANY.format(topic=topic, plot=case.plot, plots=case.plots)


def await_plots(page: Browser, reader: str, plots: int) -> None:
    """Wait until the page shows as many plots as it should, and look at them from then on.

    Parameters
    ----------
    page
        The page.
    reader
        How the probe reads what a plot shows.
    plots
        How many there should be.

    Raises
    ------
    NothingPainted
        One of them showed nothing for a long time.
    """
    selector = PLOT if reader == "ours" else None
    start = "([reader, selector]) => window.streamProbe.start(reader, selector)"
    wait_until(lambda: page.evaluate(start, [reader, selector]) == plots, "plots", _SETTLED_SECONDS)
    seen = "() => window.streamProbe.hasSeenAll()"
    try:
        wait_until(lambda: page.evaluate(seen), "the first pictures", _SETTLED_SECONDS)
    except AssertionError:
        raise NothingPainted(f"no picture within {_SETTLED_SECONDS:g} s") from None


def look(page: Browser, seconds: float) -> list[list[Paint]]:
    """Let the page paint for a while, and return offset and time of each paint of each plot.

    Parameters
    ----------
    page
        The page.
    seconds
        How long.
    """
    wait = "s => new Promise(done => setTimeout(done, 1000 * s))"
    page.evaluate(wait, seconds)
    return [
        [(offset, at) for offset, at in paints]
        for paints in page.evaluate("() => window.streamProbe.take()")
    ]

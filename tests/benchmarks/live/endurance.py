"""Long runs: more data than any browser paints, and a tab that is closed meanwhile."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

from tests.benchmarks.live import cells
from tests.benchmarks.live.figures import latencies
from tests.benchmarks.live.kernel import NEXT_CELL, Kernel, kernel_in
from tests.benchmarks.live.measure import await_plots, look
from tests.benchmarks.live.processes import Processes, Use
from tests.benchmarks.live.stage import producing, stage

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.benchmarks.live.browser import Browser
    from tests.benchmarks.live.stage import Stage

# A spectrum of 2048 points of float32, a hundred times as often as a page paints.
SHAPE, OVERLOAD_RATE = "2048", 5000.0
# 20 MB/s of such spectra.
CLOSED_RATE = 2440.0
MARKS = 5
# The kernel remembers the times of so long.
LOOK_SECONDS = 3.0
SETUP, SHOW, NEXT = range(3)
_NUMBERS = "{'results': watch.stats.results, 'records': watch.stats.records}"


class Endurance(NamedTuple):
    """How a run of minutes went; memory in bytes at marks in equal distances.

    Attributes
    ----------
    name
        What was done.
    seconds
        How long.
    records, results
        Read, and analysed, at the end.
    kernel_to_paint
        Median and 95th percentile in seconds; None without a page.
    next_cell
        Seconds until a cell began that was run at each mark; the longest.
    kernel, server, browser
        Memory at the marks.
    back
        Seconds until a page that was opened again showed the plot; None if it was not closed.
    """

    name: str
    seconds: float
    records: int
    results: int
    kernel_to_paint: tuple[float, float] | None
    next_cell: float
    kernel: tuple[int, ...]
    server: tuple[int, ...]
    browser: tuple[int, ...]
    back: float | None


def overload(bootstrap: str, topic: str, folder: Path, minutes: float, *, relay: bool) -> Endurance:
    """Offer far more than can be painted.

    Parameters
    ----------
    bootstrap, topic
        Where the stream goes through.
    folder
        For the server's files.
    minutes
        How long.
    relay
        Whether the server relays frames.
    """
    step = minutes * 60 / MARKS
    delays, uses, waits = [], [], []
    with (
        stage(folder, _cells(bootstrap, topic), relay=relay) as here,
        producing(bootstrap, topic, SHAPE, OVERLOAD_RATE),
        kernel_in(here.runtime) as kernel,
    ):
        groups = _begin(here)
        for _ in range(MARKS):
            look(here.browser, step - LOOK_SECONDS)
            paints = look(here.browser, LOOK_SECONDS)
            uses.append([processes.look() for processes in groups])
            delays.append(kernel.until_next_cell(here.browser, NEXT))
            waits.append(latencies(paints, _kernel_times(kernel)))
        numbers = kernel.ask(_NUMBERS)
    worst = max(waits, key=lambda pair: pair[1])
    name = "overload, relay" if relay else "overload, comm"
    return _endurance(name, minutes * 60, numbers, worst, max(delays), uses, None)


def closed_tab(bootstrap: str, topic: str, folder: Path, minutes: float) -> Endurance:
    """Close the tab, let the stream go on, and open it again.

    Parameters
    ----------
    bootstrap, topic
        Where the stream goes through.
    folder
        For the server's files.
    minutes
        How long the tab is closed.
    """
    step = minutes * 60 / MARKS
    uses = []
    with (
        stage(folder, _cells(bootstrap, topic), relay=True) as here,
        producing(bootstrap, topic, SHAPE, CLOSED_RATE),
        kernel_in(here.runtime) as kernel,
    ):
        groups = _begin(here)
        look(here.browser, step)
        uses.append([processes.look() for processes in groups])
        here.browser.save()
        here.browser.close_page()
        for _ in range(MARKS):
            time.sleep(step)
            uses.append([processes.look() for processes in groups])
        here.browser.new_page()
        here.browser.open(here.address.replace("reset&", ""))
        back = _until_painted(here.browser)
        numbers = kernel.ask(_NUMBERS)
        delay = kernel.until_next_cell(here.browser, NEXT)
    return _endurance("closed tab", minutes * 60, numbers, None, delay, uses, back)


def _cells(bootstrap: str, topic: str) -> list[str]:
    return [
        f"{cells.SETUP.format(bootstrap=bootstrap)}\n{cells.PID}",
        cells.OURS.format(topic=topic, plot="spectrum"),
        NEXT_CELL,
    ]


def _begin(here: Stage) -> tuple[Processes, ...]:
    kernel = int(here.browser.run_cell(SETUP))
    here.browser.run_cell(SHOW)
    await_plots(here.browser, "ours", 1)
    server = here.server.process.pid
    return Processes(kernel), Processes(server, kernel), Processes(here.browser.process.pid)


def _kernel_times(kernel: Kernel) -> dict[int, float]:
    return {offset: had for offset, (_, had) in kernel.times().items()}


def _until_painted(page: Browser) -> float:
    begin = time.monotonic()
    await_plots(page, "ours", 1)
    return time.monotonic() - begin


def _endurance(
    name: str,
    seconds: float,
    numbers: dict[str, int],
    kernel_to_paint: tuple[float, float] | None,
    next_cell: float,
    uses: Sequence[Sequence[Use]],
    back: float | None,
) -> Endurance:
    kernel, server, browser = (
        tuple(use.memory for use in group) for group in zip(*uses, strict=True)
    )
    return Endurance(
        name,
        seconds,
        numbers["records"],
        numbers["results"],
        kernel_to_paint,
        next_cell,
        kernel,
        server,
        browser,
        back,
    )

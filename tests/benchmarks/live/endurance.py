"""Long runs: more data than any browser paints, and a tab that is closed meanwhile."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

from tests.benchmarks.live import cells
from tests.benchmarks.live.case import Side
from tests.benchmarks.live.figures import latencies
from tests.benchmarks.live.kernel import NEXT_CELL, Kernel, kernel_in
from tests.benchmarks.live.measure import WARM_SECONDS, await_plots, look
from tests.benchmarks.live.processes import Processes, Use
from tests.benchmarks.live.stage import producing, stage

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.benchmarks.live.browser import Browser
    from tests.benchmarks.live.case import Case
    from tests.benchmarks.live.stage import Stage

# In equal distances.
MARKS = 5
# The kernel remembers the times of so long.
LOOK_SECONDS = 3.0
# What was read before the end is analysed within this time.
ANALYSED_SECONDS = 60.0
SETUP, SHOW, NEXT = range(3)
_NUMBERS = "{name: getattr(watch.stats, name) for name in ('records', 'results', 'lag', 'lost')}"
_NOT_SHOWN = "() => document.querySelector('.jp-StreamPlot-missed').textContent"

Courses = tuple[tuple[int, ...], ...]


class Endurance(NamedTuple):
    """How a run of minutes went.

    Attributes
    ----------
    case, side
        What was done, and who showed it.
    records, results
        Written and not lost, and analysed, when all was read.
    not_shown
        How many of them the page says that it did not show; None if it does not say so.
    kernel_to_paint
        Median and 95th percentile in seconds; None without a page.
    next_cell
        Seconds until a cell began that was run at each mark; the longest.
    memory
        Bytes at the marks: of the kernel, of the server, and of the browser.
    back
        Seconds until a page that was opened again showed the plot; None if it was not closed.
    """

    case: Case
    side: Side
    records: int
    results: int
    not_shown: str | None
    kernel_to_paint: tuple[float, float] | None
    next_cell: float
    memory: Courses
    back: float | None


def overload(case: Case, side: Side, bootstrap: str, topic: str, folder: Path) -> Endurance:
    """Offer far more than can be painted.

    Parameters
    ----------
    case, side
        What is measured.
    bootstrap, topic
        Where the stream goes through.
    folder
        For the server's files.
    """
    step = case.seconds / MARKS
    delays, uses, waits = [], [], []
    with (
        stage(folder, _cells(case, bootstrap, topic), relay=side is Side.RELAY) as here,
        kernel_in(here.runtime) as kernel,
    ):
        with producing(bootstrap, topic, case.shape, case.rate):
            groups = _begin(here)
            for _ in range(MARKS):
                time.sleep(max(0.0, step - LOOK_SECONDS))
                look(here.browser, 0)
                paints = look(here.browser, LOOK_SECONDS)
                uses.append([processes.look() for processes in groups])
                times = kernel.times(paints)
                waits.append(latencies(paints, {offset: had for offset, (_, had) in times.items()}))
                delays.append(kernel.until_next_cell(here.browser, NEXT))
        numbers = _numbers_at_the_end(kernel)
        not_shown = here.browser.evaluate(_NOT_SHOWN)
    return Endurance(
        case,
        side,
        numbers["records"] + numbers["lost"],
        numbers["results"],
        not_shown,
        kernel_to_paint=max(waits, key=lambda pair: pair[1]),
        next_cell=max(delays),
        memory=_courses(uses),
        back=None,
    )


def closed_tab(case: Case, side: Side, bootstrap: str, topic: str, folder: Path) -> Endurance:
    """Close the tab, let the stream go on, and open it again.

    Parameters
    ----------
    case, side
        What is measured.
    bootstrap, topic
        Where the stream goes through.
    folder
        For the server's files.
    """
    step = case.seconds / MARKS
    uses = []
    with (
        stage(folder, _cells(case, bootstrap, topic), relay=side is Side.RELAY) as here,
        kernel_in(here.runtime) as kernel,
    ):
        with producing(bootstrap, topic, case.shape, case.rate):
            groups = _begin(here)
            look(here.browser, WARM_SECONDS)
            uses.append([processes.look() for processes in groups])
            here.browser.save()
            here.browser.close_page()
            for _ in range(MARKS):
                time.sleep(step)
                uses.append([processes.look() for processes in groups])
            here.browser.new_page()
            here.browser.open(here.address.replace("reset&", ""))
            back = _until_painted(here.browser)
            delay = kernel.until_next_cell(here.browser, NEXT)
        numbers = _numbers_at_the_end(kernel)
    return Endurance(
        case,
        side,
        numbers["records"] + numbers["lost"],
        numbers["results"],
        not_shown=None,
        kernel_to_paint=None,
        next_cell=delay,
        memory=_courses(uses),
        back=back,
    )


def _cells(case: Case, bootstrap: str, topic: str) -> list[str]:
    return [
        f"{cells.SETUP.format(bootstrap=bootstrap)}\n{cells.PID}",
        cells.OURS.format(topic=topic, plot=case.plot),
        NEXT_CELL,
    ]


def _begin(here: Stage) -> tuple[Processes, ...]:
    kernel = int(here.browser.run_cell(SETUP))
    here.browser.run_cell(SHOW)
    await_plots(here.browser, "ours", 1)
    server = here.server.process.pid
    return Processes(kernel), Processes(server, kernel), Processes(here.browser.process.pid)


def _numbers_at_the_end(kernel: Kernel) -> dict[str, int]:
    """Return the numbers of the watch when it has read all, and is through with it."""
    deadline = time.monotonic() + ANALYSED_SECONDS
    numbers: dict[str, int] = kernel.ask(_NUMBERS)
    while numbers["lag"] or numbers["results"] < numbers["records"]:
        if time.monotonic() > deadline:
            break
        time.sleep(1)
        numbers = kernel.ask(_NUMBERS)
    return numbers


def _until_painted(page: Browser) -> float:
    begin = time.monotonic()
    await_plots(page, "ours", 1)
    return time.monotonic() - begin


def _courses(uses: Sequence[Sequence[Use]]) -> Courses:
    return tuple(tuple(use.memory for use in group) for group in zip(*uses, strict=True))

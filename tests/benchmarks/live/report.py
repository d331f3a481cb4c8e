"""The figures as Markdown."""

from __future__ import annotations

import math
import os
from importlib.metadata import version
from typing import TYPE_CHECKING

import psutil

from tests.benchmarks.document import table
from tests.benchmarks.live.kernel import NEXT_CELL_SECONDS
from tests.benchmarks.transfer.machine import processor

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tests.benchmarks.live.endurance import Endurance
    from tests.benchmarks.live.figures import Figures

PACKAGES = ("jupyterlab", "ipykernel", "bokeh", "jupyter_bokeh", "confluent-kafka")
HEAD = (
    "case",
    "side",
    "painted Hz",
    "kernel to paint, p50 / p95 ms",
    "record to paint, p50 / p95 ms",
    "kernel CPU",
    "kernel MB",
    "server MB",
    "browser MB",
    "next cell ms",
)
ENDURANCE_HEAD = (
    "run",
    "minutes",
    "records",
    "analysed",
    "kernel to paint, p50 / p95 ms",
    "next cell, longest ms",
    "kernel MB",
    "server MB",
    "browser MB",
    "shown again after s",
)
MEGABYTE = 10**6


def machine_facts() -> str:
    """Write where it was measured, and what."""
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    memory = psutil.virtual_memory().total / 2**30
    machine = (
        f"- Machine: {processor()}, {os.cpu_count()} cores, {memory:.0f} GiB; the broker, the "
        "producer, the server, the kernel and a browser that paints without a graphics card share "
        "it"
    )
    return f"{machine}\n- {versions}"


def report(all_figures: Iterable[Figures]) -> str:
    """Write what was measured.

    Parameters
    ----------
    all_figures
        Each side in each case.
    """
    return table(HEAD, [_row(one) for one in all_figures])


def endurance_report(runs: Iterable[Endurance]) -> str:
    """Write how runs of minutes went.

    Parameters
    ----------
    runs
        The runs.
    """
    return table(ENDURANCE_HEAD, [_endurance_row(run) for run in runs])


def _row(one: Figures) -> tuple[str, ...]:
    offered = f"{one.case.name} ({one.case.shape} at {one.case.rate:g} Hz)"
    return (
        offered,
        str(one.side),
        f"{one.painted:.1f}",
        _milliseconds(one.kernel_to_paint),
        _milliseconds(one.record_to_paint),
        f"{one.kernel_cpu:.0%}",
        f"{one.kernel_memory / MEGABYTE:.0f}",
        f"{one.server_memory / MEGABYTE:.0f}",
        f"{one.browser_memory / MEGABYTE:.0f}",
        _next_cell(one.next_cell),
    )


def _endurance_row(run: Endurance) -> tuple[str, ...]:
    return (
        run.name,
        f"{run.seconds / 60:g}",
        str(run.records),
        str(run.results),
        "" if run.kernel_to_paint is None else _milliseconds(run.kernel_to_paint),
        _next_cell(run.next_cell),
        *(_course(memory) for memory in (run.kernel, run.server, run.browser)),
        "" if run.back is None else f"{run.back:.1f}",
    )


def _next_cell(seconds: float) -> str:
    if math.isinf(seconds):
        return f"over {NEXT_CELL_SECONDS * 1000:.0f}"
    return f"{seconds * 1000:.0f}"


def _course(memory: Sequence[int]) -> str:
    return " → ".join(f"{size / MEGABYTE:.0f}" for size in memory)


def _milliseconds(pair: tuple[float, float]) -> str:
    return " / ".join(f"{seconds * 1000:.0f}" for seconds in pair)

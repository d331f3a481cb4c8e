"""The figures as Markdown."""

from __future__ import annotations

import math
import os
from importlib.metadata import version
from typing import TYPE_CHECKING

import psutil

from tests.benchmarks.document import rows_in, table
from tests.benchmarks.live.case import CASES, LONG_CASES, QUICK_CASES
from tests.benchmarks.live.kernel import NEXT_CELL_SECONDS
from tests.benchmarks.transfer.machine import processor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.benchmarks.live.case import Case, Side
    from tests.benchmarks.live.endurance import Endurance
    from tests.benchmarks.live.figures import Figures

PACKAGES = ("jupyterlab", "ipykernel", "bokeh", "jupyter_bokeh", "confluent-kafka")
# Rows begin with a case and a side.
KEYS = 2
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
    "case",
    "side",
    "minutes",
    "records",
    "analysed",
    "the page says",
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


def report(rows: Sequence[Sequence[str]], long_rows: Sequence[Sequence[str]], former: str) -> str:
    """Write all rows, and those of a former report that were not measured anew.

    Parameters
    ----------
    rows, long_rows
        What was measured now.
    former
        The former report; one of another machine, or of other versions, counts for nothing.
    """
    facts = machine_facts()
    known = former if former.startswith(facts) else ""
    tables = (
        _table(HEAD, rows, known, (*QUICK_CASES, *CASES)),
        _table(ENDURANCE_HEAD, long_rows, known, LONG_CASES),
    )
    return "\n\n".join(filter(None, (facts, *tables)))


def _table(
    head: Sequence[str], new: Sequence[Sequence[str]], known: str, cases: Sequence[Case]
) -> str:
    """Write new rows, and the known ones of what was not measured now, in the order of cases."""
    rows = {tuple(row[:KEYS]): row for row in (*rows_in(known, head), *new)}
    order = [(case.title, str(side)) for case in cases for side in case.sides]
    chosen = [rows[key] for key in order if key in rows]
    return table(head, chosen) if chosen else ""


def row(one: Figures) -> tuple[str, ...]:
    """Write what was measured.

    Parameters
    ----------
    one
        One side in one case.
    """
    return (
        one.case.title,
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


def row_of_nothing(case: Case, side: Side, reason: str) -> tuple[str, ...]:
    """Write that a side showed nothing.

    Parameters
    ----------
    case, side
        What was measured.
    reason
        How that was seen.
    """
    return (case.title, str(side), f"0 ({reason})", *[""] * (len(HEAD) - KEYS - 1))


def endurance_row(run: Endurance) -> tuple[str, ...]:
    """Write how a run of minutes went.

    Parameters
    ----------
    run
        The run.
    """
    return (
        run.case.title,
        str(run.side),
        f"{run.case.seconds / 60:g}",
        str(run.records),
        str(run.results),
        run.not_shown or "",
        "" if run.kernel_to_paint is None else _milliseconds(run.kernel_to_paint),
        _next_cell(run.next_cell),
        *map(_course, run.memory),
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

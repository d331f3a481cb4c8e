"""The findings as Markdown."""

from __future__ import annotations

import os
from importlib.metadata import version
from typing import TYPE_CHECKING

import psutil

from tests.benchmarks.document import table
from tests.benchmarks.transfer.machine import processor

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.benchmarks.sidebar.finding import Finding

PACKAGES = ("jupyterlab", "confluent-kafka")
HEAD = ("what", "wanted", "measured", "met")


def facts(topics: int, partitions: int) -> str:
    """Write where it was measured, and on what.

    Parameters
    ----------
    topics, partitions
        How many topics there are, and how many partitions each has.
    """
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    memory = psutil.virtual_memory().total / 2**30
    return (
        f"- Machine: {processor()}, {os.cpu_count()} cores, {memory:.0f} GiB; both brokers, the "
        "writer, the server and a browser that paints without a graphics card share it\n"
        f"- Cluster: {topics} topics with {topics * partitions} partitions\n- {versions}"
    )


def findings_table(findings: Iterable[Finding]) -> str:
    """Write what was found.

    Parameters
    ----------
    findings
        Line by line.
    """
    return table(HEAD, [(*one[:3], "yes" if one.is_met else "no") for one in findings])

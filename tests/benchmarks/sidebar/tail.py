"""A live tail for minutes: what it takes, and whether all records came."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests.benchmarks.live.processes import Processes
from tests.benchmarks.sidebar.finding import Finding
from tests.benchmarks.sidebar.records_tab import (
    FIRST_ROW,
    RECORDS,
    close_topic,
    is_first,
    open_topic,
)
from tests.benchmarks.sidebar.topics import TAILED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import jupyter_stream as js
    from tests.benchmarks.sidebar.page import Page

RATE = 1000
MARKS = 5
# Memory may move by so much between the first mark and the last.
FLAT = 1.1
# So long after the last record was written it has to be shown.
LATE_SECONDS = 1.0
MEGABYTE = 10**6
ROOT = Path(__file__).parents[3]
LIVE = f"{RECORDS} .jp-StreamRecords-live"
IS_EMPTY = f"() => document.querySelector('{RECORDS} .jp-StreamEmpty') !== null"
IS_RUNNING = f"() => document.querySelector('{LIVE}').dataset.state === 'running'"
# The serial of a row counts the records that came since the tail began.
COUNT = f"() => Number({FIRST_ROW}.dataset.serial) + 1"


class Memory(NamedTuple):
    """Bytes at a mark: of the server, of the browser, and of the page's objects alone."""

    server: int
    browser: int
    objects: int


def tail(page: Page, cluster: js.Cluster, minutes: float) -> Iterator[Finding]:
    """Follow a topic that grows.

    Parameters
    ----------
    page
        JupyterLab.
    cluster
        With the empty topic.
    minutes
        How long.
    """
    open_topic(page, TAILED, IS_EMPTY)
    page.until(lambda: page.click(LIVE), IS_RUNNING)
    count = round(RATE * 60 * minutes)
    page.expect("last", is_first(0, count - 1))
    with _writing(cluster, count) as writer:
        memory = list(_marks(page, minutes))
        assert writer.wait() == 0, "not all records were written"
    written = page.evaluate("() => performance.now()") / 1000
    late = max(0.0, page.shown("last") - written)
    shown = page.evaluate(COUNT)
    close_topic(page)
    what = f"a tail of {RATE} records/s for {minutes:g} minutes: "
    yield Finding(
        f"{what}records shown",
        f"{count}, at most {LATE_SECONDS:g} s late",
        f"{shown}, {late:.2f} s late",
        shown == count and late <= LATE_SECONDS,
    )
    for name, course in zip(Memory._fields, zip(*memory, strict=True), strict=True):
        yield _flat(f"{what}memory of the {_OWNERS[name]}", course)


_OWNERS = {"server": "server", "browser": "browser", "objects": "page's objects"}


def _writing(cluster: js.Cluster, count: int) -> subprocess.Popen[bytes]:
    command = ["-m", "tests.benchmarks.sidebar.writer", cluster.bootstrap, TAILED]
    return subprocess.Popen([sys.executable, *command, str(RATE), str(count)], cwd=ROOT)


def _marks(page: Page, minutes: float) -> Iterator[Memory]:
    """Look at the memory in equal distances."""
    server = Processes(page.server.process.pid)
    chromium = Processes(page.browser.process.pid)
    begin = time.monotonic()
    for mark in range(1, MARKS + 1):
        time.sleep(max(0.0, begin + mark * minutes * 60 / MARKS - time.monotonic()))
        taken = server.look().memory, chromium.look().memory
        yield Memory(*taken, _objects(page))


def _objects(page: Page) -> int:
    page.browser.call("HeapProfiler.collectGarbage")
    return int(page.browser.call("Runtime.getHeapUsage")["usedSize"])


def _flat(what: str, course: Sequence[int]) -> Finding:
    sizes = " → ".join(f"{size / MEGABYTE:.0f}" for size in course)
    return Finding(
        f"{what}, at {MARKS} marks",
        f"+{FLAT - 1:.0%} at most",
        f"{sizes} MB",
        course[-1] <= FLAT * course[0],
    )

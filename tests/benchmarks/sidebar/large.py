"""A large record: does the page, or the server, freeze while it is fetched and shown?"""

from __future__ import annotations

import time
from contextlib import contextmanager
from functools import partial
from http.client import HTTPConnection
from threading import Event, Thread
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tests.benchmarks.sidebar.finding import Finding
from tests.benchmarks.sidebar.records_tab import RECORDS, close_topic, is_first, open_topic
from tests.benchmarks.sidebar.topics import LARGE_BYTES, make_large

if TYPE_CHECKING:
    from collections.abc import Iterator

    import jupyter_stream as js
    from tests.benchmarks.sidebar.page import Page

# What guides for pages call a good answer to a key or a click.
FROZEN_SECONDS = 0.2
PAUSE_SECONDS = 0.02
ROW = f"{RECORDS} [role=row][data-serial] [data-column=offset]"
PART = f"{RECORDS} [role=tabpanel]"
IS_WHOLE = f"""() => {{
    const part = document.querySelector('{PART}');
    return part !== null && part.querySelector('.jp-StreamBusy') === null
        && part.textContent.trim() !== '';
}}"""


def large(page: Page, cluster: js.Cluster) -> Iterator[Finding]:
    """Open large records.

    Parameters
    ----------
    page
        JupyterLab.
    cluster
        Where they are written to.
    """
    for topic in make_large(cluster):
        answers: list[float] = []
        with _asking(page, answers):
            frames = page.frames_during(partial(_looked_at, page, topic))
        close_topic(page)
        size = f"{LARGE_BYTES // 10**6} MB"
        yield Finding(
            f"a record of {size} ({topic.removeprefix('large-')}) is listed and opened",
            f"{FROZEN_SECONDS:g} s without a frame, or an answer, at most",
            f"{frames.longest:.2f} s without a frame, {max(answers):.2f} s without an answer; "
            f"{frames.seconds:.1f} s in all",
            max(frames.longest, *answers) <= FROZEN_SECONDS,
        )


def _looked_at(page: Page, topic: str) -> None:
    open_topic(page, topic, is_first(0, 0))
    page.until(lambda: page.click(ROW), IS_WHOLE)


@contextmanager
def _asking(page: Page, answers: list[float]) -> Iterator[None]:
    """Ask the server for something small all the time, and note how long it takes."""
    connection = HTTPConnection(urlsplit(page.server.address("")).netloc)
    is_over = Event()

    def ask() -> None:
        while not is_over.wait(PAUSE_SECONDS):
            begin = time.monotonic()
            connection.request("GET", "/api")
            connection.getresponse().read()
            answers.append(time.monotonic() - begin)

    thread = Thread(target=ask)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()
        connection.close()

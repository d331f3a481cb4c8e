"""JupyterLab with a notebook of given cells, a browser that shows it, and a stream."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from confluent_kafka.admin import AdminClient, NewTopic  # type: ignore[attr-defined]

from tests.benchmarks.live.browser import Browser, browser
from tests.benchmarks.live.case import HEIGHT
from tests.e2e.lab import ARTIFACTS, lab_server
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.e2e.lab import LabServer

NOTEBOOK = "measured.ipynb"
NO_RELAY = {"ServerApp": {"jpserver_extensions": {"jupyter_stream.server": False}}}
PRODUCER = "tests.benchmarks.live.producer"
TOPIC = {
    "max.message.bytes": str(64 * 2**20),
    "retention.bytes": str(2**30),
    "segment.bytes": str(256 * 2**20),
}
ROOT = Path(__file__).parents[3]


class Stage(NamedTuple):
    """All that is needed for one measurement.

    Attributes
    ----------
    browser
        Shows the notebook.
    server
        The Jupyter server.
    address
        Where the notebook is.
    runtime
        Where the server keeps the connection files of kernels.
    """

    browser: Browser
    server: LabServer
    address: str
    runtime: Path


@contextmanager
def stage(
    folder: Path, cells: Sequence[str], *, relay: bool, height: int = HEIGHT
) -> Iterator[Stage]:
    """Open a notebook in a fresh server and a fresh browser.

    Parameters
    ----------
    folder
        Where all of it goes; empty, or not there.
    cells
        The code cells of the notebook.
    relay
        Whether the server relays frames.
    height
        Of the browser's window, in pixels.
    """
    ARTIFACTS.mkdir(exist_ok=True)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / NOTEBOOK).write_text(json.dumps(_notebook(cells)))
    environment = {
        f"JUPYTER_{kind}_DIR": str(folder / kind.lower()) for kind in ("DATA", "CONFIG", "RUNTIME")
    }
    if not relay:
        config = folder / "config" / "jupyter_server_config.json"
        config.parent.mkdir()
        config.write_text(json.dumps(NO_RELAY))
    with lab_server(folder, environment) as server, browser(height) as page:
        address = server.address(NOTEBOOK)
        page.open(address)
        yield Stage(page, server, address, folder / "runtime")


def make_topic(bootstrap: str, topic: str) -> None:
    """Make a topic that takes large records, and soon forgets them.

    Parameters
    ----------
    bootstrap, topic
        Where, and its name.
    """
    admin = AdminClient({"bootstrap.servers": bootstrap})
    new = NewTopic(topic, 1, 1, config=TOPIC)
    admin.create_topics([new])[topic].result()
    wait_until(lambda: topic in admin.list_topics().topics, "the topic")


@contextmanager
def producing(bootstrap: str, topic: str, shape: str, rate: float) -> Iterator[None]:
    """Write to a topic as long as the block lasts."""
    command = [sys.executable, "-m", PRODUCER, bootstrap, topic, shape, str(rate)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT)
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n", "the producer did not start"
        yield
    finally:
        process.terminate()
        process.wait()


def _notebook(cells: Sequence[str]) -> dict[str, object]:
    return {
        "cells": [
            {
                "cell_type": "code",
                "id": f"cell-{index}",
                "source": source,
                "metadata": {},
                "outputs": [],
                "execution_count": None,
            }
            for index, source in enumerate(cells)
        ],
        "metadata": {
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }

"""Which way frames take: the relay where the server has it, the comm elsewhere."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
import pytest

import jupyter_stream as js
from jupyter_stream.formats.frame import unpack_frame
from tests.e2e.lab import Notebook
from tests.spectra import upload_spectra
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page, WebSocket

    from jupyter_stream.kafka.local_broker import RunningBroker
    from jupyter_stream.testing.kafka import MakeTopic
    from tests.e2e.lab import LabServer

ROUTE = "/jupyter-stream/api/relay"
CELLS = """
%load_ext jupyter_stream
%stream_connect {address}
---
%stream_watch {topic} --plot spectrum --to w
---
import time
for _ in range(10):
    time.sleep(0.3)
"""
CLOSE_RELAY = """
from jupyter_stream.notebook.frame_server import _relay
server = _relay()._server
for view in list(server.guests):
    server.disconnect(view)
"""


class RelayLog:
    """The relays that a page has opened, and what came over them."""

    def __init__(self, page: Page) -> None:
        self.opened: list[WebSocket] = []
        self.headers: list[dict[str, Any]] = []
        self.sent: list[dict[str, Any]] = []
        self._page = page
        page.on("websocket", self._opened)

    def wait_for_transport(self, serial: int) -> None:
        """Wait until a spectrum has come over a relay."""
        self.wait(lambda: serial in self._serials(), f"spectrum {serial} over a relay")

    def wait(self, condition: Callable[[], bool], what: str) -> None:
        """Wait for what the page's events bring: Playwright tells of them only while it waits."""

        def looked() -> bool:
            self._page.wait_for_timeout(20)
            return condition()

        wait_until(looked, what)

    def says(self, kind: str) -> bool:
        """Say whether the page has sent a message of a kind."""
        return any(message.get("type") == kind for message in self.sent)

    def _serials(self) -> list[int]:
        return [
            spectrum["serial"]
            for header in self.headers
            for spectrum in (header["plot"] or {"spectra": []})["spectra"]
        ]

    def _opened(self, socket: WebSocket) -> None:
        if ROUTE in socket.url:
            self.opened.append(socket)
            socket.on("framereceived", self._received)
            socket.on("framesent", lambda text: self.sent.append(json.loads(text)))

    def _received(self, data: str | bytes) -> None:
        if isinstance(data, bytes):
            self.headers.append(unpack_frame(data)[0])


@pytest.fixture
def topic(kafka_broker: RunningBroker, kafka_topic: MakeTopic, tmp_path: Path) -> str:
    """A topic with three spectra."""
    name = kafka_topic(1)
    upload_spectra(js.connect(kafka_broker.bootstrap), name, tmp_path / "spectra", 3)
    return name


@pytest.fixture
def watching(folder: Path, kafka_broker: RunningBroker, topic: str) -> str:
    """A notebook that watches the topic."""
    cells = CELLS.format(address=kafka_broker.bootstrap, topic=topic).split("---")
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(text.strip()) for text in cells],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    )
    nbformat.write(notebook, folder / "watching.ipynb")
    return "watching.ipynb"


@pytest.fixture
def no_extension(environment: dict[str, str]) -> None:
    """A Jupyter server that does not load the extension."""
    config = {"ServerApp": {"jpserver_extensions": {"jupyter_stream.server": False}}}
    folder = Path(environment["JUPYTER_CONFIG_DIR"])
    (folder / "jupyter_server_config.json").write_text(json.dumps(config))


@pytest.fixture
def other_page(browser: Browser) -> Iterator[Notebook]:
    """A page in which the browser may log that there is no relay."""
    context = browser.new_context()
    yield Notebook(context.new_page())
    context.close()


def start_watching(notebook: Notebook, address: str) -> None:
    """Open the notebook, and start the watch."""
    notebook.open(address)
    for cell in (0, 1):
        notebook.run_cell(cell)


def drawn(notebook: Notebook) -> str:
    """Return what the page says it has drawn."""
    return notebook.cell(1).locator(".jp-StreamPlot").get_attribute("aria-label") or ""


def test_frames_take_the_relay_by_themselves(
    lab: LabServer,
    notebook: Notebook,
    watching: str,
    topic: str,
    kafka_broker: RunningBroker,
    tmp_path: Path,
) -> None:
    log = RelayLog(notebook.page)
    start_watching(notebook, lab.address(watching))
    log.wait_for_transport(3)
    assert {header["transport"] for header in log.headers} == {"relay"}
    assert log.headers[0]["reset"] is True
    introduction = log.sent[0]
    assert introduction.keys() == {"kernel", "ticket"}
    assert introduction["ticket"] not in log.opened[0].url
    log.wait(lambda: log.says("ack"), "an acknowledgement")

    cluster = js.connect(kafka_broker.bootstrap)
    notebook.start_cell(2)
    upload_spectra(cluster, topic, tmp_path / "more", 1, first=3)
    log.wait_for_transport(4)

    notebook.run_in_kernel(CLOSE_RELAY)
    log.wait(lambda: sum("ticket" in message for message in log.sent) == 2, "another relay")
    first, second = (message["ticket"] for message in log.sent if "ticket" in message)
    assert first != second
    upload_spectra(cluster, topic, tmp_path / "more", 1, first=4)
    log.wait_for_transport(5)

    log.headers.clear()
    notebook.page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")
    notebook.page.reload()
    notebook.wait_for_kernel()
    log.wait_for_transport(5)
    assert len(log.opened) == 3


@pytest.mark.usefixtures("no_extension")
def test_without_the_extension_frames_take_the_comm(
    lab: LabServer,
    other_page: Notebook,
    watching: str,
    topic: str,
    kafka_broker: RunningBroker,
    tmp_path: Path,
) -> None:
    notebook = other_page
    log = RelayLog(notebook.page)
    start_watching(notebook, lab.address(watching))
    log.wait(lambda: "3 spectra" in drawn(notebook), "the spectra of the topic")
    cluster = js.connect(kafka_broker.bootstrap)
    upload_spectra(cluster, topic, tmp_path / "more", 1, first=3)
    log.wait(lambda: "4 spectra" in drawn(notebook), "a new spectrum")
    assert len(log.opened) == 1, "one attempt tells that there is no relay"
    assert log.headers == []

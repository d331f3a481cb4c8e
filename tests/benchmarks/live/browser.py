"""A Chromium of its own, with one page of JupyterLab that is driven and looked into."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.benchmarks.live.case import HEIGHT
from tests.benchmarks.live.cdp import Cdp, PageError
from tests.e2e.lab import FLAGS, chromium
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

PROBE = Path(__file__).with_name("probe.js").read_text()
IDLE = """() => window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel
    ?.status === 'idle'"""
START_CELL = """index => {
    const { commands, shell } = window.jupyterapp;
    const cells = shell.currentWidget.content;
    cells.deselectAll();
    cells.activeCellIndex = index;
    window.cellDone = commands.execute('notebook:run-cell');
    return true;
}"""
CELL_TEXT = """index => {
    const cell = window.jupyterapp.shell.currentWidget.content.widgets[index];
    return cell.model.outputs.toJSON().map(it =>
        [it.text, it.ename, it.evalue].flat().filter(part => part).join(' ')).join(' ');
}"""
WIDTH = 1400
STOP_SECONDS = 20
DEADLINE_SECONDS = 120.0


class Browser:
    """One page; what it shows is real, though nobody looks.

    Parameters
    ----------
    port
        Where the browser is driven.
    process
        The browser.
    """

    def __init__(self, port: int, process: subprocess.Popen[bytes]) -> None:
        self.process = process
        self._port = port
        self._target: dict[str, Any] = {}
        self._cdp: Cdp | None = None
        self.new_page()

    def new_page(self) -> None:
        """Open a page, and look into that from now on."""
        self._target = json.loads(self._ask("new?about:blank"))
        self._cdp = Cdp(self._target["webSocketDebuggerUrl"])
        self.call("Page.enable")
        # Without it an unfocused page is given few animation frames.
        self.call("Emulation.setFocusEmulationEnabled", enabled=True)

    def close_page(self) -> None:
        """Close the page, as a user closes a tab."""
        self._ask(f"close/{self._target['id']}")

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Call a method of Chromium's protocol."""
        assert self._cdp is not None
        return self._cdp.send(method, **parameters)

    def evaluate(self, function: str, argument: Any = None) -> Any:
        """Call a JavaScript function in the page."""
        assert self._cdp is not None
        return self._cdp.evaluate(function, argument)

    def open(self, address: str) -> None:
        """Open a notebook, wait until its kernel is idle, and put the probe in."""
        self.call("Page.navigate", url=address)
        wait_until(lambda: self._holds(IDLE), "an idle kernel", DEADLINE_SECONDS)
        self.evaluate(PROBE)

    def start_cell(self, index: int) -> None:
        """Run a cell, and go on at once."""
        self.evaluate(START_CELL, index)

    def run_cell(self, index: int) -> str:
        """Run a cell, wait until it is done, and return the text that it gave."""
        self.start_cell(index)
        self.evaluate("() => window.cellDone")
        return str(self.evaluate(CELL_TEXT, index))

    def save(self) -> None:
        """Save the notebook."""
        self.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")

    def _holds(self, condition: str) -> bool:
        try:
            return bool(self.evaluate(condition))
        except PageError:
            return False

    def _ask(self, what: str) -> bytes:
        connection = HTTPConnection("127.0.0.1", self._port)
        connection.request("PUT", f"/json/{what}")
        answer = connection.getresponse().read()
        connection.close()
        return answer


@contextmanager
def browser(height: int = HEIGHT) -> Iterator[Browser]:
    """Run Chromium, and end it.

    Parameters
    ----------
    height
        Of its window, in pixels.
    """
    folder = Path(tempfile.mkdtemp(prefix="chromium-"))
    command = [chromium(), "--headless", *FLAGS, "--remote-debugging-port=0"]
    process = subprocess.Popen(
        [*command, f"--user-data-dir={folder}", f"--window-size={WIDTH},{height}", "about:blank"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    told = folder / "DevToolsActivePort"
    try:
        wait_until(lambda: told.exists() and "\n" in told.read_text(), "Chromium")
        yield Browser(int(told.read_text().split()[0]), process)
    finally:
        process.terminate()
        process.wait(STOP_SECONDS)
        shutil.rmtree(folder, ignore_errors=True)

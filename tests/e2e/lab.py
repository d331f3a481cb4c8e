"""A real Jupyter server, and a notebook opened in a real Chromium."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from playwright.sync_api import expect

from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playwright.sync_api import Locator, Page

ROOT = Path(__file__).parents[2]
ARTIFACTS = ROOT / "artifacts"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DEADLINE_MS = 60_000
STOP_SECONDS = 30

RUN_IN_KERNEL = """async code => {
    const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
    const future = kernel.requestExecute({ code, store_history: false });
    let text = '';
    future.onIOPub = message => { text += message.content.text ?? ''; };
    const reply = await future.done;
    return { status: reply.content.status, text };
}"""


def chromium() -> str:
    """Return the system's Chromium; the tests fail loudly without one."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "Chromium is missing: `make test` installs it where it may"
    return path


class LabServer:
    """A running server of JupyterLab, or of Notebook 7."""

    def __init__(
        self, process: subprocess.Popen[bytes], application: Application, url: str, token: str
    ) -> None:
        self.process = process
        self._application = application
        self._url = url
        self._token = token

    def address(self, notebook: str) -> str:
        """Return the address of a notebook, with a workspace of its own."""
        place = self._application.place
        return f"{self._url}{place}/{notebook}?reset&token={self._token}"


class Application(NamedTuple):
    """What shows notebooks: its module, its name in settings, and where notebooks are."""

    module: str
    name: str
    place: str


LAB = Application("jupyterlab", "LabApp", "lab/tree")
NOTEBOOK_7 = Application("notebook", "JupyterNotebookApp", "notebooks")


@contextmanager
def lab_server(
    folder: Path, environment: Mapping[str, str], application: Application = LAB
) -> Iterator[LabServer]:
    """Run a server in a folder, and end it in good order."""
    command = [sys.executable, "-m", application.module, "--no-browser", "--port=0", "--allow-root"]
    with (ARTIFACTS / f"{folder.name}-lab.log").open("wb") as log:
        process = subprocess.Popen(
            [*command, f"--{application.name}.expose_app_in_browser=True"],
            cwd=folder,
            env={**os.environ, **environment},
            stdout=log,
            stderr=log,
        )
        runtime = Path(environment["JUPYTER_RUNTIME_DIR"]) / f"jpserver-{process.pid}.json"
        wait_until(lambda: runtime.exists() or process.poll() is not None, "the server")
        assert process.poll() is None, f"{application.module} did not start; see artifacts/"
        wait_until(lambda: runtime.read_text().endswith("}"), "the server's address")
        server = json.loads(runtime.read_text())
        try:
            yield LabServer(process, application, server["url"], server["token"])
        finally:
            process.terminate()
            process.wait(STOP_SECONDS)


class Notebook:
    """A notebook in the browser."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def open(self, address: str) -> None:
        """Open a notebook, and wait until its kernel is idle."""
        self.page.goto(address)
        self.wait_for_kernel()

    def wait_for_kernel(self) -> None:
        """Wait until the notebook's kernel is idle."""
        self.page.wait_for_function(
            "() => window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel"
            "?.status === 'idle'",
            timeout=DEADLINE_MS,
        )

    def run_cell(self, index: int) -> None:
        """Run a cell, and wait until it is done."""
        self.page.evaluate(
            """async index => {
                const { commands, shell } = window.jupyterapp;
                const cells = shell.currentWidget.content;
                cells.deselectAll();
                cells.activeCellIndex = index;
                await commands.execute('notebook:run-cell');
            }""",
            index,
        )

    def start_cell(self, index: int) -> None:
        """Run a cell, and go on at once."""
        self.page.evaluate(
            """index => {
                const { commands, shell } = window.jupyterapp;
                const cells = shell.currentWidget.content;
                cells.deselectAll();
                cells.activeCellIndex = index;
                void commands.execute('notebook:run-cell');
            }""",
            index,
        )

    def cell(self, index: int) -> Locator:
        """Return a cell."""
        return self.page.locator(".jp-Notebook .jp-Cell").nth(index)

    def run_in_kernel(self, code: str) -> str:
        """Run code that is in no cell, and return what it prints."""
        answer: dict[str, Any] = self.page.evaluate(RUN_IN_KERNEL, code)
        assert answer["status"] == "ok", answer
        return str(answer["text"]).strip()

    def use_theme(self, theme: str) -> None:
        """Change JupyterLab's theme, and wait until the page has it."""
        self.page.evaluate(
            "theme => window.jupyterapp.commands.execute('apputils:change-theme', { theme })",
            theme,
        )
        self.page.wait_for_function(
            "theme => document.body.dataset.jpThemeName === theme", arg=theme
        )
        expect(self.page.locator("#jupyterlab-splash")).to_have_count(0)

    def screenshot(self, name: str) -> Path:
        """Keep a picture of the page among the artifacts."""
        path = ARTIFACTS / f"{name}.png"
        self.page.screenshot(path=path)
        return path

"""The quickstart, as a user runs it: JupyterLab, Chromium, Kafka and the instrument are real."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import psutil
import pytest
from playwright.sync_api import expect

from jupyter_stream.kafka.local_broker import LocalBroker
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.e2e.lab import LabServer, Notebook

CONNECT, UPLOAD, IMPORT, WATCH, WAIT, RESULT, JOBS, STOP = 1, 3, 5, 6, 8, 9, 10, 12
THREADS = (
    "import threading; print([t.name for t in threading.enumerate() if 'jupyter_stream' in t.name])"
)


@pytest.fixture
def instrument(folder: Path, environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Run the simulated instrument."""
    out = folder / "instrument"
    out.mkdir()
    process = subprocess.Popen(
        [sys.executable, "-m", "jupyter_stream.cli", "instrument", "--out", str(out)],
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
    )
    yield process
    process.terminate()
    assert process.wait(20) == 0


@pytest.fixture
def own_broker(environment: dict[str, str]) -> Iterator[LocalBroker]:
    """The broker that the notebook starts, stopped at the end."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        broker = LocalBroker()
    yield broker
    broker.stop()


def has_ended(pid: int) -> bool:
    """Say whether a process runs no more, be it that nobody has collected its exit code."""
    try:
        return bool(psutil.Process(pid).status() == psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return True


def newest(notebook: Notebook) -> str:
    """Return the name of the newest spectrum on the plot."""
    return notebook.cell(WATCH).locator(".jp-StreamPlot-label").inner_text()


def plotted(notebook: Notebook) -> int:
    """Return how many spectra the page says it has drawn."""
    label = notebook.cell(WATCH).locator(".jp-StreamPlot").get_attribute("aria-label") or ""
    found = re.search(r"(\d+) spectr", label)
    return int(found.group(1)) if found else 0


def test_spectra_arrive_live(
    lab: LabServer,
    own_broker: LocalBroker,
    instrument: subprocess.Popen[bytes],
    notebook: Notebook,
) -> None:
    notebook.open(lab.address("quickstart.ipynb"))
    for cell in (0, CONNECT, UPLOAD, IMPORT, WATCH):
        notebook.run_cell(cell)
    expect(notebook.cell(CONNECT)).to_contain_text("Connected to local broker at 127.0.0.1:")
    running = own_broker.status()
    assert running is not None

    watch = notebook.cell(WATCH)
    expect(watch.locator(".jp-StreamPill")).to_have_text("Running")
    canvas = watch.locator(".jp-StreamPlot canvas").first
    wait_until(lambda: plotted(notebook) >= 2, "two spectra on the plot")
    watch.scroll_into_view_if_needed()
    before, name = canvas.screenshot(), newest(notebook)
    wait_until(lambda: newest(notebook) != name, "one more spectrum on the plot")
    assert canvas.screenshot() != before, "the picture changed with the data"

    for cell in (WAIT, RESULT, JOBS):
        notebook.run_cell(cell)
    expect(notebook.cell(WAIT)).to_contain_text("<Spectrum 2048 points, Counts over Energy")
    expect(notebook.cell(RESULT)).to_contain_text("counts in the spectrum: ")
    expect(notebook.cell(JOBS)).to_contain_text("watch quickstart")
    notebook.page.mouse.move(0, 0)
    watch.scroll_into_view_if_needed()
    notebook.screenshot("quickstart-light")
    notebook.use_theme("JupyterLab Dark")
    notebook.screenshot("quickstart-dark")
    notebook.use_theme("JupyterLab Light")

    panel = notebook.page.locator("#jupyter-stream-sidebar")
    expect(panel).not_to_be_visible()
    notebook.page.locator('.jp-SideBar [data-id="jupyter-stream-sidebar"]').click()
    expect(panel).to_be_visible()
    expect(panel.get_by_role("treeitem")).to_contain_text("quickstart")
    notebook.screenshot("sidebar-light")

    assert "jupyter_stream frames" in notebook.run_in_kernel(THREADS)
    notebook.run_cell(STOP)
    expect(notebook.cell(STOP)).to_contain_text("finished")
    watch.scroll_into_view_if_needed()
    expect(watch.locator(".jp-RenderedImage")).to_be_visible()
    expect(watch.locator(".jp-StreamPill")).to_have_count(0)
    notebook.screenshot("quickstart-finished")
    kernel = int(notebook.run_in_kernel("import os; print(os.getpid())"))
    assert "jupyter_stream job" not in notebook.run_in_kernel(THREADS)

    notebook.page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.shutdown()")
    wait_until(lambda: has_ended(kernel), "the kernel's end")
    assert instrument.poll() is None
    assert own_broker.stop()
    assert has_ended(running.pid)


def test_a_reload_brings_the_plot_back_and_a_restart_says_so(
    lab: LabServer,
    own_broker: LocalBroker,
    instrument: subprocess.Popen[bytes],
    notebook: Notebook,
) -> None:
    notebook.open(lab.address("quickstart.ipynb"))
    for cell in (0, CONNECT, UPLOAD, IMPORT, WATCH):
        notebook.run_cell(cell)
    assert own_broker.status()
    wait_until(lambda: plotted(notebook) >= 3, "three spectra")
    notebook.page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")
    notebook.page.reload()
    notebook.wait_for_kernel()
    wait_until(lambda: plotted(notebook) >= 3, "the spectra after the reload")

    notebook.page.evaluate(
        "() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()"
    )
    view = notebook.cell(WATCH)
    expect(view).to_contain_text("The kernel does not know this job any more")
    notebook.screenshot("kernel-restarted")
    assert instrument.poll() is None

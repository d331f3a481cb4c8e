"""What becomes of a watch when cells, pages and kernels come and go."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import nbformat
import pytest
from nbconvert import HTMLExporter
from playwright.sync_api import expect

import jupyter_stream as js
from tests.e2e.lab import DEADLINE_MS, Notebook
from tests.e2e.stage import Stage, spectrum
from tests.waiting import wait_until

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Locator

    from jupyter_stream.kafka.local_broker import RunningBroker
    from jupyter_stream.testing.kafka import MakeTopic
    from tests.e2e.lab import LabServer

WATCH = 1
SAVE = "() => window.jupyterapp.commands.execute('docmanager:save')"
RESTART = "() => window.jupyterapp.shell.currentWidget.sessionContext.restartKernel()"
INTERRUPT = "() => window.jupyterapp.commands.execute('notebook:interrupt-kernel')"
SET_SOURCE = """([index, source]) => {
    const cells = window.jupyterapp.shell.currentWidget.content;
    cells.widgets[index].model.sharedModel.setSource(source);
}"""
LET_GO = """
import jupyter_stream.notebook.view as view
from jupyter_stream.notebook.frame_content import is_viewed
former, view.ABANDONED_SECONDS = view.ABANDONED_SECONDS, -1
while is_viewed(w):
    pass
view.ABANDONED_SECONDS = former
print('gone')
"""
PNG = "image/png"


@pytest.fixture
def stage(folder: Path, kafka_broker: RunningBroker, kafka_topic: MakeTopic) -> Stage:
    """Topics on the tests' broker, and notebooks in the folder of JupyterLab."""
    address = kafka_broker.bootstrap
    return Stage(js.connect(address), address, kafka_topic, folder)


def plot_of(notebook: Notebook, cell: int = WATCH) -> Locator:
    """Return the plot that a cell shows."""
    return notebook.cell(cell).locator(".jp-StreamPlot")


def shows(plot: Locator, pattern: str) -> None:
    """Wait until a plot says that it shows something."""
    expect(plot).to_have_attribute("aria-label", re.compile(pattern), timeout=DEADLINE_MS)


def saved_outputs(folder: Path, cell: int = WATCH) -> list[dict[str, Any]]:
    """Return the outputs of a cell as they are saved."""
    outputs: list[dict[str, Any]] = json.loads((folder / "plots.ipynb").read_text())["cells"][cell][
        "outputs"
    ]
    return outputs


def test_a_cell_is_the_analysis_and_can_be_changed(
    lab: LabServer, notebook: Notebook, stage: Stage
) -> None:
    topic = stage.topic(*({"counts": number} for number in range(1, 6)))
    cell = f"%%stream_watch {topic} --to w\nrecord.value['counts']"
    notebook.open(lab.address(stage.notebook(cell)))
    for index in (0, WATCH):
        notebook.run_cell(index)
    shows(plot_of(notebook), "5 points")
    better = f"%%stream_watch {topic} --to w\nscale = 10\nrecord.value['counts'] * scale / 0"
    notebook.page.evaluate(SET_SOURCE, [WATCH, better])
    notebook.run_cell(WATCH)
    stage.write(topic, {"counts": 6})
    problems = notebook.cell(WATCH).locator(".jp-StreamProblems-summary")
    expect(problems).to_have_text("1 error")
    problems.click()
    details = notebook.cell(WATCH).locator(".jp-StreamProblems-list")
    expect(details).to_contain_text("line 3, in analysis")
    expect(details).to_contain_text("record.value['counts'] * scale / 0")
    notebook.screenshot("cell-problem-light")
    notebook.page.evaluate(SET_SOURCE, [WATCH, better.removesuffix(" / 0")])
    notebook.run_cell(WATCH)
    stage.write(topic, {"counts": 7})
    shows(plot_of(notebook), "6 points")
    assert notebook.run_in_kernel("print(w.latest, len(js.list_jobs()))") == "70 1"
    assert notebook.cell(WATCH).locator(".jp-StreamView").count() == 1


def test_a_page_that_is_loaded_again_shows_all_again(
    lab: LabServer, notebook: Notebook, stage: Stage
) -> None:
    topic = stage.topic(*(spectrum(number) for number in range(4)))
    notebook.open(lab.address(stage.notebook(f"%stream_watch {topic} --to w")))
    for index in (0, WATCH):
        notebook.run_cell(index)
    shows(plot_of(notebook), "4 spectra")
    notebook.page.evaluate(SAVE)
    stage.write(topic, spectrum(4))
    notebook.page.reload()
    notebook.wait_for_kernel()
    shows(plot_of(notebook), "5 spectra")
    stage.write(topic, spectrum(5))
    shows(plot_of(notebook), "6 spectra")


def test_a_view_that_the_kernel_let_go_comes_back_with_its_plot(
    lab: LabServer, notebook: Notebook, stage: Stage
) -> None:
    topic = stage.topic(*(spectrum(number) for number in range(2)))
    notebook.open(lab.address(stage.notebook(f"%stream_watch {topic} --to w")))
    for index in (0, WATCH):
        notebook.run_cell(index)
    shows(plot_of(notebook), "2 spectra")
    figure = plot_of(notebook).locator("canvas").first
    figure.evaluate("canvas => { canvas.dataset.seen = 'before'; }")
    assert notebook.run_in_kernel(LET_GO) == "gone"
    stage.write(topic, spectrum(2))
    shows(plot_of(notebook), "3 spectra")
    expect(figure).to_have_attribute("data-seen", "before")
    expect(notebook.cell(WATCH).locator(".jp-StreamView.jp-mod-gone")).to_have_count(0)


def test_two_tabs_show_the_same(
    lab: LabServer, notebook: Notebook, browser: Browser, stage: Stage
) -> None:
    topic = stage.topic(*(spectrum(number) for number in range(2)))
    name = stage.notebook(f"%stream_watch {topic} --to w")
    notebook.open(lab.address(name))
    for index in (0, WATCH):
        notebook.run_cell(index)
    shows(plot_of(notebook), "2 spectra")
    notebook.page.evaluate(SAVE)
    other = Notebook(browser.new_page())
    other.open(lab.address(name))
    shows(plot_of(other), "2 spectra")
    stage.write(topic, spectrum(2))
    for tab in (notebook, other):
        shows(plot_of(tab), "3 spectra")
    other.page.close()
    stage.write(topic, spectrum(3))
    shows(plot_of(notebook), "4 spectra")


def test_a_restarted_kernel_is_told_and_the_picture_stays(
    lab: LabServer, notebook: Notebook, stage: Stage, folder: Path
) -> None:
    topic = stage.topic(*(spectrum(number) for number in range(3)))
    notebook.open(lab.address(stage.notebook(f"%stream_watch {topic} --to w")))
    for index in (0, WATCH):
        notebook.run_cell(index)
    shows(plot_of(notebook), "3 spectra")
    still = notebook.cell(WATCH).locator(".jp-StreamOutput-still img")
    expect(still).to_have_count(1)
    expect(still).not_to_be_visible()
    notebook.page.evaluate(RESTART)
    notebook.wait_for_kernel()
    expect(notebook.cell(WATCH).locator(".jp-StreamPill")).to_have_text("Ended")
    notebook.page.evaluate(SAVE)
    wait_until(lambda: PNG in saved_outputs(folder)[-1]["data"], "the saved picture")
    notebook.page.reload()
    notebook.wait_for_kernel()
    expect(still).to_be_visible()
    expect(notebook.cell(WATCH)).not_to_contain_text("Error displaying widget")
    notebook.screenshot("picture-without-kernel")
    for index in (0, WATCH):
        notebook.run_cell(index)
    shows(plot_of(notebook), "3 spectra")
    expect(still).not_to_be_visible()


def test_a_notebook_saved_in_mid_watch_is_a_page_with_pictures(
    lab: LabServer, notebook: Notebook, stage: Stage, folder: Path
) -> None:
    topic = stage.topic(*(spectrum(number) for number in range(3)))
    cells = (
        f"%stream_watch {topic} --to w",
        f"v = js.watch('{topic}', plot='waterfall')",
        "js.dashboard(w, v)",
    )
    notebook.open(lab.address(stage.notebook(*cells)))
    for index in range(4):
        notebook.run_cell(index)
    shows(plot_of(notebook), "3 spectra")
    grid = notebook.cell(3).locator(".jp-StreamView")
    expect(grid).to_have_count(2)
    shows(grid.nth(0).locator(".jp-StreamPlot"), "3 spectra")
    shows(grid.nth(1).locator(".jp-StreamPlot"), "3 rows")
    left, right = (grid.nth(place).bounding_box() for place in (0, 1))
    assert left is not None
    assert right is not None
    assert right["x"] > left["x"] + left["width"]
    assert abs(left["y"] - right["y"]) < 2
    notebook.cell(3).scroll_into_view_if_needed()
    notebook.screenshot("dashboard-light")
    expect(notebook.cell(WATCH).locator(".jp-StreamOutput-still img")).to_have_count(1)
    expect(notebook.cell(3).locator(".jp-StreamOutput-still img")).to_have_count(1)
    notebook.page.evaluate(SAVE)
    wait_until(lambda: PNG in saved_outputs(folder, 3)[-1]["data"], "the saved pictures")
    assert "3 results" in "".join(saved_outputs(folder)[-1]["data"]["text/plain"])
    page, _ = HTMLExporter().from_notebook_node(nbformat.read(folder / "plots.ipynb", 4))
    assert len(re.findall(r'<img[^>]*src="data:image/png;base64,', page)) == 2
    assert "model_id" not in page


def test_ten_watches_are_all_live(lab: LabServer, notebook: Notebook, stage: Stage) -> None:
    topics = [stage.topic(spectrum(number)) for number in range(10)]
    cells = (
        f"watches = [js.watch(topic, plot='spectrum') for topic in {topics}]",
        "js.dashboard(*watches, columns=4)",
        "%stream_jobs",
        "%stream_stop --all",
    )
    notebook.open(lab.address(stage.notebook(*cells)))
    for index in range(4):
        notebook.run_cell(index)
    plots = notebook.cell(2).locator(".jp-StreamPlot")
    expect(plots).to_have_count(10)
    for topic in topics:
        stage.write(topic, spectrum(10))
    for place in range(10):
        plots.nth(place).scroll_into_view_if_needed()
        shows(plots.nth(place), "2 spectra")
    expect(notebook.cell(3).locator("tbody tr")).to_have_count(10)
    notebook.screenshot("ten-watches")
    notebook.run_cell(4)
    plots.first.scroll_into_view_if_needed()
    expect(notebook.cell(2).locator(".jp-StreamPill").first).to_have_text("Finished")
    threads = "import threading\nprint([t.name for t in threading.enumerate() if 'job' in t.name])"
    assert notebook.run_in_kernel(threads) == "[]"


def test_an_interrupt_ends_the_waiting_and_not_the_watch(
    lab: LabServer, notebook: Notebook, stage: Stage
) -> None:
    topic = stage.topic(spectrum(0))
    cells = (f"%stream_watch {topic} --to w", "w.wait(n=100)")
    notebook.open(lab.address(stage.notebook(*cells)))
    for index in (0, WATCH):
        notebook.run_cell(index)
    shows(plot_of(notebook), "1 spectrum")
    notebook.start_cell(2)
    expect(notebook.cell(2).locator(".jp-InputPrompt")).to_have_text("[*]:")
    stage.write(topic, spectrum(1))
    shows(plot_of(notebook), "2 spectra")
    notebook.page.evaluate(INTERRUPT)
    notebook.wait_for_kernel()
    expect(notebook.cell(2)).to_contain_text("KeyboardInterrupt")
    stage.write(topic, spectrum(2))
    shows(plot_of(notebook), "3 spectra")
    assert notebook.run_in_kernel("print(w.state)") == "running"


def test_a_function_that_blocks_is_told_and_replaced(
    lab: LabServer, notebook: Notebook, stage: Stage
) -> None:
    topic = stage.topic({"counts": 1})
    stuck = f"%%stream_watch {topic} --to w\nimport threading\nthreading.Event().wait()"
    notebook.open(lab.address(stage.notebook(stuck)))
    for index in (0, WATCH):
        notebook.run_cell(index)
    trouble = notebook.cell(WATCH).locator(".jp-StreamCard-trouble")
    expect(trouble).to_contain_text("has been running for", timeout=30_000)
    notebook.screenshot("stuck-light")
    better = f"%%stream_watch {topic} --to w\nrecord.value['counts']"
    notebook.page.evaluate(SET_SOURCE, [WATCH, better])
    notebook.run_cell(WATCH)
    stage.write(topic, {"counts": 2})
    wait_until(lambda: notebook.run_in_kernel("print(w.latest)") == "2", "the new analysis")
    expect(notebook.cell(WATCH).locator(".jp-StreamCard-trouble")).to_have_text("")

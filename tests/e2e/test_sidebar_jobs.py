"""The panel's jobs, and what it brings into notebooks, in a real JupyterLab."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
import numpy as np
import pytest
from playwright.sync_api import expect

import jupyter_stream as js
from tests.e2e.lab import DEADLINE_MS, Notebook
from tests.e2e.panel import SHORT
from tests.e2e.pictures import keep_pictures
from tests.e2e.stage import Stage, spectrum
from tests.files.receiving.writing import write_files

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from jupyter_stream.kafka.local_broker import RunningBroker
    from jupyter_stream.testing.kafka import MakeTopic
    from tests.e2e.lab import LabServer

RESTART = "() => window.jupyterapp.shell.currentWidget.sessionContext.restartKernel()"
SOURCES = """() => window.jupyterapp.shell.currentWidget.content.widgets
    .map(cell => cell.model.sharedModel.getSource())"""
EXECUTE = "([id, args]) => { void window.jupyterapp.commands.execute(id, args); }"
ACTIVE = "() => window.jupyterapp.shell.currentWidget.content.activeCellIndex"
ERRORS = """() => window.jupyterapp.shell.currentWidget.content.widgets
    .flatMap(cell => cell.model.outputs?.toJSON() ?? [])
    .filter(output => output.output_type === 'error' || output.name === 'stderr')"""
PROFILE = "lab"


@pytest.fixture
def stage(
    folder: Path,
    environment: dict[str, str],
    kafka_broker: RunningBroker,
    kafka_topic: MakeTopic,
) -> Stage:
    """Topics on the tests' broker, which is a profile in JupyterLab."""
    address = kafka_broker.bootstrap
    profile = f'[profiles.{PROFILE}.broker]\n"bootstrap.servers" = "{address}"\n'
    Path(environment["JUPYTER_CONFIG_DIR"], "jupyter_stream.toml").write_text(profile)
    return Stage(js.connect(address), address, kafka_topic, folder)


def write_notebook(folder: Path, name: str, *sources: str) -> None:
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=metadata), folder / name)


def show_panel(page: Page, section: str) -> Locator:
    """Show a section of the panel, and return the panel."""
    page.evaluate(EXECUTE, ["jupyter-stream:open", {}])
    panel = page.locator("#jupyter-stream-sidebar")
    expect(panel).to_be_visible()
    panel.locator(".jp-StreamTabs-bar .lm-TabBar-tab", has_text=section).click()
    return panel


def execute(notebook: Notebook, command: str, **args: Any) -> None:
    notebook.page.evaluate(EXECUTE, [command, args])


def await_cells(notebook: Notebook, *wanted: str | None) -> None:
    """Wait until the notebook has these cells; None is any."""
    expect(notebook.page.locator(".jp-NotebookPanel:visible .jp-Cell")).to_have_count(len(wanted))
    sources = notebook.page.evaluate(SOURCES)
    assert [
        known for known, one in zip(sources, wanted, strict=True) if one not in (None, known)
    ] == []


def await_run(notebook: Notebook, cell: int) -> None:
    """Wait until a cell has run, and run well."""
    prompt = notebook.cell(cell).locator(".jp-InputPrompt").first
    expect(prompt).to_have_text(re.compile(r"\[\d+\]:"), timeout=DEADLINE_MS)
    assert notebook.page.evaluate(ERRORS) == []


def test_jobs_are_listed_commanded_and_gone_to(
    lab: LabServer, notebook: Notebook, stage: Stage
) -> None:
    topic = stage.topic(*(spectrum(number) for number in range(3)), named="xrf-map")
    name = stage.notebook(f"%stream_watch {topic} --to w", *(f"x = {n}" for n in range(60)))
    notebook.open(lab.address(name))
    page = notebook.page
    panel = show_panel(page, "Jobs")
    # The kernel runs, and knows nothing of us: it is not disturbed.
    expect(panel.get_by_role("heading", name="No notebook uses streams")).to_be_visible()
    assert notebook.run_in_kernel("print('quiet')") == "quiet"
    keep_pictures(page, "jobs-no-extension", panel, SHORT)
    notebook.run_cell(0)
    expect(panel.get_by_role("heading", name="No jobs")).to_be_visible()
    keep_pictures(page, "jobs-none", panel, SHORT)
    notebook.run_cell(1)
    job = panel.locator(".jp-StreamJob")
    expect(job).to_have_attribute("data-state", "running")
    expect(job.locator(".jp-StreamJob-name")).to_have_text(topic)
    expect(job).to_contain_text("3 records")
    expect(panel.locator("h3")).to_contain_text("plots.ipynb")
    keep_pictures(page, "sidebar-jobs")
    stage.write(topic, spectrum(9))
    expect(job).to_contain_text("4 records")
    job.get_by_role("button", name=re.compile("Pause")).click()
    expect(job).to_have_attribute("data-state", "paused")
    job.get_by_role("button", name=re.compile("Resume")).focus()
    page.keyboard.press("Enter")
    expect(job).to_have_attribute("data-state", "running")
    page.evaluate("() => { window.jupyterapp.shell.currentWidget.content.activeCellIndex = 61; }")
    job.get_by_role("button", name=re.compile("Go to the cell")).click()
    page.wait_for_function(f"() => ({ACTIVE})() === 1")
    expect(notebook.cell(1)).to_be_in_viewport()
    job.get_by_role("button", name=re.compile("Stop")).click()
    expect(job).to_have_attribute("data-state", "finished")
    expect(job.get_by_role("button", name=re.compile("Stop"))).to_have_count(0)
    assert page.evaluate(ERRORS) == []


def test_problems_are_shown_on_demand_and_failures_with_their_reason(
    lab: LabServer, notebook: Notebook, stage: Stage
) -> None:
    topic = stage.topic(1, 2, named="readings")
    name = stage.notebook(
        "def broken(record):\n    raise ValueError('no good')",
        f"%stream_watch {topic} --apply broken --no-plot",
    )
    notebook.open(lab.address(name))
    for cell in range(3):
        notebook.run_cell(cell)
    panel = show_panel(notebook.page, "Jobs")
    more = panel.get_by_role("button", name=re.compile("problem"))
    expect(more).to_have_attribute("aria-expanded", "false")
    expect(panel.locator(".jp-StreamJob-detail")).to_have_count(0)
    more.click()
    expect(panel.locator(".jp-StreamJob-problem")).to_contain_text("ValueError")
    expect(panel.locator(".jp-StreamJob-detail")).to_contain_text("no good")

    def open_again() -> None:
        expect(more).to_be_visible()
        if more.get_attribute("aria-expanded") == "false":
            more.click()
        expect(panel.locator(".jp-StreamJob-detail")).to_contain_text("no good")

    keep_pictures(notebook.page, "jobs-problems", panel, SHORT, prepare=open_again)


def test_jobs_of_other_notebooks_come_back_after_a_restart(
    lab: LabServer, notebook: Notebook, stage: Stage
) -> None:
    topic = stage.topic(1)
    write_notebook(stage.folder, "other.ipynb", "1")
    name = stage.notebook(f"%stream_watch {topic} --no-plot")
    notebook.open(lab.address(name))
    notebook.run_cell(0)
    notebook.run_cell(1)
    page = notebook.page
    execute(notebook, "docmanager:open", path="other.ipynb")
    page.wait_for_function(
        "() => window.jupyterapp.shell.currentWidget.context?.path === 'other.ipynb'"
    )
    panel = show_panel(page, "Jobs")
    job = panel.locator(".jp-StreamJob")
    expect(job).to_have_count(1)
    # Its notebook is closed, and its kernel goes on.
    page.evaluate(
        """() => [...window.jupyterapp.shell.widgets('main')]
            .find(widget => widget.context?.path === 'plots.ipynb').dispose()"""
    )
    stage.write(topic, 2, 3)
    expect(job).to_contain_text("3 records")
    job.get_by_role("button", name=re.compile("Go to the cell")).click()
    notebook.wait_for_kernel()
    page.wait_for_function(f"() => ({ACTIVE})() === 1")
    # The notebook's widgets work: the panel has not taken its comms away.
    notebook.run_cell(1)
    expect(page.get_by_role("region", name="Stream job")).to_contain_text("Running")
    page.evaluate(RESTART)
    expect(job).to_have_count(0, timeout=DEADLINE_MS)
    notebook.wait_for_kernel()
    notebook.run_cell(0)
    notebook.run_cell(1)
    expect(job).to_have_attribute("data-state", "running")


def test_jobs_are_told_while_a_cell_runs(lab: LabServer, notebook: Notebook, stage: Stage) -> None:
    topic = stage.topic(1)
    name = stage.notebook(f"%stream_watch {topic} --no-plot", "import time; time.sleep(600)")
    notebook.open(lab.address(name))
    notebook.run_cell(0)
    notebook.run_cell(1)
    notebook.start_cell(2)
    expect(notebook.cell(2).locator(".jp-InputPrompt").first).to_have_text("[*]:")
    job = show_panel(notebook.page, "Jobs").locator(".jp-StreamJob")
    expect(job).to_have_attribute("data-state", "running")
    job.get_by_role("button", name=re.compile("Stop")).click()
    expect(job).to_have_attribute("data-state", "finished")
    execute(notebook, "notebook:interrupt-kernel")
    notebook.wait_for_kernel()


def test_a_topic_is_watched_in_the_active_notebook(
    lab: LabServer, notebook: Notebook, stage: Stage
) -> None:
    topic = stage.topic(*(spectrum(number) for number in range(3)))
    write_notebook(stage.folder, "plots.ipynb", "")
    notebook.open(lab.address("plots.ipynb"))
    watching = {"cluster": PROFILE, "topic": topic}
    execute(notebook, "jupyter-stream:watch-in-notebook", **watching)
    full = f"%load_ext jupyter_stream\n%stream_connect {PROFILE}\n%stream_watch {topic}"
    expect(notebook.cell(0).locator(".jp-StreamPlot")).to_be_visible(timeout=DEADLINE_MS)
    await_cells(notebook, full)
    # The kernel has the extension now, and is connected.
    execute(notebook, "jupyter-stream:watch-in-notebook", **watching, plot="waterfall")
    await_cells(notebook, full, f"%stream_watch {topic} --plot waterfall")
    await_run(notebook, 1)
    execute(notebook, "jupyter-stream:watch-as", **watching)
    dialog = notebook.page.locator(".jp-Dialog")
    dialog.locator("select").select_option("Table")
    keep_pictures(notebook.page, "records-watch-as", dialog.locator(".jp-Dialog-content"))
    dialog.get_by_role("button", name="Watch").click()
    await_cells(notebook, full, None, f"%stream_watch {topic} --plot table")
    await_run(notebook, 2)


def test_a_topic_is_dragged_into_a_notebook(
    lab: LabServer, notebook: Notebook, stage: Stage
) -> None:
    topic = stage.topic(1)
    write_notebook(stage.folder, "plots.ipynb", "a = 1", "b = 2")
    notebook.open(lab.address("plots.ipynb"))
    page = notebook.page
    panel = show_panel(page, "Topics")
    row = panel.locator(f"[data-topic='{topic}']")
    panel.get_by_role("combobox", name="Cluster").select_option(PROFILE)
    panel.get_by_role("searchbox").or_(panel.locator("input[type=search], input")).first.fill(topic)
    expect(row).to_be_visible()
    row.hover()
    page.mouse.down()
    row_box = row.bounding_box()
    cell_box = notebook.cell(1).bounding_box()
    assert row_box
    assert cell_box
    page.mouse.move(row_box["x"] + 30, row_box["y"] + 30, steps=5)
    expect(page.locator(".jp-StreamDragged")).to_be_visible()
    page.mouse.move(cell_box["x"] + 30, cell_box["y"] + 12, steps=15)
    notebook.screenshot("topic-dragged")
    page.mouse.up()
    full = f"%load_ext jupyter_stream\n%stream_connect {PROFILE}\n%stream_watch {topic}"
    await_cells(notebook, None, None, None)
    assert full in page.evaluate(SOURCES)
    expect(page.locator(".jp-StreamDragged")).to_have_count(0)


def test_a_topic_is_copied_as_magic_and_as_python(
    lab: LabServer, notebook: Notebook, stage: Stage
) -> None:
    write_notebook(stage.folder, "plots.ipynb", "")
    page = notebook.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    notebook.open(lab.address("plots.ipynb"))
    place = {"cluster": PROFILE, "topic": "a.topic"}

    def copied(command: str) -> str:
        page.evaluate(
            "([id, args]) => window.jupyterapp.commands.execute(id, args)", [command, place]
        )
        return str(page.evaluate("() => navigator.clipboard.readText()"))

    assert copied("jupyter-stream:copy-as-magic") == (
        f"%load_ext jupyter_stream\n%stream_connect {PROFILE}\n%stream_watch a.topic"
    )
    assert copied("jupyter-stream:copy-as-python") == (
        "import jupyter_stream as js\n\n"
        f'js.connect("{PROFILE}")\nwatch = js.watch("a.topic")\nwatch'
    )


def test_records_become_a_variable(lab: LabServer, notebook: Notebook, stage: Stage) -> None:
    topic = stage.topic(*range(20))
    write_notebook(stage.folder, "plots.ipynb", "")
    notebook.open(lab.address("plots.ipynb"))
    page = notebook.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    execute(notebook, "jupyter-stream:open-topic", cluster=PROFILE, topic=topic)
    button = page.get_by_role("button", name=re.compile("To a variable"))
    button.click(timeout=DEADLINE_MS)
    dialog = page.locator(".jp-Dialog")
    name = dialog.get_by_label("Name of the variable")
    name.fill("2nd")
    expect(name).to_have_attribute("aria-invalid", "true")
    expect(dialog).to_contain_text("no digit as the first")
    keep_pictures(page, "records-to-variable", dialog.locator(".jp-Dialog-content"))
    # Told again, with what was typed.
    dialog.get_by_role("button", name="Read Them").click()
    expect(name).to_have_value("2nd")
    name.fill("newest")
    dialog.get_by_label("How many records").fill("5")
    dialog.get_by_role("button", name="Copy as Python").click()
    expect(dialog).to_have_count(0)
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied == (
        "import jupyter_stream as js\n\n"
        f'js.connect("{PROFILE}")\nnewest = js.records("{topic}", newest=5)'
    )
    button.click()
    name.fill("newest")
    dialog.get_by_label("How many records").fill("5")
    dialog.get_by_role("button", name="Read Them").click()
    page.wait_for_function(
        "() => window.jupyterapp.shell.currentWidget.context?.path === 'plots.ipynb'"
    )
    await_run(notebook, 0)
    [source] = page.evaluate(SOURCES)
    assert f'newest = js.records("{topic}", newest=5)' in source
    values = notebook.run_in_kernel("print([record.value for record in newest])")
    assert json.loads(values) == [15, 16, 17, 18, 19]


def test_a_file_is_opened_in_the_notebook(lab: LabServer, notebook: Notebook, stage: Stage) -> None:
    topic = stage.make_topic(3)
    content = np.random.default_rng(1).bytes(1_500_000)
    write_files(stage.cluster, topic, {"run/a [1].bin": content, "b.txt": b"other"}, 2**16)
    write_notebook(stage.folder, "plots.ipynb", "")
    notebook.open(lab.address("plots.ipynb"))
    page = notebook.page
    execute(notebook, "jupyter-stream:open-topic", cluster=PROFILE, topic=topic)
    page.locator(".jp-StreamTopic .lm-TabBar-tab", has_text="Files").click(timeout=DEADLINE_MS)
    row = page.locator(".jp-StreamFiles tr", has_text="run/a [1].bin")
    expect(row).to_be_visible()
    row.get_by_role("button", name=re.compile("notebook", re.IGNORECASE)).click()
    page.wait_for_function(
        "() => window.jupyterapp.shell.currentWidget.context?.path === 'plots.ipynb'"
    )
    await_run(notebook, 0)
    told = notebook.run_in_kernel("print(file.path, file.sha512)")
    assert told == f"run/a [1].bin {hashlib.sha512(content).hexdigest()}"


def test_without_a_notebook_there_is_a_way_on(
    lab: LabServer, notebook: Notebook, stage: Stage
) -> None:
    page = notebook.page
    write_notebook(stage.folder, "plots.ipynb", "")
    notebook.open(lab.address("plots.ipynb"))
    page.evaluate("() => window.jupyterapp.shell.currentWidget.dispose()")
    execute(notebook, "jupyter-stream:watch-in-notebook", cluster=PROFILE, topic="t")
    notice = page.locator(".Toastify__toast")
    expect(notice).to_contain_text("No notebook is open", timeout=DEADLINE_MS)
    expect(notice.get_by_role("button", name="New Notebook")).to_be_visible()

"""What a user sees of an upload and a download."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import nbformat
import pytest
from playwright.sync_api import expect

from tests.e2e.lab import DEADLINE_MS
from tests.e2e.panel import TopicTab, write_profiles
from tests.waiting import wait_until

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator

    from jupyter_stream.kafka.local_broker import RunningBroker
    from jupyter_stream.testing.kafka import MakeTopic
    from tests.e2e.lab import LabServer, Notebook

UPLOAD, DOWNLOAD, STOP = 1, 2, 3
OPEN_TOPIC = "place => window.jupyterapp.commands.execute('jupyter-stream:open-topic', place)"
FILES = 60
FILE_BYTES = 8_000_000
CELLS = """
%load_ext jupyter_stream
%stream_connect {address}
---
%stream_upload measurements {topic} --to u
---
%stream_download {topic} received --group {topic} --to d
---
%stream_stop d
"""


@pytest.fixture
def transfer(
    folder: Path,
    environment: dict[str, str],
    kafka_broker: RunningBroker,
    kafka_topic: MakeTopic,
) -> str:
    """A notebook that uploads and downloads half a gigabyte, on a cluster with a profile."""
    write_profiles(environment, beamline=kafka_broker.bootstrap)
    (folder / "measurements").mkdir()
    for number in range(FILES):
        with (folder / "measurements" / f"scan_{number:03}.h5").open("wb") as file:
            file.write(number.to_bytes(8, "little"))
            file.truncate(FILE_BYTES)
    (folder / "measurements" / ".calibration").touch()
    cells = CELLS.format(address=kafka_broker.bootstrap, topic=kafka_topic()).split("---")
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(text.strip()) for text in cells],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    )
    nbformat.write(notebook, folder / "transfer.ipynb")
    return "transfer.ipynb"


def share(view: Locator) -> int:
    """Return how many percent the progress bar of a card tells; -1 while it tells none."""
    told = view.get_by_role("progressbar").get_attribute("aria-valuenow")
    return -1 if told is None else int(told)


def in_both_themes(notebook: Notebook, name: str) -> None:
    """Keep pictures of the page in the light and in the dark theme."""
    for theme in ("Dark", "Light"):
        notebook.use_theme(f"JupyterLab {theme}")
        notebook.screenshot(f"{name}-{theme.lower()}")


def test_progress_is_shown_until_the_end(lab: LabServer, notebook: Notebook, transfer: str) -> None:
    notebook.open(lab.address(transfer))
    notebook.run_cell(0)
    upload = notebook.cell(UPLOAD)
    notebook.start_cell(UPLOAD)
    pill = upload.locator(".jp-StreamPill")
    expect(pill).to_have_text("Running")
    wait_until(lambda: share(upload) >= 10, "a tenth of the upload")
    notebook.screenshot("upload-running-light")
    assert share(upload) < 100
    upload.get_by_role("button", name="Pause").click()
    expect(pill).to_have_text("Paused")
    in_both_themes(notebook, "upload-paused")
    upload.get_by_role("button", name="Resume").click()
    expect(pill).to_have_text("Finished", timeout=DEADLINE_MS)
    assert share(upload) == 100
    done = upload.locator(".jp-StreamProgress-done")
    expect(done).to_have_text(f"{FILES} of {FILES} files, 480.0\u00a0MB of 480.0\u00a0MB")
    expect(upload.locator(".jp-StreamProgress-outlook")).to_have_text("100\u00a0%")
    expect(upload.locator(".jp-StreamProblems-summary")).to_have_text("1 file left out")
    in_both_themes(notebook, "upload-finished")

    notebook.run_cell(DOWNLOAD)
    download = notebook.cell(DOWNLOAD)
    expect(download.locator(".jp-StreamPill")).to_have_text("Running")
    assert share(download) == -1, "nobody knows how much there is"
    in_both_themes(notebook, "download-running")
    progress = download.locator(".jp-StreamProgress-done")
    expect(progress).to_have_text(f"{FILES} files, 480.0\u00a0MB", timeout=DEADLINE_MS)
    expect(download.locator(".jp-StreamProgress-outlook")).to_have_text("up to date")
    notebook.screenshot("download-up-to-date-light")
    the_group_is_marked(notebook)
    download.get_by_role("button", name="Stop").click()
    expect(download.locator(".jp-StreamPill")).to_have_text("Finished")
    in_both_themes(notebook, "download-finished")
    assert notebook.run_in_kernel("print(u.stats.files, d.stats.files)") == f"{FILES} {FILES}"


def the_group_is_marked(notebook: Notebook) -> None:
    """See that the topic's groups tell that this notebook takes part, with a way back to it."""
    page, topic = notebook.page, notebook.run_in_kernel("print(d.topic)")
    page.evaluate(OPEN_TOPIC, {"cluster": "beamline", "topic": topic})
    tab = TopicTab(page, topic)
    tab.choose("Groups")
    row = tab.root.get_by_role("row", name=re.compile(f"{topic} your kernel"))
    expect(row.get_by_role("cell").nth(2)).to_have_text("0")
    notebook.screenshot("groups-light")
    row.get_by_role("button", name="transfer.ipynb, your kernel: go there").click()
    page.wait_for_function(
        "() => window.jupyterapp.shell.currentWidget.context?.path === 'transfer.ipynb'"
    )


def test_a_failed_upload_shows_how_far_it_came(
    lab: LabServer, notebook: Notebook, transfer: str, folder: Path
) -> None:
    (folder / "measurements" / "con").touch()
    notebook.open(lab.address(transfer))
    notebook.run_cell(0)
    notebook.run_cell(UPLOAD)
    upload = notebook.cell(UPLOAD)
    expect(upload.locator(".jp-StreamPill")).to_have_text("Failed")
    expect(upload.locator(".jp-StreamProblems-summary")).to_have_text("1 error, 1 file left out")
    in_both_themes(notebook, "upload-failed")

"""The same notebook in Notebook 7: plot, card and controls."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import nbformat
import pytest
from playwright.sync_api import expect

import jupyter_stream as js
from tests.e2e.lab import ARTIFACTS, NOTEBOOK_7, lab_server
from tests.e2e.panel import SHORT, StreamPanel, write_profiles
from tests.e2e.pictures import keep_pictures
from tests.spectra import upload_spectra

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from jupyter_stream.kafka.local_broker import RunningBroker
    from jupyter_stream.testing.kafka import MakeTopic
    from tests.e2e.lab import LabServer, Notebook


@pytest.fixture
def notebook_server(folder: Path, environment: dict[str, str]) -> Iterator[LabServer]:
    """Run Notebook 7 in the folder."""
    ARTIFACTS.mkdir(exist_ok=True)
    with lab_server(folder, environment, NOTEBOOK_7) as server:
        yield server


def test_a_watch_lives_in_notebook_7(
    notebook_server: LabServer,
    notebook: Notebook,
    folder: Path,
    environment: dict[str, str],
    kafka_broker: RunningBroker,
    kafka_topic: MakeTopic,
    tmp_path: Path,
) -> None:
    cluster, topic = js.connect(kafka_broker.bootstrap), kafka_topic()
    upload_spectra(cluster, topic, tmp_path / "spectra", 3)
    cells = [
        f"%load_ext jupyter_stream\n%stream_connect {kafka_broker.bootstrap}",
        f"%stream_watch {topic} --plot spectrum",
    ]
    nbformat.write(
        nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell(text) for text in cells],
            metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
        ),
        folder / "seven.ipynb",
    )
    notebook.open(notebook_server.address("seven.ipynb"))
    for cell in (0, 1):
        notebook.run_cell(cell)
    output = notebook.cell(1)
    plot = output.locator(".jp-StreamPlot")
    expect(plot).to_have_attribute("aria-label", re.compile("3 spectra"))
    upload_spectra(cluster, topic, tmp_path / "more", 1, first=3)
    expect(plot).to_have_attribute("aria-label", re.compile("4 spectra"))
    output.get_by_role("button", name="Pause", exact=True).click()
    expect(output.locator(".jp-StreamPill")).to_have_text("Paused")
    notebook.screenshot("notebook-7")
    write_profiles(environment, lab=kafka_broker.bootstrap)
    see_its_job(notebook, topic)


def see_its_job(notebook: Notebook, topic: str) -> None:
    """Find the notebook's job in the panel, and command it there."""
    panel = StreamPanel(notebook.page)
    panel.show()
    panel.section("Jobs")
    job = panel.root.locator(".jp-StreamJob")
    expect(job).to_have_attribute("data-state", "paused")
    expect(job).to_contain_text(topic)
    keep_pictures(
        notebook.page,
        "jobs-notebook-7",
        panel.root,
        SHORT,
        prepare=lambda: expect(job).to_be_visible(),
    )
    job.get_by_role("button", name=re.compile("Resume")).click()
    expect(job).to_have_attribute("data-state", "running")
    job.get_by_role("button", name=re.compile("Stop")).click()
    expect(job).to_have_attribute("data-state", "finished")
    expect(notebook.cell(1).locator(".jp-StreamPill")).to_have_text("Finished")

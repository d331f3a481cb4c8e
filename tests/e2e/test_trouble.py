"""What a user sees when something goes wrong."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import nbformat
import pytest
from playwright.sync_api import expect

import jupyter_stream as js
from jupyter_stream.errors import BadChunk, FormatError
from jupyter_stream.formats.chunk import unpack_chunk
from jupyter_stream.testing.hostile import hostile_messages
from tests.files.receiving.writing import write_records
from tests.spectra import upload_spectra

if TYPE_CHECKING:
    from pathlib import Path

    from jupyter_stream.kafka.local_broker import LocalBroker
    from tests.e2e.lab import LabServer, Notebook

CELLS = """
%load_ext jupyter_stream
%stream_connect {address}
---
def fussy(file):
    if "0001" in file.name:
        raise ValueError("no such detector: <b>7</b>")
    return [1, 2, 3]
---
%stream_watch spectra --plot spectrum --apply fussy --to w
"""


def is_damaged(value: bytes) -> bool:
    """Say whether a value is a chunk that cannot be used."""
    try:
        unpack_chunk(value)
    except BadChunk:
        return True
    except FormatError:
        return False
    return False


@pytest.fixture
def trouble(folder: Path, private_broker: LocalBroker, tmp_path: Path) -> str:
    """A notebook that watches a topic with damaged chunks, with a function that raises."""
    address = private_broker.start().bootstrap
    cluster = js.connect(address)
    cluster.create_topic("spectra", 1)
    damaged = list(islice(filter(is_damaged, (m.value or b"" for m in hostile_messages())), 3))
    write_records(cluster, "spectra", [(0, b"", value) for value in damaged])
    upload_spectra(cluster, "spectra", tmp_path / "spectra", 3)
    cells = [
        nbformat.v4.new_code_cell(text.strip())
        for text in CELLS.format(address=address).split("---")
    ]
    python = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=python)
    nbformat.write(notebook, folder / "trouble.ipynb")
    return "trouble.ipynb"


def test_trouble_is_told_on_the_card_and_passes(
    lab: LabServer, notebook: Notebook, trouble: str, private_broker: LocalBroker
) -> None:
    notebook.open(lab.address(trouble))
    for cell in (0, 1, 2):
        notebook.run_cell(cell)
    view = notebook.cell(2)
    summary = view.locator(".jp-StreamProblems-summary")
    expect(summary).to_have_text("1 error, 3 records skipped")
    summary.click()
    details = view.locator(".jp-StreamProblems-list")
    expect(details).to_contain_text("ValueError in the analysis")
    expect(details).to_contain_text("no such detector: <b>7</b>")
    expect(details).to_contain_text("spectrum_0001.npy (spectra [0] offset 4)")
    expect(details).to_contain_text("Record skipped")
    assert details.locator("b").count() == 0
    notebook.screenshot("problems-light")
    notebook.use_theme("JupyterLab Dark")
    notebook.screenshot("problems-dark")
    summary.click()

    trouble_line = view.locator(".jp-StreamCard-trouble")
    expect(trouble_line).to_have_text("")
    private_broker.stop()
    expect(trouble_line).to_contain_text("no answer from 127.0.0.1")
    expect(view.locator(".jp-StreamPill")).to_have_text("Running")
    expect(view.locator(".jp-StreamPill")).to_have_attribute("data-trouble", "true")
    notebook.screenshot("broker-away-dark")
    notebook.use_theme("JupyterLab Light")
    notebook.screenshot("broker-away-light")
    private_broker.start()
    expect(trouble_line).to_have_text("")


def test_the_buttons_of_the_card_pause_resume_and_stop(
    lab: LabServer, notebook: Notebook, trouble: str
) -> None:
    notebook.open(lab.address(trouble))
    for cell in (0, 1, 2):
        notebook.run_cell(cell)
    view = notebook.cell(2)
    pill = view.locator(".jp-StreamPill")
    expect(pill).to_have_text("Running")
    for button, state in (("Pause", "Paused"), ("Resume", "Running"), ("Stop", "Finished")):
        view.get_by_role("button", name=button, exact=True).click()
        expect(pill).to_have_text(state)
    assert view.get_by_role("button", name="Stop", exact=True).is_disabled()
    assert notebook.run_in_kernel("print(w.state)") == "finished"

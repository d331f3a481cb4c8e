"""What is left of a cell that runs again and again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import jupyter_stream as js
from tests.files.receiving.writing import write_records

if TYPE_CHECKING:
    from jupyter_stream.kafka.local_broker import RunningBroker
    from jupyter_stream.testing.kafka import MakeTopic
    from tests.notebook.kernel import NotebookKernel

RUNS = 30
COUNTED = """
import comm, gc
from ipywidgets import Widget
from jupyter_stream.plots.spectrum_model import SpectrumModel
from jupyter_stream.analysis.watch import Watch
gc.collect()
kinds = Widget, SpectrumModel, Watch
print(len(comm.get_comm_manager().comms),
      *(sum(isinstance(each, kind) for each in gc.get_objects()) for kind in kinds))
"""
REPLACE = "w = globals().get('w')\nif w: w.stop()\nw = js.watch('{0}', plot='spectrum')\n"
CELLS = {
    "line magic": "%stream_watch {0} --plot spectrum --to w\nw.wait(20, n=2)",
    "js.watch": REPLACE + "w.wait(20, n=2)\ndisplay(w)",
    "dashboard": REPLACE + "w.wait(20, n=2)\ndisplay(js.dashboard(w, w))",
}


@pytest.fixture
def topic(kafka_broker: RunningBroker, kafka_topic: MakeTopic) -> str:
    """A topic with two spectra as records."""
    name = kafka_topic()
    values = [(0, b"", json.dumps(value).encode()) for value in ([1, 2, 3], [2, 3, 4])]
    write_records(js.connect(kafka_broker.bootstrap), name, values)
    return name


def counted(kernel: NotebookKernel) -> list[int]:
    """Return how many comms, widgets, plots and watches there are in the kernel."""
    return [int(number) for number in kernel.run(COUNTED).text.split()]


@pytest.mark.parametrize("cell", CELLS)
def test_a_cell_that_runs_again_leaves_nothing(
    kernel: NotebookKernel, topic: str, cell: str
) -> None:
    for _ in range(2):
        assert kernel.run(CELLS[cell].format(topic), cell="cell-1").status == "ok"
    comms, widgets, *_ = counted(kernel)
    for _ in range(RUNS - 2):
        assert kernel.run(CELLS[cell].format(topic), cell="cell-1").status == "ok"
    later_comms, later_widgets, plots, watches = counted(kernel)
    assert later_comms == comms
    assert later_widgets <= widgets
    assert watches <= 12, "%stream_jobs lists ten that have ended"
    assert plots <= (1 if cell == "line magic" else 12)


def test_a_widget_that_another_cell_shows_stays(kernel: NotebookKernel, topic: str) -> None:
    cell = REPLACE.format(topic) + "display(w)"
    kernel.run(cell, cell="cell-1")
    kernel.run("first = w\ndisplay(first)", cell="cell-2")
    widget = "from jupyter_stream.notebook.display import is_shown\nprint(is_shown(first))"
    kernel.run(cell, cell="cell-1")
    assert kernel.run(widget).text.strip() == "True"
    kernel.run("display(w)", cell="cell-2")
    assert kernel.run(widget).text.strip() == "False"
    shown = kernel.run("display(first)", cell="cell-3").display[0]
    assert shown != {}
    assert kernel.run(widget).text.strip() == "True", "it can be shown again"


def test_a_dashboard_can_be_shown_again(kernel: NotebookKernel, topic: str) -> None:
    kernel.run(f"w = js.watch('{topic}')\nboard = js.dashboard(w)")
    first = kernel.run("board", cell="cell-1").display[0]
    assert kernel.run("display(board)", cell="cell-1").display[0] == first
    kernel.run("display(js.dashboard(w))", cell="cell-1")
    again = kernel.run("board", cell="cell-2").display[0]
    widget = "application/vnd.jupyter.widget-view+json"
    assert again[widget] != first[widget]

"""What outputs hold for whoever opens a notebook without its kernel."""

from __future__ import annotations

import json
from base64 import b64decode
from typing import TYPE_CHECKING, Any

import pytest

import jupyter_stream as js
from tests.files.receiving.writing import write_records

if TYPE_CHECKING:
    from jupyter_stream.kafka.local_broker import RunningBroker
    from jupyter_stream.testing.kafka import MakeTopic
    from tests.notebook.kernel import CellRun, NotebookKernel

WIDGET = "application/vnd.jupyter.widget-view+json"
OUTPUT = "application/vnd.jupyter-stream.output+json"


@pytest.fixture
def topic(kafka_broker: RunningBroker, kafka_topic: MakeTopic) -> str:
    """A topic with two spectra as records."""
    name = kafka_topic()
    values = [(0, b"", json.dumps(value).encode()) for value in ([1, 2, 3], [2, 3, 4])]
    write_records(js.connect(kafka_broker.bootstrap), name, values)
    return name


def pictures(run: CellRun) -> list[dict[str, Any]]:
    """Return the outputs that hold a picture."""
    found = [data for data in run.display if "image/png" in data]
    assert all(b64decode(data["image/png"]).startswith(b"\x89PNG") for data in found)
    return found


def test_without_a_browser_the_output_gets_its_picture_after_a_cell(
    kernel: NotebookKernel, topic: str
) -> None:
    updates = pictures(kernel.run(f"%stream_watch {topic} --plot spectrum --to w"))

    def is_told() -> bool:
        updates.extend(pictures(kernel.run("w.wait(20, n=2)")))
        return "2 results" in updates[-1]["text/plain"]

    kernel.wait_for(is_told, "both results in the output")
    assert OUTPUT in updates[-1]
    assert WIDGET in updates[-1]
    assert pictures(kernel.run("1 + 1")) == [], "nothing is new"


def test_with_a_browser_it_is_the_browser_that_asks(kernel: NotebookKernel, topic: str) -> None:
    kernel.run(f"%stream_watch {topic} --plot spectrum --to w")
    comm = kernel.open_comm(kernel.run("print(w.id)").text.strip())
    comm.await_one("figure")
    assert pictures(kernel.run("w.wait(20, n=2)")) == []


def test_loading_the_extension_again_draws_once(kernel: NotebookKernel, topic: str) -> None:
    kernel.run("%reload_ext jupyter_stream\n%reload_ext jupyter_stream")
    kernel.run(f"w = js.watch('{topic}')\nw.wait(20, n=2)")
    assert len(pictures(kernel.run("display(w)"))) == 2, "what is displayed, and one update"


def test_a_watch_as_the_value_of_a_cell_is_shown(kernel: NotebookKernel, topic: str) -> None:
    kernel.run(f"w = js.watch('{topic}')\nw.wait(20, n=2)")
    shown = kernel.run("w").display[0]
    assert OUTPUT in shown
    assert WIDGET in shown
    assert b64decode(shown["image/png"]).startswith(b"\x89PNG")


def test_a_replaced_watch_leaves_no_widget(kernel: NotebookKernel, topic: str) -> None:
    count = "import ipywidgets\nprint(len(ipywidgets.widgets.widget._instances))"
    kernel.run(f"%stream_watch {topic}", cell="cell-1")
    before = kernel.run(count).text
    for _ in range(3):
        kernel.run(f"%stream_watch {topic}", cell="cell-1")
    assert kernel.run(count).text == before


def test_a_dashboard_is_a_grid_and_a_picture(kernel: NotebookKernel, topic: str) -> None:
    kernel.run(f"a = js.watch('{topic}')\nb = js.watch('{topic}', plot='waterfall')")
    kernel.run("print(a.wait(20, n=2), b.wait(20, n=2))")
    run = kernel.run("board = js.dashboard(a, b, a)\nboard")
    shown = run.display[0]
    jobs = kernel.run("print(a.id, b.id, a.id)").text.split()
    assert shown[OUTPUT]["columns"] == 2
    assert [stream.rsplit("-", 1)[0] for stream in shown[OUTPUT]["streams"]] == jobs
    assert WIDGET in shown
    assert b64decode(shown["image/png"]).startswith(b"\x89PNG")
    assert shown["text/plain"].count("<Watch") == 3
    assert kernel.run("board").display[0][WIDGET] == shown[WIDGET]


@pytest.mark.parametrize(
    ("call", "told"),
    [
        ("js.dashboard()", "made of watches"),
        ("js.dashboard([w])", "made of watches"),
        ("js.dashboard(w, columns=0)", "at least one column"),
    ],
)
def test_what_makes_no_dashboard_is_told(
    kernel: NotebookKernel, topic: str, call: str, told: str
) -> None:
    kernel.run(f"w = js.watch('{topic}')")
    run = kernel.run(call)
    assert run.status == "error"
    assert told in run.text

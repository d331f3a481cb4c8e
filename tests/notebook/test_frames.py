"""Frames over the comm, in a real kernel with a front end played by the test."""

from __future__ import annotations

import os
import time
from functools import partial
from typing import TYPE_CHECKING, Any

import bokeh
import pytest

import jupyter_stream as js
from jupyter_stream.formats.frame import unpack_frame
from tests.spectra import upload_spectra

if TYPE_CHECKING:
    from pathlib import Path

    from jupyter_stream.kafka.local_broker import RunningBroker
    from jupyter_stream.testing.kafka import MakeTopic
    from tests.notebook.kernel import BrowserComm, NotebookKernel

OUTPUT = "application/vnd.jupyter-stream.output+json"
STILL_JOB = """
from jupyter_stream.jobs.job import Job
class Still(Job):
    def _run(self):
        while self._goes_on():
            self._idle()
job = Still("still").start()
print(job.id)
"""
FRAME_THREADS = (
    "import threading\nprint(sum(t.name == 'jupyter_stream frames' for t in threading.enumerate()))"
)


@pytest.fixture
def topic(kafka_broker: RunningBroker, kafka_topic: MakeTopic, tmp_path: Path) -> str:
    """A topic with three spectra."""
    name = kafka_topic(2)
    upload_spectra(js.connect(kafka_broker.bootstrap), name, tmp_path / "spectra", 3)
    return name


def newest(comm: BrowserComm) -> tuple[dict[str, Any], list[Any]]:
    """Read the newest frame that came."""
    return unpack_frame(bytes(comm.received("frame")[-1]["buffers"][0]))


def serials(comm: BrowserComm) -> list[int]:
    """Return the serial numbers of all spectra that came, in order."""
    plots = [header["plot"] for header in headers(comm) if header["plot"]]
    return [spectrum["serial"] for plot in plots for spectrum in plot["spectra"]]


def headers(comm: BrowserComm) -> list[dict[str, Any]]:
    """Read the headers of all frames that came."""
    return [unpack_frame(bytes(m["buffers"][0]))[0] for m in comm.received("frame")]


def card(comm: BrowserComm) -> dict[str, Any]:
    """Return the newest card that came; it comes only when it has changed."""
    cards = [header["card"] for header in headers(comm) if header["card"]]
    return cards[-1] if cards else {}


def newest_is(comm: BrowserComm, serial: int) -> bool:
    """Say whether the newest spectrum that came has a serial number."""
    return serials(comm)[-1:] == [serial]


def watch_three(kernel: NotebookKernel, topic: str) -> str:
    """Start a watch, wait for the three spectra, and return the identity of the watch."""
    kernel.run(f"%stream_watch {topic} --plot spectrum --to w")
    run = kernel.run("print(w.wait_for_files(3, 20), w.id)")
    answer, job = run.text.split()
    assert answer == "True"
    return job


def test_a_view_gets_the_figure_the_library_and_all_spectra(
    kernel: NotebookKernel, topic: str
) -> None:
    comm = kernel.open_comm(watch_three(kernel, topic))
    figure = comm.await_one("figure")["content"]["data"]
    assert figure["bokeh"] == bokeh.__version__
    assert figure["item"]["doc"]["version"] == bokeh.__version__
    comm.send(type="bokehjs")
    library = bytes(comm.await_one("bokehjs")["buffers"][0]).decode()
    assert bokeh.__version__ in library
    assert comm.received("frame") == []
    comm.send(type="ready")
    comm.await_one("frame")
    header, columns = newest(comm)
    assert header["reset"] is True
    assert header["card"]["files"] == 3
    assert header["plot"]["x_label"] == "Channel"
    spectra = header["plot"]["spectra"]
    assert [spectrum["serial"] for spectrum in spectra] == [1, 2, 3]
    assert len({spectrum["x"] for spectrum in spectra}) == 1, "one axis is sent once"
    assert sorted(columns[spectrum["y"]][0] for spectrum in spectra) == [0.0, 1.0, 2.0]


def test_nothing_is_sent_beyond_the_window(
    kernel: NotebookKernel, topic: str, kafka_broker: RunningBroker, tmp_path: Path
) -> None:
    comm = kernel.open_comm(watch_three(kernel, topic))
    comm.send(type="ready")
    comm.await_one("frame")
    upload_spectra(js.connect(kafka_broker.bootstrap), topic, tmp_path / "more", 3, first=3)
    assert kernel.run("print(w.wait_for_files(6, 20))").text.strip() == "True"
    before_silence = len(comm.received("frame"))
    assert before_silence <= 3
    comm.send(type="ack", sequence=newest(comm)[0]["sequence"])
    kernel.wait_for(lambda: serials(comm)[-1:] == [6], "the newest spectrum")
    assert serials(comm) == [1, 2, 3, 4, 5, 6], "each spectrum is sent once"


def test_ready_again_sends_everything_again(kernel: NotebookKernel, topic: str) -> None:
    comm = kernel.open_comm(watch_three(kernel, topic))
    comm.send(type="ready")
    comm.await_one("frame")
    count = len(comm.received("frame"))
    comm.send(type="ready")
    comm.await_one("frame", count + 1)
    header, _ = newest(comm)
    assert header["reset"] is True
    assert [spectrum["serial"] for spectrum in header["plot"]["spectra"]] == [1, 2, 3]


def test_a_hidden_view_is_sent_nothing(
    kernel: NotebookKernel, topic: str, kafka_broker: RunningBroker, tmp_path: Path
) -> None:
    job = watch_three(kernel, topic)
    hidden, seen = kernel.open_comm(job), kernel.open_comm(job)
    hidden.await_one("figure")
    hidden.send(type="visible", visible=False)
    for comm in (hidden, seen):
        comm.send(type="ready")
    seen.await_one("frame")
    upload_spectra(js.connect(kafka_broker.bootstrap), topic, tmp_path / "more", 1, first=3)
    kernel.wait_for(lambda: serials(seen)[-1:] == [4], "the newest spectrum in the other view")
    assert hidden.received("frame") == []
    hidden.send(type="visible", visible=True)
    hidden.await_one("frame")
    assert serials(hidden) == [1, 2, 3, 4]


def set_in_view(kernel: NotebookKernel, name: str, value: float) -> None:
    """Set a time, in seconds, that views go by."""
    kernel.run(f"import jupyter_stream.notebook.view as view; view.{name} = {value}")


def test_a_view_that_says_it_is_alive_is_kept(kernel: NotebookKernel, topic: str) -> None:
    set_in_view(kernel, "ABANDONED_SECONDS", 0.5)
    comm = kernel.open_comm(watch_three(kernel, topic))
    until = time.monotonic() + 2

    def is_over() -> bool:
        comm.send(type="alive", ready=False)
        return time.monotonic() > until

    kernel.wait_for(is_over, "two seconds")
    assert comm.received("alive")
    assert not comm.is_closed


@pytest.mark.parametrize("visible", [True, False])
def test_a_silent_view_is_let_go_and_comes_back(
    kernel: NotebookKernel, topic: str, *, visible: bool
) -> None:
    set_in_view(kernel, "ABANDONED_SECONDS", 0.5)
    job = watch_three(kernel, topic)
    comm = kernel.open_comm(job)
    comm.send(type="ready")
    comm.send(type="visible", visible=visible)
    kernel.wait_for(lambda: comm.is_closed, "the end of the view")
    kernel.wait_for(lambda: kernel.run(FRAME_THREADS).text.strip() == "0", "the clock's end")
    held = kernel.run(
        "import comm, gc\n"
        "from jupyter_stream.notebook.frame_content import FrameContent, is_viewed\n"
        "gc.collect()\n"
        f"print({comm.comm_id!r} in comm.get_comm_manager().comms, is_viewed(w),"
        " sum(isinstance(o, FrameContent) for o in gc.get_objects()))"
    )
    assert held.text.split() == ["False", "False", "0"]
    comm.send(type="alive", ready=True)
    set_in_view(kernel, "ABANDONED_SECONDS", 60)
    again = kernel.open_comm(job)
    again.send(type="ready")
    again.await_one("frame")
    assert serials(again) == [1, 2, 3]
    printed = "".join(kernel.printed.values())
    assert "No such comm" not in printed, "what is said too late is not printed to a cell"


def test_what_a_live_page_owes_an_answer_for_is_sent_again(
    kernel: NotebookKernel, topic: str
) -> None:
    comm = kernel.open_comm(watch_three(kernel, topic))
    comm.send(type="ready")
    comm.await_one("frame")
    kernel.wait_for(lambda: "files" in card(comm), "the first frame")
    comm.send(type="alive", ready=True)
    comm.await_one("alive")
    assert sum(header["reset"] for header in headers(comm)) == 1, "it may be on its way"
    set_in_view(kernel, "LOST_SECONDS", 0)
    comm.send(type="alive", ready=True)
    kernel.wait_for(lambda: sum(h["reset"] for h in headers(comm)) == 2, "everything again")
    assert serials(comm) == [1, 2, 3, 1, 2, 3]
    comm.send(type="ack", sequence=newest(comm)[0]["sequence"])
    comm.send(type="alive", ready=True)
    comm.await_one("alive", 3)
    assert sum(header["reset"] for header in headers(comm)) == 2, "nothing is lost"


def test_a_page_that_knows_no_figure_gets_it_again(kernel: NotebookKernel, topic: str) -> None:
    set_in_view(kernel, "LOST_SECONDS", 0)
    comm = kernel.open_comm(watch_three(kernel, topic))
    comm.await_one("figure")
    comm.send(type="alive", ready=False)
    comm.await_one("alive")
    assert len(comm.received("figure")) == 1, "the page is about to embed it"
    comm.send(type="alive", ready=True)
    comm.await_one("figure", 2)


def test_frames_flow_while_a_cell_runs(
    kernel: NotebookKernel, topic: str, kafka_broker: RunningBroker, tmp_path: Path
) -> None:
    job = watch_three(kernel, topic)
    comm = kernel.open_comm(job, kernel.open_subshell())
    comm.send(type="ready")
    comm.await_one("frame")
    go_on = tmp_path / "go on"
    busy = kernel.begin(
        f"import os, time\nwhile not os.path.exists({os.fspath(go_on)!r}):\n    time.sleep(0.01)"
    )
    cluster = js.connect(kafka_broker.bootstrap)
    for number in range(3, 9):
        upload_spectra(cluster, topic, tmp_path / "more", 1, first=number)
        comm.send(type="ack", sequence=newest(comm)[0]["sequence"])
        shown = partial(newest_is, comm, number + 1)
        kernel.wait_for(shown, "a new spectrum")
    go_on.touch()
    assert kernel.finish(busy).status == "ok"


def test_commands_of_the_card_reach_the_job(kernel: NotebookKernel, topic: str) -> None:
    comm = kernel.open_comm(watch_three(kernel, topic))
    comm.send(type="ready")

    def shown() -> str:
        return str(card(comm).get("state"))

    for command, state in (("pause", "paused"), ("resume", "running"), ("stop", "finished")):
        comm.send(type="command", command=command)

        def arrived(wanted: str = state) -> bool:
            if comm.received("frame"):
                comm.send(type="ack", sequence=newest(comm)[0]["sequence"])
            return shown() == wanted

        kernel.wait_for(arrived, state)


def test_unknown_messages_are_left_alone(kernel: NotebookKernel, topic: str) -> None:
    comm = kernel.open_comm(watch_three(kernel, topic))
    for data in (
        {"type": "command", "command": "rm -rf"},
        {"type": "ack", "sequence": "many"},
        {"type": "visible"},
        {"nonsense": 1},
    ):
        comm.send(**data)
    comm.send(type="ready")
    comm.await_one("frame")
    assert kernel.run("print(w.state)").text.strip() == "running"


@pytest.mark.parametrize("stream", ["job-1", "job-1-0123abcd", ["job-1"]])
def test_a_stream_of_a_former_kernel_is_gone(kernel: NotebookKernel, stream: str) -> None:
    kernel.run(STILL_JOB)
    comm = kernel.open_comm_to(stream)
    comm.await_one("gone")


def test_outputs_of_two_kernels_are_told_apart(kernel: NotebookKernel) -> None:
    names = []
    for _ in range(2):
        assert kernel.run(STILL_JOB).text.strip() == "job-1"
        run = kernel.run("job")
        names.extend(run.display[0][OUTPUT]["streams"])
        kernel.restart()
        kernel.run("%load_ext jupyter_stream")
    assert len(set(names)) == 2


def test_closing_the_last_view_ends_the_clock(kernel: NotebookKernel, topic: str) -> None:
    comm = kernel.open_comm(watch_three(kernel, topic))
    comm.await_one("figure")
    assert kernel.run(FRAME_THREADS).text.strip() == "1"
    comm.post("comm_close", {"data": {}})
    kernel.wait_for(lambda: kernel.run(FRAME_THREADS).text.strip() == "0", "the clock's end")

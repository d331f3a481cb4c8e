"""What a view can ask for, in a real kernel with a front end played by the test."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

import jupyter_stream as js
from jupyter_stream.formats.frame import unpack_frame
from tests.files.receiving.writing import write_records

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyter_stream.kafka.local_broker import RunningBroker
    from jupyter_stream.testing.kafka import MakeTopic
    from tests.notebook.kernel import BrowserComm, NotebookKernel

PNG = b"\x89PNG"


@pytest.fixture
def topic(kafka_topic: MakeTopic) -> str:
    """An empty topic."""
    return kafka_topic()


@pytest.fixture
def write(kafka_broker: RunningBroker, topic: str) -> Callable[..., None]:
    """Return what writes values as records of JSON."""
    cluster = js.connect(kafka_broker.bootstrap)

    def write(*values: object) -> None:
        write_records(cluster, topic, [(0, b"", json.dumps(value).encode()) for value in values])

    return write


def watched(kernel: NotebookKernel, topic: str, options: str = "") -> BrowserComm:
    """Start a watch `w`, and open a view of it."""
    run = kernel.run(f"%stream_watch {topic} {options} --to w")
    assert run.status == "ok", run.text
    comm = kernel.open_comm(kernel.run("print(w.id)").text.strip())
    comm.await_one("figure")
    comm.send(type="ready")
    return comm


def headers(comm: BrowserComm) -> list[dict[str, Any]]:
    """Read the headers of all frames that came, and acknowledge them."""
    read = [unpack_frame(bytes(m["buffers"][0]))[0] for m in comm.received("frame")]
    if read:
        comm.send(type="ack", sequence=read[-1]["sequence"])
    return read


def plot(comm: BrowserComm) -> dict[str, Any]:
    """Return what the newest frame with a plot says of it."""
    plots = [header["plot"] for header in headers(comm) if header["plot"]]
    return plots[-1] if plots else {}


def test_the_figure_comes_again_when_the_kind_is_known(
    kernel: NotebookKernel, topic: str, write: Callable[..., None]
) -> None:
    comm = watched(kernel, topic)
    first = comm.await_one("figure")["content"]["data"]
    assert (first["kind"], first["item"]) == (None, None)
    write(*({"temperature": 20 + n} for n in range(5)))
    second = comm.await_one("figure", 2)["content"]["data"]
    assert second["kind"] == "series"
    assert second["item"]["doc"]
    before = len(comm.received("frame"))
    comm.send(type="ready")
    comm.await_one("frame", before + 1)
    header = headers(comm)[-1]
    assert header["reset"] is True
    assert header["plot"]["kind"] == "series"
    kernel.wait_for(lambda: plot(comm)["total"] == 5, "all results")
    assert "series" in kernel.run("print(w.plot_choice)").text


def test_a_setting_is_taken_and_told(
    kernel: NotebookKernel, topic: str, write: Callable[..., None]
) -> None:
    comm = watched(kernel, topic, "--plot spectrum")
    write([1.0, 5.0, 2.0])
    kernel.wait_for(lambda: plot(comm).get("total") == 1, "the spectrum")
    assert plot(comm)["settings"]["reduction"] == "none"
    comm.send(type="configure", settings={"reduction": "mean"})
    kernel.wait_for(lambda: plot(comm)["settings"]["reduction"] == "mean", "the setting")
    assert comm.received("refused") == []


def test_a_held_plot_takes_settings_and_stays_as_it_is_seen(
    kernel: NotebookKernel, topic: str, write: Callable[..., None]
) -> None:
    comm = watched(kernel, topic, "--plot spectrum")
    write([1.0, 5.0, 2.0])
    kernel.wait_for(lambda: plot(comm).get("total") == 1, "the spectrum")
    comm.send(type="ready", hold=1)
    write([2.0, 7.0, 4.0], [2.0, 7.0, 4.0])
    kernel.wait_for(lambda: headers(comm)[-1]["behind"] == 2, "the count of what is not seen")
    assert plot(comm)["total"] == 1
    comm.send(type="configure", settings={"reference": "set", "reduction": "sum"})
    kernel.wait_for(lambda: plot(comm)["settings"]["reduction"] == "sum", "the setting")
    assert [one["name"] for one in plot(comm)["traces"]][1:] == [plot(comm)["label"]]
    kernel.run("w.plot.configure({'peaks': True})")
    kernel.wait_for(lambda: plot(comm)["settings"]["peaks"], "what is set by Python")
    assert plot(comm)["total"] == 1
    comm.send(type="ready", hold=None)
    kernel.wait_for(lambda: plot(comm)["total"] == 3, "what came meanwhile")
    assert headers(comm)[-1]["behind"] is None
    assert plot(comm)["settings"]["reduction"] == "sum"


def test_images_are_sent_as_large_as_the_largest_view_shows_them(
    kernel: NotebookKernel, topic: str, write: Callable[..., None]
) -> None:
    large = watched(kernel, topic, "--plot image")
    small = kernel.open_comm(kernel.run("print(w.id)").text.strip())
    small.await_one("figure")
    small.send(type="ready")
    write([[1.0] * 200] * 200)
    kernel.wait_for(lambda: plot(large).get("sent") == [200, 200], "the image")
    large.send(type="size", side=100)
    kernel.wait_for(lambda: plot(large)["sent"] == [100, 100], "the size that is shown")
    small.send(type="size", side=50)
    small.send(type="configure", settings={"mask": 0})
    kernel.wait_for(lambda: plot(small)["settings"]["mask"] == 0, "the setting")
    assert plot(small)["sent"] == [100, 100]


@pytest.mark.parametrize(
    ("settings", "told"), [({"reduction": "median"}, "median"), ({"colour": "red"}, "colour")]
)
def test_a_wrong_setting_is_refused(
    kernel: NotebookKernel, topic: str, settings: dict[str, str], told: str
) -> None:
    comm = watched(kernel, topic, "--plot spectrum")
    comm.send(type="configure", settings=settings)
    assert told in comm.await_one("refused")["content"]["data"]["reason"]


def test_a_pause_on_the_card_holds_the_analysis(
    kernel: NotebookKernel, topic: str, write: Callable[..., None]
) -> None:
    comm = watched(kernel, topic, "--plot series")
    write(1)
    assert kernel.run("print(w.wait(20, n=1))").text.strip() == "True"
    comm.send(type="command", command="pause")
    kernel.wait_for(lambda: kernel.run("print(w.state)").text.strip() == "paused", "the pause")
    write(2)
    assert kernel.run("print(w.wait(1, n=2))").text.strip() == "False"
    comm.send(type="command", command="resume")
    assert kernel.run("print(w.wait(20, n=2), w.latest)").text.split() == ["True", "2"]


def test_a_picture_is_given_as_it_is_now(
    kernel: NotebookKernel, topic: str, write: Callable[..., None]
) -> None:
    comm = watched(kernel, topic, "--plot spectrum")
    comm.send(type="picture")
    answer = comm.await_one("picture")
    assert answer["buffers"] == []
    assert "0 results" in answer["content"]["data"]["text"]
    write([1.0, 5.0, 2.0])
    assert kernel.run("print(w.wait(20, n=1))").text.strip() == "True"
    comm.send(type="picture")
    answer = comm.await_one("picture", 2)
    assert bytes(answer["buffers"][0]).startswith(PNG)
    assert "1 result" in answer["content"]["data"]["text"]


@pytest.mark.parametrize(
    ("name", "suffix", "begin"),
    [("csv", ".csv", b""), ("npz", ".npz", b"PK"), ("hdf5", ".h5", b"\x89HDF")],
)
def test_the_data_come_as_a_file(
    kernel: NotebookKernel,
    topic: str,
    write: Callable[..., None],
    name: str,
    suffix: str,
    begin: bytes,
) -> None:
    comm = watched(kernel, topic, "--plot spectrum")
    write([1.0, 5.0, 2.0])
    assert kernel.run("print(w.wait(20, n=1))").text.strip() == "True"
    comm.send(type="export", format=name)
    answer = comm.await_one("file")
    data = answer["content"]["data"]
    assert data["name"] == f"watch-{topic}{suffix}"
    content = bytes(answer["buffers"][0])
    assert content.startswith(begin)
    assert len(content) > 20


def test_what_has_not_changed_is_not_sent_again(
    kernel: NotebookKernel, topic: str, write: Callable[..., None]
) -> None:
    kernel.run("def fussy(record):\n    return [1, 2][record.value]")
    comm = watched(kernel, topic, "--plot series --apply fussy")
    write(0, 7)
    kernel.wait_for(
        lambda: any(header["problems"] for header in headers(comm)), "the problem to be told"
    )
    write(*[1] * 5)
    kernel.wait_for(lambda: plot(comm).get("total") == 6, "the results")
    told = [header["problems"] for header in headers(comm) if header["problems"] is not None]
    assert [len(problems) for problems in told][-1] == 1
    assert len(told) <= 2, "an empty list at first, and then the problem"
    before = len(headers(comm))
    kernel.run("w.plot.configure({})")
    kernel.wait_for(
        lambda: any(header["card"] is None for header in headers(comm)[before:]),
        "a frame without a card",
    )


def test_no_more_pictures_are_sent_than_asked_for(
    kernel: NotebookKernel, topic: str, write: Callable[..., None]
) -> None:
    comm = watched(kernel, topic, "--plot series --max-rate 2")
    comm.await_one("frame")
    for value in range(20):
        write(value)
        headers(comm)
    kernel.wait_for(lambda: plot(comm).get("total") == 20, "all results")
    pictures = [header["sequence"] for header in headers(comm) if header["plot"]]
    assert len(pictures) < 15


def test_the_card_does_not_wait_for_the_next_picture(
    kernel: NotebookKernel, topic: str, write: Callable[..., None]
) -> None:
    comm = watched(kernel, topic, "--plot series --max-rate 0.001")
    write(1)
    kernel.wait_for(lambda: plot(comm).get("total") == 1, "the first picture")
    write(2)
    kernel.wait_for(lambda: card_tells(comm, 2), "the number of results")
    assert plot(comm)["total"] == 1, "the next picture is due in a quarter of an hour"
    comm.send(type="command", command="pause")
    kernel.wait_for(lambda: newest_card(comm)["state"] == "paused", "the state")


def test_requests_for_what_is_not_there_are_left_alone(kernel: NotebookKernel, topic: str) -> None:
    comm = watched(kernel, topic, "--no-plot")
    for request in (
        {"type": "configure", "settings": {"peaks": True}},
        {"type": "configure", "settings": "all"},
        {"type": "export", "format": "csv"},
        {"type": "export", "format": "/etc/passwd"},
    ):
        comm.send(**request)
    comm.send(type="picture")
    comm.await_one("picture")
    assert comm.received("refused") == comm.received("file") == []
    assert kernel.run("print(w.state)").text.strip() == "running"


def newest_card(comm: BrowserComm) -> dict[str, Any]:
    """Return the newest card that came."""
    cards: list[dict[str, Any]] = [header["card"] for header in headers(comm) if header["card"]]
    return cards[-1]


def card_tells(comm: BrowserComm, results: int) -> bool:
    """Say whether the newest card has so many results."""
    return bool(newest_card(comm)["results"] == results)


def test_another_view_is_told_everything(
    kernel: NotebookKernel, topic: str, write: Callable[..., None]
) -> None:
    first = watched(kernel, topic, "--plot spectrum")
    write([1, 2, 3], [2, 3, 4])
    kernel.wait_for(lambda: plot(first).get("total") == 2, "the spectra")
    second = kernel.open_comm(kernel.run("print(w.id)").text.strip())
    second.await_one("figure")
    second.send(type="ready")
    second.await_one("frame")
    header = headers(second)[0]
    assert header["reset"] is True
    assert [spectrum["serial"] for spectrum in header["plot"]["spectra"]] == [1, 2]
    assert header["card"]["topics"] == [topic]
    # The numbers on the card are gathered now and then.
    kernel.wait_for(lambda: card_tells(second, 2), "the number of results")

"""The kernel's end of the relay, in a real kernel; the test plays the Jupyter server."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from websocket import WebSocketBadStatusException, WebSocketTimeoutException

from jupyter_stream.formats.close_code import CloseCode
from jupyter_stream.formats.frame import unpack_frame
from jupyter_stream.formats.ticket import Purpose, Ticket, read_ticket
from tests.notebook.kernel import NotebookKernel
from tests.notebook.relaying import (
    RelayClient,
    ask_for_ticket,
    read_view_ticket,
    server_ticket,
    start_counting,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.notebook.kernel import BrowserComm

THREADS = "import threading; print([t.name for t in threading.enumerate() if 'relay' in t.name])"

CONNECTION = "jupyter_stream.notebook.relay_connection"
# What lies unread at the end of a connection can take the code with it.
TOO_LARGE = {1009, None}


class View(NamedTuple):
    """A view whose kernel gave it a ticket."""

    kernel: NotebookKernel
    comm: BrowserComm
    ticket: str
    claims: Ticket
    key: bytes

    def connect(self, **options: Any) -> RelayClient:
        """Connect to the kernel, and say nothing yet."""
        return RelayClient(f"ws://127.0.0.1:{self.claims.port}/", **options)

    def introduced(self) -> RelayClient:
        """Connect to the kernel as the Jupyter server does."""
        client = self.connect()
        client.socket.send(server_ticket(self.claims, self.key))
        assert read_ticket(client.text(), self.key, Purpose.KERNEL, time.time())
        return client


@pytest.fixture(scope="module")
def counting() -> Iterator[tuple[NotebookKernel, str]]:
    """A kernel with a job that has news all the time, and the job's identity."""
    with NotebookKernel() as kernel:
        yield kernel, start_counting(kernel)
        kernel.run("job.stop(10)")


@pytest.fixture
def view(counting: tuple[NotebookKernel, str]) -> Iterator[View]:
    """A view of the job, in a kernel that prints nothing of the relay's trouble."""
    kernel, job = counting
    comm = kernel.open_comm(job)
    comm.await_one("figure")
    key = kernel.client.session.key
    ticket = ask_for_ticket(comm)
    yield View(kernel, comm, ticket, read_view_ticket(ticket, key), key)
    comm.post("comm_close", {"data": {}})
    assert kernel.run("pass").text == ""
    kernel.comm_messages.clear()


@contextmanager
def changed(kernel: NotebookKernel, module: str, name: str, value: float) -> Iterator[None]:
    """Let a number in a module of the kernel's be another for a while."""
    kernel.run(f"import {module} as m; former = m.{name}; m.{name} = {value}")
    yield
    kernel.run(f"m.{name} = former")


def comm_headers(comm: BrowserComm) -> list[dict[str, Any]]:
    """Return the headers of the frames that came over the comm."""
    return [unpack_frame(bytes(m["buffers"][0]))[0] for m in comm.received("frame")]


def test_the_server_is_let_in_and_the_kernel_proves_itself(view: View) -> None:
    with view.connect() as client:
        mine = server_ticket(view.claims, view.key, nonce="n")
        client.socket.send(mine)
        answer = read_ticket(client.text(), view.key, Purpose.KERNEL, time.time())
        assert (answer.nonce, answer.port, answer.view) == (
            "n",
            view.claims.port,
            view.comm.comm_id,
        )


def test_frames_go_over_the_relay_while_it_is_there_and_over_the_comm_again(view: View) -> None:
    view.comm.send(type="ready")
    view.comm.await_one("frame")
    with view.introduced() as client:
        first = client.acknowledged_frame()
        assert first["reset"] is True
        assert first["transport"] == "relay"
        headers = [client.acknowledged_frame() for _ in range(20)]
        assert [header["sequence"] - first["sequence"] for header in headers] == list(range(1, 21))
        assert not any(header["reset"] for header in headers)
    before = len(view.comm.received("frame"))
    view.comm.await_one("frame", before + 1)
    header = comm_headers(view.comm)[before]
    assert header["transport"] == "comm"
    assert header["reset"] is True
    assert header["sequence"] > headers[-1]["sequence"]


def test_two_frames_may_be_in_flight_on_the_relay(view: View) -> None:
    with view.introduced() as client:
        client.send(type="ready")
        for _ in range(2):
            client.frame()
        client.socket.settimeout(0.5)
        with pytest.raises(WebSocketTimeoutException):
            client.frame()


def test_a_silent_relay_is_left_for_the_comm(view: View) -> None:
    silence = changed(view.kernel, "jupyter_stream.notebook.view", "LOST_SECONDS", 0.2)
    with silence, view.introduced() as client:
        client.send(type="ready")
        client.frame()
        assert client.close_code() == CloseCode.GONE
    view.comm.await_one("frame")
    assert comm_headers(view.comm)[0]["reset"] is True


def test_what_the_view_says_goes_over_the_relay_also_while_a_cell_runs(view: View) -> None:
    with view.introduced() as client:
        client.send(type="ready")
        busy = view.kernel.begin("while job.state != 'paused': pass")
        client.send(type="command", command="pause")
        assert view.kernel.finish(busy).status == "ok"
        while client.acknowledged_frame()["card"]["state"] != "paused":
            pass
        client.send(type="command", command="resume")
        while client.acknowledged_frame()["card"]["state"] != "running":
            pass


def test_a_relay_that_comes_later_takes_the_place_of_the_former(view: View) -> None:
    with view.introduced() as former, view.introduced() as later:
        later.send(type="ready")
        assert later.acknowledged_frame()["reset"] is True
        assert former.close_code() == CloseCode.GONE
        assert later.acknowledged_frame()["transport"] == "relay"


def test_two_views_have_relays_of_their_own(view: View) -> None:
    other = view.kernel.open_comm(view.kernel.run("print(job.id)").text.strip())
    other.await_one("figure")
    text = ask_for_ticket(other)
    second = view._replace(comm=other, ticket=text, claims=read_view_ticket(text, view.key))
    with view.introduced() as one, second.introduced() as two:
        for client in (one, two):
            client.send(type="ready")
            assert client.acknowledged_frame()["sequence"] == 1
        other.post("comm_close", {"data": {}})
        assert two.close_code() == CloseCode.GONE
        assert one.acknowledged_frame()["sequence"] == 2


@pytest.mark.parametrize(
    "message",
    ["", "{}", "a.b", '{"kernel": "k", "ticket": "t"}', b"\0\1\2", "x" * 70_000],
    ids=["nothing", "JSON", "dots", "browser's", "bytes", "too long"],
)
def test_garbage_in_place_of_a_ticket_is_refused(view: View, message: str | bytes) -> None:
    with view.connect() as client:
        if isinstance(message, str):
            client.socket.send(message)
        else:
            client.socket.send_binary(message)
        assert client.close_code() in {CloseCode.REFUSED, *TOO_LARGE}
    with view.introduced() as client:
        client.send(type="ready")
        assert client.frame()


def test_the_ticket_of_the_view_opens_no_kernel(view: View) -> None:
    with view.connect() as client:
        client.socket.send(view.ticket)
        assert client.close_code() == CloseCode.REFUSED


def test_a_replayed_ticket_is_refused(view: View) -> None:
    ticket = server_ticket(view.claims, view.key)
    with view.connect() as client:
        client.socket.send(ticket)
        assert client.text()
    with view.connect() as client:
        client.socket.send(ticket)
        assert client.close_code() == CloseCode.REFUSED


@pytest.mark.parametrize(
    "changes",
    [
        {"expires": 1.0},
        {"expires": 9e9},
        {"view": "another view"},
        {"port": 1},
        {"purpose": Purpose.KERNEL},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_a_ticket_for_something_else_is_refused(view: View, changes: dict[str, Any]) -> None:
    with view.connect() as client:
        client.socket.send(server_ticket(view.claims, view.key, **changes))
        assert client.close_code() == CloseCode.REFUSED


def test_a_ticket_of_another_key_is_refused(view: View) -> None:
    with view.connect() as client:
        client.socket.send(server_ticket(view.claims, b"another key"))
        assert client.close_code() == CloseCode.REFUSED


def test_who_was_refused_is_heard_no_more(view: View) -> None:
    ticket = server_ticket(view.claims, view.key)
    with view.connect() as client:
        client.socket.send("nonsense")
        client.socket.send(ticket)
        assert client.close_code() == CloseCode.REFUSED
    with view.connect() as client:
        client.socket.send(ticket)
        assert client.text(), "the ticket was not used up"


@pytest.mark.parametrize("origin", ["http://evil.example", "http://127.0.0.1:{port}", "null"])
def test_pages_of_browsers_are_refused(view: View, origin: str) -> None:
    with pytest.raises(WebSocketBadStatusException, match="403"):
        view.connect(origin=origin.format(port=view.claims.port))


def test_who_says_nothing_is_sent_away(view: View) -> None:
    with changed(view.kernel, CONNECTION, "INTRODUCTION_SECONDS", 0.1), view.connect() as client:
        assert client.close_code() == CloseCode.REFUSED


def test_no_more_connections_than_of_use_are_taken(view: View) -> None:
    few = changed(view.kernel, CONNECTION, "MOST_CONNECTIONS", 2)
    refused = pytest.raises(WebSocketBadStatusException, match="503")
    with few, view.connect(), view.connect(), refused:
        view.connect()


@pytest.mark.parametrize("message", ["nonsense", "[]", "[" * 60_000, "null"])
def test_what_is_no_message_closes_the_relay(view: View, message: str) -> None:
    with view.introduced() as client:
        client.socket.send(message)
        assert client.close_code() == CloseCode.NOT_UNDERSTOOD
    view.comm.send(type="ready")
    view.comm.await_one("frame")


def test_an_oversized_message_closes_the_relay(view: View) -> None:
    with view.introduced() as client:
        client.send(type="command", command="x" * 70_000)
        assert client.close_code() in TOO_LARGE


def test_unknown_messages_are_left_alone(view: View) -> None:
    with view.introduced() as client:
        for data in ({"nonsense": 1}, {"type": "ack", "sequence": "x"}, {"type": "visible"}):
            client.send(**data)
        client.send(type="ready")
        assert client.frame()


def test_the_last_view_takes_the_server_with_it(view: View) -> None:
    assert view.kernel.run(THREADS).text.strip() == "['jupyter_stream relay']"
    with view.introduced() as client:
        view.comm.post("comm_close", {"data": {}})
        assert client.close_code() == CloseCode.GONE
    view.kernel.wait_for(
        lambda: view.kernel.run(THREADS).text.strip() == "[]", "the end of the relay's thread"
    )
    with pytest.raises(ConnectionRefusedError):
        view.connect()


def test_a_kernel_without_a_key_has_no_relay(view: View) -> None:
    run = view.kernel.run(
        "from jupyter_stream.notebook.relay import Relay\nprint(Relay(b'').admit('view', None))"
    )
    assert run.text.strip() == "None"


def test_a_kernel_that_may_not_listen_has_no_relay(view: View) -> None:
    run = view.kernel.run(
        "from jupyter_stream.notebook import relay, relay_server\n"
        "former, relay_server.LOOPBACK = relay_server.LOOPBACK, '192.0.2.1'\n"
        "print(relay.Relay(b'key').admit('view', None))\n"
        "relay_server.LOOPBACK = former"
    )
    assert run.text.strip() == "None"

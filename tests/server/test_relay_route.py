"""The relay's route: a real Jupyter server, real kernels, and whoever tries to get in."""

from __future__ import annotations

import json
import socket
import time
from typing import TYPE_CHECKING, Any, NamedTuple

import psutil
import pytest
from websocket import WebSocketBadStatusException

from jupyter_stream.formats.close_code import CloseCode
from jupyter_stream.formats.frame import unpack_frame
from jupyter_stream.formats.ticket import Purpose, Ticket, new_ticket, write_ticket
from tests.notebook.relaying import ask_for_ticket, read_view_ticket, start_counting
from tests.server.impostor import FRAME, Echo, Flood, Former, Silent, listening
from tests.server.jupyter import JupyterServer, ServedKernel, jupyter_server
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.notebook.kernel import BrowserComm
    from tests.notebook.relaying import RelayClient

OPEN = {"type": "open"}
# What lies unread at the end of a connection can take the code with it.
TOO_LARGE = {1009, None}
MOST_UNDER_WAY = 64 * 2**20


class View(NamedTuple):
    """A view in a browser, at a kernel of a server's."""

    kernel: ServedKernel
    comm: BrowserComm

    def ticket(self) -> str:
        """Return a fresh ticket."""
        return ask_for_ticket(self.comm)

    def forged(self, **changes: Any) -> str:
        """Return a ticket that code in the kernel wrote itself."""
        ticket = new_ticket(Purpose.VIEW, self.comm.comm_id, 1, time.time())
        return write_ticket(ticket._replace(**changes), self.kernel.key)

    def claims(self) -> Ticket:
        """Return what a fresh ticket says."""
        return read_view_ticket(self.ticket(), self.kernel.key)

    def introduced(self, ticket: str | None = None, **options: Any) -> RelayClient:
        """Connect to the relay, and introduce the view by a ticket, else by a fresh one."""
        client = self.kernel.server.relay(**options)
        client.send(kernel=self.kernel.id, ticket=self.ticket() if ticket is None else ticket)
        return client

    def opened(self, **options: Any) -> RelayClient:
        """Connect to the relay, and wait until the kernel is at its other end."""
        client = self.introduced(**options)
        assert json.loads(client.text()) == OPEN
        return client


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[JupyterServer]:
    """Run a server."""
    with jupyter_server(tmp_path_factory.mktemp("jupyter") / "server") as running:
        yield running


@pytest.fixture(scope="module")
def kernel(server: JupyterServer) -> Iterator[ServedKernel]:
    """Run a kernel with a job that has news all the time."""
    with ServedKernel(server) as served:
        start_counting(served)
        yield served


@pytest.fixture
def view(kernel: ServedKernel) -> Iterator[View]:
    """Open a view of the job."""
    yield from _view(kernel)


@pytest.fixture
def other_view(server: JupyterServer) -> Iterator[View]:
    """Open a view of a job in another kernel of the same server."""
    with ServedKernel(server) as served:
        start_counting(served)
        yield from _view(served)


def _view(kernel: ServedKernel) -> Iterator[View]:
    comm = kernel.open_comm(kernel.run("print(job.id)").text.strip())
    comm.await_one("figure")
    yield View(kernel, comm)
    if kernel.client.is_alive():
        comm.post("comm_close", {"data": {}})


def test_frames_and_messages_are_relayed(view: View) -> None:
    with view.opened() as client:
        client.send(type="ready")
        headers = [client.acknowledged_frame() for _ in range(30)]
        assert headers[0]["reset"] is True
        assert [header["sequence"] for header in headers] == list(range(1, 31))
        assert {header["transport"] for header in headers} == {"relay"}


def test_a_browser_is_let_in_by_its_cookies(server: JupyterServer, view: View) -> None:
    cookies = server.log_in()
    assert "_xsrf" in cookies
    with view.opened(cookie=cookies, origin=f"http://{server.host}") as client:
        client.send(type="ready")
        assert client.frame()


def test_a_page_of_another_origin_is_refused(server: JupyterServer, view: View) -> None:
    cookies = server.log_in()
    for origin in ("http://evil.example", "null", f"http://{server.host}.evil.example"):
        with pytest.raises(WebSocketBadStatusException, match="403"):
            view.introduced(cookie=cookies, origin=origin)


@pytest.mark.parametrize(
    "options",
    [{"header": {}}, {"header": {"Authorization": "token wrong"}}, {"cookie": "username=someone"}],
    ids=["nothing", "wrong token", "wrong cookie"],
)
def test_who_is_not_logged_in_is_refused(server: JupyterServer, options: dict[str, Any]) -> None:
    with pytest.raises(WebSocketBadStatusException, match="403"):
        server.relay(**options)


@pytest.mark.parametrize("authorizer", ["NoRelay", "NoCode"])
def test_who_is_not_authorized_is_refused(tmp_path: Path, authorizer: str) -> None:
    option = f"--ServerApp.authorizer_class=tests.server.authorizers.{authorizer}"
    refused = pytest.raises(WebSocketBadStatusException, match="403")
    with jupyter_server(tmp_path / "server", option) as strict, refused:
        strict.relay()


def test_who_shows_no_ticket_is_sent_away(server: JupyterServer) -> None:
    with server.relay() as client:
        assert client.close_code() == CloseCode.REFUSED


@pytest.mark.parametrize(
    "message",
    [
        "",
        "nonsense",
        "[]",
        "null",
        "{}",
        '{"kernel": 1, "ticket": 2}',
        "[" * 60_000,
        b"\0\1",
        "x" * 70_000,
    ],
    ids=["empty", "no JSON", "list", "null", "fields", "numbers", "deep", "bytes", "too long"],
)
def test_garbage_in_place_of_an_introduction_is_refused(
    server: JupyterServer, view: View, message: str | bytes
) -> None:
    with server.relay() as client:
        if isinstance(message, str):
            client.socket.send(message)
        else:
            client.socket.send_binary(message)
        assert client.close_code() in {CloseCode.REFUSED, *TOO_LARGE}
    with view.opened():
        pass


def test_who_was_refused_is_heard_no_more(view: View) -> None:
    ticket = view.ticket()
    with view.introduced("nonsense") as client:
        client.send(kernel=view.kernel.id, ticket=ticket)
        assert client.close_code() == CloseCode.REFUSED
    with view.introduced(ticket) as client:
        assert json.loads(client.text()) == OPEN, "the ticket was not used up"


@pytest.mark.parametrize("kernel_id", ["", "no such kernel", "../../etc"])
def test_an_unknown_kernel_is_refused(view: View, kernel_id: str) -> None:
    with view.kernel.server.relay() as client:
        client.send(kernel=kernel_id, ticket=view.ticket())
        assert client.close_code() == CloseCode.REFUSED


def test_the_ticket_of_another_kernel_is_refused(view: View, other_view: View) -> None:
    with view.introduced(other_view.ticket()) as client:
        assert client.close_code() == CloseCode.REFUSED


def test_a_kernel_cannot_reach_into_another(view: View, other_view: View) -> None:
    claims = other_view.claims()
    forged = view.forged(view=claims.view, port=claims.port)
    with view.introduced(forged) as client:
        assert client.close_code() == CloseCode.UNREACHABLE
    other_view.comm.send(type="ready")
    other_view.comm.await_one("frame")


def test_a_replayed_ticket_is_refused(view: View) -> None:
    ticket = view.ticket()
    with view.introduced(ticket) as client:
        assert json.loads(client.text()) == OPEN
    with view.introduced(ticket) as client:
        assert client.close_code() == CloseCode.REFUSED


@pytest.mark.parametrize(
    "changes",
    [{"expires": 1.0}, {"expires": 9e9}, {"purpose": Purpose.SERVER}, {"purpose": Purpose.KERNEL}],
    ids=["expired", "too long", "server's", "kernel's"],
)
def test_a_ticket_that_is_void_is_refused(view: View, changes: dict[str, Any]) -> None:
    with view.introduced(view.forged(port=view.claims().port, **changes)) as client:
        assert client.close_code() == CloseCode.REFUSED


def test_a_port_where_nothing_listens_is_no_kernel(view: View) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with view.introduced(view.forged(port=port)) as client:
        assert client.close_code() == CloseCode.UNREACHABLE


@pytest.mark.parametrize("port", [-1, 0, 70_000])
def test_a_port_that_cannot_be_is_no_kernel(view: View, port: int) -> None:
    with view.introduced(view.forged(port=port)) as client:
        assert client.close_code() == CloseCode.UNREACHABLE


@pytest.mark.parametrize("impostor", [Silent, Echo])
def test_who_does_not_know_the_key_is_no_kernel(view: View, impostor: Any) -> None:
    with listening(impostor) as port, view.introduced(view.forged(port=port)) as client:
        assert client.close_code() == CloseCode.UNREACHABLE


def test_who_repeats_what_a_kernel_proved_is_no_kernel(view: View) -> None:
    with listening(Former) as port:
        Former.proof = view.forged(port=port, purpose=Purpose.KERNEL)
        with view.introduced(view.forged(port=port)) as client:
            assert client.close_code() == CloseCode.UNREACHABLE


def test_the_jupyter_server_itself_is_no_kernel(server: JupyterServer, view: View) -> None:
    own = int(server.host.split(":")[1])
    with view.introduced(view.forged(port=own)) as client:
        assert client.close_code() == CloseCode.UNREACHABLE


def test_a_browser_that_goes_gives_the_frames_back_to_the_comm(view: View) -> None:
    with view.opened() as client:
        client.send(type="ready")
        last = client.acknowledged_frame()
    frame = view.comm.await_one("frame")["buffers"][0]
    header, _ = unpack_frame(bytes(frame))
    assert header["reset"] is True
    assert header["sequence"] > last["sequence"]


def test_a_kernel_that_goes_closes_the_relay(server: JupyterServer) -> None:
    with ServedKernel(server) as mortal:
        job = start_counting(mortal)
        comm = mortal.open_comm(job)
        comm.await_one("figure")
        with View(mortal, comm).opened() as client:
            mortal.begin("import os; os._exit(1)")
            assert client.close_code() == CloseCode.GONE


def test_an_oversized_message_closes_the_relay(view: View) -> None:
    with view.opened() as client:
        client.send(type="command", command="x" * 70_000)
        assert client.close_code() in TOO_LARGE
    view.comm.send(type="ready")
    view.comm.await_one("frame")


def test_bytes_are_no_message(view: View) -> None:
    with view.opened() as client:
        client.socket.send_binary(b"\0")
        assert client.close_code() == CloseCode.NOT_UNDERSTOOD


def test_what_the_kernel_does_not_understand_closes_the_relay(view: View) -> None:
    with view.opened() as client:
        client.socket.send("nonsense")
        assert client.close_code() == CloseCode.GONE


def test_a_browser_that_reads_nothing_fills_no_memory(server: JupyterServer, view: View) -> None:
    Flood.key, Flood.sent = view.kernel.key, 0
    process = psutil.Process(server.process.pid)
    before = process.memory_info().rss
    with listening(Flood) as port, view.introduced(view.forged(port=port)):
        wait_until(lambda: Flood.sent > 1, "the flood")
        wait_until(_settled(), "the end of the flood")
        assert Flood.sent * len(FRAME) < MOST_UNDER_WAY
        assert process.memory_info().rss - before < MOST_UNDER_WAY


def _settled() -> Any:
    """Return a condition: no frame was sent for a second."""
    seen = [(Flood.sent, time.monotonic())]

    def condition() -> bool:
        if Flood.sent != seen[-1][0]:
            seen.append((Flood.sent, time.monotonic()))
        return time.monotonic() - seen[-1][1] > 1.0

    return condition

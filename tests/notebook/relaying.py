"""A job that always has news, and what plays the two other ends of its relay."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any, Self

from websocket import WebSocket, WebSocketConnectionClosedException, create_connection

from jupyter_stream.formats.frame import unpack_frame
from jupyter_stream.formats.ticket import Purpose, Ticket, new_ticket, read_ticket, write_ticket

if TYPE_CHECKING:
    from types import TracebackType

    from tests.notebook.kernel import BrowserComm, NotebookKernel

DEADLINE = 20.0
START_JOB = """
%load_ext jupyter_stream
from dataclasses import replace
from jupyter_stream.jobs.job import Job
from jupyter_stream.jobs.state import JobState
class Counting(Job):
    def _run(self):
        self._enter(JobState.RUNNING)
        while self._goes_on():
            self._publish(replace(self._stats, records=self._stats.records + 1))
            self._idle(0.01)
job = Counting("counting").start()
print(job.id)
"""


def start_counting(kernel: NotebookKernel) -> str:
    """Start a job in a kernel that has news a hundred times a second; return its identity."""
    run = kernel.run(START_JOB)
    assert run.status == "ok", run.text
    return run.text.split()[-1]


def ask_for_ticket(comm: BrowserComm) -> str:
    """Return a fresh ticket, as the kernel gives it to a view."""
    count = len(comm.received("relay"))
    comm.send(type="relay")
    return str(comm.await_one("relay", count + 1)["content"]["data"]["ticket"])


def read_view_ticket(text: str, key: bytes) -> Ticket:
    """Read a view's ticket."""
    return read_ticket(text, key, Purpose.VIEW, time.time())


def server_ticket(claims: Ticket, key: bytes, **changes: Any) -> str:
    """Write the ticket of a server for a view, but for what is changed."""
    ticket = new_ticket(Purpose.SERVER, claims.view, claims.port, time.time())
    return write_ticket(ticket._replace(**changes), key)


class RelayClient:
    """One end of a WebSocket of the relay, played by the test."""

    def __init__(self, url: str, **options: Any) -> None:
        self.socket: WebSocket = create_connection(
            url, timeout=DEADLINE, suppress_origin="origin" not in options, **options
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.socket.shutdown()  # type: ignore[no-untyped-call]

    def send(self, **data: Any) -> None:
        """Send a message of the view."""
        self.socket.send(json.dumps(data))

    def text(self) -> str:
        """Return the next message, which must be text."""
        message = self.socket.recv()
        assert isinstance(message, str), message[:100]
        return message

    def frame(self) -> dict[str, Any]:
        """Return the header of the next frame."""
        message = self.socket.recv()
        assert isinstance(message, bytes), message
        return unpack_frame(message)[0]

    def acknowledged_frame(self) -> dict[str, Any]:
        """Take the next frame, acknowledge it, and return its header."""
        header = self.frame()
        self.send(type="ack", sequence=header["sequence"])
        return header

    def close_code(self) -> int | None:
        """Read on until the other end closes, and return its code; None without one."""
        try:
            while True:
                opcode, data = self.socket.recv_data()
                if opcode == 8:
                    return int.from_bytes(data[:2], "big") if data else None
        except (WebSocketConnectionClosedException, ConnectionError):
            return None

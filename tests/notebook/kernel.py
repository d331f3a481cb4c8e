"""A real kernel, driven as a front end drives it."""

from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import dataclass, field
from queue import Empty
from typing import TYPE_CHECKING, Any, Self
from uuid import uuid4

from jupyter_client.manager import KernelManager

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from jupyter_client.blocking.client import BlockingKernelClient

DEADLINE = 30.0


@dataclass
class CellRun:
    """What came of running a cell."""

    status: str
    text: str = ""
    display: list[dict[str, Any]] = field(default_factory=list)


class NotebookKernel:
    """A kernel and its client; `run` runs a cell.

    `comm_messages` are what comms brought; `printed` and `displayed` are what each request has
    printed and displayed so far, the latter as text.
    """

    def __init__(self) -> None:
        self.manager = KernelManager(kernel_name="python3")
        self.client: BlockingKernelClient
        self.comm_messages: list[dict[str, Any]] = []
        self.printed: defaultdict[str, str] = defaultdict(str)
        self.displayed: defaultdict[str, list[str]] = defaultdict(list)

    def __enter__(self) -> Self:
        self.manager.start_kernel()
        self.client = self.manager.blocking_client()
        self.client.start_channels()
        self.client.wait_for_ready(DEADLINE)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=False)
        self.manager.cleanup_resources()

    def restart(self) -> None:
        """Restart the kernel, as a user does."""
        self.manager.restart_kernel()
        self.client.wait_for_ready(DEADLINE)

    def run(self, code: str, cell: str | None = None) -> CellRun:
        """Run code as the cell of that identity, and collect its output."""
        return self.finish(self.begin(code, cell))

    def begin(self, code: str, cell: str | None = None) -> str:
        """Send a cell off, and return the identity of its request."""
        request = self.client.session.msg(
            "execute_request", {"code": code, "silent": False, "store_history": True}
        )
        request["metadata"] = {"cellId": cell or uuid4().hex}
        self.client.shell_channel.send(request)
        return str(request["header"]["msg_id"])

    def finish(self, request: str) -> CellRun:
        """Collect the output of a cell until it is idle."""
        run = CellRun("ok")
        deadline = time.monotonic() + DEADLINE
        while True:
            message = self._next(deadline)
            if message["parent_header"].get("msg_id") != request:
                continue
            if _take(run, message):
                return run

    def wait_for(self, condition: Callable[[], bool], what: str) -> None:
        """Take messages in until a condition holds."""
        deadline = time.monotonic() + DEADLINE
        while not condition():
            try:
                self._next(min(deadline, time.monotonic() + 0.1))
            except Empty:
                assert time.monotonic() < deadline, f"timed out waiting for {what}"

    def complete(self, code: str) -> list[str]:
        """Return what Tab offers at the end of a line."""
        reply = self.client.complete(code, len(code), reply=True, timeout=DEADLINE)
        return list(reply["content"]["matches"])

    def open_subshell(self) -> str:
        """Open a subshell, as JupyterLab does for the messages of comms."""
        request = self.client.session.msg("create_subshell_request", {})
        self.client.control_channel.send(request)
        reply = self.client.get_control_msg(timeout=DEADLINE)
        return str(reply["content"]["subshell_id"])

    def open_comm(self, job: str, subshell: str | None = None) -> BrowserComm:
        """Open a frames comm to a job, as a view in a browser does."""
        named = self.run("from jupyter_stream.notebook.identity import KERNEL; print(KERNEL)")
        return self.open_comm_to(f"{job}-{named.text.strip()}", subshell)

    def open_comm_to(self, stream: str, subshell: str | None = None) -> BrowserComm:
        """Open a frames comm, as a view in a browser does."""
        comm = BrowserComm(self, uuid4().hex, subshell)
        comm.post(
            "comm_open",
            {"target_name": "jupyter_stream.frames", "data": {"stream": stream, "version": 1}},
        )
        return comm

    def _next(self, deadline: float) -> dict[str, Any]:
        message: dict[str, Any] = self.client.get_iopub_msg(
            timeout=max(0.001, deadline - time.monotonic())
        )
        if message["msg_type"].startswith("comm_"):
            self.comm_messages.append(message)
        request = message["parent_header"].get("msg_id", "")
        if message["msg_type"] == "stream":
            self.printed[request] += message["content"]["text"]
        elif message["msg_type"] == "display_data":
            self.displayed[request].append(message["content"]["data"]["text/plain"])
        return message


class BrowserComm:
    """The browser's end of a comm."""

    def __init__(self, kernel: NotebookKernel, comm_id: str, subshell: str | None) -> None:
        self._kernel = kernel
        self._subshell = subshell
        self.comm_id = comm_id

    def post(self, kind: str, content: dict[str, Any]) -> None:
        """Send a comm message of a kind."""
        session = self._kernel.client.session
        message = session.msg(kind, {"comm_id": self.comm_id, **content})
        if self._subshell:
            message["header"]["subshell_id"] = self._subshell
        self._kernel.client.shell_channel.send(message)

    def send(self, **data: Any) -> None:
        """Send data to the kernel's end."""
        self.post("comm_msg", {"data": data})

    def received(self, kind: str) -> list[dict[str, Any]]:
        """Return the messages of a kind that the kernel's end has sent."""
        return [
            message
            for message in self._kernel.comm_messages
            if message["content"]["comm_id"] == self.comm_id
            and message["content"].get("data", {}).get("type") == kind
        ]

    @property
    def is_closed(self) -> bool:
        """Whether the kernel's end was closed."""
        return any(
            message["msg_type"] == "comm_close" and message["content"]["comm_id"] == self.comm_id
            for message in self._kernel.comm_messages
        )

    def await_one(self, kind: str, count: int = 1) -> dict[str, Any]:
        """Wait until so many messages of a kind have come, and return the newest."""
        self._kernel.wait_for(lambda: len(self.received(kind)) >= count, f"{count} x {kind}")
        return self.received(kind)[-1]


def _take(run: CellRun, message: dict[str, Any]) -> bool:
    """Add a message to a cell's output, and say whether the cell is done."""
    content = message["content"]
    match message["msg_type"]:
        case "stream":
            run.text += content["text"]
        case "display_data" | "execute_result" | "update_display_data":
            run.display.append(content["data"])
        case "error":
            run.status = "error"
            run.text += "\n".join(content["traceback"])
        case "status":
            return bool(content["execution_state"] == "idle")
    return False

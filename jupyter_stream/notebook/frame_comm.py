"""A comm whose messages are answered also while a cell runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from comm.base_comm import BaseComm
from ipykernel.kernelbase import Kernel

if TYPE_CHECKING:
    from jupyter_client.session import Session

TARGET = "jupyter_stream.frames"


class FrameComm(BaseComm):
    """The kernel's end of a comm of ours.

    A stock comm of ipykernel 7.4 that sends from a thread directs the browser's answers to
    the main shell, which a running cell blocks. This one sends without a parent, so answers
    come on the shell that the browser chose for the comm.

    Parameters
    ----------
    comm_id
        The identity that the browser's end has.
    target
        What the comm is for.
    """

    def __init__(self, comm_id: str, target: str = TARGET) -> None:
        super().__init__(target_name=target, comm_id=comm_id, primary=False)

    def publish_msg(
        self,
        msg_type: str,
        data: dict[str, Any] | None = None,
        metadata: dict[str, Any] | None = None,
        buffers: list[bytes] | None = None,
        **keys: Any,
    ) -> None:
        """Send a message to the browser's end; safe in any thread."""
        kernel = Kernel.instance()
        session = cast("Session", kernel.session)
        session.send(
            kernel.iopub_socket,
            msg_type,
            {"data": data or {}, "comm_id": self.comm_id, **keys},
            metadata=metadata or {},
            ident=self.topic,
            buffers=[memoryview(buffer) for buffer in buffers or ()],
        )

    def handle_msg(self, msg: dict[str, Any]) -> None:
        """Take a message in, without the events of a cell's run that stock comms trigger."""
        if self._msg_callback:
            self._msg_callback(msg)

"""Opens a view for each comm that a browser opens."""

from __future__ import annotations

import logging
from functools import cache
from typing import TYPE_CHECKING, Any, cast

import comm
from ipykernel.kernelbase import Kernel

from jupyter_stream.jobs import registry
from jupyter_stream.notebook.frame_clock import FrameClock
from jupyter_stream.notebook.frame_comm import TARGET, FrameComm
from jupyter_stream.notebook.frame_content import FrameContent
from jupyter_stream.notebook.identity import identity
from jupyter_stream.notebook.relay import Relay
from jupyter_stream.notebook.view import View

if TYPE_CHECKING:
    from jupyter_client.session import Session

VERSION = 1

_clock = FrameClock()
_comm_logger = logging.getLogger("Comm")
_quiet = logging.NullHandler()


def serve_frames() -> None:
    """Answer the comms that views open, from now on."""
    comm.get_comm_manager().register_target(TARGET, _opened)
    # What a page still says on a comm that was closed is logged, and without a handler Python
    # would print that to the cell that ran last.
    _comm_logger.addHandler(_quiet)


@cache
def _relay() -> Relay:
    return Relay(cast("Session", Kernel.instance().session).key)


def _opened(stock: Any, message: dict[str, Any]) -> None:
    # Ours takes its place; a stock comm would close the browser's end when it is collected.
    stock._closed = True  # noqa: SLF001
    channel = FrameComm(stock.comm_id)
    comm.get_comm_manager().register_comm(channel)
    wanted = message["content"]["data"]
    stream = wanted.get("stream")
    job = next((job for job in registry.list_jobs() if identity(job) == stream), None)
    if job is None or wanted.get("version") != VERSION:
        channel.send({"type": "gone"})
        channel.close()
        return
    view = View(channel.comm_id, channel, FrameContent(job), _relay())

    def received(message: dict[str, Any]) -> None:
        view.receive(message["content"]["data"])

    channel.on_msg(received)
    channel.on_close(lambda _: _clock.remove(channel.comm_id))
    view.introduce()
    _clock.add(channel.comm_id, view)

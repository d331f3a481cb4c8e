"""Lets pages find this kernel and its jobs."""

from __future__ import annotations

from functools import partial
from typing import Any

import comm
from ipykernel.kernelbase import Kernel

from jupyter_stream.notebook.frame_comm import FrameComm
from jupyter_stream.notebook.identity import KERNEL
from jupyter_stream.notebook.jobs_channel import JobsChannel

TARGET = "jupyter_stream.jobs"


def serve_jobs() -> None:
    """Answer the comms that pages open, and let them know that they may.

    A page that opened a comm in a kernel without the extension would cause an error there, so it
    asks first which comms of our target are open: this one is, from now on. Pages that are there
    already are told.
    """
    if Kernel.initialized():
        comm.get_comm_manager().register_target(TARGET, _opened)
        announcement = FrameComm(f"{TARGET}-{KERNEL}", TARGET)
        # There is no other end that would want to know of its closing.
        announcement._closed = True  # noqa: SLF001
        comm.get_comm_manager().register_comm(announcement)
        announcement.send({"type": "jobs-here"})


def _opened(stock: Any, _message: dict[str, Any]) -> None:
    # Ours takes its place; a stock comm would close the page's end when it is collected.
    stock._closed = True  # noqa: SLF001
    link = FrameComm(stock.comm_id, TARGET)
    comm.get_comm_manager().register_comm(link)
    channel = JobsChannel(link, partial(_forget, link))
    link.on_msg(lambda message: channel.receive(message["content"]["data"]))
    link.on_close(lambda _: channel.close())
    channel.open()


def _forget(link: FrameComm) -> None:
    """Forget a comm without a word: nobody may be there, and whoever is asks for another one."""
    link._closed = True  # noqa: SLF001
    comm.get_comm_manager().unregister_comm(link)

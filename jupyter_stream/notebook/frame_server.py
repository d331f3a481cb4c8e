"""Opens a view for each comm that a browser opens."""

from __future__ import annotations

from typing import Any

import comm

from jupyter_stream.jobs import registry
from jupyter_stream.notebook.frame_clock import FrameClock
from jupyter_stream.notebook.frame_comm import TARGET, FrameComm
from jupyter_stream.notebook.plotted import plot_of
from jupyter_stream.notebook.view import View

_clock = FrameClock()


def serve_frames() -> None:
    """Answer the comms that views open, from now on."""
    comm.get_comm_manager().register_target(TARGET, _opened)


def _opened(stock: Any, message: dict[str, Any]) -> None:
    # Ours takes its place; a stock comm would close the browser's end when it is collected.
    stock._closed = True  # noqa: SLF001
    channel = FrameComm(stock.comm_id)
    comm.get_comm_manager().register_comm(channel)
    job_id = message["content"]["data"].get("stream")
    job = next((job for job in registry.jobs() if job.id == job_id), None)
    if job is None:
        channel.send({"type": "gone"})
        return
    view = View(channel, job, plot_of(job))
    channel.on_msg(lambda received: view.receive(received["content"]["data"]))
    channel.on_close(lambda _: _clock.remove(channel.comm_id))
    view.introduce()
    _clock.add(channel.comm_id, view)

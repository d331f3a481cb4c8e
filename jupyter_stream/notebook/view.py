"""One view of a job in a browser: what it knows already, and what it is sent next."""

from __future__ import annotations

import time
from threading import Lock
from typing import TYPE_CHECKING, Any

from jupyter_stream.notebook.send_window import SendWindow
from jupyter_stream.plots.bokeh_view import bokeh_library, bokeh_version

if TYPE_CHECKING:
    from jupyter_stream.notebook.frame_content import FrameContent
    from jupyter_stream.notebook.link import Link

ABANDONED_SECONDS = 600.0


class View:
    """A view of a job, from the opening of its comm to its closing.

    Messages from the browser come on one thread, the frame clock asks on another.

    Parameters
    ----------
    link
        The way to the browser.
    content
        What the view is shown.
    """

    def __init__(self, link: Link, content: FrameContent) -> None:
        self._link = link
        self._content = content
        self._lock = Lock()
        self._window = SendWindow()
        self._ready = False
        self._visible = True
        self._heard = time.monotonic()
        self._sequence = 0

    def introduce(self) -> None:
        """Send what the view embeds once: the empty figure."""
        self._link.send(self._content.figure())

    @property
    def is_abandoned(self) -> bool:
        """Whether the view owes an answer for so long that its page must be gone.

        A page that is reloaded or closed says no word. One that is hidden, or was asleep, says
        `ready` when it is seen again.
        """
        with self._lock:
            owes = self._window.awaits_answer or not (self._ready and self._visible)
        return owes and time.monotonic() - self._heard > ABANDONED_SECONDS

    def receive(self, data: dict[str, Any]) -> None:
        """Take in a message from the browser.

        Parameters
        ----------
        data
            The message; one of an unknown type is left alone.
        """
        self._heard = time.monotonic()
        match data:
            case {"type": "bokehjs"}:
                answer = {"type": "bokehjs", "version": bokeh_version()}
                self._link.send(answer, buffers=[bokeh_library()])
            case {"type": "ready"}:
                self._restart()
            case {"type": "ack", "sequence": int(sequence)}:
                with self._lock:
                    self._window.acknowledged(sequence, time.monotonic())
            case {"type": "visible", "visible": bool(visible)}:
                self._visible = visible
            case _:
                self._content.receive(data)

    def send_if_due(self) -> None:
        """Send one frame if there is news, the view is visible and its window is open."""
        with self._lock:
            if not (self._ready and self._visible and self._content.has_news):
                return
            now = time.monotonic()
            if self._window.is_open(now):
                self._sequence += 1
                frame = self._content.pack(self._sequence)
                self._window.sent(self._sequence, len(frame), now)
                self._link.send({"type": "frame"}, buffers=[frame])

    def _restart(self) -> None:
        with self._lock:
            self._window.reopen()
            self._ready = True
            self._content.restart()

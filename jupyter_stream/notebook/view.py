"""One view of a job in a browser: what it knows already, and what it is sent next."""

from __future__ import annotations

import logging
import time
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any

from jupyter_stream.notebook.frame_clock import QUIET_SECONDS, REST_SECONDS, TICK_SECONDS
from jupyter_stream.notebook.send_window import SendWindow
from jupyter_stream.plots.bokeh_figures import bokeh_library, bokeh_version

if TYPE_CHECKING:
    from jupyter_stream.notebook.frame_content import FrameContent
    from jupyter_stream.notebook.link import FrameLink, Link
    from jupyter_stream.notebook.relay import Relay

# Pages say a word three times a minute, and once a minute while they are hidden.
ABANDONED_SECONDS = 300.0
# Each frame is acknowledged, so nothing was sent for so long.
QUIET_AFTER_SECONDS = 1.0
# What was on its way for so long is lost.
LOST_SECONDS = 5.0
# The card is kept up to date also where the user wants few pictures of the plot.
CARD_SECONDS = 0.25

logger = logging.getLogger("jupyter_stream.notebook")


class View:
    """A view of a job, from the opening of its comm to its closing.

    Frames go over the comm until a relay is attached, and again when it is detached; all else goes
    over the comm always. Messages from the browser come on two threads, the comm's and the relay's,
    and the frame clock asks on a third.

    Parameters
    ----------
    name
        Identity of the view.
    link
        The comm to the browser.
    content
        What the view is shown.
    relay
        Who may relay the view.
    """

    def __init__(self, name: str, link: Link, content: FrameContent, relay: Relay) -> None:
        self._name = name
        self._link = link
        self._content = content
        self._relay = relay
        self._lock = Lock()
        self._relayed: FrameLink | None = None
        self._window = SendWindow()
        self._ready = False
        self._reset = True
        self._visible = True
        self._heard = self._introduced = time.monotonic()
        self._plot_due = 0.0
        self._card_due = 0.0
        self._sequence = 0

    def introduce(self) -> None:
        """Send what the view embeds once: the empty figure."""
        with self._lock:
            self._send_figure()

    @property
    def is_abandoned(self) -> bool:
        """Whether nothing was heard for so long that the page must be gone, or asleep.

        A page that is reloaded or closed says no word.
        """
        return time.monotonic() - self._heard > ABANDONED_SECONDS

    @property
    def patience(self) -> float:
        """How long it may wait until it is asked for a frame again, in seconds."""
        if not self._visible:
            return REST_SECONDS
        is_quiet = time.monotonic() - self._heard > QUIET_AFTER_SECONDS
        return QUIET_SECONDS if is_quiet else TICK_SECONDS

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
                with self._lock:
                    self._ready = True
                    self._restart()
                    self._content.hold(data.get("hold"))
            case {"type": "ack", "sequence": int(sequence)}:
                with self._lock:
                    self._window.acknowledged(sequence, time.monotonic())
            case {"type": "visible", "visible": bool(visible)}:
                self._visible = visible
            case {"type": "alive", "ready": bool(ready)}:
                with self._lock:
                    self._repeat_what_is_lost(page_is_ready=ready)
                self._link.send({"type": "alive"})
            case {"type": "relay"}:
                ticket = self._relay.admit(self._name, self)
                self._link.send({"type": "relay", "ticket": ticket})
            case {"type": "picture" | "export"}:
                # They take long, and acknowledgements come on this thread, also of other views.
                Thread(
                    target=self._answer, args=(data,), name="jupyter_stream answer", daemon=True
                ).start()
            case _:
                self._answer(data)

    def attach(self, relay: FrameLink) -> None:
        """Send frames by a relay from now on, all anew.

        Parameters
        ----------
        relay
            The way to the view.
        """
        with self._lock:
            former, self._relayed = self._relayed, relay
            self._restart()
        if former is not None:
            former.close()

    def detach(self, relay: FrameLink) -> None:
        """Send frames over the comm again, all anew: those on their way may be lost.

        Parameters
        ----------
        relay
            The way that was attached.
        """
        with self._lock:
            if self._relayed is relay:
                self._relayed = None
                self._restart()

    def let_go(self) -> None:
        """Close the comm: a page that wakes up opens another."""
        self._link.close()

    def close(self) -> None:
        """Have no relay any more, and show nothing."""
        self._relay.dismiss(self._name)
        self._content.close()

    def send_if_due(self) -> None:
        """Send one frame if there is news, the view is visible and its window is open."""
        with self._lock:
            if not self._visible or self._send_figure():
                return
            now = time.monotonic()
            plot_is_due = now >= self._plot_due and self._content.has_plot_news
            card_is_due = now >= self._card_due and self._content.has_card_news
            if not self._ready or not (plot_is_due or card_is_due):
                return
            if self._window.is_open(now):
                self._send_frame(now, with_plot=plot_is_due)
            elif self._relayed is not None and self._window.silent_for(now) > LOST_SECONDS:
                self._send_anew()

    def _answer(self, data: dict[str, Any]) -> None:
        try:
            reply = self._content.receive(data)
            if reply is not None:
                self._link.send(reply.data, buffers=reply.buffers)
        except Exception:
            # Python would print it to the cell that ran last.
            logger.exception("a view got no answer to %r", data.get("type"))

    def _repeat_what_is_lost(self, *, page_is_ready: bool) -> None:
        now = time.monotonic()
        if self._ready:
            if self._visible and self._window.silent_for(now) > LOST_SECONDS:
                self._send_anew()
        elif page_is_ready and now - self._introduced > LOST_SECONDS:
            # It does not know of the figure that it should embed, or its word was lost.
            self._content.forget_figure()
            self._send_figure()

    def _send_anew(self) -> None:
        if self._relayed is not None:
            # It stands still; the comm may not.
            self._relayed.close()
            self._relayed = None
        self._restart()

    def _send_figure(self) -> bool:
        """Send the figure if the view lacks it; then frames wait until it is embedded."""
        figure = self._content.figure()
        if figure is None:
            return False
        self._ready = False
        self._introduced = time.monotonic()
        self._link.send(figure)
        return True

    def _send_frame(self, now: float, *, with_plot: bool) -> None:
        self._sequence += 1
        transport = "comm" if self._relayed is None else "relay"
        frame = self._content.pack(self._sequence, self._reset, transport, with_plot=with_plot)
        self._reset = False
        self._window.sent(self._sequence, len(frame), now)
        between = self._content.seconds_between
        self._card_due = now + min(between, CARD_SECONDS)
        if with_plot:
            # Late by less than a tick of the clock is not late.
            self._plot_due = max(self._plot_due, now - TICK_SECONDS) + between
        if self._relayed is None:
            self._link.send({"type": "frame"}, buffers=[frame])
        else:
            self._relayed.send(frame)

    def _restart(self) -> None:
        self._plot_due = self._card_due = 0.0
        self._window.reopen()
        self._content.restart()
        self._reset = True

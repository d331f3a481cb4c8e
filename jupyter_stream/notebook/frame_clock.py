"""The clock that asks every view, more often than screens are painted, whether a frame is due."""

from __future__ import annotations

import logging
import sys
import time
from threading import Lock, Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jupyter_stream.notebook.view import View

TICK_SECONDS = 1 / 120
# How often it asks a view of which nothing was heard for a moment, and one that cannot be seen:
# each time wakes the kernel up, which takes more than the asking.
QUIET_SECONDS = 1 / 30
REST_SECONDS = 0.1
# How long a busy cell keeps other threads waiting, again and again on the way of each frame.
SWITCH_SECONDS = 0.0005

logger = logging.getLogger("jupyter_stream.notebook")
# Without a handler Python would print to the cell that ran last.
logger.addHandler(logging.NullHandler())


class FrameClock:
    """One thread for all views; it is there only while there are views."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._views: dict[str, View] = {}
        self._thread: Thread | None = None
        self._next_tick = self._pace = 0.0
        self._former_switch = sys.getswitchinterval()

    def add(self, name: str, view: View) -> None:
        """Ask a view from now on.

        Parameters
        ----------
        name
            Identity of the view.
        view
            The view.
        """
        with self._lock:
            self._views[name] = view
            if self._thread is None:
                self._begin()

    def remove(self, name: str) -> None:
        """Ask a view no more.

        Parameters
        ----------
        name
            Identity of the view.
        """
        with self._lock:
            view = self._views.pop(name, None)
        if view is not None:
            view.close()

    def _begin(self) -> None:
        self._former_switch = sys.getswitchinterval()
        sys.setswitchinterval(min(self._former_switch, SWITCH_SECONDS))
        self._thread = Thread(target=self._tick, name="jupyter_stream frames", daemon=True)
        self._thread.start()

    def _end(self) -> None:
        self._thread = None
        sys.setswitchinterval(self._former_switch)

    def _tick(self) -> None:
        while views := self._next_views():
            for name, view in views:
                self._ask(name, view)

    def _ask(self, name: str, view: View) -> None:
        try:
            if view.is_abandoned:
                view.let_go()
                self.remove(name)
            else:
                view.send_if_due()
        except Exception:
            # One view that fails must not take the others' pictures away.
            logger.exception("a view was closed because it could not be sent a frame")
            self.remove(name)

    def _next_views(self) -> list[tuple[str, View]]:
        """Wait for the next tick, and return the views; none when the clock is to end."""
        now = time.monotonic()
        self._next_tick = max(self._next_tick + self._pace, now)
        time.sleep(self._next_tick - now)
        with self._lock:
            if not self._views:
                self._end()
            views = list(self._views.items())
        self._pace = min((view.patience for _, view in views), default=0.0)
        return views

"""The clock that asks every view, some sixty times a second, whether a frame is due."""

from __future__ import annotations

import logging
from threading import Condition, Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jupyter_stream.notebook.view import View

TICK_SECONDS = 1 / 60

logger = logging.getLogger("jupyter_stream.notebook")
# Without a handler Python would print to the cell that ran last.
logger.addHandler(logging.NullHandler())


class FrameClock:
    """One thread for all views; it is there only while there are views."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._views: dict[str, View] = {}
        self._thread: Thread | None = None

    def add(self, name: str, view: View) -> None:
        """Ask a view from now on.

        Parameters
        ----------
        name
            Identity of the view.
        view
            The view.
        """
        with self._changed:
            self._views[name] = view
            if self._thread is None:
                self._thread = Thread(target=self._tick, name="jupyter_stream frames", daemon=True)
                self._thread.start()

    def remove(self, name: str) -> None:
        """Ask a view no more.

        Parameters
        ----------
        name
            Identity of the view.
        """
        with self._changed:
            view = self._views.pop(name, None)
            self._changed.notify()
        if view is not None:
            view.close()

    def _tick(self) -> None:
        while views := self._next_views():
            for name, view in views:
                if view.is_abandoned:
                    self.remove(name)
                    continue
                try:
                    view.send_if_due()
                except Exception:
                    # One view that fails must not take the others' pictures away.
                    logger.exception("a view was closed because it could not be sent a frame")
                    self.remove(name)

    def _next_views(self) -> list[tuple[str, View]]:
        with self._changed:
            self._changed.wait_for(lambda: not self._views, TICK_SECONDS)
            if not self._views:
                self._thread = None
            return list(self._views.items())

"""Answers kept for a short time, and asked for once, however many want them."""

from __future__ import annotations

import time
from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, Generic, TypeVar

from jupyter_stream.errors import StreamError

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

Answer = TypeVar("Answer")
MOST_KEPT = 256


class _Entry(Generic[Answer]):
    """One answer: `lock` is held by the thread that asks for it."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.answers: list[Answer] = []
        self.error: StreamError | None = None
        self.asked = float("-inf")

    def ask(self, ask: Callable[[], Answer]) -> None:
        """Ask, and keep the answer, or why there is none."""
        self.asked = time.monotonic()
        self.answers, self.error = [], None
        try:
            self.answers = [ask()]
        except StreamError as error:
            self.error = error


class Kept(Generic[Answer]):
    """Keeps answers by a key, each so long.

    Parameters
    ----------
    seconds
        How long an answer is good, unless a call says otherwise.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._lock = Lock()
        self._entries: OrderedDict[Hashable, _Entry[Answer]] = OrderedDict()

    def get(
        self, key: Hashable, ask: Callable[[], Answer], *, seconds: float | None = None
    ) -> Answer:
        """Return the answer that is kept, or ask.

        Parameters
        ----------
        key
            What for.
        ask
            Gives the answer; its errors are raised, and kept only for those who wait already.
        seconds
            How old the answer may be; with 0, none to a question from before this call.
        """
        called = time.monotonic()
        entry = self._entry(key)
        # Of all who wait here one asks, and the others take what it gets: else they would wait
        # for a cluster that does not answer one after another.
        with entry.lock:
            good = self._seconds if seconds is None else seconds
            good_since = called if entry.error else called - good
            if entry.asked < good_since:
                entry.ask(ask)
            if entry.error is not None:
                raise entry.error.with_traceback(None)
            return entry.answers[0]

    def _entry(self, key: Hashable) -> _Entry[Answer]:
        with self._lock:
            entry = self._entries.setdefault(key, _Entry())
            self._entries.move_to_end(key)
            if len(self._entries) > MOST_KEPT:
                self._entries.popitem(last=False)
            return entry

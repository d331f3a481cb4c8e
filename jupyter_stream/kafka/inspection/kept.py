"""Answers kept for a short time, and asked for once, however many want them."""

from __future__ import annotations

import time
from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

Answer = TypeVar("Answer")
MOST_KEPT = 256


class _Entry(Generic[Answer]):
    """One answer: `lock` is held by the thread that asks for it."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.answers: list[Answer] = []
        self.asked = float("-inf")


class Kept(Generic[Answer]):
    """Keeps answers by a key, each so long.

    Parameters
    ----------
    seconds
        How long an answer is good.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._lock = Lock()
        self._entries: OrderedDict[Hashable, _Entry[Answer]] = OrderedDict()

    def get(self, key: Hashable, ask: Callable[[], Answer], *, fresh: bool = False) -> Answer:
        """Return the answer that is kept, or ask.

        Parameters
        ----------
        key
            What for.
        ask
            Gives the answer; its errors are raised, and not kept.
        fresh
            Take no answer to a question that was asked before this call.
        """
        called = time.monotonic()
        entry = self._entry(key)
        # Whoever waits here gets the answer that the one before it asked for.
        with entry.lock:
            good_since = called if fresh else called - self._seconds
            if not entry.answers or entry.asked < good_since:
                asked = time.monotonic()
                entry.answers = [ask()]
                entry.asked = asked
            return entry.answers[0]

    def _entry(self, key: Hashable) -> _Entry[Answer]:
        with self._lock:
            entry = self._entries.setdefault(key, _Entry())
            self._entries.move_to_end(key)
            if len(self._entries) > MOST_KEPT:
                self._entries.popitem(last=False)
            return entry

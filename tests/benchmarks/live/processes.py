"""What the kernel, the server and the browser take."""

from __future__ import annotations

import time
from typing import NamedTuple

import psutil


class Use(NamedTuple):
    """What a group of processes took.

    Attributes
    ----------
    cpu
        Share of one core, between two looks.
    memory
        Bytes of resident memory at the second look.
    """

    cpu: float
    memory: int


class Processes:
    """A process with all its children.

    Parameters
    ----------
    pid
        The process.
    excluded
        A child, with its own children, that belongs to another group.
    """

    def __init__(self, pid: int, excluded: int | None = None) -> None:
        self._root = psutil.Process(pid)
        self._excluded = excluded
        self._seconds = self._cpu_seconds()
        self._looked = time.monotonic()

    def look(self) -> Use:
        """Say what was taken since the last look."""
        now, seconds = time.monotonic(), self._cpu_seconds()
        cpu = (seconds - self._seconds) / (now - self._looked)
        self._looked, self._seconds = now, seconds
        return Use(cpu, sum(process.memory_info().rss for process in self._all()))

    def _cpu_seconds(self) -> float:
        return sum(sum(process.cpu_times()[:2]) for process in self._all())

    def _all(self) -> list[psutil.Process]:
        left_out: set[int] = set()
        if self._excluded is not None:
            away = psutil.Process(self._excluded)
            left_out = {away.pid, *(child.pid for child in away.children(recursive=True))}
        everyone = [self._root, *self._root.children(recursive=True)]
        return [process for process in everyone if process.pid not in left_out]

"""How much memory and processor time processes take."""

from __future__ import annotations

from pathlib import Path
from threading import Event, Thread
from typing import Self

import psutil

_SAMPLE_SECONDS = 0.1


class Footprint:
    """Samples the peak of resident memory of a process and its children, while in a with block.

    Parameters
    ----------
    pid
        The process.
    """

    def __init__(self, pid: int) -> None:
        self._process = psutil.Process(pid)
        self._peaks: dict[int, int] = {}
        self._enough = Event()
        self._thread = Thread(target=self._sample)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._enough.set()
        self._thread.join()

    @property
    def peak(self) -> int:
        """The sum of the peaks that the kernel has noted for each process, in bytes."""
        self._look()
        return sum(self._peaks.values())

    def _sample(self) -> None:
        while not self._enough.wait(_SAMPLE_SECONDS):
            self._look()

    def _look(self) -> None:
        try:
            for process in (self._process, *self._process.children(recursive=True)):
                before = self._peaks.get(process.pid, 0)
                self._peaks[process.pid] = max(before, _high_water_mark(process.pid))
        except (psutil.NoSuchProcess, OSError):
            return


def processor_seconds(pid: int) -> float:
    """Return the processor time of a process and its ended children, in seconds."""
    times = psutil.Process(pid).cpu_times()
    return float(times.user + times.system + times.children_user + times.children_system)


def _high_water_mark(pid: int) -> int:
    """Return VmHWM in bytes; 0 for a process that is just ending."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    return 0

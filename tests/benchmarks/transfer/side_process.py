"""A side of ours or a loop, in a fresh process that waits for the start."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.benchmarks.transfer.footprint import Footprint, processor_seconds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).parents[3]
_END_SECONDS = 60.0
# No side takes nearly so long.
LIMIT_SECONDS = 900.0


class SideFailed(Exception):
    """A side did not do its part, so nothing can be measured."""


class Run(NamedTuple):
    """What one run took.

    Attributes
    ----------
    seconds
        From connected to done, as each side's clock is described in the report.
    startup
        Seconds from the start of the process to connected.
    memory
        Peak of resident memory in bytes.
    processor, broker
        Processor seconds of the side and of the broker.
    """

    seconds: float
    startup: float
    memory: int
    processor: float
    broker: float


class SideProcess:
    """A process that follows `sides.gate`.

    Parameters
    ----------
    process
        The process, with pipes.
    broker_pid
        The broker, whose processor time is looked at too.
    """

    def __init__(self, process: subprocess.Popen[str], broker_pid: int) -> None:
        self._process = process
        self._broker_pid = broker_pid

    def run(self, spawned: float) -> Run:
        """Let it run, and return what it took."""
        return self.run_with_facts(spawned)[0]

    def run_with_facts(self, spawned: float) -> tuple[Run, Any]:
        """Let it run, and return what it took, and what it told at its end."""
        with Footprint(self._process.pid) as footprint:
            startup = self.hear()["ready"] - spawned
            before = self._processors()
            self.go_on()
            facts = self.hear()
            after = self._processors()
            side, broker = (end - start for start, end in zip(before, after, strict=True))
            seconds = facts["end"] - facts["start"]
            return Run(seconds, startup, footprint.peak, side, broker), facts

    def go_on(self) -> None:
        """Let the process go on."""
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()

    def hear(self) -> Any:
        """Wait for what the process has to say."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise SideFailed(self._how_it_ended())
        return json.loads(line)

    def end(self) -> None:
        """Let the process end, and see that it ends well."""
        self.go_on()
        if self._process.wait(_END_SECONDS):
            raise SideFailed(self._how_it_ended())

    def _how_it_ended(self) -> str:
        return f"{self._process.args!r} ended with {self._process.wait()}"

    def _processors(self) -> tuple[float, float]:
        return processor_seconds(self._process.pid), processor_seconds(self._broker_pid)


@contextmanager
def side_process(
    module: str, arguments: Sequence[object], broker_pid: int
) -> Iterator[tuple[SideProcess, float]]:
    """Start a module of `sides`; give its process, and when it was started."""
    spawned = time.monotonic()
    command = [sys.executable, "-m", f"tests.benchmarks.transfer.sides.{module}"]
    with (
        subprocess.Popen(
            [*command, *map(str, arguments)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as process,
        killed_in_the_end(process),
    ):
        yield SideProcess(process, broker_pid), spawned


@contextmanager
def killed_in_the_end(process: subprocess.Popen[str]) -> Iterator[None]:
    """Kill a process when the block ends, or when it takes so long that it must have got stuck."""
    timer = Timer(LIMIT_SECONDS, process.kill)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        process.kill()

"""OpenMSIStream's programs, timed from outside, in their favour where there is a doubt."""

from __future__ import annotations

import json
import os
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.transfer.footprint import Footprint, processor_seconds
from tests.benchmarks.transfer.side_process import LIMIT_SECONDS, Run, SideFailed, killed_in_the_end
from tests.interop.environment import openmsistream
from tests.interop.program import ADDRESS_VARIABLE, CONFIGURATION, Program

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.benchmarks.transfer.case import Case
    from tests.benchmarks.transfer.source import Source
    from tests.benchmarks.transfer.topics import Topics

_LOOK_SECONDS = 0.05
_BLOCK = 512


class TheirRuns:
    """Runs OpenMSIStream against a broker.

    Parameters
    ----------
    topics
        The broker's topics.
    broker_pid
        The broker.
    """

    def __init__(self, topics: Topics, broker_pid: int) -> None:
        self._topics = topics
        self._broker_pid = broker_pid

    def upload(self, source: Source, topic: str, folder: Path) -> Run:
        """Upload a folder: from its first line until the broker has acknowledged all."""
        options = ("--upload_existing", "--watchdog_lag_time", "0")
        spawned = time.monotonic()
        with self._program("DataFileUploadDirectory", source.folder, topic, folder, *options) as it:
            return self._timed(it, spawned, _speaks(it), self._stored(topic, source.case))

    def upload_file(self, source: Source, topic: str, folder: Path) -> Run:
        """Upload the one file of a folder with the program for single files."""
        (name,) = source.sha512
        spawned = time.monotonic()
        with self._program("UploadDataFile", source.folder / name, topic, folder) as it:
            return self._timed(it, spawned, _speaks(it), self._stored(topic, source.case))

    def disk(self, case: Case, topic: str, folder: Path) -> Run:
        """Download: from the first file's appearance until all are there in full size."""
        got = folder / "got"
        spawned = time.monotonic()
        with self._program("DataFileDownloadDirectory", got, topic, folder) as it:
            return self._timed(it, spawned, lambda: _appeared(got), lambda: _all_there(got, case))

    def memory(self, case: Case, topic: str, folder: Path) -> Run:
        """Download to memory: from the call until the last file was handed over."""
        script = Path(__file__).parent / "sides" / "their_memory.py"
        command = [openmsistream() / "bin" / "python", script, _config(folder), topic]
        spawned = time.monotonic()
        with (
            subprocess.Popen(
                [*map(str, command), str(case.files)],
                cwd=folder,
                env=os.environ | {ADDRESS_VARIABLE: self._topics.bootstrap},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
            ) as process,
            killed_in_the_end(process),
            Footprint(process.pid) as footprint,
        ):
            ready = _told(process, "ready")
            before = self._processors(process.pid)
            end = _told(process, "end")
            side, broker = self._processors(process.pid)
            return Run(
                end - ready,
                ready - spawned,
                footprint.peak,
                side - before[0],
                broker - before[1],
            )

    def _program(self, name: str, path: Path, topic: str, folder: Path, *options: str) -> Program:
        where: list[str | Path] = [path, "--config", _config(folder), "--topic_name", topic]
        return Program(name, *where, *options, folder=folder, address=self._topics.bootstrap)

    def _stored(self, topic: str, case: Case) -> Callable[[], bool]:
        return lambda: self._topics.records(topic) >= case.records

    def _timed(
        self,
        program: Program,
        spawned: float,
        begun: Callable[[], bool],
        done: Callable[[], bool],
    ) -> Run:
        with Footprint(program.process.pid) as footprint:
            ready = _when(begun, program)
            before = self._processors(program.process.pid)
            end = _when(done, program)
            side, broker = self._processors(program.process.pid)
            return Run(
                end - ready,
                ready - spawned,
                footprint.peak,
                side - before[0],
                broker - before[1],
            )

    def _processors(self, pid: int) -> tuple[float, float]:
        return processor_seconds(pid), processor_seconds(self._broker_pid)


def _config(folder: Path) -> Path:
    path = folder / "benchmark.config"
    path.write_text(CONFIGURATION)
    return path


def _when(condition: Callable[[], bool], program: Program) -> float:
    """Return the time at which a condition begins to hold."""
    deadline = time.monotonic() + LIMIT_SECONDS
    while not condition():
        if time.monotonic() > deadline:
            raise SideFailed(f"not done within {LIMIT_SECONDS:.0f} s:\n{program.said}")
        time.sleep(_LOOK_SECONDS)
    return time.monotonic()


def _speaks(program: Program) -> Callable[[], bool]:
    return lambda: "Uploading" in program.said


def _appeared(got: Path) -> bool:
    return got.is_dir() and any(entry.name.endswith(".dat") for entry in os.scandir(got))


def _all_there(got: Path, case: Case) -> bool:
    names = [entry.path for entry in os.scandir(got) if entry.name.endswith(".dat")]
    return len(names) == case.files and all(_full(Path(name), case.size) for name in names)


def _full(path: Path, size: int) -> bool:
    """Whether a file has its size, and no holes; its chunks come in any order."""
    status = path.stat()
    return status.st_size == size and status.st_blocks * _BLOCK >= size


def _told(process: subprocess.Popen[str], what: str) -> float:
    """Return the time that the process tells under a name; its log is between the lines."""
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith(f'{{"{what}"'):
            return float(json.loads(line)[what])
    raise SideFailed(f"OpenMSIStream ended with {process.wait()} before it told its {what!r}")

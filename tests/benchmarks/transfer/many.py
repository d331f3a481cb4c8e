"""Very many tiny files: whether the ledger makes the last as cheap as the first."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, NamedTuple

from tests.benchmarks.transfer.side_process import side_process
from tests.benchmarks.transfer.source import WrongData
from tests.benchmarks.transfer.topics import Topics

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from jupyter_stream.kafka.local_broker import RunningBroker

STEPS = 10
_FILES_IN_A_FOLDER = 1_000


class Pace(NamedTuple):
    """How the work went on.

    Attributes
    ----------
    what
        What was done.
    marks
        Seconds from the start after which each tenth of the files was complete.
    seconds
        Until all was done.
    memory
        Peak of resident memory in bytes.
    """

    what: str
    marks: list[float]
    seconds: float
    memory: int

    def costs(self, files: int) -> list[float]:
        """Return the mean cost of a file in each tenth, in seconds."""
        starts = [0.0, *self.marks]
        pairs = zip(starts, self.marks, strict=False)
        return [(end - start) / (files / STEPS) for start, end in pairs]


class ManyFiles:
    """Measures many tiny files against a broker.

    Parameters
    ----------
    broker
        The broker.
    folder
        Where files go.
    files
        How many; a multiple of 10.
    tell
        Called with each line of progress.
    """

    def __init__(
        self, broker: RunningBroker, folder: Path, files: int, tell: Callable[[str], None]
    ) -> None:
        self.files = files
        self._broker = broker
        self._folder = folder / "many"
        self._tell = tell

    def measure(self) -> list[Pace]:
        """Upload them, upload them again, when nothing is to be sent, and download them."""
        topics = Topics(self._broker.bootstrap)
        topic = topics.make()
        source = self._folder / "source"
        _make_files(source, self.files)
        try:
            uploaded = self._run("upload", topic, source)
            self._require(topics.records(topic), "records after the upload")
            again = self._run("upload", topic, source)._replace(what="upload again", marks=[])
            self._require(topics.records(topic), "records after nothing was to be sent")
            downloaded = self._run("download", topic, self._folder / "got")
            self._compare(source, self._folder / "got")
        finally:
            topics.delete(topic)
            topics.close()
            shutil.rmtree(self._folder)
        return [uploaded, again, downloaded]

    def _run(self, what: str, topic: str, folder: Path) -> Pace:
        os.sync()
        state = self._folder / "state"
        step = self.files // STEPS
        arguments: list[object] = [what, self._broker.bootstrap, topic, folder, state, str(step)]
        with side_process("ours_many", arguments, self._broker.pid) as (process, spawned):
            run, facts = process.run_with_facts(spawned)
            process.end()
        self._tell(f"{what} of {self.files} tiny files: {run.seconds:.1f} s")
        return Pace(what, facts["marks"], run.seconds, run.memory)

    def _compare(self, source: Path, got: Path) -> None:
        paths = [path.relative_to(source) for path in source.rglob("*.dat")]
        same = sum((got / path).read_bytes() == (source / path).read_bytes() for path in paths)
        self._require(same, "files that are the same")

    def _require(self, number: int, what: str) -> None:
        if number != self.files:
            raise WrongData(f"{number} {what}, not {self.files}")


def _make_files(folder: Path, files: int) -> None:
    for number in range(files):
        path = folder / f"{number // _FILES_IN_A_FOLDER:04}" / f"{number:06}.dat"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"%d" % number)

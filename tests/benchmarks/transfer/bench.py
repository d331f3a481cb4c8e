"""Runs every side of a transfer, one after the other, several times."""

from __future__ import annotations

import os
import shutil
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from tests.benchmarks.transfer.case import Case, Direction, Side, Transfer
from tests.benchmarks.transfer.side_process import Run, side_process
from tests.benchmarks.transfer.source import Source, check
from tests.benchmarks.transfer.their_runs import TheirRuns
from tests.benchmarks.transfer.topics import Topics

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from jupyter_stream.kafka.local_broker import RunningBroker

# Smaller files stay until the end: for minutes after many were deleted, ext4 makes new ones slowly.
SMALL_BYTES = 100_000

_LOOPS = {Side.BARE: "", Side.HASHING: "-hashing", Side.HASH_FIRST: "-hash-first"}


class Measured(NamedTuple):
    """The runs of one side in one transfer."""

    transfer: Transfer
    side: Side
    given: Case
    runs: list[Run]


class Bench:
    """Measures transfers against a broker.

    Parameters
    ----------
    broker
        The broker.
    folder
        Where files go, on the disk of the broker's data.
    tell
        Called with each line of progress.
    """

    def __init__(self, broker: RunningBroker, folder: Path, tell: Callable[[str], None]) -> None:
        self._broker = broker
        self._folder = folder
        self._tell = tell
        self._topics = Topics(broker.bootstrap)
        self._topics.warm_up()
        self._theirs = TheirRuns(self._topics, broker.pid)
        self._sources: dict[Case, Source] = {}
        self._numbers = count()

    def measure(self, transfer: Transfer, repetitions: int) -> list[Measured]:
        """Run all sides in turns, so that whatever else the machine does meets each of them."""
        rows = [Measured(transfer, side, transfer.given_to(side), []) for side in transfer.sides]
        filled = self._filled_topics(transfer)
        for repetition in range(repetitions):
            for row in rows:
                run = self._run(row, filled)
                row.runs.append(run)
                self._tell(
                    f"{transfer.direction} {row.given}, {row.side}, {repetition + 1}: "
                    f"{run.seconds:.2f} s"
                )
        for topic in filled.values():
            self._topics.delete(topic)
        return rows

    def close(self) -> None:
        """Close the connections."""
        self._topics.close()

    def source(self, case: Case) -> Source:
        """Return the files of a case; they are made when they are first asked for."""
        if case not in self._sources:
            name = f"source-{case.name}-{case.files}-{case.size}"
            self._sources[case] = Source(self._folder / name, case)
        return self._sources[case]

    def forget_sources(self) -> None:
        """Delete all source files."""
        for source in self._sources.values():
            shutil.rmtree(source.folder)
        self._sources.clear()

    def _filled_topics(self, transfer: Transfer) -> dict[bool, str]:
        """Fill the topics for a download: one as we write it, one as OpenMSIStream does."""
        if transfer.direction is Direction.UPLOAD:
            return {}
        topics = {False: self._topics.filled(self.source(transfer.case), spread=False)}
        if transfer.theirs is not None:
            topics[True] = self._topics.filled(self.source(transfer.theirs), spread=True)
        return topics

    def _run(self, row: Measured, filled: dict[bool, str]) -> Run:
        # What was written before reaches the disk now, and not while the clock runs.
        os.sync()
        folder = self._folder / f"run-{next(self._numbers)}"
        folder.mkdir()
        try:
            if row.transfer.direction is Direction.UPLOAD:
                return self._upload(row, folder)
            return self._download(row, filled, folder)
        finally:
            if row.given.size > SMALL_BYTES:
                shutil.rmtree(folder)

    def _upload(self, row: Measured, folder: Path) -> Run:
        source, topic = self.source(row.given), self._topics.make()
        try:
            return self._uploaded(row.side, source, topic, folder)
        finally:
            self._topics.delete(topic)
            # Some leave logs among the files, which the next side must not find.
            source.clear_strangers()

    def _uploaded(self, side: Side, source: Source, topic: str, folder: Path) -> Run:
        if side is Side.THEIRS:
            return self._theirs.upload(source, topic, folder)
        if side is Side.THEIR_FILE_PROGRAM:
            return self._theirs.upload_file(source, topic, folder)
        if side is Side.OURS:
            run = self._child("ours", "upload", topic, source.folder, folder / "state")
            self._topics.check(topic, source)
            return run
        return self._child("loops", f"produce{_LOOPS[side]}", topic, source.folder)

    def _download(self, row: Measured, filled: dict[bool, str], folder: Path) -> Run:
        if row.side is Side.THEIRS:
            to_disk = row.transfer.direction is Direction.DISK
            theirs = self._theirs.disk if to_disk else self._theirs.memory
            return theirs(row.given, filled[True], folder)
        if row.side is not Side.OURS:
            what = f"consume{_LOOPS[row.side]}"
            return self._child("loops", what, filled[False], row.given.records, row.given.size)
        if row.transfer.direction is Direction.MEMORY:
            return self._ours_to_memory(filled[False], self.source(row.given))
        run = self._child("ours", "disk", filled[False], folder / "got")
        self.source(row.given).check_folder(folder / "got")
        return run

    def _ours_to_memory(self, topic: str, source: Source) -> Run:
        arguments = ["memory", self._broker.bootstrap, topic]
        with side_process("ours", arguments, self._broker.pid) as (process, spawned):
            run = process.run(spawned)
            process.go_on()
            check(source.sha512, process.hear()["sha512"], topic)
            process.end()
        return run

    def _child(self, module: str, what: str, topic: str, *rest: str | Path | int) -> Run:
        arguments = [what, self._broker.bootstrap, topic, *map(str, rest)]
        with side_process(module, arguments, self._broker.pid) as (process, spawned):
            run = process.run(spawned)
            process.end()
        return run

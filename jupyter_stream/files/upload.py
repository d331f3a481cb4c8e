"""Uploading: files on disk become chunks on a topic."""

from __future__ import annotations

import time
import zlib
from collections import deque
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from jupyter_stream.errors import FileChanged, JobFailed, NoSuchPath, UnsafePath, WriteFailed
from jupyter_stream.files.settled import SettledFiles
from jupyter_stream.files.split import split
from jupyter_stream.formats.chunk import chunk_key, pack_chunk
from jupyter_stream.jobs.job import Job
from jupyter_stream.jobs.rate import Rate
from jupyter_stream.jobs.state import JobState
from jupyter_stream.kafka.connect import current_cluster

if TYPE_CHECKING:
    from jupyter_stream.formats.chunk import Chunk
    from jupyter_stream.kafka.cluster import Cluster

LOOK_SECONDS = 0.2
FLUSH_SECONDS = 10.0
SETTLE_SECONDS = 3.0


def upload(
    path: str | Path,
    topic: str,
    *,
    watch: bool = False,
    settle_seconds: float = SETTLE_SECONDS,
    cluster: Cluster | None = None,
) -> Upload:
    """Upload a file, or all files below a directory, in the background.

    Hidden and partial files (`.part`, `.tmp`, `~`) are left out.

    Parameters
    ----------
    path
        A file or a directory.
    topic
        Name of the topic; it is created if it does not exist.
    watch
        Whether to go on with files that appear or change later; for a directory only.
    settle_seconds
        With `watch`, a file counts as complete when it has not changed for so long.
    cluster
        The cluster; the one connected to last if not given.

    Returns
    -------
    Upload
        The running upload; its `wait` returns when everything is stored by the broker.

    Raises
    ------
    NoSuchPath
        There is no such file or directory, or a single file is to be watched.
    ClusterUnreachable
        No broker answers.
    """
    source = Path(path).expanduser()
    if not source.exists():
        raise NoSuchPath(f"there is no file or directory {source.absolute()}")
    if watch and not source.is_dir():
        raise NoSuchPath(f"{source.absolute()} is no directory; only directories can be watched")
    return Upload(
        cluster or current_cluster(), source, topic, watch=watch, settle_seconds=settle_seconds
    ).start()


class Upload(Job):
    """A running upload; made by `upload`.

    The parameters are those of `upload`.
    """

    def __init__(
        self, cluster: Cluster, source: Path, topic: str, *, watch: bool, settle_seconds: float
    ) -> None:
        super().__init__(f"upload {source} to {topic}")
        self.topic = topic
        self._watch = watch
        self._root = source if source.is_dir() else source.parent
        self._single = None if source.is_dir() else source
        self._settled = SettledFiles(self._root, settle_seconds if watch else 0.0)
        self._to_send: deque[Path] = deque()
        self._rates = (Rate(), Rate(), Rate())
        self._unacknowledged = 0
        cluster.create_topic(topic)
        self._partitions = cluster.partitions(topic)
        self._writer = cluster.writer()

    def _run(self) -> None:
        try:
            self._enter(JobState.RUNNING)
            self._send_all()
            self._await_acknowledgements()
        finally:
            self._writer.close()
        if self.stats.errors and not self._watch:
            raise JobFailed(f"{self.stats.errors} of the files could not be uploaded")

    def _send_all(self) -> None:
        self._look()
        while self._goes_on():
            if self._to_send:
                self._send(self._to_send.popleft())
            elif self._watch:
                self._writer.poll(0)
                self._idle(LOOK_SECONDS)
                self._look()
            else:
                return
            self._measure()

    def _look(self) -> None:
        found = [self._single] if self._single else self._settled.poll()
        self._to_send.extend(found)

    def _send(self, path: Path) -> None:
        sending = _Sending(path)
        try:
            for chunk in split(path, self._root):
                self._write(chunk, sending)
            sending.all_written = True
            self._conclude(sending)
        except FileChanged as error:
            self._problems.add("A file changed while it was sent, and is sent again", str(error))
            self._to_send.append(path)
        except (OSError, UnsafePath, WriteFailed) as error:
            self._fail(path, str(error))

    def _write(self, chunk: Chunk, sending: _Sending) -> None:
        while self._writer.full and self._goes_on():
            self._writer.poll()
            self._measure()

        def delivered(reason: str | None) -> None:
            self._unacknowledged -= 1
            sending.pending -= 1
            sending.reason = sending.reason or reason
            self._conclude(sending)

        value = pack_chunk(chunk)
        # All chunks of a file go to one partition, so a consumer group can share files.
        partition = zlib.crc32(chunk.path.encode()) % self._partitions
        self._writer.write(self.topic, partition, chunk_key(chunk), value, delivered)
        self._unacknowledged += 1
        sending.pending += 1
        stats = self.stats
        self._publish(
            replace(stats, records=stats.records + 1, bytes=stats.bytes + len(value)),
            self._writer.trouble,
        )
        self._writer.poll(0)

    def _conclude(self, sending: _Sending) -> None:
        """Count a file once all its chunks are acknowledged, or one of them failed."""
        if sending.pending or not sending.all_written:
            return
        if sending.reason is None:
            stats = self.stats
            self._publish(
                replace(stats, files=stats.files + 1, latest=sending.path.name), self.trouble
            )
            return
        self._fail(sending.path, sending.reason)
        if self._watch:
            self._to_send.append(sending.path)

    def _fail(self, path: Path, reason: str) -> None:
        self._problems.add("A file could not be uploaded", f"{path}: {reason}")
        self._publish(replace(self.stats, errors=self.stats.errors + 1), self.trouble)

    def _await_acknowledgements(self) -> None:
        """Wait for the broker; an upload that was stopped waits for a while only."""
        deadline = time.monotonic() + FLUSH_SECONDS
        while self._unacknowledged and (self._goes_on() or time.monotonic() < deadline):
            self._writer.poll()
            self._measure()
        if self._unacknowledged:
            self._problems.add(
                "Stopped before everything was acknowledged",
                f"{self._unacknowledged} chunks may be missing on {self.topic}",
            )

    def _measure(self) -> None:
        now = time.monotonic()
        stats = self.stats
        records, size, files = (
            round(rate.update(now, total), 3)
            for rate, total in zip(
                self._rates, (stats.records, stats.bytes, stats.files), strict=True
            )
        )
        self._publish(
            replace(
                stats, records_per_second=records, bytes_per_second=size, files_per_second=files
            ),
            self._writer.trouble,
        )


class _Sending:
    """A file on its way: how many chunks await their acknowledgement."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.pending = 0
        self.all_written = False
        self.reason: str | None = None

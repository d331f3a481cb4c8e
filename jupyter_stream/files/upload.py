"""Uploading: files on disk become chunks on a topic."""

from __future__ import annotations

import math
import time
import zlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from jupyter_stream.errors import FileChanged, JobFailed, NoSuchPath, UnsafePath, WriteFailed
from jupyter_stream.files.left_out import LeftOut
from jupyter_stream.files.outbox import Outbox
from jupyter_stream.files.remedies import remedy
from jupyter_stream.files.settled import SettledFiles
from jupyter_stream.files.split import split
from jupyter_stream.formats.chunk import chunk_key, pack_chunk
from jupyter_stream.jobs.job import Job
from jupyter_stream.jobs.rates import Rates
from jupyter_stream.jobs.state import JobState
from jupyter_stream.kafka.connect import current_cluster

if TYPE_CHECKING:
    from jupyter_stream.files.sending import Sending
    from jupyter_stream.formats.chunk import Chunk
    from jupyter_stream.jobs.stats import JobStats
    from jupyter_stream.kafka.cluster import Cluster

LOOK_SECONDS = 0.2
FLUSH_SECONDS = 10.0
SETTLE_SECONDS = 3.0
# How often a file is tried again that an upload without `watch` cannot send; then it fails.
ONCE_RETRIES = 3
NAMED_FILES = 10


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
    NotConnected
        No cluster was given, and none was connected to.
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
        patience = settle_seconds if watch else 0.0
        self._settled = SettledFiles(self._root, patience)
        self._left_out = LeftOut(patience)
        self._missing: str | None = None
        self._outbox = Outbox()
        self._given_up = 0
        self._unacknowledged = 0
        self._end_by = math.inf
        self._rates = Rates()
        cluster.create_topic(topic)
        self._partitions = cluster.partitions(topic)
        self._writer = cluster.writer()

    def ask_to_stop(self) -> None:
        """Let the upload end soon: it leaves the file that it is at, and waits 10 s at most."""
        self._end_by = min(self._end_by, time.monotonic() + FLUSH_SECONDS)
        super().ask_to_stop()

    @property
    def _stopped(self) -> bool:
        return self._end_by < math.inf

    def _run(self) -> None:
        try:
            self._enter(JobState.RUNNING)
            self._send_all()
            self._await_acknowledgements()
            unsent = self._outbox.paths + self._not_yet_looked_at()
        finally:
            # Closing refuses what is under way; that is to be tried again no more.
            self._outbox.clear()
            self._writer.close()
        self._tell_unsent(unsent)

    def _send_all(self) -> None:
        self._look()
        while self._goes_on() and (self._watch or self._outbox):
            sending = self._outbox.take()
            if sending is not None:
                self._send(sending)
            else:
                self._rest()
            self._measure()

    def _rest(self) -> None:
        """Wait for acknowledgements, files, or the time to try again."""
        self._writer.poll()
        if self._watch:
            self._idle(LOOK_SECONDS)
            self._look()

    def _look(self) -> None:
        """Find the files that are to be sent; without `watch` this is done once."""
        try:
            found = [self._single] if self._single else self._settled.poll()
        except NoSuchPath as error:
            if not self._watch:
                raise
            self._missing = f"{error} The upload goes on by itself when it is there again."
            return
        self._missing = None
        for path in found:
            self._outbox.add(path)
        for path, reason in self._left_out.update(self._settled.skipped):
            self._problems.add(f"A file was left out: {reason}", str(path))
            self._tell(replace(self.stats, skipped=self.stats.skipped + 1))

    def _not_yet_looked_at(self) -> list[Path]:
        """Return the files of a watched directory that had not settled when it was stopped."""
        if not self._watch:
            return []
        try:
            found = self._settled.poll()
        except NoSuchPath:
            return []
        return found + self._settled.unreported

    def _send(self, sending: Sending) -> None:
        try:
            for chunk in split(sending.path, self._root):
                if not self._make_room():
                    self._leave(sending, chunk)
                    return
                if sending.reason is not None:
                    break
                self._write(chunk, sending)
            sending.all_written = True
            self._conclude(sending)
        except UnsafePath as error:
            self._give_up(sending, str(error))
        except (FileChanged, FileNotFoundError) as error:
            self._replaced(sending, str(error))
        except (OSError, WriteFailed) as error:
            self._failed(sending, str(error))

    def _make_room(self) -> bool:
        """Wait until another chunk may be sent, and say whether it is to be sent."""
        while self._writer.full and not self._stopped:
            self._writer.poll()
            self._measure()
        return not self._stopped

    def _leave(self, sending: Sending, chunk: Chunk) -> None:
        """Tell that a file was left in the middle."""
        if chunk.index > 1:
            self._problems.add(
                "Stopped in the middle of a file",
                f"{sending.path} is not complete on {self.topic}: {chunk.index - 1} of "
                f"{chunk.total} chunks were sent. Upload it again.",
            )

    def _write(self, chunk: Chunk, sending: Sending) -> None:
        def delivered(refusal: str | None) -> None:
            self._unacknowledged -= 1
            sending.take(refusal)
            self._conclude(sending)

        value = pack_chunk(chunk)
        # All chunks of a file go to one partition, so a consumer group can share files.
        partition = zlib.crc32(chunk.path.encode()) % self._partitions
        self._writer.write(self.topic, partition, chunk_key(chunk), value, delivered)
        self._unacknowledged += 1
        sending.pending += 1
        stats = self.stats
        self._tell(replace(stats, records=stats.records + 1, bytes=stats.bytes + len(value)))
        self._writer.poll(0)

    def _conclude(self, sending: Sending) -> None:
        """Count a file once all its chunks are stored; try it again if one of them is not."""
        if not sending.concluded:
            return
        if sending.reason is not None:
            self._failed(sending, sending.reason)
            return
        self._outbox.remove(sending)
        stats = self.stats
        self._tell(replace(stats, files=stats.files + 1, latest=sending.path.name))

    def _replaced(self, sending: Sending, reason: str) -> None:
        """Leave a file to the next look, which finds the new version when it has settled."""
        if not self._watch:
            self._failed(sending, reason)
            return
        self._problems.add(
            "A file changed or vanished before it was sent; what is there later is sent", reason
        )
        self._outbox.remove(sending)
        self._settled.forget(sending.path)

    def _failed(self, sending: Sending, reason: str) -> None:
        """Try a file again later, unless a newer version of it is to be sent anyway."""
        if sending not in self._outbox:
            return
        said = f"{reason} {remedy(reason)}".strip()
        if not self._watch and sending.failures == ONCE_RETRIES:
            self._give_up(sending, said)
            return
        delay = self._outbox.put_back(sending)
        self._count_error(
            "A file was not stored, and is tried again",
            f"{sending.path}: {said} It is tried again in {delay:.0f} s.",
        )

    def _give_up(self, sending: Sending, reason: str) -> None:
        self._outbox.remove(sending)
        self._given_up += 1
        self._count_error("A file could not be uploaded", f"{sending.path}: {reason}")

    def _count_error(self, title: str, detail: str) -> None:
        self._problems.add(title, detail)
        self._tell(replace(self.stats, errors=self.stats.errors + 1))

    def _await_acknowledgements(self) -> None:
        """Wait for the broker after a stop, but not for long."""
        while self._outbox and self._unacknowledged and time.monotonic() < self._end_by:
            self._writer.poll()
            self._measure()

    def _tell_unsent(self, unsent: list[Path]) -> None:
        """Tell which files were not sent; without `watch` that is a failure."""
        if not self._watch and self._given_up and not unsent:
            raise JobFailed(f"{self._given_up} of the files could not be uploaded")
        if not unsent:
            return
        title = "stopped before everything was uploaded"
        count = f"{len(unsent) + self._given_up} files not sent"
        names = ", ".join(str(path) for path in unsent[:NAMED_FILES])
        self._problems.add(title.capitalize(), f"{count}, among them {names}")
        if not self._watch:
            raise JobFailed(f"{title}: {count}")

    def _measure(self) -> None:
        self._tell(self._rates.measure(self.stats))

    def _tell(self, stats: JobStats) -> None:
        self._publish(stats, self._missing or self._writer.trouble)

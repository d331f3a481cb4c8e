"""The upload as a background job."""

from __future__ import annotations

import math
import time
from concurrent.futures import CancelledError
from typing import TYPE_CHECKING

from jupyter_stream.errors import (
    FileChanged,
    LedgerNotWritten,
    UnsafePath,
    UsageMistake,
    WriteFailed,
)
from jupyter_stream.files.ledger import Ledger, state_folder
from jupyter_stream.files.uploading.chunk_size import ChunkSize
from jupyter_stream.files.uploading.delivery import Delivery
from jupyter_stream.files.uploading.outbox import Outbox
from jupyter_stream.files.uploading.read_ahead import ReadAhead
from jupyter_stream.files.uploading.retries import NO_LONGER_THERE, Retries
from jupyter_stream.files.uploading.sent_ledger import SENT_SCHEMA, SentFile, SentLedger
from jupyter_stream.files.uploading.split import chunks
from jupyter_stream.files.uploading.topic_facts import TopicFactsWatch, ask_facts
from jupyter_stream.files.uploading.unsent import tell_left, tell_unsent
from jupyter_stream.files.uploading.upload_counters import UploadCounters
from jupyter_stream.files.uploading.upload_lock import lock_upload
from jupyter_stream.files.uploading.upload_source import UploadSource
from jupyter_stream.files.working_directory import as_named
from jupyter_stream.jobs.job import Job
from jupyter_stream.jobs.state import JobState

if TYPE_CHECKING:
    from pathlib import Path

    from jupyter_stream.errors import StreamError
    from jupyter_stream.files.uploading.read_ahead import Prepared
    from jupyter_stream.files.uploading.sending import Sending
    from jupyter_stream.files.uploading.survey import Survey
    from jupyter_stream.files.uploading.upload_options import UploadOptions
    from jupyter_stream.kafka.cluster import Cluster

LOOK_SECONDS = 0.2
SHOW_SECONDS = 0.1
FLUSH_SECONDS = 10.0


class Upload(Job):
    """A running upload; made by `upload`.

    Parameters
    ----------
    cluster
        The cluster.
    source
        A file or a directory that is there.
    topic
        Name of the topic.
    options
        The user's choices.
    """

    def __init__(self, cluster: Cluster, source: Path, topic: str, options: UploadOptions) -> None:
        super().__init__(f"upload {as_named(source)} to {topic}")
        self.topic = topic
        self._options = options
        self._root = source if source.is_dir() else source.parent
        self._folder = state_folder(self._root, options.state)
        if self._folder.resolve() == self._root.resolve():
            raise UsageMistake(f"the state needs another folder than {self._root} itself")
        self._counters = UploadCounters()
        self._outbox = Outbox()
        tell = self._problems.add
        self._retries = Retries(
            self._root, self._outbox, self._counters, tell, endless=options.watch
        )
        self._end_by = math.inf
        self._next_look = self._next_show = 0.0
        cluster.create_topic(topic)
        facts = ask_facts(cluster, topic)
        chunk_size = ChunkSize(options.chunk_size, facts.record_limit, tell)
        self._lock = lock_upload(self._folder, source, topic)
        try:
            self._ledger = Ledger(self._folder, SENT_SCHEMA)
            self._delivery = Delivery(
                cluster,
                topic,
                facts=facts,
                chunk_size=chunk_size,
                counters=self._counters,
                on_concluded=self._conclude,
            )
            self._sent = SentLedger(self._ledger, topic, facts.topic_id)
            self._facts = TopicFactsWatch(cluster, topic, facts)
            self._source = UploadSource(
                source,
                options,
                self._folder,
                sent=self._sent,
                counters=self._counters,
                goes_on=self._breathe,
                tell=tell,
            )
        except BaseException:
            self._lock.release()
            raise
        self._ahead = ReadAhead(self._root, self._checkpoint)

    def ask_to_stop(self) -> None:
        """Let the upload end soon: it leaves the file that it is at, and waits 10 s at most."""
        self._end_by = min(self._end_by, time.monotonic() + FLUSH_SECONDS)
        super().ask_to_stop()

    def _run(self) -> None:
        try:
            self._facts.start()
            self._look()
            # From here on, what happens in a watched directory is noticed.
            self._enter(JobState.RUNNING)
            self._send_all()
            self._await_acknowledgements()
            self._write_ledger()
            unsent = self._outbox.paths + self._source.last_look()
        finally:
            # Threads that read end, or they would be waited for: for long, or in a pause for ever.
            super().ask_to_stop()
            # Closing refuses what is under way; that is to be tried again no more.
            self._outbox.clear()
            for part in (self._ahead, self._source, self._facts, self._delivery, self._ledger):
                part.close()
            self._lock.release()
        self._show()
        given_up, once = self._retries.given_up, not self._options.watch
        tell_unsent(self._root, unsent, given_up, fails=once, tell=self._problems.add)

    def _send_all(self) -> None:
        while self._goes_on() and (self._options.watch or self._outbox):
            self._follow_topic()
            if time.monotonic() >= self._next_look:
                self._look()
            self._ahead.fill(self._outbox.take, self._delivery.chunk_bytes)
            # With nothing to read, acknowledgements are what is waited for.
            for prepared in self._ahead.take(0.02) if self._ahead.busy else ():
                self._send(prepared)
            self._attend(0.0 if self._ahead.busy else 0.05)

    def _look(self) -> None:
        """Find the files that are to be sent; without `watch` this is done once."""
        for found in self._source.look():
            former = self._outbox.add(found.path, found.state)
            # One that is on its way is finished, and counted by itself.
            if former is not None and not former.begun:
                self._counters.drop(former.state.size)
            self._counters.plan(found.state.size)
        self._next_look = time.monotonic() + LOOK_SECONDS if self._options.watch else math.inf

    def _follow_topic(self) -> None:
        """Follow changes of the topic; send everything again when another has taken the name."""
        facts = self._facts.take()
        if facts is None:
            return
        self._delivery.follow(facts)
        if facts.topic_id != self._sent.topic_id:
            self._sent.topic_id = facts.topic_id
            self._source.look_at_all_again()
            self._next_look = 0.0
            self._problems.add(
                "The topic was deleted and made again, so all files are sent again", self.topic
            )

    def _send(self, prepared: Prepared) -> None:
        """Send a file that was read, if it is still the one that is to be sent."""
        sending, outcome = prepared
        if sending not in self._outbox or not self._goes_on():
            return
        if isinstance(outcome, Exception):
            self._not_sent(sending, outcome)
            return
        try:
            if self._is_to_be_sent(sending, outcome):
                self._write(sending, outcome)
        except (OSError, FileChanged, LedgerNotWritten, WriteFailed) as error:
            self._not_sent(sending, error)

    def _is_to_be_sent(self, sending: Sending, surveyed: Survey) -> bool:
        if self._options.watch and surveyed.stamp.state != sending.state:
            raise FileChanged(f"{surveyed.file} changed since it had settled.")
        self._counters.content_bytes_total += surveyed.stamp.size - sending.state.size
        sending.state = surveyed.stamp.state
        sent = self._source.is_there(surveyed)
        if sent is None:
            return True
        self._counters.drop(sending.state.size)
        self._counters.duplicates += not self._source.is_our_own(sent)
        self._keep(sending, surveyed)
        return False

    def _write(self, sending: Sending, surveyed: Survey) -> None:
        sending.topic_id, sending.chunk_size = self._sent.topic_id, surveyed.chunk_size
        for chunk in chunks(surveyed):
            if not self._make_room():
                tell_left(surveyed, chunk.index - 1, self.topic, self._problems.add)
                return
            if sending.reason is not None:
                break
            self._delivery.write(chunk, sending, surveyed)
        sending.all_written = True
        if sending.concluded:
            self._conclude(sending, surveyed)

    def _make_room(self) -> bool:
        """Wait until another chunk may be sent, and say whether it is to be sent."""
        while self._goes_on() and self._delivery.full:
            self._attend()
        return self._breathe()

    def _conclude(self, sending: Sending, surveyed: Survey) -> None:
        """Count a file once all its chunks are stored; try it again if one of them is not."""
        if sending.reason is not None or self._is_outdated(sending):
            self._failed(sending, sending.reason or "The topic of its first chunks was deleted.")
            return
        self._counters.files += 1
        self._counters.latest = surveyed.file.name
        self._keep(sending, surveyed)

    def _is_outdated(self, sending: Sending) -> bool:
        """Say whether a file was begun on a topic that is there no more."""
        return sending.begun and sending.topic_id != self._sent.topic_id

    def _keep(self, sending: Sending, surveyed: Survey) -> None:
        """Note that the topic holds a file."""
        acknowledged_at = self._source.now()
        row = SentFile(
            surveyed.stamp.state, surveyed.file_hash, surveyed.hashed_at, acknowledged_at
        )
        self._sent.add(sending.path, row)
        if sending in self._outbox:
            self._outbox.remove(sending)
            self._source.conclude(sending.path)

    def _not_sent(self, sending: Sending, error: StreamError | OSError) -> None:
        if isinstance(error, UnsafePath):
            self._retries.give_up(sending, str(error))
        elif self._options.watch and isinstance(error, NO_LONGER_THERE):
            self._retries.forget(sending, str(error))
            self._source.look_again(sending.path)
        else:
            self._failed(sending, str(error))

    def _failed(self, sending: Sending, reason: str) -> None:
        """Try a file again later, unless a newer version of it is to be sent anyway."""
        self._counters.content_bytes -= sending.abandon()
        if sending not in self._outbox:
            self._counters.drop(sending.state.size)
            return
        if self._is_outdated(sending) or self._delivery.shrink(sending, reason):
            self._outbox.send_again(sending)
            return
        self._facts.ask_now()
        self._retries.try_again(sending, reason)

    def _await_acknowledgements(self) -> None:
        """Wait for the broker after a stop, but not for long."""
        while self._delivery.unacknowledged and time.monotonic() < self._end_by:
            self._attend()

    def _write_ledger(self) -> None:
        """Write the ledger, and wait for space if there is none, but not for long."""
        end_by = min(self._end_by, time.monotonic() + FLUSH_SECONDS)
        self._sent.write()
        while self._sent.waiting and time.monotonic() < end_by:
            self._attend()
        self._sent.tell_unwritten(self._problems.add)

    def _attend(self, seconds: float = 0.05) -> None:
        """Take in acknowledgements, note what is stored, and show the numbers."""
        self._delivery.poll(seconds)
        self._sent.write_if_due()
        if time.monotonic() >= self._next_show:
            self._show()

    def _breathe(self) -> bool:
        """Go on with everything else during a long walk, and say whether to go on with it."""
        if time.monotonic() >= self._next_show:
            self._attend(0.0)
        return not self._stopping.is_set()

    def _checkpoint(self) -> None:
        """Let threads that read rest with the job, and end with it."""
        self._unpaused.wait()
        if self._stopping.is_set():
            raise CancelledError

    def _show(self) -> None:
        trouble = self._source.missing or self._sent.trouble or self._delivery.trouble
        self._publish(self._counters.measure(len(self._outbox)), trouble)
        self._next_show = time.monotonic() + SHOW_SECONDS

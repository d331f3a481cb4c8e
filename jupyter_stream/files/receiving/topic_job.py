"""A job that reads a topic: it waits for the topic, and knows when to leave a group."""

from __future__ import annotations

import time
from abc import abstractmethod
from typing import TYPE_CHECKING

from jupyter_stream.errors import StreamError, TopicNotFound
from jupyter_stream.jobs.job import Job
from jupyter_stream.jobs.state import JobState

if TYPE_CHECKING:
    from jupyter_stream.files.receiving.reception_plan import ReceptionPlan
    from jupyter_stream.kafka.cluster import Cluster
    from jupyter_stream.kafka.record_reader import RecordReader
    from jupyter_stream.kafka.start import Start

RETRY_SECONDS = 1.0
LOOK_FOR_TOPIC_SECONDS = 1.0
STAND_BY_SECONDS = 3.0


class TopicJob(Job):
    """A job that has a reader of a topic, or waits for one.

    Parameters
    ----------
    name
        What the job does, in a few words.
    cluster
        Where the topic is.
    plan
        What of it is wanted.
    parent
        The job that this one is a part of, if it is one.
    """

    def __init__(
        self, name: str, cluster: Cluster, plan: ReceptionPlan, parent: Job | None = None
    ) -> None:
        super().__init__(name, parent)
        self.topic = plan.topic
        self._cluster = cluster
        self._plan = plan
        self._reader: RecordReader | None = None
        self._hindrance: str | None = None

    @abstractmethod
    def _give_away(self, partitions: set[int]) -> None:
        """Commit what is done of partitions that another member reads now, and drop the rest."""

    def _begin_at(self, start: Start | None) -> Start:
        """Say where to start, now that the topic is there; it may have been made anew."""
        return "earliest" if start is None else start

    def _attend(self) -> None:
        if self._reader is not None:
            self._reader.keep_alive()

    def _open(self, start: Start | None, *, wait: bool) -> RecordReader | None:
        topic, group = self.topic, self._plan.group
        if absence := absence_of(self._cluster, topic, wait=wait):
            self._enter(JobState.WAITING, absence)
            return None
        begin = self._begin_at(start)
        if group is None:
            return self._cluster.reader(topic, begin)
        return self._cluster.group_reader(topic, group, begin, on_revoked=self._give_away)

    def _await_topic(self) -> None:
        while self._reader is None and self._goes_on():
            self._look_for_topic()

    def _look_for_topic(self) -> None:
        self._idle(LOOK_FOR_TOPIC_SECONDS)
        try:
            # All of a topic that is born during the job is new, whatever the start was.
            self._reader = self._open("earliest", wait=True)
        except StreamError as error:
            self._publish(self.stats, str(error))
        else:
            self._publish(self.stats, None)

    def _begin_anew(self) -> None:
        """Turn to a topic that was made anew, as soon as the cluster says which one it is."""
        while self._goes_on():
            try:
                self._begin_at(None)
            except StreamError as error:
                self._hold_on(error)
            else:
                return

    def _hold_on(self, error: StreamError) -> None:
        """Tell of trouble, and wait a moment as a member of the group."""
        self._hindrance = str(error)
        self._publish(self.stats, self._hindrance)
        deadline = time.monotonic() + RETRY_SECONDS
        while self._goes_on() and time.monotonic() < deadline:
            self._attend()
            self._idle()

    def _leave(self, reader: RecordReader) -> None:
        """Leave a group that cannot share this topic, and stand by."""
        try:
            reader.close()
        finally:
            self._reader = None
        self._enter(
            JobState.WAITING,
            f"the chunks of files lie on several partitions of {self.topic!r}, so one member of "
            f"group {self._plan.group!r} has to read them all; this one stands by for it",
        )

    def _stand_by(self) -> None:
        """Join the group again when nobody else is in it any more."""
        self._idle(STAND_BY_SECONDS)
        try:
            if self._goes_on() and self._cluster.group_members(self._plan.group or "") == 0:
                self._reader = self._open(self._plan.start, wait=True)
        except StreamError as error:
            self._publish(self.stats, str(error))
            return
        if self._reader is not None:
            self._enter(JobState.RUNNING)


def absence_of(cluster: Cluster, topic: str, *, wait: bool) -> str:
    """Say that a topic is not there, if that may be; "" if it is there.

    Parameters
    ----------
    cluster, topic
        Where to look, and for what.
    wait
        Whether it may be missing.

    Raises
    ------
    TopicNotFound
        It is missing, and may not be.
    """
    try:
        cluster.partitions(topic)
    except TopicNotFound as error:
        if wait:
            return str(error)
        raise TopicNotFound(f"{error}; to wait for it: wait_for_topic=True, or --wait") from None
    return ""

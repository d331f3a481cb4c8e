"""Reading a topic from a chosen position, without a consumer group."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from confluent_kafka import OFFSET_BEGINNING

from jupyter_stream.kafka.starting_offsets import begin_reading
from jupyter_stream.kafka.topic_check import TopicCheck
from jupyter_stream.kafka.topic_consumer import TopicConsumer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jupyter_stream.kafka.profile import Profile
    from jupyter_stream.kafka.record import Record
    from jupyter_stream.kafka.start import Start


class TopicReader:
    """Reads all partitions of a topic; for use in one thread. A `RecordReader`.

    Parameters
    ----------
    profile
        The cluster.
    topic
        Name of the topic, which must exist.
    start
        Where to start. Partitions that are added later are read from their first record.

    Raises
    ------
    ClusterUnreachable
        No broker answers.
    TopicNotFound
        The topic was deleted just now.
    UsageMistake
        The start is an offset that the topic does not have.
    ProfileError
        librdkafka does not accept a property of the profile.
    """

    def __init__(self, profile: Profile, topic: str, start: Start) -> None:
        self.topic = topic
        # librdkafka wants a group's name, though no group is joined.
        properties = {"group.id": f"jupyter_stream-{uuid.uuid4()}"}
        self._consumer = TopicConsumer(profile, topic, properties)
        begin = begin_reading(self._consumer, start)
        self._check = TopicCheck(self._consumer)
        self._check.lost = begin.lost
        self._check.restarted = begin.restarted
        self._ends = begin.ends
        self.begins = begin.next
        self._assign(begin.next)

    @property
    def trouble(self) -> str | None:
        """Why no records come; None when all is well."""
        return self._consumer.trouble

    @property
    def lost(self) -> int:
        """How many records the cluster deleted before they were read."""
        return self._check.lost

    @property
    def restarted(self) -> int:
        """How often a partition had become shorter than what was read, and was begun anew."""
        return self._check.restarted

    @property
    def partitions(self) -> set[int]:
        """The partitions of the topic, as far as they are read already."""
        return set(self._consumer.next)

    @property
    def partition_count(self) -> int:
        """How many partitions the topic has, as far as is known."""
        return len(self._consumer.next)

    @property
    def at_end(self) -> bool:
        """Whether everything was read that the topic held when the reader was opened."""
        return all(self._consumer.next[partition] >= end for partition, end in self._ends.items())

    def read(self, timeout: float) -> list[Record]:
        """Return the records that have come, at most a few MiB of them.

        Parameters
        ----------
        timeout
            Seconds to wait for the first record.
        """
        # Before records are taken: where they were taken from is assigned anew.
        self._attend()
        return self._consumer.take(timeout)

    def lag(self) -> int | None:
        """Return how many records are still to be read; None while that is unknown."""
        return self._consumer.lag()

    def commit(self, offsets: Mapping[int, int]) -> None:
        """Do nothing: without a group nobody keeps positions.

        Parameters
        ----------
        offsets
            Not used.
        """

    def keep_alive(self) -> None:
        """See whether the cluster is well, and how much waits, though no records are taken."""
        self._attend()
        self._check.look_at_ends()

    def close(self) -> None:
        """Leave the topic, and release the connection."""
        self._consumer.client.close()

    def _attend(self) -> None:
        if self._consumer.outrun and (within := self._check.behind_what_is_gone(self._ends)):
            self._assign(within)
        added = (self._check.partitions() or set()) - self._consumer.next.keys()
        if added:
            self._assign(dict.fromkeys(added, OFFSET_BEGINNING))

    def _assign(self, offsets: Mapping[int, int]) -> None:
        self._consumer.next = {**self._consumer.next, **offsets}
        self._consumer.client.assign(self._consumer.positions(self._consumer.next))
